"""Friday evening: what is asked of Scheduler and Lambda, second by second."""

from __future__ import annotations

from collections import Counter

import pytest

from openhour.rules.release import staggered_time
from openhour.rules.settings import ReleaseTime
from tests.scale.friday import (
    Limits,
    any_second,
    at_once,
    batches,
    flexible,
    looks_in_vain,
    own_minute,
    pass_evening,
)

LIMITS = Limits(running=250, seconds=0.5, writes=80)
"""500 can be started in a second."""
WAYS = [at_once(), flexible(5), own_minute(5), any_second(5), any_second(15), batches()]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
@pytest.mark.parametrize("practices", [1, 7, 1_000, 123_457])
def test_each_practice_is_released_once_and_none_before_the_time(way, practices):
    due = way.due(practices)
    assert due.total() == practices
    assert min(due) >= 0
    assert min(due.values()) >= 0


@pytest.mark.parametrize("minutes", [5, 15, 60])
def test_what_is_simulated_is_what_the_rule_does(minutes):
    practices = 2_000 * minutes
    minute = Counter(
        staggered_time(ReleaseTime(), f"t{n}", within_minutes=minutes).time.minute
        for n in range(practices)
    )
    simulated: Counter[int] = Counter()
    for second, times in any_second(minutes).due(practices).items():
        simulated[second // 60] += times
    assert minute.keys() == simulated.keys()
    assert all(minute[n] == pytest.approx(simulated[n], rel=0.1) for n in minute)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_one_practice_alone_waits_for_nothing_but_its_minute(way):
    evening = pass_evening(1, way, LIMITS)
    assert evening.mean == evening.last == max(s for s, n in way.due(1).items() if n) + 0.5
    assert (evening.asked_a_second, evening.full) == (1, 0)


@pytest.mark.parametrize(
    ("limits", "started"),
    [
        pytest.param(LIMITS, 500, id="by what may run at once"),
        pytest.param(Limits(running=9999, seconds=0.5, writes=80), 500, id="by the table"),
        pytest.param(Limits(running=100, seconds=2, writes=1), 50, id="by how long one takes"),
    ],
)
def test_how_many_can_be_started_in_a_second(limits, started):
    assert limits.started_a_second == started


def test_a_queue_is_worked_off_as_fast_as_can_be():
    evening = pass_evening(5_000, batches(), LIMITS)
    assert (evening.last, evening.asked_a_second, evening.full) == (9.5, 500, 9)
    assert evening.mean == 4.5 + 0.5


def test_those_who_are_tried_again_later_and_later_take_longer():
    queue, once = (pass_evening(5_000, way, LIMITS) for way in (batches(), at_once()))
    assert once.last > queue.last
    assert once.asked_a_second == 1_000


def test_scheduler_delays_what_is_over_its_limit():
    wide = Limits(running=10**6, seconds=0.5, writes=1, writes_a_second=10**6)
    evening = pass_evening(5_000, at_once(), wide)
    assert (evening.last, evening.asked_a_second) == (4.5, 1_000)


def test_a_hundred_thousand_leave_room_for_the_clients_only_if_no_second_is_favoured():
    own, any_, once = (
        pass_evening(100_000, way, LIMITS) for way in (own_minute(5), any_second(5), at_once())
    )
    assert (any_.full, any_.asked_a_second) == (0, 334)
    assert own.full > 100
    assert once.full > 100
    assert any_.last < 5 * 60 + 1


def test_whoever_knows_their_minute_hardly_looks_in_vain():
    told, untold = any_second(15), flexible(15)
    assert looks_in_vain(told, pass_evening(100_000, told, LIMITS)) == pytest.approx(0.5, abs=0.02)
    assert looks_in_vain(untold, pass_evening(100_000, untold, LIMITS)) == pytest.approx(
        7.5, abs=0.02
    )


def test_the_same_evening_comes_again():
    assert pass_evening(50_000, at_once(), LIMITS) == pass_evening(50_000, at_once(), LIMITS)
