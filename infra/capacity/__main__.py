"""`python -m infra.capacity`: print the simulated year, the bill, the quotas and the releases."""

from __future__ import annotations

import sys

from infra.capacity import report
from infra.capacity.habits import PRACTICES
from infra.capacity.operations import UNITS
from infra.capacity.simulation import simulate

SEED = 1


def main() -> int:
    """Print the report."""
    years = [simulate(habits, seed=SEED) for habits in PRACTICES]
    sys.stdout.write(f"One simulated year of each practice, seed {SEED}.\n\n")
    for section in report.sections(years, UNITS):
        sys.stdout.write(f"{section}\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
