"""The capacity report: prices, the simulated year, quotas and the spread of releases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from infra.capacity import prices, report
from infra.capacity.habits import LIGHT, PRACTICES
from infra.capacity.operations import COGNITO, UNITS, Operation
from infra.capacity.quotas import quotas
from infra.capacity.releases import SPREADS, Limits, simulate_releases
from infra.capacity.simulation import WEEKS, simulate
from infra.capacity.usage import release_seconds, usage_of
from infra.local import template
from openhour.rules.release import staggered_time
from openhour.rules.settings import ReleaseTime

MILLION = 1_000_000
LIMITS = Limits(concurrency=250, seconds=0.5, writes=80)
"""500 releases can start in a second."""


@pytest.fixture(scope="module")
def year():
    return simulate(LIGHT, seed=1)


@pytest.mark.parametrize(
    ("price", "quantity", "dollars"),
    [
        pytest.param(prices.WRITES, 4 * MILLION, 2.50, id="no free tier"),
        pytest.param(prices.CALLS, MILLION, 0, id="free"),
        pytest.param(prices.CALLS, 3 * MILLION, 0.40, id="two million above the free tier"),
        pytest.param(prices.REQUESTS, 400 * MILLION, 390, id="300 at 1.00, 100 at 0.90"),
        pytest.param(prices.USERS_LITE, 28.8e6, 495 + 4140 + 29_250 + 47_000, id="five tiers"),
    ],
)
def test_a_price_is_summed_over_its_tiers(price, quantity, dollars):
    assert price.of(quantity) == pytest.approx(dollars)


@pytest.mark.parametrize("price", prices.ALL)
def test_tiers_are_sorted_and_have_a_source(price):
    begins = [begin for begin, _ in price.tiers]
    assert begins == sorted(set(begins))
    assert price.of(0) == begins[0] == 0
    assert price.page.startswith("aws.amazon.com/")


def test_a_bill_sums_by_service_and_can_leave_out_free_tiers():
    usage = {prices.READS: 8 * MILLION, prices.WRITES: 4 * MILLION, prices.CALLS: MILLION}
    assert prices.bill(usage) == pytest.approx({"DynamoDB": 3.50, "Lambda": 0})
    assert prices.bill(prices.without_free_tiers(usage))["Lambda"] == pytest.approx(0.20)


def test_fixed_usage_counts_what_the_template_creates():
    fixed = prices.fixed_usage()
    assert fixed[prices.KEYS] == 1
    assert fixed[prices.ALARMS] > len(template.load().of_type("AWS::CloudWatch::Alarm"))


@pytest.mark.parametrize("operation", Operation)
def test_every_operation_has_units_and_one_place_where_it_runs(operation):
    is_monitor = operation is Operation.MONITOR
    places = (operation in COGNITO, operation.is_part, is_monitor, bool(operation.function))
    assert sum(places) == 1
    assert (operation in UNITS) is not (operation in COGNITO)


def test_a_seed_determines_the_year(year):
    assert simulate(LIGHT, seed=1) == year
    assert simulate(LIGHT, seed=2).counts != year.counts


def test_the_counts_of_a_year_are_consistent(year):
    counts = year.counts
    assert counts[Operation.RELEASE] == WEEKS
    assert counts[Operation.ME] == counts[Operation.SIGN_IN] + counts[Operation.REFRESH]
    assert counts[Operation.SLOTS] > counts[Operation.BOOK] > WEEKS
    assert counts[Operation.OPENED] <= 6 * WEEKS
    assert counts[Operation.PUBLISHED] + counts[Operation.PLACED] >= 12 * WEEKS
    booked = counts[Operation.BOOK] + counts[Operation.PLACED]
    assert booked - counts[Operation.CANCEL] - counts[Operation.ENDED] <= year.kept + 12 * 6
    assert 0 < year.kept <= 12 * WEEKS
    assert 0 < year.active_a_month <= year.clients + 3


def test_eager_clients_come_right_after_the_release():
    eager = simulate(replace(LIGHT, eager=1.0, wishing=1.0), seed=1)
    patient = simulate(replace(LIGHT, eager=0.0, wishing=1.0), seed=1)
    assert eager.rush[Operation.ME] > 4
    assert patient.rush.get(Operation.ME, 0) < 1


def test_usage_grows_with_the_practices(year):
    one, many = usage_of(year, UNITS, 1), usage_of(year, UNITS, 1_000)
    for price in (prices.READS, prices.WRITES, prices.REQUESTS, prices.USERS_ESSENTIALS):
        assert many[price] == pytest.approx(1_000 * one[price], rel=0.2)
    assert many[prices.COMPUTE] < 1_000 * one[prices.COMPUTE], "warm functions serve many"
    assert release_seconds(year, UNITS) > 0.1


def test_quotas_come_in_the_order_in_which_they_are_reached(year):
    every = quotas(year, UNITS)
    assert [quota.practices for quota in every] == sorted(quota.practices for quota in every)
    by_name = {quota.name: quota.practices for quota in every}
    assert by_name["Scheduler, invocations a second"] == pytest.approx(300_000)


@pytest.mark.parametrize("way", SPREADS, ids=lambda way: way.name)
@pytest.mark.parametrize("practices", [1, 7, 123_457])
def test_each_practice_is_due_once_and_never_early(way, practices):
    due = way.due(practices)
    assert due.total() == practices
    assert min(due) >= 0
    assert min(due.values()) >= 0


@pytest.mark.parametrize("minutes", [5, 15, 60])
def test_the_simulated_spread_matches_the_rule(minutes):
    practices = 2_000 * minutes
    by_rule = Counter(
        staggered_time(ReleaseTime(), f"t{n}", within_minutes=minutes).time.minute
        for n in range(practices)
    )
    way = next(way for way in SPREADS if way.name == f"own minute of {minutes}, any second")
    simulated = Counter(
        {
            minute: sum(n for second, n in way.due(practices).items() if second // 60 == minute)
            for minute in range(minutes)
        }
    )
    assert by_rule.keys() == simulated.keys()
    assert all(by_rule[n] == pytest.approx(simulated[n], rel=0.1) for n in by_rule)


def test_a_queue_is_processed_as_fast_as_possible():
    queue = next(way for way in SPREADS if way.queued)
    outcome = simulate_releases(5_000, queue, LIMITS)
    assert (outcome.last, outcome.most_a_second, outcome.full_seconds) == (9.5, 500, 9)


def test_only_a_spread_over_every_second_leaves_room_for_clients():
    outcomes = {way.name: simulate_releases(100_000, way, LIMITS) for way in SPREADS}
    assert outcomes["own minute of 5, any second"].full_seconds == 0
    assert outcomes["own minute of 5, first second"].full_seconds > 100
    assert outcomes["at once"].full_seconds > 100


def test_every_table_of_the_report_is_aligned(year):
    years = [replace(year, habits=habits) for habits in PRACTICES]
    for section in report.sections(years, UNITS):
        assert len({len(line) for line in section.splitlines()}) == 1
