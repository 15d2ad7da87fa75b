"""The figures of the last recorded run, with which a run is compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from infra.bench.report import Figure

_FILE = Path(__file__).with_name("last_run.json")
Record = Mapping[str, Sequence[float]]
"""The numbers of each line, by what it measures."""


def read_record() -> Record:
    """Return the recorded figures."""
    record: Record = json.loads(_FILE.read_text())
    return record


def write_record(figures: Iterable[Figure]) -> None:
    """Record the figures of a run."""
    lines = {figure.what: figure.numbers for figure in figures if figure.numbers}
    text = json.dumps({what: [round(n, 2) for n in lines[what]] for what in lines}, indent=1)
    _FILE.write_text(f"{text}\n")


def compare(figure: Figure, record: Record) -> str:
    """Return how a figure compares with the recorded one: empty where either has no numbers."""
    before = record.get(figure.what)
    if before is None or not figure.numbers:
        return ""
    pairs = zip(figure.numbers, before, strict=False)
    more = any(now > old * (1 + figure.tolerance) + 0.005 for now, old in pairs)
    if more or len(figure.numbers) > len(before):
        return f"worse than {', '.join(f'{number:g}' for number in before)}"
    return "not worse"
