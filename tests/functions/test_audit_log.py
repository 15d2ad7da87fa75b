"""The therapist reads who did what in the practice, newest first."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from openhour import clock
from openhour.rules.audit_log import AuditAction
from openhour.store.audit_log import acting_as, audit_entry
from openhour.store.transactions import commit
from openhour.use_cases.erasure import erase_client
from tests.functions.http import a_therapist
from tests.functions.slots import TUESDAY
from tests.unit.builders import NOW

READ = "GET /practice/audit-log"


def record(therapist_id="t1", *, after=timedelta(0), actor="operator:jo"):
    with acting_as(actor):
        commit([audit_entry(therapist_id, AuditAction.EXPORT, now=NOW + after)])


def instants(reply):
    return [each["at"] for each in reply.body["entries"]]


def test_an_entry_says_who_did_what_to_whom(therapist, later):
    later(minutes=1)
    booked = therapist("POST /practice/appointments", {"client_id": "annt1", "slot_id": TUESDAY})
    entry = therapist(READ).body["entries"][0]
    assert entry.pop("request_id")
    assert entry == {
        "at": "2026-11-23T09:01:00-05:00",
        "actor": {"kind": "therapist", "login_id": "login-of-t1", "name": "Dr. Ada"},
        "act": "book",
        "client": {"client_id": "annt1", "name": "Ann"},
        "target": booked.body["appointment_id"],
        "details": [],
    }


def test_an_operators_act_names_the_operator(therapist):
    record(after=timedelta(minutes=1))
    entry = therapist(READ).body["entries"][0]
    assert entry["actor"] == {"kind": "operator", "login_id": None, "name": "jo"}
    assert entry["client"] is None


def test_pages_follow_each_other_without_gap_or_repetition(therapist):
    for minute in range(1, 112):
        record(after=timedelta(minutes=minute))
    path, pages = READ, []
    while True:
        page = therapist(path)
        pages.append(instants(page))
        if page.body["next"] is None:
            break
        path = f"{READ}?cursor={page.body['next']}"
    assert [len(page) for page in pages[:2]] == [50, 50]
    every = [at for page in pages for at in page]
    assert every == sorted(every, reverse=True)
    assert len(set(every)) >= 112


def test_a_full_last_page_has_no_next(therapist):
    since = "since=2026-11-24"
    for minute in range(50):
        record(after=timedelta(days=1, minutes=minute))
    page = therapist(f"{READ}?{since}")
    assert (len(page.body["entries"]), page.body["next"]) == (50, None)


@pytest.mark.parametrize(
    ("since", "found"),
    [
        pytest.param("2026-11-25", 2, id="a local date"),
        pytest.param("2026-11-25T00:00:00-05:00", 2, id="its beginning"),
        pytest.param("2026-11-25T05:00:00.000001Z", 1, id="an instant"),
        pytest.param("2027-01-01", 0, id="the future"),
    ],
)
def test_since_includes_its_instant(therapist, since, found):
    midnight = timedelta(days=1, hours=15)
    for after in (midnight - timedelta(minutes=1), midnight, midnight + timedelta(hours=1)):
        record(after=after)
    assert len(therapist(f"{READ}?since={quote(since)}").body["entries"]) == found


def test_a_cursor_from_before_since_finds_nothing(therapist):
    for minute in range(60):
        record(after=timedelta(minutes=minute))
    cursor = therapist(READ).body["next"]
    page = therapist(f"{READ}?since=2026-12-01&cursor={cursor}")
    assert page.body == {"entries": [], "next": None}


def test_an_erased_client_has_no_name(therapist):
    therapist("DELETE /practice/clients/annt1")
    with acting_as("operator:jo"):
        erase_client("t1", "annt1", now=clock.now())
    entries = therapist(READ).body["entries"]
    assert {"client_id": "annt1", "name": "(erased)"} in [each["client"] for each in entries]


def test_another_practices_entries_are_not_there(therapist):
    record("t2", after=timedelta(hours=1))
    assert "2026-11-23T10:00:00-05:00" not in instants(therapist(READ))
    assert "2026-11-23T10:00:00-05:00" in instants(a_therapist("t2")(READ))
