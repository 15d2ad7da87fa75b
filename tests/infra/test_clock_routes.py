"""The clock with sources of its own, and where it is refused or fails to start over."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from infra.local.demo_page import demo_pages
from infra.local.environment import TABLES
from infra.local.event_sources import StreamPoller
from infra.local.events import Request
from infra.local.practice_clock import PracticeClock
from infra.local.server import make_gateway
from openhour import clock

NOON = datetime(2027, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Reminders:
    """A source that is due some minutes after noon, and records when it ran."""

    def __init__(self, *minutes, error=None):
        self.due = [NOON + minute * MINUTE for minute in minutes]
        self.error = error
        self.ran = []

    def next_due(self, until):
        return next((due for due in self.due if due <= until), None)

    def run_due(self):
        while self.due and self.due[0] <= clock.now():
            self.ran.append(round((clock.now() - NOON) / MINUTE))
            self.due.pop(0)
            if self.error:
                raise self.error
        return True

    def restarting(self):
        self.ran.clear()
        return nullcontext()


@pytest.fixture
def call(aws, translated):
    """A function that calls a page of a run at noon, with a seed, sources and an endpoint."""

    def call(method, path, *, endpoint=None, seed=lambda: None, sources=(), now=None):
        clock.set_now(NOON)
        outside = replace(aws, endpoint=endpoint)
        gateway = make_gateway(outside, translated, {})
        practice_clock = PracticeClock(
            outside, gateway, StreamPoller([]), sources, start=None, seed=seed
        )
        request = Request(
            method=method,
            path=path,
            headers={"host": "127.0.0.1:8000", "content-type": "application/json"},
            body=json.dumps({"now": now and now.isoformat()}).encode(),
        )
        return demo_pages(practice_clock, gateway, [])[f"{method} {path}"](request)

    return call


def test_what_is_due_in_several_sources_runs_in_order_of_time(call):
    first, second = Reminders(10, 30, 90), Reminders(20, 30)
    call("PUT", "/local/clock", sources=(first, second), now=NOON + 60 * MINUTE)
    assert (first.ran, second.ran) == ([10, 30], [20, 30])
    assert 60 <= (clock.now() - NOON) / MINUTE < 61


def test_what_is_due_at_the_very_instant_runs(call):
    source = Reminders(60)
    call("PUT", "/local/clock", sources=(source,), now=NOON + 60 * MINUTE)
    assert source.ran == [60]


@pytest.mark.parametrize(
    ("error", "status", "name"),
    [
        pytest.param(TimeoutError("no end"), 503, "unfinished", id="streams that never end"),
        pytest.param(RuntimeError("no end"), 500, "clock-failed", id="another error"),
    ],
)
def test_a_clock_that_stops_on_its_way_says_so(call, capsys, error, status, name):
    source = Reminders(10, 20, error=error)
    answer = call("PUT", "/local/clock", sources=(source,), now=NOON + 60 * MINUTE)
    assert answer.status_code == status
    assert json.loads(answer.get_data())["type"] == f"/problems/{name}"
    assert 10 <= (clock.now() - NOON) / MINUTE < 11
    assert "no end" in capsys.readouterr().err


def test_rows_outside_are_not_deleted(call, dynamodb):
    row = {"therapist_id": {"S": "ada"}}
    dynamodb.put_item(TableName=TABLES["PracticesTable"], Item=row)
    answer = call("DELETE", "/local/clock", endpoint="http://127.0.0.1:8001")
    assert answer.status_code == 409
    assert json.loads(answer.get_data())["type"] == "/problems/rows-outside"
    assert dynamodb.get_item(TableName=TABLES["PracticesTable"], Key=row)["Item"] == row


@pytest.mark.parametrize("endpoint", [None, "http://127.0.0.1:8001"])
def test_the_page_offers_to_start_over_where_it_is_possible(call, endpoint):
    html = call("GET", "/", endpoint=endpoint).get_data(as_text=True)
    (button,) = [line for line in html.splitlines() if 'id="start-over"' in line]
    assert ("hidden" in button) == (endpoint is not None)
    assert "Back to the present" in html


def test_a_seed_that_fails_is_reported(call, capsys):
    def fail():
        raise RuntimeError("no rows today")

    answer = call("DELETE", "/local/clock", seed=fail)
    assert answer.status_code == 500
    assert json.loads(answer.get_data())["type"] == "/problems/clock-failed"
    assert "no rows today" in capsys.readouterr().err


def test_without_a_given_start_the_clock_returns_to_the_present(call):
    seeded_at = []
    answer = call("DELETE", "/local/clock", seed=lambda: seeded_at.append(clock.now()))
    told = datetime.fromisoformat(json.loads(answer.get_data())["now"])
    for instant in (told, *seeded_at):
        assert abs(datetime.now(UTC) - instant) < MINUTE
