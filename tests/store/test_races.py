"""Concurrent threads never sell a slot twice, and lose nothing."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from infra.seed import seed_client
from openhour.rules.refusals import Refusal
from openhour.store.practices import read_practice
from openhour.use_cases import me, planning
from tests.dynamodb_backends import remember
from tests.store.invariants import Rows, find_faults, read_tables
from tests.store.seed import (
    HOURS,
    NEXT_THURSDAY,
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    THERAPIST,
    THURSDAY,
    TUESDAY,
)
from tests.store.use_case_calls import (
    Act,
    add_login,
    ask,
    book,
    cancel,
    complete,
    discharge,
    end_regular,
    enter_regular,
    move,
    release,
    release_early,
    remove_login,
    set_hours,
    suspend,
)
from tests.unit.builders import NOW, an_entry

CROWD = [f"c{n}" for n in range(32)]


def at_once(acts: Sequence[Act]) -> list[str]:
    """Start all acts together; what came of each: `done`, or the refusal's name."""
    gate = threading.Barrier(len(acts))

    def run(act: Act) -> str:
        gate.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.name
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def rounds(restore_practice) -> Callable[[], Iterator[None]]:
    def play() -> Iterator[None]:
        """Three times, restore the practice, yield, and check every invariant."""
        for _ in range(3):
            restore_practice()
            yield
            complete()
            assert find_faults(read_tables(), now=NOW) == []

    return play


@pytest.fixture
def crowd(restore_practice) -> Callable[[], None]:
    """Add many clients to the practice, and return a function that restores it with them."""
    restore_practice()
    for name in CROWD:
        seed_client(THERAPIST, name, email=None, invite=False)
    return remember()


def test_one_of_thirty_two_clients_gets_the_slot(rounds, crowd):
    for _ in rounds():
        crowd()
        outcomes = Counter(at_once([book(name, NEXT_TUESDAY) for name in CROWD]))
        assert outcomes == {"done": 1, "slot-taken": len(CROWD) - 1}


def test_repeated_requests_of_one_client_book_once(rounds):
    for _ in rounds():
        assert set(at_once([book("cyd", NEXT_TUESDAY)] * 8)) == {"done"}


def test_a_client_at_two_slots_of_one_week_gets_one_of_them(rounds):
    for _ in rounds():
        release_early()()
        acts = [book("cyd", NEXT_TUESDAY), book("cyd", NEXT_WEDNESDAY)] * 4
        assert set(at_once(acts)) <= {"done", "weekly-limit"}
        booked = [a for a in appointments_of("cyd") if a["status"] == "booked"]
        assert len(booked) == 1


def test_two_removals_at_once_leave_the_last_login(rounds):
    for _ in rounds():
        added = [add_login(f"{name}@example.com")().login.login_id for name in ("una", "vera")]
        first = read_practice(THERAPIST).logins[0][0]
        if first not in added:
            remove_login(first)()
        outcomes = Counter(at_once([remove_login(login_id) for login_id in added] * 2))
        assert outcomes["done"] == 1
        assert set(outcomes) <= {"done", "login-kept", "unknown-login"}
        assert len(read_practice(THERAPIST).logins) == 1


def test_one_address_added_at_once_has_one_login(rounds):
    for _ in rounds():
        before = len(read_practice(THERAPIST).logins)
        assert set(at_once([add_login()] * 8)) == {"done"}
        assert len(read_practice(THERAPIST).logins) == before + 1


def read_rows() -> Rows:
    return read_tables().therapists[THERAPIST]


def appointments_of(client_id: str) -> list[Any]:
    return [a for a in read_rows().appointments.values() if a["client_id"] == client_id]


def test_two_who_swap_slots_end_with_one_slot_each(rounds):
    for _ in rounds():
        book("cyd", NEXT_TUESDAY)()
        swap = [move("ann", TUESDAY, NEXT_TUESDAY), move("cyd", NEXT_TUESDAY, TUESDAY)]
        outcomes = at_once(swap)
        assert "slot-taken" in outcomes
        for client_id in ("ann", "cyd"):
            live = [a for a in appointments_of(client_id) if a["status"] == "booked"]
            assert len(live) == 1


def test_once_a_suspension_has_answered_nothing_by_that_client_commits(rounds):
    for _ in rounds():
        acts = [*[book("cyd", NEXT_TUESDAY)] * 4, suspend("cyd"), *[book("cyd", NEXT_TUESDAY)] * 4]
        assert set(at_once(acts)) <= {"done", "privilege-suspended"}
        with pytest.raises(Refusal, match="privilege-suspended"):
            book("cyd", NEXT_TUESDAY.replace("1201", "1208"))()


def test_two_releases_beside_bookings_and_cancellations_open_each_slot_once(rounds):
    for _ in rounds():
        outcomes = at_once(
            [
                release(),
                release(),
                cancel("ann", TUESDAY),
                book("cyd", NEXT_WEDNESDAY),
                book("dan", NEXT_TUESDAY),
            ]
        )
        assert outcomes[:3] == ["done"] * 3
        assert outcomes[3] in {"done", "slot-taken"}
        assert outcomes[4] == "done"
        slots = read_rows().slots
        assert slots[NEXT_WEDNESDAY]["state"] in {"open", "booked"}


def test_hours_change_while_clients_book_and_nothing_overlaps(rounds):
    later = tuple(an_entry(f"{day} 17:50") for day in ("tuesday", "wednesday", "thursday"))
    for _ in rounds():
        outcomes = at_once(
            [
                set_hours(*later),
                book("cyd", NEXT_TUESDAY),
                book("dan", NEXT_TUESDAY),
                set_hours(*HOURS),
            ]
        )
        assert outcomes.count("done") >= 2
        assert set(outcomes) <= {"done", "slot-taken", "unknown-slot"}


def test_a_regular_entered_while_somebody_books_its_slot_waits_or_stands(rounds):
    for _ in rounds():
        outcomes = at_once([enter_regular("dan", "tuesday 17:30"), book("cyd", NEXT_TUESDAY)])
        assert outcomes[0] == "done"
        slots = read_rows().slots
        holder = "cyd" if outcomes[1] == "done" else "dan"
        assert slots[NEXT_TUESDAY]["client_id"] == holder


def test_a_request_beside_its_regular_is_settled_or_refused(rounds):
    for _ in rounds():
        book("cyd", NEXT_TUESDAY)()
        asking = ask("cyd", NEXT_TUESDAY)
        outcomes = at_once([enter_regular("cyd", "tuesday 17:30"), *[asking] * 3])
        assert outcomes[0] == "done"
        assert set(outcomes[1:]) <= {"done", "already-regular"}
        assert "asked_regular" not in read_rows().clients["cyd"]


def test_a_request_beside_a_suspension_comes_before_it_or_not_at_all(rounds):
    for _ in rounds():
        outcomes = at_once([ask("ann"), suspend("ann"), ask("ann", every_weeks=2)])
        assert outcomes[1] == "done"
        assert set(outcomes) <= {"done", "privilege-suspended"}
        asked = {outcomes[0], outcomes[2]} == {"privilege-suspended"}
        assert ("asked_regular" not in read_rows().clients["ann"]) is asked
        with pytest.raises(Refusal, match="privilege-suspended"):
            ask("ann", every_weeks=3)()


def test_a_request_beside_the_end_of_its_session_shows_to_nobody(rounds):
    for _ in rounds():
        outcomes = at_once([ask("ann"), cancel("ann", TUESDAY)])
        assert outcomes[1] == "done"
        assert outcomes[0] in {"done", "unknown-appointment"}
        assert me.read_own_page(THERAPIST, "ann", now=NOW).asked is None


def test_a_discharged_client_is_left_with_nothing(rounds):
    for _ in rounds():
        outcomes = at_once([discharge("bea"), *[book("bea", NEXT_TUESDAY)] * 3, complete])
        assert outcomes[0] == "done"
        assert not [a for a in appointments_of("bea") if a["status"] == "booked"]
        slots = read_rows().slots
        assert slots[THURSDAY]["state"] == slots[NEXT_THURSDAY]["state"] == "open"


def test_a_session_that_the_client_cancels_just_before_the_plan_ends_it_is_planned_again(
    restore_practice, monkeypatch
):
    """The client's count of that week is gone by then, which must not fail the transaction."""
    restore_practice()
    cancel_meanwhile = cancel("bea", NEXT_THURSDAY)
    foresee = planning.preview_plan

    def foresee_then_cancel(*args: Any, **kwargs: Any) -> planning.PlanResult:
        planned = foresee(*args, **kwargs)
        monkeypatch.undo()
        cancel_meanwhile()
        return planned

    monkeypatch.setattr(planning, "preview_plan", foresee_then_cancel)
    end_regular("bea")()
    assert find_faults(read_tables(), now=NOW) == []
    assert {a["ended_by"] for a in appointments_of("bea")} == {"client", "therapist"}
