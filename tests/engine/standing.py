"""What has to hold whenever everybody has stopped, and the follower has completed what was cut
short: the promises A to I, on every row of every table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from openhour.rules.appointments import slot_id_in
from openhour.rules.regulars import Regular
from openhour.rules.weeks import Week, parse_time, slot_id_of, start_of
from tests.engine.calendar import THERAPIST, slot_on
from tests.engine.commits import strikes_on
from tests.engine.history import History, Image
from tests.unit.builders import NEW_YORK

_LIVE = ("booked", "no_show")
Rows = dict[tuple[str, ...], Image]


def check_standing(history: History, *, now: datetime) -> Iterator[str]:
    """Every promise that the tables break, in words."""
    slots: Rows = {key[1:]: image for key, image in history.state("slots")}
    claims: Rows = {key[1:]: image for key, image in history.state("appointments")}
    yield from _one_appointment_a_slot(slots, claims)
    yield from _no_overlap(claims)
    yield from _counts(history, claims, now=now)
    yield from _regulars_stand(history, slots, now=now)
    yield from _released(history, slots, now=now)


def _one_appointment_a_slot(slots: Rows, claims: Rows) -> Iterator[str]:
    """A: a booked slot and its appointment point at each other."""
    live = {
        (owner.partition("#")[0], slot_id_in(name), name): row
        for (owner, name), row in claims.items()
        if row["status"] in _LIVE
    }
    holding = Counter(key[:2] for key in live)
    for key, n in holding.items():
        if n > 1:
            yield f"sold twice: {key} is sold {n} times"
    for (therapist, slot_id, name), row in live.items():
        slot = slots.get((therapist, slot_id))
        if slot is None or slot.get("appointment_id") != name:
            yield f"lost: {name} has no slot: {slot}"
        elif any(slot.get(n) != row.get(n) for n in ("week", "minutes", "regular_id")):
            yield f"A: {name} and its slot differ: {row}, {slot}"
    for (therapist, slot_id), slot in slots.items():
        named = slot.get("appointment_id")
        if slot["state"] == "booked" and (therapist, slot_id, named) not in live:
            yield f"A: {slot_id} is booked, without its appointment {named}"


def _no_overlap(claims: Rows) -> Iterator[str]:
    """A: no two live appointments of a therapist share any time."""
    spans = defaultdict(list)
    for (owner, name), row in claims.items():
        if row["status"] in _LIVE:
            start = start_of(slot_id_in(name))
            end = start + timedelta(minutes=row["minutes"])
            spans[owner.partition("#")[0]].append((start, end, name))
    for mine in spans.values():
        for (_, end, one), (start, _, other) in pairwise(sorted(mine)):
            if start < end:
                yield f"sold twice: {one} and {other} overlap"


def _counts(history: History, claims: Rows, *, now: datetime) -> Iterator[str]:
    """E: sessions by the week. F: a strike for each act that is one. And the tallies."""
    current = str(Week.of(now.astimezone(NEW_YORK).date()))
    by_owner = defaultdict(list)
    for (owner, name), row in claims.items():
        by_owner[owner].append((name, row))
    for (_, therapist, client_id), client in history.state("clients"):
        if client_id.startswith("#"):
            continue
        own = by_owner.get(f"{therapist}#{client_id}", [])
        weeks = Counter(r["week"] for _, r in own if r["status"] in _LIVE and r["week"] >= current)
        told = {week: n for week, n in client["weeks"].items() if week >= current and n}
        if told != weeks:
            yield f"E: {therapist} {client_id} has {dict(weeks)}, and is told {told}"
        struck = sorted(name for name, r in own if r.get("strike") and not r.get("waived"))
        if sorted(strikes_on(client)) != struck:
            yield f"F: {client_id} has strikes {struck}, and is told {strikes_on(client)}"
        yield from _tallies(client_id, client, [row for _, row in own])


def _tallies(client_id: str, client: Image, own: list[Image]) -> Iterator[str]:
    moved = sum(row["status"] == "moved" for row in own)
    ended = sum(
        row["status"] in ("cancelled", "late_cancelled") and row.get("ended_by") == "client"
        for row in own
    )
    if client["moved"] != moved:
        yield f"F: {client_id} moved {moved} times, and is told {client['moved']}"
    told = client["cancelled"] + client["late_cancelled"]
    if told != ended:
        yield f"F: {client_id} cancelled {ended} times, and is told {told}"


def _regulars_stand(history: History, slots: Rows, *, now: datetime) -> Iterator[str]:
    """D: a regular's slot in a published week is open only where a person gave it up, and what
    was given up was given up by a person."""
    (practice,) = (row for key, row in history.state("practices") if key[1] == THERAPIST)
    through = Week.parse(practice["published_through"])
    ended = {row["client_id"]: row for _, row in history.state("clients") if "privilege" in row}
    for _, row in history.state("regulars"):
        if "client_id" not in row:
            yield f"D: {row} is nobody's regular"
            continue
        regular = _regular(row)
        if not regular.ended and ended[regular.client_id]["privilege"] == "ended":
            yield f"D: {row} is a discharged client's"
        week = Week.of(now.astimezone(NEW_YORK).date())
        while week <= through:
            for day in regular.dates((week,)):
                slot_id = slot_on(week, regular.weekday, regular.start)
                slot = slots.get((THERAPIST, slot_id))
                ahead = slot is not None and slot_id > slot_id_of(now)
                if (
                    ahead
                    and slot
                    and slot["state"] in ("open", "held")
                    and day not in regular.skips
                ):
                    yield f"D: {slot_id} is {slot['state']}, and {regular.client_id}'s"
            week += 1


def _released(history: History, slots: Rows, *, now: datetime) -> Iterator[str]:
    """G: once released, nothing is held but by hand; and nothing was opened before."""
    (practice,) = (row for key, row in history.state("practices") if key[1] == THERAPIST)
    if practice["plan"] != practice["planned"]:
        yield f"I: the plan {practice['plan']} is left at {practice['planned']}"
    for (therapist, slot_id), slot in slots.items():
        if therapist != THERAPIST or slot_id <= slot_id_of(now) or slot.get("manual_state"):
            continue
        released = slot["week"] <= practice["released_through"]
        if released and "held" in (slot["state"], slot["returns_to"]):
            yield f"G: {slot_id} is released, and {slot['state']} ({slot['returns_to']})"
        if not released and slot["prime"] and "open" in (slot["state"], slot["returns_to"]):
            yield f"G: {slot_id} is prime and not released, and {slot['state']}"


def _regular(row: dict[str, Any]) -> Regular:
    return Regular(
        regular_id=row["regular_id"],
        client_id=row["client_id"],
        weekday=row["weekday"],
        start=parse_time(row["start"]),
        every_weeks=row["every_weeks"],
        first=date.fromisoformat(row["first"]),
        until=date.fromisoformat(row["until"]) if row.get("until") else None,
        skips=frozenset(date.fromisoformat(day) for day in row.get("skips") or ()),
        ended=row["ended"],
    )
