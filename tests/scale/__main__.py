"""`python -m tests.scale`: what a year of one practice asks of AWS, what that costs for one, a
thousand and a million therapists, which quota is met first, and how a million releases are spread.

The units are measured on DynamoDB Local where it can be had; else those of the last time are taken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import infra.local  # noqa: F401 - the environment, before the store is imported
from tests.bench import parts
from tests.engine.dynamodb import NoEngine
from tests.scale import measured, report
from tests.scale.habits import EVERY
from tests.scale.units import RECORDED, Taken, differing
from tests.scale.year import live

SEED = 1


def main() -> int:
    """Print everything."""
    for section in _sections():
        sys.stdout.write(f"{section}\n\n")
        sys.stdout.flush()
    return 0


def _sections() -> Iterator[str]:
    taken, how = _take()
    years = [live(habits, seed=SEED) for habits in EVERY]
    typical = years[1]
    yield f"A year of one practice on the rules, seed {SEED}; what must hold was checked each week."
    yield report.assumptions(years)
    yield how
    yield report.operations(years, taken)
    yield report.costs(typical, taken)
    yield report.sensitivity(years, taken)
    yield report.fixed()
    yield report.sources()
    yield report.limits(typical, taken)
    yield report.crowd(typical, taken)
    yield from report.evenings(typical, taken)


def _take() -> tuple[Taken, str]:
    try:
        taken = parts.measure(measured.measure)
    except NoEngine as missing:
        return RECORDED, f"Units as DynamoDB Local counted them when last measured: {missing}."
    others = ", ".join(differing(taken))
    told = f" Recorded otherwise, to be written down anew: {others}." if others else ""
    return taken, f"Units as DynamoDB Local counts them.{told}"


if __name__ == "__main__":
    sys.exit(main())
