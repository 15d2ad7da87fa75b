"""Releases that are run by hand."""

from datetime import datetime

import pytest

from openhour import clock
from openhour.store import practices
from openhour.store.audit_log import read_audit_log
from openhour.use_cases import hours
from openhour.use_cases.therapists import open_practice
from tests.cli.cli_runner import refused, rows, run
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
    (slot,) = (r for r in rows("t1")["SlotsTable"] if r["slot_id"]["S"] == slot_id)
    return slot["state"]["S"]


@pytest.mark.parametrize(
    ("now", "arguments"),
    [
        pytest.param("2026-11-27T18:01:00-05:00", (), id="a minute late"),
        pytest.param("2026-11-29T12:00:00-05:00", (), id="on Sunday"),
        pytest.param("2026-11-29T12:00:00-05:00", ("--scheduled-at", FRIDAY), id="as scheduled"),
    ],
)
def test_a_missed_release_is_run(now, arguments):
    go_to(now)
    assert state_of(PRIME) == "held"
    result = run("releases", "run", "t1", *arguments)
    assert result.exit_code == 0
    assert result.line("release") == {
        "kind": "release",
        "therapist_id": "t1",
        "week": "2026-W49",
        "opened": [PRIME],
        "published": ["2026-W50"],
    }
    assert state_of(PRIME) == "open"
    assert run("therapists", "list").lines[0]["released_through"] == "2026-W49"
    last = list(read_audit_log("t1"))[-1]
    assert (last.actor, last.act, last.target) == ("operator:jo", "release", "2026-W49")
    assert run("releases", "run", "t1", *arguments).line("release")["opened"] == []


def test_before_friday_evening_nothing_opens_early():
    go_to("2026-11-27T17:00:00-05:00")
    result = run("releases", "run", "t1")
    assert result.line("release")["week"] == "2026-W48"
    assert result.line("release")["opened"] == []
    assert state_of(PRIME) == "held"


def test_a_future_release_is_refused():
    go_to("2026-11-27T17:00:00-05:00")
    error = refused("releases", "run", "t1", "--scheduled-at", FRIDAY)
    assert error.startswith("scheduled_at: ")


def test_without_a_zone_there_is_no_release():
    open_practice(a_practice(therapist_id="t2", timezone=None), now=NOW)
    assert "zone" in refused("releases", "run", "t2")


@pytest.mark.parametrize("therapist_id", ["nobody", "removed"])
def test_an_unknown_therapist_has_no_release(therapist_id):
    open_practice(a_practice(therapist_id="removed"), now=NOW)
    run("therapists", "remove", "removed")
    error = refused("releases", "run", therapist_id)
    assert error.startswith("Refused: unknown-therapist.")
