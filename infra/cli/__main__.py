"""Entry point of `openhour` and of `python -m infra.cli`."""

import pkgutil
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Make the project's packages importable from any directory, and run the command."""
    sys.path += [str(_ROOT), str(_ROOT / "shared")]
    pkgutil.resolve_name("infra.cli.commands:openhour")(prog_name="openhour")


if __name__ == "__main__":
    main()
