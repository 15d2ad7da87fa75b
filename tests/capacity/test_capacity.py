"""The capacity report: prices, a practice's month, quotas and the spread of releases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from infra.capacity import prices
from infra.capacity.__main__ import cents
from infra.capacity.operations import COGNITO, PARTS, UNITS, Operation
from infra.capacity.practice import TYPICAL, WEEKS_A_MONTH
from infra.capacity.quotas import quotas, releases_a_second
from infra.capacity.usage import release_seconds, usage_of
from infra.local import template
from openhour.rules.release import staggered_time
from openhour.rules.settings import ReleaseTime

MILLION = 1_000_000
README = (Path(__file__).parents[2] / "infra/README.md").read_text()


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


def test_tiers_are_sorted():
    for price in (*usage_of(TYPICAL, 1), *prices.fixed_usage(), prices.USERS_LITE):
        begins = [begin for begin, _ in price.tiers]
        assert begins == sorted(set(begins))
        assert begins[0] == 0


def test_a_bill_sums_by_service():
    usage = {prices.READS: 8 * MILLION, prices.WRITES: 4 * MILLION, prices.CALLS: MILLION}
    assert prices.bill(usage) == pytest.approx({"DynamoDB": 3.50, "Lambda": 0})


def test_fixed_usage_counts_what_the_template_creates():
    fixed = prices.fixed_usage()
    assert fixed[prices.KEYS] == 1
    assert fixed[prices.ALARMS] > len(template.load().of_type("AWS::CloudWatch::Alarm"))


@pytest.mark.parametrize("operation", Operation)
def test_every_operation_has_units_and_one_place_where_it_runs(operation):
    is_monitor = operation is Operation.MONITOR
    places = (operation in COGNITO, operation in PARTS, is_monitor, bool(operation.function))
    assert sum(places) == 1
    assert (operation in UNITS) is not (operation in COGNITO)


def test_the_counts_of_a_month_are_consistent():
    times = TYPICAL.a_month()
    assert {*times, Operation.MONITOR} == {*Operation}
    assert times[Operation.RELEASE] == WEEKS_A_MONTH
    assert times[Operation.ME] == times[Operation.SIGN_IN] + times[Operation.REFRESH]
    assert times[Operation.SLOTS] > times[Operation.BOOK] > WEEKS_A_MONTH
    written = times[Operation.PUBLISHED] + TYPICAL.placed
    assert written == pytest.approx(TYPICAL.slots_a_week * WEEKS_A_MONTH)
    assert TYPICAL.placed + times[Operation.BOOK] < written, "there are slots for all"
    assert 0 < TYPICAL.active_users <= TYPICAL.clients + TYPICAL.joining_a_month + 1


def test_lost_sessions_are_booked_again():
    """Of 100 sessions ten are cancelled, and half of those are booked once more."""
    practice = replace(TYPICAL, cancelling=0.1, rebooking=0.5, sick_days=0)
    times = practice.a_month()
    wished = WEEKS_A_MONTH * practice.others * practice.wishing + practice.joining_a_month
    assert times[Operation.BOOK] == pytest.approx(wished + times[Operation.CANCEL] / 2)


def test_only_eager_clients_come_right_after_the_release():
    eager = replace(TYPICAL, eager=1.0, wishing=1.0, rush_minutes=1)
    assert eager.a_second()[Operation.ME] == pytest.approx(eager.others / 60)
    assert not any(replace(TYPICAL, eager=0.0).a_second().values())


def test_usage_grows_with_the_practices():
    one, many, most = (usage_of(TYPICAL, number) for number in (1, 1_000, MILLION))
    for price in (prices.READS, prices.WRITES, prices.REQUESTS, prices.USERS_ESSENTIALS):
        assert most[price] == pytest.approx(1_000 * many[price], rel=0.2)
    assert many[prices.COMPUTE] < 1_000 * one[prices.COMPUTE], "warm functions serve many"
    assert release_seconds(TYPICAL) > 0.1


def test_the_sweep_costs_the_same_however_many_practices_there_are():
    none, one, two = (usage_of(TYPICAL, number) for number in (0, 1, 2))
    for price in (prices.READS, prices.WRITES, prices.QUEUED):
        assert none[price] > 100_000
        assert two[price] - one[price] == pytest.approx(one[price] - none[price])


def test_a_practices_mails_are_confirmations_reminders_and_the_therapists():
    times = TYPICAL.a_month()
    confirmed = times[Operation.BOOK] + times[Operation.MOVE] + times[Operation.CANCEL]
    sessions = TYPICAL.placed + times[Operation.BOOK]
    assert confirmed < times[Operation.SEND] < confirmed + sessions + 15


def test_quotas_come_in_the_order_in_which_they_are_reached():
    every = quotas(TYPICAL)
    assert [quota.practices for quota in every] == sorted(quota.practices for quota in every)
    by_name = {quota.name: quota.practices for quota in every}
    assert by_name["Scheduler, invocations a second"] == pytest.approx(300_000)


@pytest.mark.parametrize(
    ("practices", "minutes", "factor"), [(100_000, 5, 1), (MILLION, 60, 1), (MILLION, 15, 5)]
)
def test_releases_of_the_readme_start_without_waiting(practices, minutes, factor):
    assert practices / (60 * minutes) < releases_a_second(TYPICAL, factor=factor)


def test_releases_are_spread_evenly():
    minutes = Counter(
        staggered_time(ReleaseTime(), f"t{n}", within_minutes=15).time.minute for n in range(15_000)
    )
    assert sorted(minutes) == list(range(15))
    assert all(times == pytest.approx(1_000, rel=0.15) for times in minutes.values())


def test_the_readme_has_the_figures_of_the_report():
    amounts = cents()
    for name in ("Cognito", "all but Cognito", "all, with Cognito's plan Lite"):
        assert f"| {' | '.join(f'{each:.1f}' for each in amounts[name])} |" in README
    assert f"{TYPICAL.active_users:.0f} users who sign in" in README
    reached = {quota.name: f"{quota.practices:,.0f}" for quota in quotas(TYPICAL)}
    for name in (
        "RequestsPerSecond of one route",
        "slots, write units a second of a new table",
        "Cognito UserAuthentication, a second",
        "API Gateway, requests a second",
        "Scheduler, invocations a second",
    ):
        assert reached[name] in README
