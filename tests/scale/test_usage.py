"""Usage and quotas, of a year made up so that they can be reckoned by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.scale import prices
from tests.scale.habits import LIGHT
from tests.scale.operations import Operation
from tests.scale.quotas import Peak, quotas
from tests.scale.units import RECORDED, Units, differing
from tests.scale.usage import (
    MONTH_SECONDS,
    Engineering,
    function_of,
    release_seconds,
    seconds_of,
    use,
)
from tests.scale.year import WEEKS, Year

NOTHING = Units(0, 0, 0)
TAKEN = dict.fromkeys(Operation, NOTHING) | {
    Operation.SLOTS: Units(10, 0, 1),
    Operation.BOOK: Units(1, 6, 2),
    Operation.RELEASE: Units(20, 8, 10),
    Operation.OPENED: Units(0, 1, 1),
    Operation.PLACED: Units(0, 8, 1),
}
HOW = Engineering(round_trip_ms=10, work_ms=5, opened_at_once=8, cold_ms=500, idle_minutes=10)
YEAR = Year(
    habits=LIGHT,
    weeks=WEEKS,
    counts=Counter(
        {
            Operation.ME: 1200,
            Operation.SLOTS: 2400,
            Operation.BOOK: 600,
            Operation.SIGN_IN: 1200,
            Operation.RELEASE: 52,
            Operation.OPENED: 52 * 16,
            Operation.PLACED: 52 * 10,
            Operation.INVITE: 12,
        }
    ),
    rush={Operation.SLOTS: 6, Operation.BOOK: 3, Operation.SIGN_IN: 3},
    active_a_month=20,
    clients=30,
    kept=1000,
)


def test_a_thousand_practices_use_a_thousand_times_as_much():
    used = use(YEAR, TAKEN, 1_000, HOW)
    assert used[prices.READS] == pytest.approx(1_000 * (200 * 10 + 50 * 1 + 52 / 12 * 20))
    assert used[prices.WRITES] == pytest.approx(1_000 * (50 * 6 + 52 / 12 * (8 + 16 * 1 + 10 * 8)))
    assert used[prices.REQUESTS] == pytest.approx(1_000 * (100 * (1 + 3) + 200 + 50))
    assert used[prices.SCHEDULED] == pytest.approx(1_000 * 52 / 12)
    assert used[prices.USERS_ESSENTIALS] == 20_000
    assert used[prices.MAILED] == pytest.approx(1_000)


def test_signing_in_calls_no_function_and_a_part_is_no_call():
    used = use(YEAR, TAKEN, 1_000, HOW)
    assert used[prices.CALLS] == pytest.approx(1_000 * (100 + 200 + 50 + 52 / 12) + 730)


def test_a_release_is_as_long_as_its_round_trips_in_a_row():
    assert seconds_of(Operation.RELEASE, TAKEN, HOW) == pytest.approx(0.105)
    assert seconds_of(Operation.OPENED, TAKEN, HOW) == pytest.approx(0.00125)
    assert release_seconds(YEAR, TAKEN, HOW) == pytest.approx(0.105 + 16 * 0.00125 + 10 * 0.010)


def test_a_function_that_hardly_anybody_calls_starts_cold_each_time():
    warm = (
        730 * 0.0006
        + 100 * 0.005
        + 200 * 0.015
        + 50 * 0.025
        + 52 / 12 * release_seconds(YEAR, TAKEN, HOW)
    )
    alone = use(YEAR, TAKEN, 1, HOW)[prices.COMPUTE]
    # The watch comes every hour, the others less often.
    calls = 100 + 200 + 50 + 52 / 12 + 730
    assert alone == pytest.approx(warm + calls * 0.5, rel=0.2)
    many = use(YEAR, TAKEN, 100_000, HOW)[prices.COMPUTE]
    assert many == pytest.approx(100_000 * warm, rel=0.02)


def test_all_is_traced_until_it_comes_more_often_than_once_a_second():
    assert use(YEAR, TAKEN, 1, HOW)[prices.TRACED] == use(YEAR, TAKEN, 1, HOW)[prices.CALLS]
    many = use(YEAR, TAKEN, 1_000_000, HOW)
    assert many[prices.TRACED] < 0.06 * many[prices.CALLS] + 5 * MONTH_SECONDS


@pytest.mark.parametrize("operation", Operation)
def test_every_operation_is_one_of_a_function_of_cognito_or_a_part(operation):
    is_watched = operation is Operation.WATCH
    assert (
        operation.is_of_cognito + operation.is_part + is_watched + bool(function_of(operation)) == 1
    )


def test_the_units_are_recorded_of_all_that_reads_or_writes():
    assert RECORDED.keys() == {op for op in Operation if not op.is_of_cognito}
    assert differing(RECORDED) == []
    assert differing({**RECORDED, Operation.BOOK: NOTHING}) == ["POST /appointments"]


def test_the_quotas_come_in_the_order_in_which_they_are_met():
    every = quotas(YEAR, TAKEN)
    assert [quota.met_at for quota in every] == sorted(quota.met_at for quota in every)
    by_name = {quota.name: quota.met_at for quota in every}
    minutes = LIGHT.rush_minutes * 60
    assert by_name["requests a second let through"] == pytest.approx(100 * minutes / 9)
    assert by_name["Cognito UserAuthentication, a second"] == pytest.approx(120 * minutes / 3)
    assert by_name["Scheduler, invocations a second"] == pytest.approx(300_000)
    assert by_name["Cognito, users of a pool"] == pytest.approx(40_000_000 / 31)
    assert by_name["slots, read units a second"] == pytest.approx(40_000 * minutes / 60)


def test_a_release_writes_two_units_for_a_row_and_one_for_a_slot_that_opens():
    assert Peak(YEAR, TAKEN).release_writes == pytest.approx(10 * 2 + 16)
