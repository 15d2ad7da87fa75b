"""`python -m infra.recovery`: finds the domain package beside this one, and does as it is told."""

import pkgutil
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "shared"))
sys.exit(pkgutil.resolve_name("infra.recovery.command:main")())
