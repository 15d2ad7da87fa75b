"""List prices of AWS in us-east-1 as of November 2026, in US dollars.

They are those of copies of AWS's pages in public repositories and articles of 2025 and 2026, which
agree; those of SES, SQS and CloudWatch's alarms, metrics and dashboards are from memory. Taxes,
discounts, savings plans, CloudFront, WAF and support are not included. Check a price against its
page before you rely on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

from infra.local import template
from openhour.rules.mail_policy import Withheld
from openhour.rules.refusals import Refusal

MILLION = 1_000_000
_CUSTOM_METRICS = 6
"""Besides one for each refusal and outcome of a mail: Bookings, SlotsReleased, Failures,
ReleasesOverdue, MailsTooOld, MailsPaused."""
_OTHER_OUTCOMES = 5
"""Outcomes of a mail besides the reasons for which it is withheld."""


@dataclass(frozen=True, slots=True)
class Price:
    """The price of a quantity, in tiers: the quantity a month where each begins, and its dollars.

    What is free for good, not only in the first year, is a first tier of zero.
    """

    service: str
    what: str
    tiers: tuple[tuple[float, float], ...]

    def of(self, quantity: float) -> float:
        """Return the dollars for a month's quantity."""
        ends = (*self.tiers, (inf, 0.0))
        return sum(
            (min(quantity, end) - begin) * dollars
            for (begin, dollars), (end, _) in pairwise(ends)
            if quantity > begin
        )


Usage = Mapping[Price, float]
"""Quantities a month."""


def _flat(dollars: float, *, free: float = 0, per: float = 1) -> tuple[tuple[float, float], ...]:
    """Return one tier for everything above the free quantity."""
    return ((0, 0.0), (free, dollars / per)) if free else ((0, dollars / per),)


_COMPUTE = ((0, 0.0), (400_000, 13.3334e-6), (7.5e9, 12.0001e-6), (18.75e9, 10.6667e-6))
_REQUESTS = ((0, 1.00 / MILLION), (300 * MILLION, 0.90 / MILLION))
_LITE = ((0, 0.0), (10_000, 0.0055), (100_000, 0.0046), (MILLION, 0.00325), (10 * MILLION, 0.0025))
_LOGS = ((0, 0.0), (5, 0.50), (10_240, 0.25), (30_720, 0.10), (51_200, 0.05))
_SENT = ((0, 0.0), (100, 0.09), (10_240, 0.085), (51_200, 0.07), (153_600, 0.05))

# aws.amazon.com/dynamodb/pricing/on-demand
READS = Price("DynamoDB", "read request units", _flat(0.125, per=MILLION))
WRITES = Price("DynamoDB", "write request units", _flat(0.625, per=MILLION))
STORED = Price("DynamoDB", "GB stored", _flat(0.25, free=25))
BACKED_UP = Price("DynamoDB", "GB with point-in-time recovery", _flat(0.20))
# aws.amazon.com/lambda/pricing
CALLS = Price("Lambda", "requests", _flat(0.20, free=MILLION, per=MILLION))
COMPUTE = Price("Lambda", "GB-seconds, arm64", _COMPUTE)
# aws.amazon.com/api-gateway/pricing
REQUESTS = Price("API Gateway", "HTTP API requests", _REQUESTS)
# aws.amazon.com/cognito/pricing
USERS_LITE = Price("Cognito", "monthly active users, plan Lite", _LITE)
USERS_ESSENTIALS = Price(
    "Cognito", "monthly active users, plan Essentials", _flat(0.015, free=10_000)
)
# aws.amazon.com/eventbridge/pricing
SCHEDULED = Price(
    "EventBridge Scheduler", "invocations", _flat(1.00, free=14 * MILLION, per=MILLION)
)
# aws.amazon.com/cloudwatch/pricing
LOGGED = Price("CloudWatch", "GB of logs ingested", _LOGS)
LOGS_KEPT = Price("CloudWatch", "GB of logs stored", _flat(0.03))
LOGS_SCANNED = Price("CloudWatch", "GB of logs scanned for personal data", _flat(0.12))
ALARMS = Price("CloudWatch", "alarms", _flat(0.10, free=10))
METRICS = Price("CloudWatch", "custom metrics, at most", _flat(0.30, free=10))
DASHBOARDS = Price("CloudWatch", "dashboards", _flat(3.00, free=3))
# aws.amazon.com/xray/pricing, ec2/pricing/on-demand, ses/pricing, kms/pricing
TRACED = Price("X-Ray", "traces recorded", _flat(5.00, free=100_000, per=MILLION))
SENT = Price("data transfer", "GB out to the internet", _SENT)
MAILED = Price("SES", "emails", _flat(0.10, per=1_000))
# aws.amazon.com/sqs/pricing, from memory
QUEUED = Price("SQS", "requests", _flat(0.40, free=MILLION, per=MILLION))
KEY_REQUESTS = Price("KMS", "requests", _flat(0.03, free=20_000, per=10_000))
KEYS = Price("KMS", "customer managed keys", _flat(1.00))


def bill(usage: Usage) -> dict[str, float]:
    """Return the dollars by service, in the order of `usage`."""
    dollars: dict[str, float] = {}
    for price, quantity in usage.items():
        dollars[price.service] = dollars.get(price.service, 0) + price.of(quantity)
    return dollars


def fixed_usage() -> Usage:
    """Return what the template creates and AWS charges for whether or not it is used."""
    stack = template.load()
    return {
        KEYS: len(stack.of_type("AWS::KMS::Key")),
        ALARMS: sum(map(_alarm_metrics, stack.of_type("AWS::CloudWatch::Alarm").values())),
        METRICS: _CUSTOM_METRICS + len(Refusal.__subclasses__()) + len(Withheld) + _OTHER_OUTCOMES,
        DASHBOARDS: len(stack.of_type("AWS::CloudWatch::Dashboard")),
    }


def _alarm_metrics(alarm: Mapping[str, Any]) -> int:
    """Return how many metrics an alarm is charged for."""
    return len([each for each in alarm.get("Metrics", ()) if "MetricStat" in each]) or 1
