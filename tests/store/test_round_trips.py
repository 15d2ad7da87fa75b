"""The DynamoDB requests of each action, for a client with years of history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.seed import seed_practice
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
def transport() -> Iterator[Transport]:
    seed()
    with intercepted() as transport:
        yield transport


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
def test_an_action_makes_few_requests_despite_ten_years_of_history(
    transport: Transport, act: Callable[[], Any], calls: list[str]
) -> None:
    for client_id in ("ann", "cyd"):
        _remember_years(client_id)
    practices.read_practice(THERAPIST)
    transport.clear()
    act()
    assert transport.operations == calls


def test_settings_that_are_not_at_hand_cost_one_read(transport: Transport) -> None:
    practices.invalidate()
    transport.clear()
    bookings.book(THERAPIST, "cyd", NEXT_TUESDAY, now=NOW)
    assert transport.operations == ["GetItem", "TransactWriteItems"]


def test_listing_reads_as_much_however_long_the_past(transport: Transport) -> None:
    def reading() -> int:
        transport.clear()
        openings.list_open(THERAPIST, since=None, until=None, now=NOW)
        (request,) = transport.requests
        assert request.response
        return int(request.response["ScannedCount"])

    before = reading()
    _remember_years("ann")
    assert reading() == before > 0


def test_a_release_is_a_query_a_practice_write_and_one_update_for_each_slot(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    released: list[list[str]] = []
    finish = planning.carry_out_plan

    def published(therapist_id: str, *, now: datetime) -> Any:
        released.append(transport.operations)
        return finish(therapist_id, now=now)

    monkeypatch.setattr(releases, "carry_out_plan", published)
    transport.clear()
    done = releases.release_week(THERAPIST, scheduled_at=NOW + timedelta(days=4), now=NOW)
    assert done.opened == (NEXT_WEDNESDAY,)
    assert released == [["GetItem", "TransactWriteItems", "Query", "UpdateItem"]]


def test_the_therapists_largest_actions_fit_in_the_gateways_timeout() -> None:
    seed_practice(a_practice(therapist_id="full", horizon_weeks=5))
    full = tuple(
        Entry.parse(weekday, f"{hour:02}:00", 50, prime=hour > 13)
        for weekday in WEEKDAYS
        for hour in range(9, 16)
    )
    shorter = tuple(
        Entry.parse(entry.weekday, f"{entry.start:%H:%M}", 45, prime=entry.prime) for entry in full
    )
    with intercepted() as transport:
        for act in (
            lambda: hours.set_hours("full", full, if_match=None, preview=False, now=NOW),
            lambda: hours.set_hours("full", shorter, if_match=None, preview=False, now=NOW),
            lambda: settings.change_settings(
                "full", {"timezone": "Asia/Kolkata"}, if_match=None, now=NOW
            ),
        ):
            transport.clear()
            act()
            assert 0 < len(transport.operations) * ROUND_TRIP < PATIENCE
