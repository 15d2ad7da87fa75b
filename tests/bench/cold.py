"""A cold start: the processor's time that a fresh process takes to import a function and make its
client, against `boto3.client("dynamodb")`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from infra.local import template
from infra.local.environment import VARIABLES
from tests.bench.figures import Figure, at_most

ROUNDS = 5
"""Of each, in turns; the least of each counts, since whatever else runs can only add to it."""
BUDGET = 1.75
"""Of the booking handler's."""
_ROOT = Path(__file__).resolve().parents[2]
_BARE = "boto3; boto3.client('dynamodb')"
_BOOKING = "functions.booking.handler"
_SCRIPT = "import time; begun = time.process_time(); import {}; print(time.process_time() - begun)"
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

_MAKES_CLIENT = "openhour.store.connections"


def measure() -> list[Figure]:
    """Every entry point's ratio."""
    handlers = sorted({name.rpartition(".")[0] for name in template.load().handlers().values()})
    seconds: dict[str, list[float]] = {name: [] for name in (_BARE, *handlers)}
    for name in seconds:
        _run(name)  # which leaves its .pyc
    for _ in range(ROUNDS):
        for name, taken in seconds.items():
            taken.append(float(_run(name).stdout))
    bare = min(seconds[_BARE])
    return [_figure(name, min(seconds[name]) / bare) for name in handlers]


def _figure(name: str, ratio: float) -> Figure:
    what = f"cold: {name.removeprefix('functions.')}"
    if name != _BOOKING:
        return at_most(what, ratio, None)
    shares = _shares_of(name)
    told = ", ".join(f"{owner} {share * ratio:.2f}" for owner, share in shares.items())
    return at_most(what, ratio, BUDGET, told)


def _shares_of(name: str) -> dict[str, float]:
    """The share of each library in the time of an import, the largest first. What the standard
    library takes is the first importer's."""
    spent: Counter[str] = Counter()
    owners = ["the rest"]
    for own, depth, module in reversed(list(_imports(name))):
        package = module.partition(".")[0]
        owner = "the client" if module == _MAKES_CLIENT else _OWNERS.get(package, owners[depth])
        owners[depth + 1 :] = [owner]
        spent[owner] += own
    return {owner: each / spent.total() for owner, each in spent.most_common()}


def _imports(name: str) -> Iterator[tuple[int, int, str]]:
    """Each import's own microseconds, its depth and its name: the importer comes last."""
    for line in _run(name, "-X", "importtime").stderr.splitlines():
        own, _, module = line.removeprefix("import time:").split("|")
        if own.strip().isdecimal():
            indented = len(module) - len(module.lstrip())
            yield int(own), indented // 2, module.strip()


def _run(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Import in a process of its own, as Lambda does, which says so by a variable."""
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
