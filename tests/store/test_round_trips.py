"""What each act asks of DynamoDB, call by call, with a client of many years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from openhour.rules.clients import Privilege
from openhour.rules.hours import Entry
from openhour.rules.weeks import WEEKDAYS, slot_id_of
from openhour.store import practices
from openhour.store.mapping import owner_of
from openhour.store.models import AppointmentRow
from openhour.use_cases import (
    bookings,
    cancellations,
    clients,
    hours,
    moves,
    openings,
    planning,
    releases,
    settings,
)
from openhour.use_cases.therapists import open_practice
from tests.store.seed import (
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    THERAPIST,
    TUESDAY,
    appointment_at,
    seed,
)
from tests.store.transport import Transport, intercepted
from tests.unit.builders import NOW, a_practice

PAST = 520
ROUND_TRIP = 0.010
PATIENCE = 30
"""Seconds: of one call, as the design measures it, and of the gateway's wait."""


@pytest.fixture
def line() -> Iterator[Transport]:
    seed()
    with intercepted() as line:
        yield line


def _remember_years(client_id: str) -> None:
    """A session a week for ten years."""
    with AppointmentRow.batch_write() as batch:
        for week in range(1, PAST + 1):
            start = NOW - timedelta(weeks=week)
            batch.save(
                AppointmentRow(
                    owner_of(THERAPIST, client_id),
                    f"{slot_id_of(start)}-{client_id}-old",
                    week="2000-W01",
                    minutes=50,
                    made_at=start,
                    status="booked",
                )
            )


ACTS: dict[str, tuple[Callable[[], Any], list[str]]] = {
    "list open slots": (
        lambda: openings.list_open(THERAPIST, since=None, until=None, now=NOW),
        ["Query"],
    ),
    "book": (
        lambda: bookings.book(THERAPIST, "cyd", NEXT_TUESDAY, now=NOW),
        ["TransactWriteItems"],
    ),
    "cancel": (
        lambda: cancellations.cancel_own(THERAPIST, "ann", appointment_at(TUESDAY), now=NOW),
        ["BatchGetItem", "TransactWriteItems"],
    ),
    "move": (
        lambda: moves.move(THERAPIST, "ann", appointment_at(TUESDAY), NEXT_TUESDAY, now=NOW),
        ["BatchGetItem", "TransactWriteItems"],
    ),
    "suspend": (
        lambda: clients.set_privilege(THERAPIST, "ann", Privilege.SUSPENDED, reason=None, now=NOW),
        ["GetItem", "TransactWriteItems"],
    ),
}


@pytest.mark.parametrize(("act", "calls"), ACTS.values(), ids=ACTS)
def test_an_act_asks_no_more_than_it_needs_even_of_a_client_of_ten_years(
    line: Transport, act: Callable[[], Any], calls: list[str]
) -> None:
    for client_id in ("ann", "cyd"):
        _remember_years(client_id)
    practices.read_practice(THERAPIST)
    line.clear()
    act()
    assert line.operations == calls


def test_settings_that_are_not_at_hand_cost_one_read(line: Transport) -> None:
    practices.invalidate()
    line.clear()
    bookings.book(THERAPIST, "cyd", NEXT_TUESDAY, now=NOW)
    assert line.operations == ["GetItem", "TransactWriteItems"]


def test_listing_reads_as_much_however_long_the_past(line: Transport) -> None:
    def reading() -> int:
        line.clear()
        openings.list_open(THERAPIST, since=None, until=None, now=NOW)
        (request,) = line.requests
        assert request.response
        return int(request.response["ScannedCount"])

    before = reading()
    _remember_years("ann")
    assert reading() == before > 0


def test_a_release_is_a_query_a_practice_write_and_one_update_for_each_slot(
    line: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    released: list[list[str]] = []
    finish = planning.carry_out_plan

    def published(therapist_id: str, *, now: datetime) -> Any:
        released.append(line.operations)
        return finish(therapist_id, now=now)

    monkeypatch.setattr(releases, "carry_out_plan", published)
    line.clear()
    done = releases.release_week(THERAPIST, scheduled_at=NOW + timedelta(days=4), now=NOW)
    assert done.opened == (NEXT_WEDNESDAY,)
    assert released == [["GetItem", "TransactWriteItems", "Query", "UpdateItem"]]


def test_the_therapists_largest_acts_end_before_the_gateway_gives_up() -> None:
    open_practice(a_practice(therapist_id="full", hours=(), horizon_weeks=5), now=NOW)
    full = tuple(
        Entry.parse(weekday, f"{hour:02}:00", 50, prime=hour > 13)
        for weekday in WEEKDAYS
        for hour in range(9, 16)
    )
    shorter = tuple(
        Entry.parse(entry.weekday, f"{entry.start:%H:%M}", 45, prime=entry.prime) for entry in full
    )
    with intercepted() as line:
        for act in (
            lambda: hours.set_hours("full", full, if_match=None, preview=False, now=NOW),
            lambda: hours.set_hours("full", shorter, if_match=None, preview=False, now=NOW),
            lambda: settings.change_settings(
                "full", {"timezone": "Asia/Kolkata"}, if_match=None, now=NOW
            ),
        ):
            line.clear()
            act()
            assert 0 < len(line.operations) * ROUND_TRIP < PATIENCE
