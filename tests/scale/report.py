"""The report: what the year, the bill, the quotas and the evenings come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isinf

from tests.scale import bill, prices
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
from tests.scale.operations import Operation
from tests.scale.quotas import Peak, quotas
from tests.scale.tables import table
from tests.scale.units import Taken
from tests.scale.usage import release_seconds, use
from tests.scale.year import Year

PRACTICES = (1, 1_000, 1_000_000)
_RUNNING = 500
"""Releases that may run at once, of the 1,000 functions that an account may."""
_RAISED = 5
"""How many times the quotas, once asked for."""


def assumptions(years: Sequence[Year]) -> str:
    """What is assumed of each kind of practice."""
    rows = [["slots a week", *(str(len(year.habits.hours)) for year in years)]]
    rows += [
        [name.replace("_", " "), *(_number(getattr(year.habits, name)) for year in years)]
        for name in _TOLD
    ]
    rows.append(["holidays, days", *(str(sum(d for _, d in y.habits.holidays)) for y in years)])
    rows.append(["sessions kept in the year", *(str(year.kept) for year in years)])
    rows.append(["users active in a month", *(_number(year.active_a_month) for year in years)])
    return table(["a practice", *(year.habits.name for year in years)], rows)


_TOLD = (
    "weekly_regulars",
    "fortnightly_regulars",
    "others",
    "wishing",
    "eager",
    "rush_minutes",
    "looks",
    "ahead_days",
    "tries",
    "beaten",
    "cancelling",
    "moving",
    "late",
    "rebooking",
    "missing",
    "waiving",
    "forgiving_days",
    "asking_a_month",
    "leaving_a_month",
    "settling_a_month",
    "sick_days",
    "calendars_a_day",
    "records_a_week",
    "by_hand_a_week",
)


def operations(years: Sequence[Year], taken: Taken) -> str:
    """What a practice-month asks for, and what each takes."""
    typical = years[1]
    wanted = [op for op in Operation if op is not Operation.WATCH]
    rows = [
        [
            operation.value,
            *(_number(year.a_month(operation)) for year in years),
            *(_units(operation, taken)),
        ]
        for operation in sorted(wanted, key=lambda op: -typical.a_month(op))
    ]
    names = (year.habits.name for year in years)
    return table(["a month", *names, "read units", "write units", "round trips"], rows)


def _units(operation: Operation, taken: Taken) -> tuple[str, str, str]:
    if operation not in taken:
        return ("", "", "")
    units = taken[operation]
    return (_number(units.reads), _number(units.writes), _number(units.trips))


def costs(year: Year, taken: Taken) -> str:
    """Cents a therapist-month by service: with nothing free, then for so many practices."""
    usages = [use(year, taken, practices) for practices in PRACTICES]
    bills = [bill.by_service(bill.listed(usages[-1])), *map(bill.by_service, usages)]
    shares = (PRACTICES[-1], *PRACTICES)
    rows = [
        [service, *(_cents(b[service], n) for b, n in zip(bills, shares, strict=True))]
        for service in bills[0]
    ]
    whole = [sum(each.values()) for each in bills]
    rows.append(["all", *(_cents(dollars, n) for dollars, n in zip(whole, shares, strict=True))])
    lite = [
        dollars - each["Cognito"] + prices.USERS_LITE.of(usage[prices.USERS_ESSENTIALS])
        for dollars, each, usage in zip(whole[1:], bills[1:], usages, strict=True)
    ]
    lite_rows = (_cents(dollars, n) for dollars, n in zip(lite, PRACTICES, strict=True))
    rows.append(["all, with Cognito's plan Lite", "", *lite_rows])
    return table(["cents a month", "nothing free", *(f"{n:,}" for n in PRACTICES)], rows)


def sensitivity(years: Sequence[Year], taken: Taken) -> str:
    """The whole for each kind of practice."""
    rows = []
    for year in years:
        usages = [use(year, taken, practices) for practices in PRACTICES]
        whole = [sum(bill.by_service(usage).values()) for usage in usages]
        rows.append([year.habits.name, *map(_cents, whole, PRACTICES)])
    return table(["cents a month, all", *(f"{n:,}" for n in PRACTICES)], rows)


def fixed() -> str:
    """Dollars a month that the template costs whoever uses it."""
    rows = [
        [f"{price.service}, {price.what}", f"{number:g}", f"{price.of(number):.2f}"]
        for price, number in bill.fixed().items()
    ]
    rows.append(["all", "", f"{sum(p.of(n) for p, n in bill.fixed().items()):.2f}"])
    wall = sum(price.of(number) for price, number in bill.WALL.items())
    looked_at = prices.INSPECTED.of(prices.MILLION)
    rows.append(["a web ACL with two rules, if wanted", "", f"{wall:.2f}"])
    rows.append(["and for a million requests that it looks at", "", f"{looked_at:.2f}"])
    return table(["fixed, dollars a month", "number", "dollars"], rows)


def sources() -> str:
    """Every price, and where it was read."""
    rows = [
        [
            f"{each.service}, {each.what}",
            ", ".join(f"{_dollars(dollars)} from {begin:,.0f}" for begin, dollars in each.tiers),
            each.page,
            each.read,
        ]
        for each in vars(prices).values()
        if isinstance(each, prices.Price)
    ]
    return table(["price in dollars", "tiers", "page", "read in"], rows)


def _dollars(each: float) -> str:
    return f"{each * prices.MILLION:g} a million" if 0 < each < 0.001 else f"{each:g}"


def limits(year: Year, taken: Taken) -> str:
    """The quotas, and with how many practices in one zone each is met."""
    rows = [
        [
            quota.name,
            f"{quota.figure:,.0f}",
            "never" if isinf(quota.met_at) else f"{quota.met_at:,.0f}",
            quota.remedy,
            f"{quota.page} ({quota.read})",
        ]
        for quota in quotas(year, taken)
    ]
    return table(["quota", "figure", "met at", "what to do", "page (read in)"], rows)


def crowd(year: Year, taken: Taken) -> str:
    """What the clients of a million practices in one zone ask for a second, who come at the minute
    of their own practice, if they know it; pages that look again do so at seconds of their own."""
    peak, rush = Peak(year, taken), year.habits.rush_minutes
    rows = []
    for minutes in (0, 5, 15, 60):
        many = PRACTICES[-1] * rush / (rush + minutes)
        asked = (
            many * peak.requests,
            many * peak.rate(Operation.SIGN_IN),
            many * peak.rate(Operation.REFRESH),
            many * (sum(peak.running.values()) - peak.running["ReleaseFunction"]),
            many * peak.rate(Operation.SLOTS) * taken[Operation.SLOTS].reads,
        )
        rows.append([f"{minutes}", *(f"{each:,.0f}" for each in asked)])
    columns = ("requests", "sign-ins", "tokens refreshed", "functions running", "read units")
    return table(["a million practices' clients, minutes of spread", *columns], rows)


def evenings(year: Year, taken: Taken) -> Iterator[str]:
    """Ways to spread the releases, with the quotas as they are and as many times more."""
    seconds, writes = release_seconds(year, taken), Peak(year, taken).release_writes
    as_is = Limits(running=_RUNNING, seconds=seconds, writes=writes)
    raised = Limits(
        running=_RUNNING * _RAISED,
        seconds=seconds,
        writes=writes,
        scheduled_a_second=as_is.scheduled_a_second * _RAISED,
        writes_a_second=as_is.writes_a_second * _RAISED,
    )
    for practices, some, told in (
        (10_000, as_is, "as they are"),
        (100_000, as_is, "as they are"),
        (1_000_000, as_is, "as they are"),
        (1_000_000, raised, f"{_RAISED} times as high"),
    ):
        yield _evening(practices, some, f"{practices:,} practices, quotas {told}")


def _evening(practices: int, some: Limits, heading: str) -> str:
    ways = (
        *(at_once(), batches(), flexible(5), flexible(15), own_minute(5)),
        *(any_second(5), any_second(15), any_second(60)),
    )
    rows = []
    for way in ways:
        evening = pass_evening(practices, way, some)
        rows.append(
            [
                way.name,
                f"{evening.asked_a_second:,}",
                f"{evening.asked_a_second * some.seconds:,.0f}",
                f"{evening.full:,}",
                f"{evening.mean:,.0f}",
                f"{evening.last:,.0f}",
                f"{looks_in_vain(way, evening):.1f}",
            ]
        )
    columns = ("at most a second", "would run", "s full", "mean s late", "last", "looks in vain")
    return table([heading, *columns], rows)


def _number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) or value >= 100 else f"{value:.2g}"


def _cents(dollars: float, practices: int) -> str:
    return f"{dollars * 100 / practices:.2f}"
