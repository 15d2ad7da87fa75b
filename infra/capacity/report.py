"""The report's tables: assumptions, operations, costs, prices, quotas and releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from math import isinf

from infra.bench.report import table
from infra.capacity import prices
from infra.capacity.operations import Operation, UnitTable
from infra.capacity.quotas import Peak, quotas
from infra.capacity.releases import SPREADS, Limits, simulate_releases
from infra.capacity.simulation import Year
from infra.capacity.usage import release_seconds, usage_of

PRACTICES = (1, 1_000, 1_000_000)
_CONCURRENCY = 500
"""Releases that may run at once, of the 1,000 executions of an account."""
_RAISED = 5
"""Factor by which the quotas are raised in the last table."""
_NOT_A_NUMBER = ("name", "hours", "prime", "holidays")


def sections(years: Sequence[Year], units: UnitTable) -> Iterator[str]:
    """Yield every table; `years` are a light, a typical and a heavy practice."""
    typical = years[1]
    yield assumptions(years)
    yield operations(years, units)
    yield costs(typical, units)
    yield costs_by_habits(years, units)
    yield fixed_costs()
    yield price_list()
    yield quota_list(typical, units)
    yield peak_load(typical, units)
    yield from releases(typical, units)


def assumptions(years: Sequence[Year]) -> str:
    """Return the habits of each practice and what follows from them."""
    habits = [year.habits for year in years]
    rows = [["slots a week", *(str(h.days * len(h.hours + h.prime)) for h in habits)]]
    rows += [
        [field.name.replace("_", " "), *(_number(getattr(h, field.name)) for h in habits)]
        for field in fields(habits[0])
        if field.name not in _NOT_A_NUMBER
    ]
    rows.append(["holidays, days", *(str(sum(days for _, days in h.holidays)) for h in habits)])
    rows.append(["sessions kept in the year", *(str(year.kept) for year in years)])
    rows.append(["users active in a month", *(_number(year.active_a_month) for year in years)])
    return table(["a practice", *(h.name for h in habits)], rows)


def operations(years: Sequence[Year], units: UnitTable) -> str:
    """Return each operation's times a month, and its units."""
    rows = [
        [
            operation.value,
            *(_number(year.a_month(operation)) for year in years),
            *(map(_number, units[operation]) if operation in units else ("", "", "")),
        ]
        for operation in sorted(Operation, key=lambda op: -years[1].a_month(op))
        if operation is not Operation.MONITOR
    ]
    names = (year.habits.name for year in years)
    return table(["a month", *names, "read units", "write units", "round trips"], rows)


def costs(year: Year, units: UnitTable) -> str:
    """Return cents a therapist-month by service: without free tiers, then by practices."""
    usages = [usage_of(year, units, practices) for practices in PRACTICES]
    bills = [prices.bill(prices.without_free_tiers(usages[-1])), *map(prices.bill, usages)]
    shares = (PRACTICES[-1], *PRACTICES)
    rows = [
        [service, *(_cents(b[service], n) for b, n in zip(bills, shares, strict=True))]
        for service in bills[0]
    ]
    totals = [sum(each.values()) for each in bills]
    rows.append(["all", *map(_cents, totals, shares)])
    lite = [
        total - each["Cognito"] + prices.USERS_LITE.of(usage[prices.USERS_ESSENTIALS])
        for total, each, usage in zip(totals[1:], bills[1:], usages, strict=True)
    ]
    rows.append(["all, with Cognito's plan Lite", "", *map(_cents, lite, PRACTICES)])
    return table(["cents a month", "nothing free", *(f"{n:,}" for n in PRACTICES)], rows)


def costs_by_habits(years: Sequence[Year], units: UnitTable) -> str:
    """Return the total cents of each kind of practice."""
    rows = []
    for year in years:
        totals = [sum(prices.bill(usage_of(year, units, n)).values()) for n in PRACTICES]
        rows.append([year.habits.name, *map(_cents, totals, PRACTICES)])
    return table(["cents a month, all", *(f"{n:,}" for n in PRACTICES)], rows)


def fixed_costs() -> str:
    """Return the dollars a month that the stack costs without any use."""
    usage = prices.fixed_usage()
    rows = [
        [f"{price.service}, {price.what}", f"{number:g}", f"{price.of(number):.2f}"]
        for price, number in usage.items()
    ]
    firewall = sum(price.of(number) for price, number in prices.FIREWALL.items())
    inspected = prices.INSPECTED.of(prices.MILLION)
    rows.append(["all", "", f"{sum(price.of(n) for price, n in usage.items()):.2f}"])
    rows.append(["optional: a web ACL with four rules", "", f"{firewall:.2f}"])
    rows.append(["and a million requests that it inspects", "", f"{inspected:.2f}"])
    return table(["fixed, dollars a month", "number", "dollars"], rows)


def price_list() -> str:
    """Return every price and its source."""
    rows = [
        [
            f"{price.service}, {price.what}",
            ", ".join(f"{_dollars(dollars)} from {begin:,.0f}" for begin, dollars in price.tiers),
            price.page,
            price.read,
        ]
        for price in prices.ALL
    ]
    return table(["price in dollars", "tiers", "page", "read in"], rows)


def quota_list(year: Year, units: UnitTable) -> str:
    """Return the quotas and the number of practices in one zone that reaches each."""
    rows = [
        [
            quota.name,
            f"{quota.figure:,.0f}",
            "never" if isinf(quota.practices) else f"{quota.practices:,.0f}",
            quota.remedy,
            f"{quota.page} ({quota.read})",
        ]
        for quota in quotas(year, units)
    ]
    return table(["quota", "figure", "reached at", "what to do", "page (read in)"], rows)


def peak_load(year: Year, units: UnitTable) -> str:
    """Return what the clients of a million practices request a second, by minutes of spread."""
    peak, rush = Peak(year, units), year.habits.rush_minutes
    rows = []
    for minutes in (0, 5, 15, 60):
        practices = PRACTICES[-1] * rush / (rush + minutes)
        load = (
            peak.requests,
            peak.rate(Operation.SIGN_IN),
            peak.rate(Operation.REFRESH),
            sum(peak.running.values()) - peak.running["ReleaseFunction"],
            peak.slot_reads,
        )
        rows.append([f"{minutes}", *(f"{practices * each:,.0f}" for each in load)])
    columns = ("requests", "sign-ins", "token refreshes", "functions running", "read units")
    return table(["a million practices' clients, minutes of spread", *columns], rows)


def releases(year: Year, units: UnitTable) -> Iterator[str]:
    """Yield a table of the ways to spread releases, for growing numbers of practices."""
    seconds, writes = release_seconds(year, units), Peak(year, units).release_writes
    default = Limits(concurrency=_CONCURRENCY, seconds=seconds, writes=writes)
    raised = Limits(
        concurrency=_CONCURRENCY * _RAISED,
        seconds=seconds,
        writes=writes,
        scheduled_a_second=default.scheduled_a_second * _RAISED,
        writes_a_second=default.writes_a_second * _RAISED,
    )
    for practices in (10_000, 100_000, 1_000_000):
        yield _release_table(practices, default, f"{practices:,} practices, default quotas")
    yield _release_table(PRACTICES[-1], raised, f"1,000,000 practices, {_RAISED} times the quotas")


def _release_table(practices: int, limits: Limits, heading: str) -> str:
    rows = []
    for spread in SPREADS:
        outcome = simulate_releases(practices, spread, limits)
        cells = (
            f"{outcome.most_a_second:,}",
            f"{outcome.most_a_second * limits.seconds:,.0f}",
            f"{outcome.full_seconds:,}",
            f"{outcome.mean:,.0f}",
            f"{outcome.last:,.0f}",
            f"{outcome.early_looks:.1f}",
        )
        rows.append([spread.name, *cells])
    columns = ("most a second", "running", "s full", "mean s late", "last", "early looks")
    return table([heading, *columns], rows)


def _number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) or value >= 100 else f"{value:.2g}"


def _cents(dollars: float, practices: int) -> str:
    return f"{dollars * 100 / practices:.2f}"


def _dollars(value: float) -> str:
    return f"{value * prices.MILLION:g} a million" if 0 < value < 0.001 else f"{value:g}"
