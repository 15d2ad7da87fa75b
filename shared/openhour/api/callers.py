"""Callers: who may call each route of a practice, and what the office reads in the answer.

The office books, moves and cancels, holds, opens and blocks slots, and reads the calendar, names
and phones. It reads no conduct, reasons, notes or history, so it sees only the named fields: one
that is added to an answer stays the therapist's until it is named here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import Response

from openhour.api.responses import to_json
from openhour.rules.logins import LoginRole
from openhour.rules.refusals import Forbidden


@dataclass(frozen=True, slots=True)
class Callers:
    """Who may call a route. `fields` are those that the office sees; None stands for all."""

    office: bool
    fields: frozenset[str] | None = None

    @property
    def words(self) -> str:
        """Who may call the route, in a sentence of its description."""
        return "For therapists and the office." if self.office else "For therapists only."


THERAPIST = Callers(office=False)
BOTH = Callers(office=True)


def both(*fields: str) -> Callers:
    """Return the callers of a route of which the office sees only some fields."""
    return Callers(office=True, fields=frozenset(fields))


_CLIENT = ("client", "client_id", "name")
_SLOT = ("slot_id", "start", "end", "state", "prime", "appointment_id", "regular_id", *_CLIENT)
_APPOINTMENT = (
    *("appointment", "appointment_id", "slot_id", "start", "end", "client_id"),
    *("status", "regular", "cancel_free_until", "ended_by", "message", "uid", "sequence"),
)
_MAIL = (
    *("client_id", "name", "phone", "language", "mail", "calendar_entries"),
    *("mail_stopped", "why", "since"),
)

CALLERS: Mapping[str, Callers] = {
    "GET /practice": BOTH,
    "PATCH /practice": THERAPIST,
    "PUT /practice/hours": THERAPIST,
    "PUT /practice/self-scheduling": THERAPIST,
    "GET /practice/logins": THERAPIST,
    "POST /practice/logins": THERAPIST,
    "DELETE /practice/logins/{login_id}": THERAPIST,
    "GET /practice/audit-log": THERAPIST,
    "GET /practice/calendar": both(
        *("week", "from", "to", "now", "published", "released", "slots"), *_SLOT
    ),
    "GET /practice/conflicts": both("conflicts", "reason", "waiting", *_SLOT),
    "POST /practice/slots": both(*_SLOT),
    "GET /practice/slots/{slot_id}": both(*_SLOT),
    "PUT /practice/slots/{slot_id}": both(*_SLOT),
    "DELETE /practice/slots/{slot_id}": both("removed", *_SLOT),
    "GET /practice/release": both(
        *("next_at", "due", "week", "will_open", "slot_id", "start", "end"),
        *("without_session", "phone", *_CLIENT),
    ),
    "POST /practice/release": THERAPIST,
    "POST /practice/appointments": both(*_APPOINTMENT),
    "GET /practice/appointments/{appointment_id}": both(*_APPOINTMENT),
    "POST /practice/appointments/{appointment_id}/move": both(*_APPOINTMENT),
    "DELETE /practice/appointments/{appointment_id}": both(*_APPOINTMENT),
    "PUT /practice/appointments/{appointment_id}/confirmation": THERAPIST,
    "PUT /practice/appointments/{appointment_id}/outcome": THERAPIST,
    "GET /practice/regulars": THERAPIST,
    "POST /practice/regulars": THERAPIST,
    "GET /practice/regulars/{regular_id}": THERAPIST,
    "PUT /practice/regulars/{regular_id}": THERAPIST,
    "DELETE /practice/regulars/{regular_id}": THERAPIST,
    "GET /practice/time-off": THERAPIST,
    "POST /practice/time-off": THERAPIST,
    "GET /practice/time-off/{time_off_id}": THERAPIST,
    "DELETE /practice/time-off/{time_off_id}": THERAPIST,
    "GET /practice/contacts": both("contacts", *_MAIL),
    "GET /practice/clients": THERAPIST,
    "POST /practice/clients": THERAPIST,
    "GET /practice/clients/{client_id}": THERAPIST,
    "PATCH /practice/clients/{client_id}": both(*_MAIL),
    "DELETE /practice/clients/{client_id}/mail-stop": both(*_MAIL),
    "DELETE /practice/clients/{client_id}": THERAPIST,
    "POST /practice/clients/{client_id}/invitation": THERAPIST,
    "POST /practice/clients/{client_id}/welcome": THERAPIST,
    "PUT /practice/clients/{client_id}/privilege": THERAPIST,
    "DELETE /practice/clients/{client_id}/regular-request": THERAPIST,
    "GET /practice/clients/{client_id}/slots": THERAPIST,
    "GET /practice/clients/{client_id}/booking-check": THERAPIST,
    "GET /practice/intake": THERAPIST,
    "GET /practice/mail-previews/{kind}": BOTH,
    "GET /practice/registrations": THERAPIST,
    "DELETE /practice/registrations/{registration_id}": THERAPIST,
}
"""Who may call each route. A route that is not among them has no callers."""

_STATUS_WITHOUT_CONDUCT = {"late_cancelled": "cancelled", "no_show": "booked"}


def require_caller(route: str, role: LoginRole) -> None:
    """Check that logins of a role may call a route, such as `GET /practice`.

    Raises:
        Forbidden: They may not, or nothing says who may.
    """
    callers = CALLERS.get(route)
    if callers is None or (role is LoginRole.OFFICE and not callers.office):
        raise Forbidden


def visible_to(role: LoginRole, route: str, response: Response[Any]) -> Response[Any]:
    """Return the response of a route with what a login of that role may see."""
    fields = CALLERS[route].fields
    if role is LoginRole.OFFICE and fields is not None:
        response.body = to_json(_visible(json.loads(response.body or "{}"), fields))
    return response


def _visible(body: Any, fields: frozenset[str]) -> Any:
    """Return the named fields of an object and of those within it."""
    if isinstance(body, list):
        return [_visible(each, fields) for each in body]
    if not isinstance(body, dict):
        return body
    seen = {name: _visible(value, fields) for name, value in body.items() if name in fields}
    if "status" in seen:
        seen["status"] = _STATUS_WITHOUT_CONDUCT.get(seen["status"], seen["status"])
    return seen
