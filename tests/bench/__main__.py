"""`python -m tests.bench`: what a call costs, in one table.

Figures are ratios within this run, or counts: a slower machine gives the same. What is over its
budget is said so, and is no failure.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.bench import parts
from tests.bench.figures import Figure, table
from tests.engine.dynamodb import NoEngine

_NOTES = """
cold, warm: the processor's time as a multiple of boto3's; after the colon, whose code takes it.
RCU, WCU: read and write units, alike with 100, 10,000 and 50,000 past appointments unless all
three are told.
"""


def main() -> int:
    """Measure everything that can be measured here, and print the table."""
    sys.stdout.write(f"{table(list(_figures()))}\n{_NOTES}")
    return 0


def _figures() -> Iterator[Figure]:
    yield from parts.measure(parts.cold)
    yield from parts.measure(parts.warm)
    try:
        yield from parts.measure(parts.engine)
    except NoEngine as missing:
        yield Figure("round trips, units, a crowd", f"not measured: {missing}")


if __name__ == "__main__":
    sys.exit(main())
