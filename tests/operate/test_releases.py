"""A release that didn't run is run by hand."""

from datetime import datetime

import pytest

from openhour import clock
from openhour.store import practices
from openhour.store.audit_log import read_audit_log
from openhour.use_cases import hours
from openhour.use_cases.therapists import open_practice
from tests.operate.desk import operate, rows, rows_of
from tests.unit.builders import NOW, a_practice, an_entry

PRIME = "20261201T2230Z"
FRIDAY = "2026-11-27T18:00:00-05:00"


@pytest.fixture(autouse=True)
def practice(outbox):
    open_practice(a_practice(therapist_id="t1", hours=()), now=NOW)
    entries = (an_entry("tuesday 10:00"), an_entry("tuesday 17:30", prime=True))
    hours.set_hours("t1", entries, if_match=None, preview=False, now=NOW)


def go_to(text):
    clock.set_now(datetime.fromisoformat(text))
    practices.invalidate()


def state_of(slot_id):
    (found,) = (r for r in rows_of("t1")["SlotsTable"] if r["slot_id"]["S"] == slot_id)
    return found["state"]["S"]


@pytest.mark.parametrize(
    ("now", "arguments"),
    [
        pytest.param("2026-11-27T18:01:00-05:00", (), id="a minute late"),
        pytest.param("2026-11-29T12:00:00-05:00", (), id="on Sunday"),
        pytest.param("2026-11-29T12:00:00-05:00", ("--scheduled-at", FRIDAY), id="as scheduled"),
    ],
)
def test_a_missed_release_is_made_good(now, arguments):
    go_to(now)
    assert state_of(PRIME) == "held"
    told = operate("release", "t1", *arguments)
    assert told.code == 0
    assert told.of("release") == {
        "what": "release",
        "therapist_id": "t1",
        "week": "2026-W49",
        "opened": [PRIME],
        "published": ["2026-W50"],
    }
    assert state_of(PRIME) == "open"
    assert operate("list").told[0]["released_through"] == "2026-W49"


def test_before_friday_evening_nothing_opens_early():
    go_to("2026-11-27T17:00:00-05:00")
    told = operate("release", "t1")
    assert told.of("release")["week"] == "2026-W48"
    assert told.of("release")["opened"] == []
    assert state_of(PRIME) == "held"


def test_a_time_that_has_not_come_is_refused():
    go_to("2026-11-27T17:00:00-05:00")
    before = rows()
    told = operate("release", "t1", "--scheduled-at", FRIDAY)
    assert told.code == 1
    assert told.complaint.startswith("scheduled_at: ")
    assert rows() == before


def test_to_release_again_opens_nothing_more():
    go_to("2026-11-27T18:30:00-05:00")
    operate("release", "t1")
    assert operate("release", "t1").of("release")["opened"] == []


def test_the_trail_tells_who_released():
    go_to("2026-11-27T18:30:00-05:00")
    operate("release", "t1")
    last = list(read_audit_log("t1"))[-1]
    assert (last.actor, last.act, last.target) == ("operator:jo", "release", "2026-W49")


def test_without_a_zone_there_is_no_release():
    open_practice(a_practice(therapist_id="t2", timezone=None), now=NOW)
    told = operate("release", "t2")
    assert (told.code, told.told) == (1, [])
    assert "zone" in told.complaint


@pytest.mark.parametrize("therapist_id", ["nobody", "removed"])
def test_who_is_not_there_has_no_release(therapist_id):
    open_practice(a_practice(therapist_id="removed"), now=NOW)
    operate("remove", "removed")
    told = operate("release", therapist_id)
    assert (told.code, told.complaint) == (1, "Refused: unknown-therapist.\n")
