"""Invariants of one therapist's rows, which hold during a planning act as well as after it.

Each violation names the rows from which it was read.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations, pairwise

from infra.cli.expected_occurrences import ExpectedOccurrences
from infra.cli.snapshot import LIVE, Row, Snapshot, occurs_on, overlap, start_of

_COMMON_WEEKS = 13
"""Two regulars every one to four weeks collide within as many weeks, if they ever do."""

_COPIED = ("regular_id", "weekday", "start", "every_weeks", "first", "until")
"""The columns of a regular that the client's row has, too."""


class Rule(StrEnum):
    """The invariants."""

    FORMAT = "every row can be read"
    BOOKING = "a slot and its appointment reference each other"
    OVERLAP = "nothing overlaps"
    REGULAR = "a regular's slot is never open, and two regulars never collide"
    COPIED_REGULAR = "a client's row has the client's regulars"
    WEEKLY_COUNT = "a client's weeks count the live appointments"
    STRIKE = "each act that counts is one strike"
    CONDUCT = "a client's conduct matches the appointments"
    LOGIN = "a login name belongs to one client"
    PRACTICE_LOGIN = "the practice lists its logins"
    CONTACT = "every client is recognized when they register again"
    PLAN = "the plan is not ahead of itself, and leaves nothing behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A broken invariant: its rule, a sentence of ids, and the rows, None for a missing one."""

    rule: Rule
    text: str
    rows: tuple[Row | None, ...]


def find_violations(rows: Snapshot, *, now: datetime) -> list[Violation]:
    """Find every violation in one therapist's rows."""
    checks = (
        _check_slots,
        _check_appointments,
        _check_overlaps,
        _check_regular_slots,
        _check_copied_regulars,
        _check_weekly_counts,
        _check_strikes,
        _check_conduct,
        _check_logins,
        _check_practice_logins,
        _check_contacts,
        _check_plan,
        _check_regular_collisions,
    )
    return [violation for check in checks for violation in check(rows, now)]


def _check_slots(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """A: a booked slot references a live appointment and agrees with it; no other has a client."""
    for slot_id, slot in rows.slots.items():
        appointment = rows.appointments.get(slot.get("appointment_id", ""))
        booked = slot["state"] == "booked"
        for text in _booked(slot, appointment) if booked else _unbooked(slot):
            yield Violation(
                rule=Rule.BOOKING, text=f"slot {slot_id} {text}", rows=(slot, appointment)
            )


def _unbooked(slot: Row) -> Iterator[str]:
    if {"client_id", "appointment_id", "regular_id"} & slot.keys():
        yield f"is {slot['state']}, yet has a client"
    if slot["state"] != slot["returns_to"]:
        yield f"is {slot['state']}, yet returns to {slot['returns_to']}"


def _booked(slot: Row, appointment: Row | None) -> Iterator[str]:
    if slot["returns_to"] == "booked":
        yield "returns to booked"
    if appointment is None or appointment["status"] not in LIVE:
        yield f"is booked for {slot.get('appointment_id')}, which is not live"
        return
    referenced = appointment["slot_id"], appointment["client_id"]
    if referenced != (slot["slot_id"], slot.get("client_id")):
        yield f"is booked for {appointment['appointment_id']}, which references another slot"
        return
    for name in ("minutes", "week", "regular_id"):
        if appointment.get(name) != slot.get(name):
            yield f"and its appointment differ in {name}"


def _check_appointments(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """A: a live appointment has its slot, and each is stored with its own client."""
    for name, appointment in rows.appointments.items():
        slot = rows.slots.get(appointment["slot_id"])
        has = slot is not None and (slot["state"], slot.get("appointment_id")) == ("booked", name)
        if appointment["status"] in LIVE and not has:
            state = slot["state"] if slot else "missing"
            text = f"appointment {name} is live, yet its slot is {state}"
            yield Violation(rule=Rule.BOOKING, text=text, rows=(appointment, slot))
        if appointment.get("therapist_id", rows.therapist_id) != rows.therapist_id:
            text = f"appointment {name} is indexed under another therapist"
            yield Violation(rule=Rule.BOOKING, text=text, rows=(appointment,))
        if name.split("-")[1:2] != [appointment["client_id"]]:
            text = f"appointment {name} is stored with client {appointment['client_id']}"
            yield Violation(rule=Rule.BOOKING, text=text, rows=(appointment,))


def _check_overlaps(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """A: no two slots share any time, nor do two live appointments."""
    live = (a for a in rows.appointments.values() if a["status"] in LIVE)
    for noun, items in (("slots", rows.slots.values()), ("appointments", live)):
        for one, other in pairwise(sorted(items, key=start_of)):
            if overlap(one, other):
                text = f"{noun} at {one['slot_id']} and {other['slot_id']} overlap"
                yield Violation(rule=Rule.OVERLAP, text=text, rows=(one, other))


def _check_regular_slots(rows: Snapshot, now: datetime) -> Iterator[Violation]:
    """D: once planning is complete, no slot of a regular is open or held."""
    if not rows.planned or "published_through" not in rows.practice:
        return
    expected = ExpectedOccurrences(rows, now)
    for slot in rows.ahead(now):
        regular = expected.waiting(slot) if slot["state"] in ("open", "held") else None
        if regular:
            name = regular["regular_id"]
            text = f"slot {slot['slot_id']} is {slot['state']}, yet regular {name} occurs on it"
            yield Violation(rule=Rule.REGULAR, text=text, rows=(rows.practice, slot, regular))


def _check_copied_regulars(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """A client's row has the regulars that have not ended. A row older than the copies has none.

    The next release copies them anew.
    """
    own = defaultdict(list)
    for regular in rows.regulars.values():
        if not regular["ended"]:
            own[regular["client_id"]].append([regular.get(name) for name in _COPIED])
    for client_id, client in rows.clients.items():
        copies = json.loads(client.get("regulars", "null"))
        if copies is not None and sorted(copies) != sorted(own[client_id]):
            text = (
                f"client {client_id} has other regulars than the client's row says, "
                "until the next release"
            )
            yield Violation(rule=Rule.COPIED_REGULAR, text=text, rows=(client,))


def _check_weekly_counts(rows: Snapshot, now: datetime) -> Iterator[Violation]:
    """E: `weeks` counts the live appointments of each week from the current one on."""
    live: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for appointment in rows.appointments.values():
        live[appointment["client_id"]][appointment["week"]] += appointment["status"] in LIVE
    current = rows.week_of(now)
    for client_id, client in rows.clients.items():
        counted = {week: int(n) for week, n in client["weeks"].items()}
        for week in sorted(counted.keys() | live[client_id].keys()):
            actual, stored = live[client_id][week], counted.get(week, 0)
            if week >= current and stored != actual:
                text = f"client {client_id} has {actual} in {week}, yet {stored} are counted"
                yield Violation(rule=Rule.WEEKLY_COUNT, text=text, rows=(client,))


def _check_strikes(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """F: each act that counts is one strike, and nothing else is a strike."""
    struck = defaultdict(set)
    for name, appointment in rows.appointments.items():
        if appointment.get("strike"):
            struck[appointment["client_id"]].add(name)
        for text in _strike_problems(appointment):
            yield Violation(
                rule=Rule.STRIKE, text=f"appointment {name} {text}", rows=(appointment,)
            )
    for client_id, client in rows.clients.items():
        names = sorted(name for name, _ in json.loads(client["strikes"]))
        earned = sorted(struck[client_id])
        if names != earned:
            text = f"client {client_id} has strikes for {names}, yet earned {earned}"
            yield Violation(rule=Rule.STRIKE, text=text, rows=(client,))


def _strike_problems(appointment: Row) -> Iterator[str]:
    late, strike, waived = (appointment.get(name, False) for name in ("late", "strike", "waived"))
    status = appointment["status"]
    # The strike of a late move to it is not repeated.
    struck = strike or appointment.get("move_strike", False)
    if status == "late_cancelled" and not (late and struck):
        yield "was cancelled late, yet is no strike"
    if status == "no_show" and strike == waived:
        yield "is a no-show, yet neither a strike nor waived, or both"
    if strike and status not in ("late_cancelled", "no_show", "moved"):
        yield f"is a strike, yet {status}"
    if strike and (waived or appointment.get("ended_by") == "therapist"):
        yield "is a strike, yet waived or ended by the therapist"


def _check_conduct(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """The client's conduct matches the appointments."""
    own = defaultdict(list)
    for appointment in rows.appointments.values():
        own[appointment["client_id"]].append(appointment)
    for client_id, client in rows.clients.items():
        for text in _conduct_problems(client, own[client_id]):
            yield Violation(rule=Rule.CONDUCT, text=f"client {client_id} {text}", rows=(client,))


def _conduct_problems(client: Row, own: Iterable[Row]) -> Iterator[str]:
    by_status = Counter(appointment["status"] for appointment in own)
    by_client = Counter(
        appointment["status"] for appointment in own if appointment.get("ended_by") == "client"
    )
    counts = {
        "cancelled": by_client["cancelled"],
        "late_cancelled": by_status["late_cancelled"],
        "moved": by_client["moved"],
        "no_shows": by_status["no_show"],
    }
    for name, count in counts.items():
        if client[name] != count:
            yield f"has {client[name]} {name} in the conduct, yet {count} appointments"
    ended = client["cancelled"] + client["late_cancelled"] + client["cancelled_by_therapist"]
    if client["booked"] - ended != by_status["booked"] + by_status["no_show"]:
        yield "has a conduct that does not add up to the live appointments"


def _check_logins(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """Each login name is reserved for the one client whose row has it."""
    current = {i: c for i, c in rows.clients.items() if c["privilege"] != "ended"}
    for client_id, client in current.items():
        name = client.get("login")
        if name and rows.logins.get(name) != client_id:
            text = f"client {client_id} has a login name that is not reserved for them"
            yield Violation(rule=Rule.LOGIN, text=text, rows=(client,))
    for name, owner in rows.logins.items():
        holder = current.get(owner)
        if holder is None or holder.get("login") != name:
            text = f"a login name is reserved for {owner}, whose row has another"
            yield Violation(rule=Rule.LOGIN, text=text, rows=(holder,))


def _check_practice_logins(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """A practice's row lists each login with its role, and no two have one login name."""
    logins = rows.practice_logins
    listed = [(name, role) for name, role in json.loads(rows.practice.get("logins", "[]"))]
    if sorted(listed) != sorted((name, row["role"]) for name, row in logins.items()):
        text = "the practice's row does not list the logins that there are"
        found = (rows.practice, *logins.values())
        yield Violation(rule=Rule.PRACTICE_LOGIN, text=text, rows=found)
    for name, count in Counter(row["username"] for row in logins.values()).items():
        if count > 1:
            twice = tuple(row for row in logins.values() if row["username"] == name)
            ids = " and ".join(row["login_id"] for row in twice)
            text = f"logins {ids} have one login name"
            yield Violation(rule=Rule.PRACTICE_LOGIN, text=text, rows=twice)


def _check_contacts(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """Each client has a row for each address and phone of theirs, and for no others.

    A client whose row is older than contacts are has none. `openhour resync` writes them.
    """
    for client_id, client in rows.clients.items():
        expected = set(_contacts_of(rows.therapist_id, client))
        contacts = {digest for digest, owner in rows.contacts if owner == client_id}
        if contacts and contacts != expected:
            text = (
                f"client {client_id} lacks {len(expected - contacts)} contacts, "
                f"and has {len(contacts - expected)} of somebody else"
            )
            yield Violation(rule=Rule.CONTACT, text=text, rows=(client,))
    for row in rows.owned:
        if row["owner"] not in rows.clients:
            kind = row["client_id"].split("#")[1]
            text = f"a row of kind {kind} belongs to {row['owner']}, who is no client"
            yield Violation(rule=Rule.CONTACT, text=text, rows=(row,))


def _contacts_of(therapist_id: str, client: Row) -> Iterator[str]:
    """Yield the digests of a client's addresses, without a tag, and of the end of their phone."""
    login = client.get("login", "").removeprefix(f"{therapist_id}/")
    for address in (client.get("email", ""), login):
        local, at, domain = address.lower().rpartition("@")
        if at:
            yield _digest(therapist_id, "address", f"{local.split('+')[0]}@{domain}")
    digits = "".join(c for c in client.get("phone", "") if c in "0123456789")
    if len(digits) >= 10:
        yield _digest(therapist_id, "phone", digits[-10:])


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _check_plan(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """The plan is never ahead of itself, and a complete one leaves no sessions to be cancelled."""
    ahead = rows.practice["planned"] > rows.practice["plan"]
    left = rows.planned and rows.practice.keys() & {"discharging", "sick_days"}
    for violated, text in (
        (ahead, "`planned` is ahead of `plan`"),
        (left, "planning is complete, yet sessions are still to be cancelled"),
    ):
        if violated:
            yield Violation(rule=Rule.PLAN, text=text, rows=(rows.practice,))


def _check_regular_collisions(rows: Snapshot, _: datetime) -> Iterator[Violation]:
    """Two regulars never fall on one slot."""
    by_time = defaultdict(list)
    for regular in rows.regulars.values():
        if not regular["ended"]:
            by_time[regular["weekday"], regular["start"]].append(regular)
    for one, other in (pair for each in by_time.values() for pair in combinations(each, 2)):
        since = date.fromisoformat(max(one["first"], other["first"]))
        days = (since + timedelta(n) for n in range(7 * _COMMON_WEEKS))
        collisions = [day for day in days if occurs_on(one, day) and occurs_on(other, day)]
        if collisions:
            names = f"{one['regular_id']} and {other['regular_id']}"
            text = f"regulars {names} collide on {collisions[0]}"
            yield Violation(rule=Rule.REGULAR, text=text, rows=(one, other))
