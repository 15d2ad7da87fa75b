"""Each of the therapist's actions leaves one audit entry, without personal data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from functions.release.handler import lambda_handler
from infra.local import template
from openhour import clock
from openhour.store.audit_log import read_audit_log
from tests.dynamodb_backends import remember, rows
from tests.functions.http import a_client, a_therapist
from tests.functions.registering import ask, join
from tests.functions.slots import (
    FRIDAY,
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    NEXT_WEDNESDAY,
    TUESDAY,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)
from tests.functions.stopping_mail import bounce
from tests.unit.builders import NOW

SECRETS = (
    "Cleopatra",
    "Theodora",
    "example.org",
    "555 0177",
    "elsewhere",
    "calls it off",
    "Dr. Eve",
    "away again",
)
"""What is typed in these calls, and must not be kept."""
CLEO = {
    "name": "Cleopatra Theodora",
    "email": "cleo@example.org",
    "phone": "+1 555 0177",
    "invite": True,
}
TUESDAYS = {"client_id": "bobt1", "weekday": "tuesday", "start": "17:30", "first": "2026-11-23"}
FRIDAY_OFF = {"from": "2026-11-27T00:00:00-05:00", "to": "2026-11-28T00:00:00-05:00"}


@dataclass(frozen=True)
class Case:
    """A call and its audit entry; `{ann's}` and the like stand for the examples' ids.

    `client` and `target` may also be members of the response.
    """

    call: str
    act: str
    body: dict[str, Any] | None = None
    client: str | None = None
    target: str | None = None
    details: tuple[str, ...] = ()
    later: int = 0


CASES = {
    "settings": Case(
        "PATCH /practice",
        "change-settings",
        body={"name": "Dr. Eve", "max_per_week": 2, "strike_limit": 3},
        details=("max_per_week", "name"),
    ),
    "hours": Case("PUT /practice/hours", "set-hours", body={"hours": [FRIDAY]}),
    "the switch": Case("PUT /practice/self-scheduling", "switch-off", body={"enabled": False}),
    "a new regular": Case(
        "POST /practice/regulars",
        "add-regular",
        body={**TUESDAYS, "weekday": "wednesday", "start": "11:00"},
        client="bobt1",
        target="regular_id",
    ),
    "a regular changed": Case(
        "PUT /practice/regulars/{bob's regular}",
        "change-regular",
        body={**TUESDAYS, "client_id": "annt1", "every_weeks": 2},
        client="annt1",
        target="{bob's regular}",
        details=("client_id", "every_weeks"),
    ),
    "a regular ended": Case(
        "DELETE /practice/regulars/{bob's regular}",
        "end-regular",
        client="bobt1",
        target="{bob's regular}",
    ),
    "time off": Case(
        "POST /practice/time-off",
        "take-time-off",
        body={**FRIDAY_OFF, "message": "We are away again."},
        target="time_off_id",
    ),
    "a sick day": Case(
        "POST /practice/time-off",
        "take-time-off",
        body={**FRIDAY_OFF, "cancel_booked": True},
        target="time_off_id",
        details=("cancel_booked",),
    ),
    "time off given back": Case("DELETE /practice/time-off/{off}", "end-time-off", target="{off}"),
    "an extra slot": Case(
        "POST /practice/slots",
        "open-extra",
        body={"start": "2026-11-26T10:00:00-05:00", "minutes": 50, "prime": False},
        target="slot_id",
    ),
    "a slot set": Case(
        f"PUT /practice/slots/{WEDNESDAY_AT_11}",
        "set-slot",
        body={"state": "held"},
        target=WEDNESDAY_AT_11,
        details=("held",),
    ),
    "a slot returned": Case(
        f"DELETE /practice/slots/{NEXT_TUESDAY}", "return-slot", target=NEXT_TUESDAY
    ),
    "an early release": Case("POST /practice/release", "release", target="2026-W49"),
    "a booking": Case(
        "POST /practice/appointments",
        "book",
        body={"client_id": "annt1", "slot_id": NEXT_WEDNESDAY},
        client="annt1",
        target="appointment_id",
    ),
    "a confirmation": Case(
        "PUT /practice/appointments/{ann's}/confirmation",
        "confirm",
        client="annt1",
        target="{ann's}",
    ),
    "a move": Case(
        "POST /practice/appointments/{ann's}/move",
        "move",
        body={"slot_id": NEXT_WEDNESDAY},
        client="annt1",
        target="{ann's}",
        details=("therapist",),
    ),
    "a cancellation": Case(
        "DELETE /practice/appointments/{ann's}",
        "cancel",
        client="annt1",
        target="{ann's}",
        details=("therapist",),
    ),
    "a cancellation for a client": Case(
        "DELETE /practice/appointments/{ann's}?by=client",
        "cancel",
        client="annt1",
        target="{ann's}",
        details=("client",),
    ),
    "an outcome": Case(
        "PUT /practice/appointments/{ann's}/outcome",
        "mark-outcome",
        body={"outcome": "no_show"},
        client="annt1",
        target="{ann's}",
        details=("no_show",),
        later=3,
    ),
    "a new client": Case(
        "POST /practice/clients", "add-client", body=CLEO, client="client_id", details=("invite",)
    ),
    "a new client without a login": Case(
        "POST /practice/clients", "add-client", body={"name": "Cleopatra"}, client="client_id"
    ),
    "a client changed": Case(
        "PATCH /practice/clients/annt1",
        "change-client",
        body={"name": "Theodora", "email": "ann@elsewhere.example", "usual": True},
        client="annt1",
        details=("email", "name", "usual"),
    ),
    "an invitation": Case("POST /practice/clients/annt1/invitation", "invite", client="annt1"),
    "a welcome": Case(
        "POST /practice/clients/annt1/welcome",
        "welcome",
        client="annt1",
    ),
    "a suspension": Case(
        "PUT /practice/clients/annt1/privilege",
        "suspend",
        body={"state": "suspended", "reason": "calls it off"},
        client="annt1",
    ),
    "a restoration": Case(
        "PUT /practice/clients/bobt1/privilege",
        "restore",
        body={"state": "active", "reason": "calls it off no more"},
        client="bobt1",
    ),
    "a request declined": Case(
        "DELETE /practice/clients/annt1/regular-request",
        "decline-regular",
        client="annt1",
        target="{ann's}",
    ),
    "a discharge": Case("DELETE /practice/clients/annt1", "discharge", client="annt1"),
    "a discharge for a reason": Case(
        "DELETE /practice/clients/annt1?reason=left",
        "discharge",
        client="annt1",
        details=("left",),
    ),
    "a flag seen": Case(
        "PATCH /practice/clients/annt1",
        "change-client",
        body={"flag_seen": True},
        client="annt1",
        details=("flag_seen_at",),
    ),
    "a login": Case(
        "POST /practice/logins",
        "add-login",
        body={"name": "Cleopatra", "email": "desk@elsewhere.example", "role": "office"},
        target="login_id",
        details=("office",),
    ),
    "another first password": Case(
        "POST /practice/logins",
        "invite",
        body={"name": "Otto", "email": "otto@example.org", "role": "office"},
        target="login_id",
    ),
    "a login removed": Case(
        "DELETE /practice/logins/{otto's login}", "remove-login", target="{otto's login}"
    ),
    "mail to a client resumed": Case(
        "DELETE /practice/clients/bobt1/mail-stop", "resume-mail", client="bobt1"
    ),
    "what a client wants by mail": Case(
        "PATCH /practice/clients/annt1",
        "change-client",
        body={"language": "es", "mail": "none", "calendar_entries": True},
        client="annt1",
        details=("calendar_entries", "language", "mail"),
    ),
    "a registration deleted": Case(
        "DELETE /practice/registrations/{bob's registration}",
        "dismiss-registration",
        target="{bob's registration}",
    ),
}


@pytest.fixture(scope="module")
def examples(two_practices):
    """Ann has Tuesday and asks that it repeat, Bob is suspended and there every Tuesday evening.

    New Year's Day is off. Next Tuesday's slot is blocked by hand.
    """
    two_practices()
    clock.set_now(NOW - timedelta(hours=1))
    therapist = a_therapist("t1")
    therapist("PATCH /practice", {"mail_from": "2026-11-01"})
    booking = {"client_id": "annt1", "slot_id": TUESDAY}
    anns = therapist("POST /practice/appointments", booking).body["appointment_id"]
    asked = {"appointment_id": anns, "every_weeks": 1}
    a_client("t1", "annt1")("PUT /me/regular-request", asked)
    bobs = therapist("POST /practice/regulars", TUESDAYS).body["regular_id"]
    therapist("PUT /practice/clients/bobt1/privilege", {"state": "suspended"})
    off = {"from": "2027-01-01T00:00:00-05:00", "to": "2027-01-02T00:00:00-05:00"}
    away = therapist("POST /practice/time-off", off).body["time_off_id"]
    therapist(f"PUT /practice/slots/{NEXT_TUESDAY}", {"state": "blocked"})
    bounce("t1", "bobt1")
    bobs_again = {"name": "Bob", "email": "bob+2@example.org", "phone": "+1 212 555 0177"}
    ask(bobs_again)
    (listed,) = therapist("GET /practice/registrations").body["registrations"]
    otto = {"name": "Otto", "email": "otto@example.org", "role": "office"}
    ids = {
        "otto's login": therapist("POST /practice/logins", otto).body["login_id"],
        "ann's": anns,
        "bob's regular": bobs,
        "bob's registration": listed["registration_id"],
        "off": away,
    }
    return ids, remember()


@pytest.fixture
def example_ids(practice, examples):
    """The ids of these examples, restored."""
    ids, restore = examples
    restore()
    return ids


def entries():
    return list(read_audit_log("t1"))


def kept():
    """The trail's rows, as they are in the table."""
    return list(rows()["openhour-audit"].values())


def call(therapist, case, example_ids):
    return therapist(case.call.format_map(example_ids), case.body)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_act_leaves_one_entry(therapist, example_ids, later, case):
    if case.later:
        later(days=1, hours=case.later)
    before, others = entries(), list(read_audit_log("t2"))
    since = clock.now()
    reply = call(therapist, case, example_ids)
    assert reply.status in (200, 201, 202)
    (entry,) = (each for each in entries() if each not in before)
    assert entries()[:-1] == before
    assert (entry.actor, entry.act) == ("therapist:login-of-t1", case.act)
    assert since <= entry.at <= clock.now()
    created = {**reply.body, None: None}
    assert entry.client_id == created.get(case.client, case.client)
    assert entry.target == created.get(
        case.target, case.target and case.target.format_map(example_ids)
    )
    assert entry.details == case.details
    assert entry.request_id
    assert list(read_audit_log("t2")) == others
    assert not [secret for secret in SECRETS if secret in json.dumps(kept())]


def test_no_route_that_changes_something_is_forgotten():
    routes = {
        f"{route.method} {route.path}"
        for route in template.load().routes()
        if route.path.startswith("/practice") and route.method != "GET"
    }
    parts = {route: route.replace("}", "{").split("{")[::2] for route in routes}
    tried = {
        route
        for route, fixed in parts.items()
        for case in CASES.values()
        if case.call.startswith(fixed[0]) and case.call.partition("?")[0].endswith(fixed[-1])
        if case.call.count("/") == route.count("/")
    }
    assert tried == routes


REPEATED = [
    "hours",
    "the switch",
    "a regular changed",
    "a regular ended",
    "an early release",
    "a booking",
    "a cancellation",
    "a move",
    "an outcome",
    "a client changed",
    "a request declined",
    "what a client wants by mail",
    "a suspension",
    "a restoration",
    "settings",
]


@pytest.mark.parametrize("name", REPEATED)
def test_a_repeat_that_changes_nothing_leaves_none(therapist, example_ids, later, name):
    case = CASES[name]
    later(days=1, hours=case.later)
    assert call(therapist, case, example_ids).status < 300
    before = entries()
    assert call(therapist, case, example_ids).status < 300
    assert entries() == before


@pytest.mark.parametrize(
    "name",
    ["hours", "a new regular", "a regular changed", "a regular ended", "time off", "a sick day"],
)
def test_a_preview_leaves_none(therapist, example_ids, unchanged, name):
    case = CASES[name]
    with unchanged():
        reply = therapist(f"{case.call}?preview=true".format_map(example_ids), case.body)
    assert reply.status < 300


def test_actions_of_clients_and_the_public_leave_no_entry(ann, example_ids):
    before = entries()
    (booked,) = (ann("GET /me").body["appointments"],)
    ann(f"POST /appointments/{booked[0]['appointment_id']}/move", {"slot_id": WEDNESDAY})
    moved = ann("GET /me").body["appointments"][0]["appointment_id"]
    assert ann(f"DELETE /appointments/{moved}").status == 200
    booked = ann("POST /appointments", {"slot_id": WEDNESDAY_AT_11})
    assert booked.status == 201
    asked = {"appointment_id": booked.body["appointment_id"], "every_weeks": 2}
    assert ann("PUT /me/regular-request", asked).status == 200
    assert ann("DELETE /me/regular-request").status == 200
    assert ann("PATCH /me", {"language": "es"}).status == 200
    gus = {"name": "Gus", "email": "gus@example.com", "phone": "+1 212 555 0199"}
    assert join(gus).status == 200
    assert entries() == before


def test_scheduled_actions_leave_no_entry(practice, go_to):
    go_to("2026-11-27T18:00:00-05:00")
    before = entries()
    event = {"therapist_id": "t1", "scheduled_at": "2026-11-27T18:00:00-05:00"}
    assert NEXT_TUESDAY_EVENING in lambda_handler(event, None)["opened"]
    assert entries() == before
