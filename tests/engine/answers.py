"""Whether every answer agrees with the tables: what was granted is there, and what was refused was
so at some instant within the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from openhour.rules.appointments import appointment_id_of, slot_id_in
from openhour.rules.weeks import start_of, week_of
from tests.engine.calendar import NEIGHBOUR, THERAPIST
from tests.engine.history import Done, History, Image
from tests.unit.builders import NEW_YORK

NOTICE = timedelta(hours=12)
PER_WEEK = 2
"""The practice's settings, which stay."""
_CACHE = 15e9
"""Nanoseconds for which a function may go by settings, from when it began to read them."""
_LIVE = ("booked", "no_show")
_BOOKS = ("book", "book next door", "book for")
_TO_STRANGERS = ("unknown-appointment", "unknown-client", "privilege-suspended")
PLANS = {
    "hours": "practices",
    "regular": "regulars",
    "change regular": "regulars",
    "time off": "time-off",
    "fall ill": "time-off",
}
"""The table in which each planning act leaves its intent."""


def therapist_of(done: Done) -> str:
    """Whose calendar the operation is about."""
    return NEIGHBOUR if done.kind == "book next door" else THERAPIST


def check_answers(history: History, writers: dict[int, set[str]]) -> Iterator[str]:
    """Every answer of the round that disagrees with the tables, in words. `writers` has, for each
    operation, the tables that it has written."""
    for done in history.done.values():
        wrong = _wrong(history, done, writers.get(done.number, set()))
        if wrong:
            asked = f"{done.number} {done.kind} {done.client} {done.slot}"
            yield f"answer: to {asked}: {wrong}"


def _wrong(history: History, done: Done, wrote: set[str]) -> str:
    if done.answer is None or done.refused in ("busy", "nothing-to-do"):
        return ""
    if "crashed" in done.answer:
        return f"broke down: {done.answer['crashed']}"
    if done.refused:
        return _wrong_refusal(history, done)
    if done.kind in PLANS:
        there = PLANS[done.kind] in wrote
        return "" if there else f"was accepted, but left nothing in {PLANS[done.kind]}"
    check = _GRANTED.get(done.kind)
    return check(history, done) if check else ""


def _booked(history: History, done: Done) -> str:
    answer, therapist = done.answer or {}, therapist_of(done)
    if answer["new"]:
        named = appointment_id_of(done.slot, done.client, f"{done.number:012d}")
        made = history.versions("appointments", f"{therapist}#{done.client}", named)
        there = any(v.by == done.number and v.image for v in made)
        same = answer["appointment"] == named
        return "" if there and same else f"the appointment {answer['appointment']} isn't there"
    slots = history.during(done, "slots", therapist, done.slot)
    held = any(s and s.get("appointment_id") == answer["appointment"] for s in slots)
    return "" if held else f"{answer['appointment']} never held the slot"


def _ended(history: History, done: Done) -> str:
    answer = done.answer or {}
    rows = history.during(done, "appointments", _owner(done), answer["appointment"])
    so = any(
        row and (row["status"], bool(row.get("late"))) == (answer["status"], answer["late"])
        for row in rows
    )
    right = done.about == answer["appointment"] and answer["status"] not in _LIVE
    return "" if so and right else f"the tables don't say {answer}"


def _moved(history: History, done: Done) -> str:
    answer = done.answer or {}
    new, about = answer["appointment"], done.about or ""
    olds = history.during(done, "appointments", _owner(done), about)
    if slot_id_in(about) == done.slot and new == about:
        stays = any(old and old["status"] == "booked" for old in olds)
        return "" if stays else "stayed, but wasn't there"
    went = any(
        old and old.get("moved_to") == new and bool(old.get("late")) == answer["late"]
        for old in olds
    )
    there = any(history.during(done, "appointments", _owner(done), new))
    right = slot_id_in(new) == done.slot
    return "" if went and there and right else f"the tables don't say {answer} of {about}"


def _looked(history: History, done: Done) -> str:
    shown = set((done.answer or {})["slots"])
    first = datetime.fromisoformat(done.now) + NOTICE
    for key in [key for key in history.rows if key[:2] == ("slots", THERAPIST)]:
        if start_of(key[2]) < first - timedelta(days=1) and key[2] not in shown:
            continue
        was = [row is not None and row["state"] == "open" for row in history.during(done, *key)]
        if key[2] in shown and not any(was):
            return f"{key[2]} was shown, and never open"
        if key[2] not in shown and all(was) and start_of(key[2]) >= first:
            return f"{key[2]} was open, and not shown"
    return ""


def _privileged(history: History, done: Done) -> str:
    wanted = "suspended" if done.kind == "suspend" else "active"
    rows = history.during(done, "clients", THERAPIST, done.client)
    so = any(row and row["privilege"] == wanted for row in rows)
    return "" if so else f"the client was never {wanted}"


def _intruded(_: History, __: Done) -> str:
    return "somebody else's appointment was cancelled"


_GRANTED: dict[str, Callable[[History, Done], str]] = {
    "book": _booked,
    "book next door": _booked,
    "book for": _booked,
    "cancel": _ended,
    "cancel for": _ended,
    "move": _moved,
    "look": _looked,
    "suspend": _privileged,
    "restore": _privileged,
    "try another's": _intruded,
}


def _wrong_refusal(history: History, done: Done) -> str:
    """A refusal has to have been true at some instant, and no reason that comes before it may have
    been true all along."""
    if done.kind == "try another's":
        return "" if done.refused in _TO_STRANGERS else f"was refused as {done.refused}"
    if done.kind not in (*_BOOKS, "cancel", "cancel for", "move"):
        return ""
    reasons = list(_reasons(history, done))
    names = [name for name, _ in reasons]
    if done.refused not in names:
        return f"was refused as {done.refused}, which can't be"
    for name, was in reasons:
        if name == done.refused:
            return "" if any(was) else f"was refused as {name}, which was never so"
        if all(was):
            return f"was refused as {done.refused}, though {name} comes first and was so all along"
    return ""


def _reasons(history: History, done: Done) -> Iterator[tuple[str, list[bool]]]:
    """What may be refused, in the order in which it is told, and how it stood during the call."""
    clients = history.during(done, "clients", therapist_of(done), done.client)
    if done.kind != "cancel for":
        yield "unknown-client", [not c or c["privilege"] == "ended" for c in clients]
    if done.kind not in ("book for", "cancel for"):
        yield "privilege-suspended", [bool(c and c["privilege"] == "suspended") for c in clients]
    if done.kind in ("cancel", "cancel for", "move"):
        yield "unknown-appointment", [_is_gone(done, row) for row in _abouts(history, done)]
    if done.kind in ("book", "book next door", "move"):
        practices = history.during(done, "practices", therapist_of(done), "", before=_CACHE)
        # At any one instant the settings may be ten seconds old: never certain to be off.
        yield (
            "self-scheduling-off",
            [*(not p or not p["self_scheduling"] for p in practices), False],
        )
    yield from _slot_reasons(history, done, clients)


def _slot_reasons(
    history: History, done: Done, clients: list[Image | None]
) -> Iterator[tuple[str, list[bool]]]:
    now = datetime.fromisoformat(done.now)
    begun = bool(done.about) and start_of(slot_id_in(done.about or "")) <= now
    if done.kind in ("cancel", "cancel for"):
        yield "already-started", [begun]
        return
    slots = history.during(done, "slots", therapist_of(done), done.slot)
    yield "unknown-slot", [slot is None for slot in slots]
    start = start_of(done.slot)
    if done.kind == "book for":
        yield "already-started", [_has_ended(slot, start, now) for slot in slots]
        yield "slot-taken", [_is_taken_from(done, slot) for slot in slots]
        return
    yield "already-started", [begun or start <= now]
    yield "too-soon", [start - now < NOTICE]
    yield "slot-taken", [_is_shut(done, slot) for slot in slots]
    week = str(week_of(start, NEW_YORK))
    yield "weekly-limit", [_is_full(client, week) for client in clients]


def _abouts(history: History, done: Done) -> list[Image | None]:
    return history.during(done, "appointments", _owner(done), done.about or "")


def _is_gone(done: Done, row: Image | None) -> bool:
    """Whether the appointment is none that the act could change, or repeat."""
    if row is None:
        return True
    if done.kind == "move":
        repeats = slot_id_in(row.get("moved_to") or "") == done.slot
        return row["status"] not in _LIVE and not repeats
    return bool(row["status"] == "moved")


def _has_ended(slot: Image | None, start: datetime, now: datetime) -> bool:
    return slot is not None and start + timedelta(minutes=slot["minutes"]) <= now


def _is_shut(done: Done, slot: Image | None) -> bool:
    if slot is None or slot["state"] == "open":
        return False
    return done.kind == "move" or _is_not_own(done, slot)


def _is_taken_from(done: Done, slot: Image | None) -> bool:
    return slot is not None and slot["state"] == "booked" and _is_not_own(done, slot)


def _is_not_own(done: Done, slot: Image) -> bool:
    return slot.get("client_id") != done.client


def _is_full(client: Image | None, week: str) -> bool:
    if client is None:
        return False
    return bool(client["weeks"].get(week, 0) >= (client.get("max_per_week") or PER_WEEK))


def _owner(done: Done) -> str:
    return f"{THERAPIST}#{done.client}"
