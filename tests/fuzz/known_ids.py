"""Replaces most random values by existing ids and near times, since random ids are all unknown."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, MutableMapping
from random import Random
from typing import Any
from zlib import crc32

from tests.fuzz.server import CLIENTS, HOURS, Ids

SHARE_KEPT = 0.2
"""Share of random values that stay."""
DAYS = tuple(f"2026-{day}" for day in ("11-23", "11-24", "11-26", "11-27", "12-01", "12-03"))
WEEKS = ("2026-W47", "2026-W48", "2026-W49", "2026-W50")
TIMES = ("09:00", "10:00", "14:30", "17:30")
ZONES = ("America/New_York", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "Mars/Olympus")


def use_known_ids(case: Any, ids: Ids) -> Any:
    """Replace values in a case's path, query, headers and body; deterministic for a case."""
    sent = [case.path_parameters, case.query, case.body]
    drawn = json.dumps(sent, default=lambda each: type(each).__name__)
    random = Random(crc32(drawn.encode()))
    for values in (case.path_parameters, case.query, case.headers, case.body):
        if isinstance(values, MutableMapping):
            values.update(_replacements(values, ids, random))
    return case


def _replacements(values: Mapping[str, Any], ids: Ids, random: Random) -> dict[str, str]:
    """Return the replacements, field by field."""
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    candidates = {name: _replacement(name, value, ids, random) for name, value in texts.items()}
    replacements = {
        name: value for name, value in candidates.items() if value and random.random() > SHARE_KEPT
    }
    if {"weekday", "start"} <= replacements.keys():
        entry = random.choice(HOURS)
        replacements |= {"weekday": entry.weekday, "start": f"{entry.start:%H:%M}"}
    return replacements


def _replacement(name: str, value: str, ids: Ids, random: Random) -> str | None:
    """Return an existing id or a near time for a field, if there is one."""
    if name in ids:
        return random.choice(ids[name])
    if name in {"from", "to", "start"}:
        instant = f"{random.choice(DAYS)}T{random.choice(TIMES)}:00-05:00"
        return instant if "T" in value else instant[:10]
    draw = _GENERATORS.get(name.lower())
    return draw(random, ids) if draw else None


_GENERATORS: dict[str, Callable[[Random, Ids], str]] = {
    "cursor": lambda random, ids: random.choice(ids["appointment_id"]),
    "email": lambda random, _: f"{random.choice(CLIENTS)}@example.org",
    "first": lambda random, _: random.choice(DAYS),
    "if-match": lambda random, _: random.choice(("*", '"2"')),
    "timezone": lambda random, _: random.choice(ZONES),
    "until": lambda random, _: random.choice(DAYS),
    "week": lambda random, _: random.choice(WEEKS),
    "weekday": lambda random, _: random.choice(HOURS).weekday,
}
