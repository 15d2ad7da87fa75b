"""`python -m infra.capacity`: print a practice's operations, the bill, the quotas and releases."""

from __future__ import annotations

import sys

from infra.bench.report import table
from infra.capacity import prices
from infra.capacity.operations import UNITS
from infra.capacity.practice import TYPICAL
from infra.capacity.quotas import quotas, releases_a_second
from infra.capacity.usage import usage_of

PRACTICES = (1, 1_000, 1_000_000)


def main() -> int:
    """Print the report."""
    for section in (operations(), costs(), fixed_costs(), quota_list(), releases()):
        sys.stdout.write(f"{section}\n\n")
    return 0


def operations() -> str:
    """Return each operation's times a month, and its units."""
    times = TYPICAL.a_month()
    rows = [
        [
            operation.value,
            f"{times[operation]:.1f}",
            *(f"{units:g}" for units in UNITS.get(operation, ())),
            *[""] * (0 if operation in UNITS else 3),
        ]
        for operation in sorted(times, key=lambda each: -times[each])
    ]
    return table(["a month", "times", "read units", "write units", "round trips"], rows)


def cents() -> dict[str, list[float]]:
    """Return the cents a therapist-month of each service, and sums, by the number of practices."""
    usages = [usage_of(TYPICAL, practices) for practices in PRACTICES]
    bills = [prices.bill(usage) for usage in usages]
    dollars = {service: [each[service] for each in bills] for service in bills[0]}
    dollars["all but Cognito"] = [sum(each.values()) - each["Cognito"] for each in bills]
    dollars["all"] = [sum(each.values()) for each in bills]
    dollars["all, with Cognito's plan Lite"] = [
        others + prices.USERS_LITE.of(usage[prices.USERS_ESSENTIALS])
        for others, usage in zip(dollars["all but Cognito"], usages, strict=True)
    ]
    return {
        name: [100 * each / n for each, n in zip(amounts, PRACTICES, strict=True)]
        for name, amounts in dollars.items()
    }


def costs() -> str:
    """Return the table of `cents`."""
    rows = [[name, *(f"{each:.2f}" for each in amounts)] for name, amounts in cents().items()]
    return table(["cents a month", *(f"{n:,}" for n in PRACTICES)], rows)


def fixed_costs() -> str:
    """Return the dollars a month that the stack costs without any use."""
    usage = prices.fixed_usage()
    rows = [
        [f"{price.service}, {price.what}", f"{number:g}", f"{price.of(number):.2f}"]
        for price, number in usage.items()
    ]
    rows.append(["all", "", f"{sum(prices.bill(usage).values()):.2f}"])
    return table(["fixed, dollars a month", "number", "dollars"], rows)


def quota_list() -> str:
    """Return the quotas and the number of practices in one zone that reaches each."""
    rows = [
        [quota.name, f"{quota.figure:,}", f"{quota.practices:,.0f}", quota.remedy]
        for quota in quotas(TYPICAL)
    ]
    return table(["quota", "figure", "reached at", "what to do"], rows)


def releases() -> str:
    """Return how many releases in one zone start without waiting, by the minutes of the spread."""
    rows = [
        [
            f"{minutes}",
            *(f"{minutes * 60 * releases_a_second(TYPICAL, factor=n):,.0f}" for n in (1, 5)),
        ]
        for minutes in (5, 15, 60)
    ]
    return table(["minutes of spread", "practices", "with five times the quotas"], rows)


if __name__ == "__main__":
    sys.exit(main())
