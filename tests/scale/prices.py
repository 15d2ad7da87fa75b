"""List prices of AWS in us-east-1 as of November 2026, in US dollars, without tax, discounts or
savings plans; CloudFront and support are not among them. Check them against the page that is named
before you rely on them.

`read` says how each is known: from `copies`, that is, reports of the page in public repositories
and articles of 2025 and 2026, which agree; or from `memory`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf

MILLION = 1_000_000
_ON_DEMAND = "aws.amazon.com/dynamodb/pricing/on-demand"
_LAMBDA = "aws.amazon.com/lambda/pricing"
_COGNITO = "aws.amazon.com/cognito/pricing"
_CLOUDWATCH = "aws.amazon.com/cloudwatch/pricing"
COPIES, MEMORY = "copies", "memory"


@dataclass(frozen=True, slots=True)
class Price:
    """What a service asks for `what`: in tiers, each a month's quantity at which it begins and
    dollars for one. What is free, for good and not for the first year alone, is a first tier of
    nothing. `fixed` prices don't grow with use."""

    service: str
    what: str
    tiers: tuple[tuple[float, float], ...]
    page: str
    read: str

    def of(self, quantity: float) -> float:
        """Dollars for a month's quantity."""
        ends = (*self.tiers, (inf, 0.0))
        return sum(
            (min(quantity, end) - begin) * dollars
            for (begin, dollars), (end, _) in pairwise(ends)
            if quantity > begin
        )


def _flat(dollars: float, *, free: float = 0, per: float = 1) -> tuple[tuple[float, float], ...]:
    """One price for all above what is free."""
    return ((0, 0.0), (free, dollars / per)) if free else ((0, dollars / per),)


READS = Price("DynamoDB", "read request units", _flat(0.125, per=MILLION), _ON_DEMAND, COPIES)
WRITES = Price("DynamoDB", "write request units", _flat(0.625, per=MILLION), _ON_DEMAND, COPIES)
STORED = Price("DynamoDB", "GB stored", _flat(0.25, free=25), _ON_DEMAND, COPIES)
RECOVERABLE = Price("DynamoDB", "GB recoverable to a second", _flat(0.20), _ON_DEMAND, COPIES)
CALLS = Price("Lambda", "requests", _flat(0.20, free=MILLION, per=MILLION), _LAMBDA, COPIES)
COMPUTE = Price(
    "Lambda",
    "GB-seconds, arm64",
    ((0, 0.0), (400_000, 0.0000133334), (7.5e9, 0.0000120001), (18.75e9, 0.0000106667)),
    _LAMBDA,
    COPIES,
)
REQUESTS = Price(
    "API Gateway",
    "requests of an HTTP API",
    ((0, 1.00 / MILLION), (300 * MILLION, 0.90 / MILLION)),
    "aws.amazon.com/api-gateway/pricing",
    COPIES,
)
USERS_LITE = Price(
    "Cognito",
    "users active in a month, plan Lite",
    ((0, 0.0), (10_000, 0.0055), (100_000, 0.0046), (MILLION, 0.00325), (10 * MILLION, 0.0025)),
    _COGNITO,
    COPIES,
)
USERS_ESSENTIALS = Price(
    "Cognito",
    "users active in a month, plan Essentials",
    _flat(0.015, free=10_000),
    _COGNITO,
    COPIES,
)
SCHEDULED = Price(
    "EventBridge Scheduler",
    "invocations",
    _flat(1.00, free=14 * MILLION, per=MILLION),
    "aws.amazon.com/eventbridge/pricing",
    COPIES,
)
LOGGED = Price(
    "CloudWatch",
    "GB of logs taken in",
    ((0, 0.0), (5, 0.50), (10_240, 0.25), (30_720, 0.10), (51_200, 0.05)),
    _CLOUDWATCH,
    COPIES,
)
LOGS_KEPT = Price("CloudWatch", "GB of logs kept", _flat(0.03), _CLOUDWATCH, COPIES)
LOOKED_THROUGH = Price(
    "CloudWatch", "GB of logs looked through for addresses", _flat(0.12), _CLOUDWATCH, COPIES
)
TRACED = Price(
    "X-Ray",
    "traces recorded",
    _flat(5.00, free=100_000, per=MILLION),
    "aws.amazon.com/xray/pricing",
    COPIES,
)
SENT = Price(
    "data transfer",
    "GB out to the internet",
    ((0, 0.0), (100, 0.09), (10_240, 0.085), (51_200, 0.07), (153_600, 0.05)),
    "aws.amazon.com/ec2/pricing/on-demand",
    COPIES,
)
MAILED = Price("SES", "mails", _flat(0.10, per=1_000), "aws.amazon.com/ses/pricing", MEMORY)
UNLOCKED = Price(
    "KMS",
    "requests",
    _flat(0.03, free=20_000, per=10_000),
    "aws.amazon.com/kms/pricing",
    COPIES,
)
KEYS = Price("KMS", "keys of one's own", _flat(1.00), "aws.amazon.com/kms/pricing", COPIES)
ALARMS = Price("CloudWatch", "alarms", _flat(0.10, free=10), _CLOUDWATCH, MEMORY)
METRICS = Price(
    "CloudWatch", "metrics of one's own, at most", _flat(0.30, free=10), _CLOUDWATCH, MEMORY
)
DASHBOARDS = Price("CloudWatch", "dashboards", _flat(3.00, free=3), _CLOUDWATCH, MEMORY)
WALLS = Price("WAF", "web ACLs", _flat(5.00), "aws.amazon.com/waf/pricing", COPIES)
RULES = Price("WAF", "rules", _flat(1.00), "aws.amazon.com/waf/pricing", COPIES)
INSPECTED = Price(
    "WAF", "requests looked at", _flat(0.60, per=MILLION), "aws.amazon.com/waf/pricing", COPIES
)
