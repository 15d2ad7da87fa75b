"""The DynamoDB requests of each action, for a client with years of history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.seed import seed_practice
from openhour.rules.hours import Entry
from openhour.rules.refusals import NotAccepting
from openhour.rules.settings import Intake
from openhour.rules.weeks import WEEKDAYS, slot_id_of
from openhour.store import practices
from openhour.store.mapping import owner_of
from openhour.store.models import AppointmentRow
from openhour.use_cases import hours, me, openings, planning, registrations, releases, settings
from tests.store import use_case_calls
from tests.store.seed import NEXT_WEDNESDAY, THERAPIST
from tests.store.transport import Transport, in_process
from tests.unit.builders import NOW, a_practice


@pytest.fixture
def transport(restore_practice) -> Iterator[Transport]:
    restore_practice()
    with in_process() as transport:
        practices.read_practice(THERAPIST)  # a warm function has it cached
        transport.clear()
        yield transport


def _add_ten_years(client_id: str) -> None:
    """Store a session a week for ten years."""
    with AppointmentRow.batch_write() as batch:
        for week in range(1, 521):
            start = NOW - timedelta(weeks=week)
            batch.save(
                AppointmentRow(
                    owner_of(THERAPIST, client_id),
                    f"{slot_id_of(start)}-{client_id}-old",
                    therapist_id=THERAPIST,
                    week="2000-W01",
                    minutes=50,
                    made_at=start,
                    status="booked",
                )
            )


def list_open() -> Any:
    return openings.list_open_for(THERAPIST, "cyd", since=None, until=None, now=NOW)


@pytest.mark.parametrize(
    ("ready", "operations"),
    [
        pytest.param(lambda: list_open, ["GetItem", "Query"], id="list open slots"),
        pytest.param(lambda: see_oneself, ["GetItem", "Query"], id="see oneself"),
        pytest.param(use_case_calls.book, ["TransactWriteItems"], id="book"),
        pytest.param(use_case_calls.cancel, ["BatchGetItem", "TransactWriteItems"], id="cancel"),
        pytest.param(use_case_calls.move, ["BatchGetItem", "TransactWriteItems"], id="move"),
        pytest.param(use_case_calls.suspend, ["GetItem", "TransactWriteItems"], id="suspend"),
    ],
)
def test_an_action_makes_few_requests_despite_ten_years_of_history(transport, ready, operations):
    for client_id in ("ann", "cyd"):
        _add_ten_years(client_id)
    act = ready()
    transport.clear()
    act()
    assert sorted(transport.operations) == operations  # two reads at once, in any order


def see_oneself() -> Any:
    return me.read_own_page(THERAPIST, "bea", now=NOW)


def test_settings_that_are_not_at_hand_cost_one_read(transport: Transport) -> None:
    practices.invalidate()
    transport.clear()
    use_case_calls.book()()
    assert transport.operations == ["GetItem", "TransactWriteItems"]


def test_listing_reads_as_much_however_long_the_past(transport: Transport) -> None:
    def reading() -> int:
        transport.clear()
        list_open()
        (request,) = (each for each in transport.requests if each.operation == "Query")
        assert request.response
        return int(request.response["ScannedCount"])

    before = reading()
    _add_ten_years("ann")
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
    with in_process() as transport:
        for act in (
            lambda: hours.set_hours("full", full, if_match=None, preview=False, now=NOW),
            lambda: hours.set_hours("full", shorter, if_match=None, preview=False, now=NOW),
            lambda: settings.change_settings(
                "full", {"timezone": "Asia/Kolkata"}, if_match=None, now=NOW
            ),
        ):
            transport.clear()
            act()
            assert 0 < len(transport.operations) * 0.010 < 30, "seconds, at 10 ms a round trip"


REGISTERING = {
    "somebody new": "eve@example.com",
    "a client": "ann@example.com",
    "a suspended client": "dan@example.com",
}


@pytest.mark.parametrize("email", REGISTERING.values(), ids=REGISTERING)
def test_a_registration_makes_the_same_requests_whoever_it_is(transport, email):
    use_case_calls.change_settings(intake=Intake.OPEN)()
    use_case_calls.suspend("dan")()
    practices.read_practice(THERAPIST)
    transport.clear()
    registrations.register(THERAPIST, name="Eve", email=email, phone="212 555 0142", now=NOW)
    assert transport.operations == ["BatchGetItem", "TransactWriteItems"]
    assert all("openhour-clients" not in str(each.body) for each in transport.requests)


def test_where_registration_is_closed_nobody_is_looked_up(transport):
    use_case_calls.change_settings(intake=Intake.CLOSED)()
    practices.read_practice(THERAPIST)
    transport.clear()
    with pytest.raises(NotAccepting):
        registrations.register(THERAPIST, name="Eve", email="e@example.com", phone="5", now=NOW)
    assert transport.operations == ["GetItem"], "whether the same was accepted before"
