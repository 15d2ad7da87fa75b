"""`python -m infra.bench`: what a call costs, in one table.

Figures are ratios within one run, or counts, so a slower machine yields the same ones. A figure
over its budget is marked as such; the exit code stays 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from infra.bench import page_sizes
from infra.bench.isolation import in_own_process
from infra.bench.last_run import compare, read_record, write_record
from infra.bench.report import Figure, table
from infra.dynamodb_local import DynamoDBLocalUnavailable
from infra.local.environment import enter_local_environment

_NOTES = """
cold, warm: CPU time as a multiple of boto3's; after the colon, the share of each library.
RCU, WCU: read and write units. One figure: the same with 100, 10,000 and 50,000 past appointments;
else one figure for each. Last run: the one whose figures are in `last_run.json`.
"""
_HEADINGS = ("what", "figure", "budget", "", "last run")


def main() -> int:
    """Measure everything that this machine can measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench", description=__doc__)
    parser.add_argument("--record", action="store_true", help="keep the figures for later runs")
    records = parser.parse_args().record
    enter_local_environment()
    figures = list(_figures())
    last = read_record()
    rows = [(*figure.cells, compare(figure, last)) for figure in figures]
    sys.stdout.write(f"{table(_HEADINGS, rows, align_figures=False)}\n{_NOTES}")
    if records:
        write_record(figures)
    return 0


def _figures() -> Iterator[Figure]:
    yield from page_sizes.measure()
    yield from in_own_process("infra.bench.cold_starts")
    yield from in_own_process("infra.bench.warm_calls")
    try:
        yield from in_own_process("infra.bench.round_trips")
        yield from in_own_process("infra.bench.contention")
    except DynamoDBLocalUnavailable as error:
        yield Figure("round trips, units, contention", f"not measured: {error}")


if __name__ == "__main__":
    sys.exit(main())
