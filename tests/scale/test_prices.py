"""Prices: tiers, what is free, and a bill, reckoned by hand."""

from __future__ import annotations

import pytest

from infra.local import template
from tests.scale import bill, prices

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("price", "quantity", "dollars"),
    [
        pytest.param(prices.WRITES, 4 * MILLION, 2.50, id="four million writes"),
        pytest.param(prices.READS, 4 * MILLION, 0.50, id="four million reads"),
        pytest.param(prices.CALLS, MILLION, 0, id="calls, as many as are free"),
        pytest.param(prices.CALLS, 3 * MILLION, 0.40, id="calls, two million more"),
        pytest.param(prices.STORED, 100, 18.75, id="75 GB more than is free"),
        pytest.param(prices.REQUESTS, 400 * MILLION, 390, id="300 at 1.00, 100 at 0.90"),
        pytest.param(prices.SCHEDULED, 4_333_333, 0, id="a million practices' releases"),
        pytest.param(prices.USERS_ESSENTIALS, 10_000, 0, id="users, as many as are free"),
        pytest.param(prices.USERS_ESSENTIALS, 28_800, 282, id="18,800 users at 0.015"),
        pytest.param(prices.USERS_LITE, 250_000, 1185, id="90,000 at 0.0055, 150,000 at 0.0046"),
        pytest.param(
            prices.USERS_LITE, 28.8e6, 495 + 4140 + 29_250 + 47_000, id="through all five tiers"
        ),
        pytest.param(prices.COMPUTE, 1_400_000, 13.3334, id="a million GB-seconds more"),
        pytest.param(
            prices.LOGGED, 30_720 + 10_240, 5117.5 + 5120 + 1024, id="logs in three tiers"
        ),
    ],
)
def test_what_a_quantity_costs(price, quantity, dollars):
    assert price.of(quantity) == pytest.approx(dollars)


@pytest.mark.parametrize("price", [v for v in vars(prices).values() if isinstance(v, prices.Price)])
def test_tiers_begin_with_nothing_and_more_never_costs_less(price):
    begins = [begin for begin, _ in price.tiers]
    assert begins == sorted(set(begins))
    assert price.of(0) == begins[0] == 0
    costs = [price.of(quantity) for quantity in (1, *begins, 2 * begins[-1], 1e12)]
    assert sorted(costs) == [price.of(q) for q in sorted((1, *begins, 2 * begins[-1], 1e12))]
    assert price.page.startswith("aws.amazon.com/")


def test_a_bill_adds_up_by_service():
    usage = {prices.READS: 8 * MILLION, prices.WRITES: 4 * MILLION, prices.CALLS: 6 * MILLION}
    assert bill.by_service(usage) == pytest.approx({"DynamoDB": 3.50, "Lambda": 1.00})


def test_with_nothing_free_the_first_price_is_paid_for_all():
    usage = {prices.CALLS: MILLION, prices.USERS_LITE: 200_000}
    told = bill.by_service(bill.listed(usage))
    assert told == pytest.approx({"Lambda": 0.20, "Cognito": 1100})


def test_what_the_template_sets_up_is_counted():
    fixed = bill.fixed()
    assert fixed[prices.KEYS] == 1
    assert fixed[prices.ALARMS] > len(template.load().of_type("AWS::CloudWatch::Alarm"))
    assert fixed[prices.METRICS] > len(bill._COUNTED)
