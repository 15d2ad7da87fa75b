"""The bill: dollars a month for a number of practices, by service, and what costs the same for any
number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from infra.local import template
from openhour.rules.refusals import Refusal
from tests.scale import prices
from tests.scale.prices import Price
from tests.scale.usage import Usage

_COUNTED = ("Bookings", "SlotsReleased", "Failures", "ReleasesOverdue")
"""The metrics of one's own, beside the refusals, each name of which is another."""


def by_service(usage: Mapping[Price, float]) -> dict[str, float]:
    """Dollars by service, in the order of the first that is used."""
    bill: dict[str, float] = {}
    for price, quantity in usage.items():
        bill[price.service] = bill.get(price.service, 0) + price.of(quantity)
    return bill


def listed(usage: Mapping[Price, float]) -> Usage:
    """The same usage, with nothing free and no tiers: what one more practice costs at most."""
    return {_listed(price): quantity for price, quantity in usage.items()}


def _listed(price: Price) -> Price:
    return replace(price, tiers=((0, next(dollars for _, dollars in price.tiers if dollars)),))


def fixed() -> Mapping[Price, float]:
    """What the template sets up that is paid for whether anybody uses it or not."""
    set_up = template.load()
    return {
        prices.KEYS: len(set_up.of_type("AWS::KMS::Key")),
        prices.ALARMS: sum(map(_watched, set_up.of_type("AWS::CloudWatch::Alarm").values())),
        prices.METRICS: len(_COUNTED) + len(Refusal.__subclasses__()),
        prices.DASHBOARDS: len(set_up.of_type("AWS::CloudWatch::Dashboard")),
    }


def _watched(alarm: Mapping[str, Any]) -> int:
    """How many metrics an alarm watches: it is paid for by them."""
    metrics = [each for each in alarm.get("Metrics", ()) if "MetricStat" in each]
    return len(metrics) or 1


WALL = {prices.WALLS: 1, prices.RULES: 4}
"""A web ACL before the interface with four rules, for those who want one."""
