"""What must always hold of one therapist's rows, whatever anybody does, in the midst of a planning
act as well as after it. Each fault names the rows that it was read from."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations, pairwise

from infra.operate.claims import Claims
from infra.operate.rows import LIVE, Row, Rows, occurs_on, overlap, start_of

_COMMON_WEEKS = 13
"""In as many weeks any two rhythms of one to four weeks have met, if they ever do."""


class Rule(StrEnum):
    """What was broken."""

    FORM = "a row can be read"
    CLAIM = "a slot and its appointment point at each other"
    OVERLAP = "nothing overlaps"
    REGULAR = "a regular's slot is never open"
    COUNT = "a client's weeks count the live appointments"
    STRIKE = "one act, one strike"
    RECORD = "a client's record is what the appointments say"
    LOGIN = "a login name is one client's"
    PLAN = "no more is planned than was meant to be"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is wrong: what it breaks, a sentence of ids, and the rows that say so, None
    for one that should be there."""

    rule: Rule
    text: str
    rows: tuple[Row | None, ...]


def find_faults(rows: Rows, *, now: datetime) -> list[Fault]:
    """Everything that is wrong in one therapist's rows."""
    checks = (
        _pointing,
        _claimed,
        _overlapping,
        _kept_for_regulars,
        _counted,
        _struck,
        _recorded,
        _unambiguous,
        _carried_out,
        _apart,
    )
    return [fault for check in checks for fault in check(rows, now)]


def _pointing(rows: Rows, _: datetime) -> Iterator[Fault]:
    """A: a booked slot points at an appointment that is live, and agrees with it; no other slot
    names anybody."""
    for slot_id, slot in rows.slots.items():
        claim = rows.appointments.get(slot.get("appointment_id", ""))
        for text in _unbooked(slot) if slot["state"] != "booked" else _booked(slot, claim):
            yield Fault(rule=Rule.CLAIM, text=f"slot {slot_id} {text}", rows=(slot, claim))


def _unbooked(slot: Row) -> Iterator[str]:
    if {"client_id", "appointment_id", "regular_id"} & slot.keys():
        yield f"is {slot['state']}, yet names somebody"
    if slot["state"] != slot["returns_to"]:
        yield f"is {slot['state']}, yet returns to {slot['returns_to']}"


def _booked(slot: Row, claim: Row | None) -> Iterator[str]:
    if slot["returns_to"] == "booked":
        yield "returns to booked"
    if claim is None or claim["status"] not in LIVE:
        yield f"is booked for {slot.get('appointment_id')}, which is not live"
    elif (claim["slot_id"], claim["client_id"]) != (slot["slot_id"], slot.get("client_id")):
        yield f"is booked for {claim['appointment_id']}, which is somewhere else"
    else:
        for name in ("minutes", "week", "regular_id"):
            if claim.get(name) != slot.get(name):
                yield f"and its appointment differ in {name}"


def _claimed(rows: Rows, _: datetime) -> Iterator[Fault]:
    """A: a live appointment has its slot, and every one is its client's."""
    for name, claim in rows.appointments.items():
        slot = rows.slots.get(claim["slot_id"])
        has = slot is not None and (slot["state"], slot.get("appointment_id")) == ("booked", name)
        if claim["status"] in LIVE and not has:
            text = (
                f"appointment {name} is live, yet its slot is {slot['state'] if slot else 'gone'}"
            )
            yield Fault(rule=Rule.CLAIM, text=text, rows=(claim, slot))
        if name.split("-")[1:2] != [claim["client_id"]]:
            text = f"appointment {name} is kept with {claim['client_id']}"
            yield Fault(rule=Rule.CLAIM, text=text, rows=(claim,))


def _overlapping(rows: Rows, _: datetime) -> Iterator[Fault]:
    """A: no two slots share time, and so no two live appointments do."""
    live = (a for a in rows.appointments.values() if a["status"] in LIVE)
    for what, them in (("slots", rows.slots.values()), ("appointments", live)):
        for one, other in pairwise(sorted(them, key=start_of)):
            if overlap(one, other):
                text = f"{what} at {one['slot_id']} and {other['slot_id']} overlap"
                yield Fault(rule=Rule.OVERLAP, text=text, rows=(one, other))


def _kept_for_regulars(rows: Rows, now: datetime) -> Iterator[Fault]:
    """D: once all is planned, no slot that a regular claims is there for anyone."""
    if not rows.planned or "published_through" not in rows.practice:
        return
    claims = Claims(rows, now)
    for slot in rows.ahead(now):
        regular = claims.waiting(slot) if slot["state"] in ("open", "held") else None
        if regular:
            text = (
                f"slot {slot['slot_id']} is {slot['state']}, yet {regular['regular_id']} claims it"
            )
            yield Fault(rule=Rule.REGULAR, text=text, rows=(rows.practice, slot, regular))


def _counted(rows: Rows, now: datetime) -> Iterator[Fault]:
    """E: `weeks` counts the live appointments of every week from the current one on."""
    live: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for claim in rows.appointments.values():
        live[claim["client_id"]][claim["week"]] += claim["status"] in LIVE
    current = rows.week_of(now)
    for client_id, client in rows.clients.items():
        counted = {week: int(n) for week, n in client["weeks"].items()}
        for week in sorted(counted.keys() | live[client_id].keys()):
            there, says = live[client_id][week], counted.get(week, 0)
            if week >= current and says != there:
                text = f"client {client_id} has {there} in {week}, and {says} counted"
                yield Fault(rule=Rule.COUNT, text=text, rows=(client,))


def _struck(rows: Rows, _: datetime) -> Iterator[Fault]:
    """F: each act that counts is one strike, and nothing else is."""
    struck = defaultdict(set)
    for name, claim in rows.appointments.items():
        if claim.get("strike"):
            struck[claim["client_id"]].add(name)
        for text in _misjudged(claim):
            yield Fault(rule=Rule.STRIKE, text=f"appointment {name} {text}", rows=(claim,))
    for client_id, client in rows.clients.items():
        names = sorted(name for name, _ in json.loads(client["strikes"]))
        earned = sorted(struck[client_id])
        if names != earned:
            text = f"client {client_id} has strikes for {names}, and earned {earned}"
            yield Fault(rule=Rule.STRIKE, text=text, rows=(client,))


def _misjudged(claim: Row) -> Iterator[str]:
    late, strike, waived = (claim.get(name, False) for name in ("late", "strike", "waived"))
    status = claim["status"]
    if status == "late_cancelled" and not (late and strike):
        yield "was cancelled late, which is a strike"
    if status == "no_show" and strike == waived:
        yield "was missed, which is a strike or was waived"
    if strike and status not in ("late_cancelled", "no_show", "moved"):
        yield f"is a strike, though it is {status}"
    if strike and (waived or claim.get("ended_by") == "therapist"):
        yield "can't be a strike"


def _recorded(rows: Rows, _: datetime) -> Iterator[Fault]:
    """The client's record is what their appointments say."""
    own = defaultdict(list)
    for claim in rows.appointments.values():
        own[claim["client_id"]].append(claim)
    for client_id, client in rows.clients.items():
        for text in _misrecorded(client, own[client_id]):
            yield Fault(rule=Rule.RECORD, text=f"client {client_id} {text}", rows=(client,))


def _misrecorded(client: Row, own: Iterable[Row]) -> Iterator[str]:
    by = Counter(claim["status"] for claim in own)
    undone = Counter(claim["status"] for claim in own if claim.get("ended_by") == "client")
    said = {
        "cancelled": undone["cancelled"],
        "late_cancelled": by["late_cancelled"],
        "moved": by["moved"],
        "no_shows": by["no_show"],
    }
    for name, count in said.items():
        if client[name] != count:
            yield f"has {client[name]} {name} on record, and {count} in fact"
    ended = client["cancelled"] + client["late_cancelled"] + client["cancelled_by_therapist"]
    if client["booked"] - ended != by["booked"] + by["no_show"]:
        yield "has a record that doesn't add up to what is live"


def _unambiguous(rows: Rows, _: datetime) -> Iterator[Fault]:
    """A login name is the one's who has it on their row, and nobody else's."""
    staying = {i: c for i, c in rows.clients.items() if c["privilege"] != "ended"}
    for client_id, client in staying.items():
        name = client.get("login")
        if name and rows.logins.get(name) != client_id:
            text = f"client {client_id} has a login name that isn't kept for them"
            yield Fault(rule=Rule.LOGIN, text=text, rows=(client,))
    for name, owner in rows.logins.items():
        holder = staying.get(owner)
        if holder is None or holder.get("login") != name:
            text = f"a login name is kept for {owner}, who doesn't have it"
            yield Fault(rule=Rule.LOGIN, text=text, rows=(holder,))


def _carried_out(rows: Rows, _: datetime) -> Iterator[Fault]:
    """The plan is never ahead of itself, and leaves nobody to be called off behind."""
    ahead = rows.practice["planned"] > rows.practice["plan"]
    left = rows.planned and rows.practice.keys() & {"discharging", "sick_days"}
    for wrong, text in (
        (ahead, "more has been planned than was meant to be"),
        (left, "all is planned, yet somebody is still to be called off"),
    ):
        if wrong:
            yield Fault(rule=Rule.PLAN, text=text, rows=(rows.practice,))


def _apart(rows: Rows, _: datetime) -> Iterator[Fault]:
    """Two regulars never meet in one slot."""
    lines = defaultdict(list)
    for regular in rows.regulars.values():
        if not regular["ended"]:
            lines[regular["weekday"], regular["start"]].append(regular)
    for one, other in (pair for line in lines.values() for pair in combinations(line, 2)):
        since = date.fromisoformat(max(one["first"], other["first"]))
        days = (since + timedelta(n) for n in range(7 * _COMMON_WEEKS))
        meeting = [day for day in days if occurs_on(one, day) and occurs_on(other, day)]
        if meeting:
            text = f"regulars {one['regular_id']} and {other['regular_id']} meet on {meeting[0]}"
            yield Fault(rule=Rule.REGULAR, text=text, rows=(one, other))
