"""Meeting what exists: of what is sent at random, most is made to name things that are there, or
times that are near, since an id that was drawn would only ever be unknown."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, MutableMapping
from random import Random
from typing import Any
from zlib import crc32

from tests.fuzz.town import CLIENTS, HOURS, Ids

KEPT = 0.2
"""How much of what was drawn stays as it is."""
DAYS = tuple(f"2026-{day}" for day in ("11-23", "11-24", "11-26", "11-27", "12-01", "12-03"))
WEEKS = ("2026-W47", "2026-W48", "2026-W49", "2026-W50")
TIMES = ("09:00", "10:00", "14:30", "17:30")
ZONES = ("America/New_York", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "Mars/Olympus")


def arrange(case: Any, ids: Ids) -> Any:
    """Change a case's path, query, headers and body, in the same way for the same draw."""
    sent = [case.path_parameters, case.query, case.body]
    drawn = json.dumps(sent, default=lambda each: type(each).__name__)
    lot = Random(crc32(drawn.encode()))
    for place in (case.path_parameters, case.query, case.headers, case.body):
        if isinstance(place, MutableMapping):
            place.update(_met(place, ids, lot))
    return case


def _met(place: Mapping[str, Any], ids: Ids, lot: Random) -> dict[str, str]:
    """What is put in the place of what was drawn, field by field."""
    texts = {name: value for name, value in place.items() if isinstance(value, str)}
    near = {name: _near(name, value, ids, lot) for name, value in texts.items()}
    met = {name: value for name, value in near.items() if value and lot.random() > KEPT}
    if {"weekday", "start"} <= met.keys():
        entry = lot.choice(HOURS)
        met |= {"weekday": entry.weekday, "start": f"{entry.start:%H:%M}"}
    return met


def _near(name: str, drawn: str, ids: Ids, lot: Random) -> str | None:
    """Something that is there or soon will be, if that is better than what was drawn."""
    if name in ids:
        return lot.choice(ids[name])
    if name in {"from", "to", "start"}:
        instant = f"{lot.choice(DAYS)}T{lot.choice(TIMES)}:00-05:00"
        return instant if "T" in drawn else instant[:10]
    draw = _DRAWN.get(name.lower())
    return draw(lot, ids) if draw else None


_DRAWN: dict[str, Callable[[Random, Ids], str]] = {
    "cursor": lambda lot, ids: lot.choice(ids["appointment_id"]),
    "email": lambda lot, _: f"{lot.choice(CLIENTS)}@example.org",
    "first": lambda lot, _: lot.choice(DAYS),
    "if-match": lambda lot, _: lot.choice(("*", '"2"')),
    "timezone": lambda lot, _: lot.choice(ZONES),
    "until": lambda lot, _: lot.choice(DAYS),
    "week": lambda lot, _: lot.choice(WEEKS),
    "weekday": lambda lot, _: lot.choice(HOURS).weekday,
}
