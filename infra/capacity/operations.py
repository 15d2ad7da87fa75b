"""The operations that a practice asks of AWS, and the DynamoDB units of each."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from infra.local import template


class Operation(StrEnum):
    """A call, a run, or a part of planning, which is counted apart since its size varies."""

    SIGN_IN = "sign in"
    REFRESH = "refresh a token"
    INVITE = "mail a first password"

    ME = "GET /me"
    SLOTS = "GET /slots"
    BOOK = "POST /appointments"
    REFUSED = "POST /appointments, refused"
    MOVE = "POST /appointments/{appointment_id}/move"
    CANCEL = "DELETE /appointments/{appointment_id}"
    THERAPIST = "GET /therapists/{therapist_id}"

    PRACTICE = "GET /practice"
    CALENDAR = "GET /practice/calendar"
    PREVIEW_RELEASE = "GET /practice/release"
    SET_SLOT = "PUT /practice/slots/{slot_id}"
    BOOK_FOR = "POST /practice/appointments"
    OUTCOME = "PUT /practice/appointments/{appointment_id}/outcome"
    TIME_OFF = "POST /practice/time-off"
    ADD_REGULAR = "POST /practice/regulars"
    END_REGULAR = "DELETE /practice/regulars/{regular_id}"
    CLIENTS = "GET /practice/clients"
    CLIENT = "GET /practice/clients/{client_id}"
    ADD_CLIENT = "POST /practice/clients"
    DISCHARGE = "DELETE /practice/clients/{client_id}"

    RELEASE = "release"
    CLIENT_EVENT = "handle a client's stream record"
    PRACTICE_EVENT = "handle a practice's stream record"
    MONITOR = "check for an overdue release"
    MAIL_EVENT = "handle a session's stream record"
    SEND = "send a mail"

    PUBLISHED = "a free slot written by planning"
    PLACED = "an occurrence placed by planning"
    ENDED = "an appointment ended by planning"
    DROPPED = "a client's past weeks dropped by a release"

    @property
    def route(self) -> str | None:
        """The route of the HTTP API that serves it; None where none does."""
        route = self.value.removesuffix(", refused")
        return route if route.split(" ")[0] in ("GET", "POST", "PUT", "DELETE") else None

    @property
    def function(self) -> str | None:
        """The template's function that it invokes; None for a part, and for Cognito's own."""
        return _functions_by_route()[self.route] if self.route else _UNROUTED.get(self)


COGNITO = (Operation.SIGN_IN, Operation.REFRESH, Operation.INVITE)
"""Operations that Cognito serves by itself."""
PARTS = (Operation.PUBLISHED, Operation.PLACED, Operation.ENDED, Operation.DROPPED)
"""Operations that are a part of planning or releasing, not calls."""
_UNROUTED = {
    Operation.RELEASE: "ReleaseFunction",
    Operation.CLIENT_EVENT: "PrivilegesStreamFunction",
    Operation.PRACTICE_EVENT: "PracticeStreamFunction",
    Operation.MAIL_EVENT: "NotificationsStreamFunction",
    Operation.SEND: "MailerFunction",
}


@cache
def _functions_by_route() -> dict[str, str]:
    return {f"{each.method} {each.path}": each.function for each in template.load().routes()}


class Units(NamedTuple):
    """Read and write request units of an operation, and its sequential round trips."""

    reads: float
    writes: float
    trips: float


UNITS = {
    Operation.SLOTS: Units(9, 0, 2),
    Operation.BOOK: Units(1, 8, 2),
    Operation.ME: Units(3, 0, 3),
    Operation.REFUSED: Units(4, 0, 3),
    Operation.MOVE: Units(4, 14, 3),
    Operation.CANCEL: Units(3, 8, 3),
    Operation.THERAPIST: Units(5, 0, 3),
    Operation.PRACTICE: Units(1, 0, 1),
    Operation.CALENDAR: Units(18.5, 0, 4),
    Operation.PREVIEW_RELEASE: Units(31, 0, 4),
    Operation.CLIENTS: Units(31, 0, 2),
    Operation.CLIENT: Units(12, 0, 5),
    Operation.SET_SLOT: Units(2, 4, 3),
    Operation.BOOK_FOR: Units(3, 10, 3),
    Operation.OUTCOME: Units(3, 8, 3),
    Operation.ADD_CLIENT: Units(11, 6, 5),
    Operation.TIME_OFF: Units(26, 12, 9),
    Operation.ADD_REGULAR: Units(14, 14, 9),
    Operation.END_REGULAR: Units(13, 12, 8),
    Operation.DISCHARGE: Units(16, 16, 11),
    Operation.RELEASE: Units(21, 8, 9),
    Operation.CLIENT_EVENT: Units(0, 0, 0),
    Operation.PRACTICE_EVENT: Units(1, 0, 1),
    Operation.MONITOR: Units(0.5, 0, 1),
    Operation.MAIL_EVENT: Units(0.5, 1.3, 2),
    Operation.SEND: Units(3, 2, 6),
    Operation.ENDED: Units(0, 11.57, 1),
    Operation.PUBLISHED: Units(0, 2.65, 0.32),
    Operation.PLACED: Units(0, 10, 1),
    Operation.DROPPED: Units(1, 1, 2),
}
"""Measured on DynamoDB Local 3.3.0 in the typical practice, with an empty cache.

The sessions of twenty weeks, which the list of clients and the upcoming release read, and a week's
time off are computed. So are the units of mail: a message is recorded, claimed and marked as sent,
a reminder is written for each session, and the mailer reads practice, client and session.

`make bench` prints the units of most of these calls, without the read of the practice that a warm
function has cached.
"""
