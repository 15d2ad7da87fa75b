"""What the office may do and see, route by route."""

from __future__ import annotations

import pytest

from infra.local import template
from openhour.api.callers import CALLERS
from openhour.rules.logins import LoginRole
from openhour.store.audit_log import read_audit_log
from tests.functions.http import a_therapist
from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    NEXT_WEDNESDAY,
    TUESDAY,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)

ROUTES = {route.key for route in template.load().routes() if route.authorizer == "TherapistLogin"}
OFFICE = {
    "GET /practice",
    "GET /practice/calendar",
    "GET /practice/conflicts",
    "GET /practice/contacts",
    "GET /practice/mail-previews/{kind}",
    "GET /practice/release",
    "GET /practice/slots/{slot_id}",
    "POST /practice/slots",
    "PUT /practice/slots/{slot_id}",
    "DELETE /practice/slots/{slot_id}",
    "POST /practice/appointments",
    "GET /practice/appointments/{appointment_id}",
    "DELETE /practice/appointments/{appointment_id}",
    "POST /practice/appointments/{appointment_id}/move",
    "PATCH /practice/clients/{client_id}",
    "DELETE /practice/clients/{client_id}/mail-stop",
}
"""What the office may ask for; all the rest is the therapist's."""
PRIVATE = {
    *("note", "notes", "reason", "privilege", "privilege_reason", "conduct", "strike", "strikes"),
    *("waived", "late", "outcome", "ended", "ended_at", "made_at", "notice_hours", "flagged"),
    *("email", "regular_request", "time_off_id", "appointments"),
}
"""What the office never sees. A conflict has a `reason` of its own."""
NEXT_TUESDAY_OFF = {"from": "2026-12-01T00:00:00-05:00", "to": "2026-12-02T00:00:00-05:00"}
SECRET = "calls it off"


@pytest.fixture
def otto(therapist):
    """Otto, of the office."""
    wanted = {"name": "Otto", "email": "otto@example.org", "role": "office"}
    added = therapist("POST /practice/logins", wanted)
    return a_therapist("t1", **{"custom:login_id": added.body["login_id"]})


def test_every_route_says_who_may_call_it():
    assert CALLERS.keys() == ROUTES
    assert {route for route, callers in CALLERS.items() if callers.office} == OFFICE


@pytest.mark.parametrize("route", sorted(ROUTES))
@pytest.mark.parametrize("body", [None, {}], ids=["without a body", "with an empty body"])
def test_each_role_may_call_the_routes_that_name_it(therapist, otto, route, body):
    call = route.replace("{", "").replace("}", "")
    refused = otto(call, body).refusal == "forbidden"
    assert refused is not CALLERS[route].office
    assert therapist(call, body).refusal != "forbidden"


@pytest.mark.parametrize("route", sorted(ROUTES - OFFICE))
def test_what_the_office_may_not_do_changes_nothing(otto, unchanged, route):
    with unchanged():
        reply = otto(route.replace("{", "").replace("}", ""))
    assert (reply.status, reply.refusal) == (403, "forbidden")


def test_a_route_that_says_nothing_has_no_callers(therapist, monkeypatch):
    declared = {k: v for k, v in CALLERS.items() if k != "GET /practice/calendar"}
    monkeypatch.setattr("openhour.api.callers.CALLERS", declared)
    assert therapist("GET /practice/calendar").refusal == "forbidden"


def names_in(body):
    if isinstance(body, dict):
        return set(body).union(*map(names_in, body.values()))
    return set().union(*map(names_in, body)) if isinstance(body, list) else set()


@pytest.fixture
def eventful(therapist, go_to):
    """A week in which something of every private kind has happened."""
    therapist("PUT /practice/clients/bobt1/privilege", {"state": "suspended", "reason": SECRET})
    therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked", "note": SECRET})
    booking = {"client_id": "bobt1", "slot_id": WEDNESDAY_AT_11}
    therapist("POST /practice/appointments", booking)
    therapist("POST /practice/appointments", {"client_id": "annt1", "slot_id": NEXT_TUESDAY})
    therapist("POST /practice/time-off", {**NEXT_TUESDAY_OFF, "note": SECRET})
    go_to("2026-11-25T12:00:00-05:00")
    (slot,) = (
        each
        for each in therapist("GET /practice/calendar?week=2026-W48").body["slots"]
        if each["slot_id"] == WEDNESDAY_AT_11
    )
    path = f"/practice/appointments/{slot['appointment_id']}"
    therapist(f"PUT {path}/outcome", {"outcome": "no_show"})
    return slot["appointment_id"]


READS = [
    "GET /practice/calendar?week=2026-W48",
    "GET /practice/calendar?week=2026-W49",
    "GET /practice/conflicts",
    "GET /practice/contacts",
    "GET /practice/release",
    f"GET /practice/slots/{WEDNESDAY}",
    "GET /practice/appointments/{missed}",
]


@pytest.mark.parametrize("read", READS)
def test_the_office_reads_nothing_private(therapist, otto, eventful, read):
    call = read.replace("{missed}", eventful)
    whole, seen = therapist(call), otto(call)
    assert (whole.status, seen.status) == (200, 200)
    allowed = {"reason"} if "conflicts" in read else set()
    assert names_in(seen.body) & PRIVATE <= allowed
    assert SECRET not in seen.text
    assert "no_show" not in seen.text
    assert names_in(seen.body) <= names_in(whole.body)


def test_the_office_sees_conflicts_by_what_is_in_the_way(otto, eventful):
    conflict = otto("GET /practice/conflicts").body["conflicts"][0]
    assert (conflict["slot_id"], conflict["reason"]) == (NEXT_TUESDAY, "time-off")


def test_the_office_sees_who_comes_when(otto, eventful):
    slots = otto("GET /practice/calendar?week=2026-W48").body["slots"]
    assert slots[-1] == {
        "slot_id": WEDNESDAY_AT_11,
        "start": "2026-11-25T11:00:00-05:00",
        "end": "2026-11-25T11:50:00-05:00",
        "state": "booked",
        "prime": False,
        "client": {"client_id": "bobt1", "name": "Bob"},
        "appointment_id": eventful,
        "regular_id": None,
    }


def test_the_office_reads_names_and_phones(therapist, otto):
    therapist("PATCH /practice/clients/annt1", {"phone": "+1 555 0123"})
    therapist("DELETE /practice/clients/bobt1")
    by_mail = {"language": None, "mail": "all", "calendar_entries": False, "mail_stopped": None}
    ann = {"client_id": "annt1", "name": "Ann", "phone": "+1 555 0123", **by_mail}
    wanted = {"contacts": [ann]}
    assert otto("GET /practice/contacts").body == wanted == therapist("GET /practice/contacts").body


def test_the_office_reads_the_settings_and_changes_none(therapist, otto):
    own, theirs = otto("GET /practice").body, therapist("GET /practice").body
    assert own.pop("signed_in")["role"] == "office"
    assert theirs.pop("signed_in")["role"] == "therapist"
    del own["now"], theirs["now"]
    assert own == theirs
    assert otto("PATCH /practice", {"max_per_week": 2}).refusal == "forbidden"


def test_the_office_books_moves_and_cancels(therapist, otto, go_to):
    booked = otto("POST /practice/appointments", {"client_id": "annt1", "slot_id": TUESDAY})
    assert booked.status == 201
    go_to("2026-11-24T09:00:00-05:00")
    path = f"/practice/appointments/{booked.body['appointment_id']}"
    assert booked.headers["location"] == path
    by_client = {"slot_id": WEDNESDAY, "by": "client"}
    moved = otto(f"POST {path}/move", by_client)
    assert (moved.status, moved.body["appointment"]["slot_id"]) == (200, WEDNESDAY)
    again = f"/practice/appointments/{moved.body['appointment']['appointment_id']}"
    ended = otto(f"DELETE {again}?by=client")
    assert ended.status == 200
    assert ended.body == {
        "appointment": {
            **moved.body["appointment"],
            "status": "cancelled",
            "cancel_free_until": None,
            "ended_by": "client",
        }
    }
    assert set(moved.body["appointment"]) == {
        *("appointment_id", "slot_id", "start", "end", "client_id", "status", "regular"),
        *("cancel_free_until", "ended_by", "message", "uid", "sequence"),
    }
    assert therapist(f"GET {again}").body["status"] == "late_cancelled"
    assert otto(f"GET {again}").body["status"] == "cancelled"


def test_the_office_holds_opens_and_blocks(otto):
    for state in ("held", "open", "blocked"):
        reply = otto(f"PUT /practice/slots/{NEXT_TUESDAY}", {"state": state})
        assert (reply.status, reply.body["state"]) == (200, state)
    assert otto(f"DELETE /practice/slots/{NEXT_TUESDAY}").body["removed"] is False
    extra = {"start": "2026-11-26T10:00:00-05:00", "minutes": 50}
    added = otto("POST /practice/slots", extra)
    assert added.status == 201
    assert otto(f"DELETE {added.headers['location']}").body["removed"] is True


@pytest.mark.parametrize("note", ["Window seat", None])
def test_the_office_changes_no_note(otto, unchanged, note):
    with unchanged():
        reply = otto(f"PUT /practice/slots/{NEXT_WEDNESDAY}", {"state": "held", "note": note})
    assert (reply.status, reply.refusal) == (403, "forbidden")


def test_a_note_stays_when_the_office_sets_its_slot(therapist, otto):
    path = f"/practice/slots/{NEXT_TUESDAY_EVENING}"
    therapist(f"PUT {path}", {"state": "held", "note": "Window seat"})
    otto(f"PUT {path}", {"state": "blocked"})
    assert therapist(f"GET {path}").body["note"] == "Window seat"


def test_the_audit_log_says_that_it_was_the_office(therapist, otto):
    otto("POST /practice/appointments", {"client_id": "annt1", "slot_id": TUESDAY})
    entry = therapist("GET /practice/audit-log").body["entries"][0]
    login_id = otto.claims["custom:login_id"]
    assert (entry["act"], entry["actor"]) == (
        "book",
        {"kind": "office", "login_id": login_id, "name": "Otto"},
    )
    assert list(read_audit_log("t1"))[-1].actor == f"{LoginRole.OFFICE}:{login_id}"
