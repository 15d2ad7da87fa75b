"""Cold starts: the CPU time in which a fresh process imports a function and creates its client.

The unit is the same process with nothing but `boto3.client("dynamodb")`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from infra.bench.report import Figure, ratio_figure, share_details
from infra.local import template
from infra.local.environment import VARIABLES

ROUNDS = 5
"""Runs of each function, in turns. The minimum counts, since other load only adds time."""
BUDGET = 1.75
"""Of the booking handler."""
_ROOT = Path(__file__).resolve().parents[2]
_BARE = "boto3; boto3.client('dynamodb')"
_BOOKING = "functions.booking.handler"
_SCRIPT = "import time; begun = time.process_time(); import {}; print(time.process_time() - begun)"
_CREATES_CLIENT = "openhour.store.connections"
_OWNERS = {
    "botocore": "botocore",
    "boto3": "botocore",
    "pynamodb": "PynamoDB",
    "aws_lambda_powertools": "Powertools",
    "pydantic": "pydantic",
    "pydantic_core": "pydantic",
    "openhour": "our own",
    "functions": "our own",
}


def measure() -> list[Figure]:
    """Return the ratio of every entry point."""
    handlers = sorted({name.rpartition(".")[0] for name in template.load().handlers().values()})
    seconds: dict[str, list[float]] = {name: [] for name in (_BARE, *handlers)}
    for name in seconds:
        _run(name)  # compiles the bytecode
    for _ in range(ROUNDS):
        for name, times in seconds.items():
            times.append(float(_run(name).stdout))
    bare = min(seconds[_BARE])
    return [_figure(name, min(seconds[name]) / bare) for name in handlers]


def _figure(name: str, ratio: float) -> Figure:
    what = f"cold: {name.removeprefix('functions.')}"
    if name != _BOOKING:
        return ratio_figure(what, ratio, None)
    return ratio_figure(what, ratio, BUDGET, share_details(_shares_of(name), ratio))


def _shares_of(name: str) -> dict[str, float]:
    """Return each library's share of the time of an import, largest first.

    The standard library's time belongs to its first importer.
    """
    spent: Counter[str] = Counter()
    owners = ["the rest"]
    for own_time, depth, module in reversed(list(_import_times(name))):
        package = module.partition(".")[0]
        owner = "the client" if module == _CREATES_CLIENT else _OWNERS.get(package, owners[depth])
        owners[depth + 1 :] = [owner]
        spent[owner] += own_time
    return {owner: time / spent.total() for owner, time in spent.most_common()}


def _import_times(name: str) -> Iterator[tuple[int, int, str]]:
    """Yield each import's own microseconds, its depth and its name, importers last."""
    for line in _run(name, "-X", "importtime").stderr.splitlines():
        own_time, _, module = line.removeprefix("import time:").split("|")
        if own_time.strip().isdecimal():
            indented = len(module) - len(module.lstrip())
            yield int(own_time), indented // 2, module.strip()


def _run(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Import in a fresh process, with the variable by which Lambda identifies itself."""
    environment = {
        **VARIABLES,
        "AWS_LAMBDA_FUNCTION_NAME": "openhour",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{_ROOT / 'shared'}:{_ROOT}",
    }
    command = [sys.executable, *options, "-c", _SCRIPT.format(name)]
    return subprocess.run(
        command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=True
    )
