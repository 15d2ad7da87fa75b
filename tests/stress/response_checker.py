"""Checks every response against the history of the tables.

What was granted must be stored; what was refused must have held at some instant during the call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from openhour.rules.appointments import appointment_id_of, slot_id_in
from openhour.rules.weeks import start_of, week_of
from tests.stress.calendar import NEIGHBOUR, THERAPIST
from tests.stress.history import Call, History, Image
from tests.unit.builders import NEW_YORK

NOTICE = timedelta(hours=12)
PER_WEEK = 2
"""The practice's settings, which never change."""
_CACHE = 15e9
"""Nanoseconds for which a function may use cached settings, from the start of their read."""
_LIVE = ("booked", "no_show")
_BOOKS = ("book", "book next door", "book for")
_ABOUT = ("cancel", "cancel for", "move", "move for", "ask")
"""Operations about an appointment."""
_FOR_CLIENTS = ("book for", "cancel for", "move for")
"""The therapist's operations on one session."""
_TO_STRANGERS = ("unknown-appointment", "unknown-client", "privilege-suspended")
PLANS = {
    "hours": "practices",
    "regular": "regulars",
    "change regular": "regulars",
    "time off": "time-off",
    "fall ill": "time-off",
}
"""The table to which each planning operation commits its intent."""


def therapist_of(call: Call) -> str:
    """Return whose calendar the operation concerns."""
    return NEIGHBOUR if call.kind == "book next door" else THERAPIST


def check_responses(history: History, writers: dict[int, set[str]]) -> Iterator[str]:
    """Yield every response of the round that contradicts the tables.

    `writers` holds the tables that each operation wrote.
    """
    for call in history.calls.values():
        wrong = _mismatch(history, call, writers.get(call.number, set()))
        if wrong:
            asked = f"{call.number} {call.kind} {call.client} {call.slot}"
            yield f"response: to {asked}: {wrong}"


def _mismatch(history: History, call: Call, wrote: set[str]) -> str:
    if call.response is None or call.refused in ("busy", "nothing-to-do"):
        return ""
    if "crashed" in call.response:
        return f"crashed: {call.response['crashed']}"
    if call.refused:
        return _refusal_mismatch(history, call)
    if call.kind in PLANS:
        is_stored = PLANS[call.kind] in wrote or _was_taken_before(history, call)
        return "" if is_stored else f"was accepted, but wrote nothing to {PLANS[call.kind]}"
    check = _GRANTED.get(call.kind)
    return check(history, call) if check else ""


def _was_taken_before(history: History, call: Call) -> bool:
    """Whether the time off may be a repeat, which returns the first outcome and writes nothing."""
    if call.kind not in ("time off", "fall ill"):
        return False
    begins = f"{start_of(call.slot):%Y-%m-%dT%H:%M}"
    keys = [key for key in history.rows if key[:2] == ("time-off", THERAPIST)]
    rows = [row for key in keys for row in history.during(call, *key)]
    return any(row is not None and row["begins"].startswith(begins) for row in rows)


def _booked(history: History, call: Call) -> str:
    response, therapist = call.response or {}, therapist_of(call)
    if response["new"]:
        named = appointment_id_of(call.slot, call.client, f"{call.number:012d}")
        made = history.versions("appointments", f"{therapist}#{call.client}", named)
        is_stored = any(v.by == call.number and v.image for v in made)
        same = response["appointment"] == named
        return (
            "" if is_stored and same else f"the appointment {response['appointment']} isn't there"
        )
    slots = history.during(call, "slots", therapist, call.slot)
    held = any(s and s.get("appointment_id") == response["appointment"] for s in slots)
    return "" if held else f"{response['appointment']} never held the slot"


def _ended(history: History, call: Call) -> str:
    response = call.response or {}
    rows = history.during(call, "appointments", _owner(call), response["appointment"])
    so = any(
        row and (row["status"], bool(row.get("late"))) == (response["status"], response["late"])
        for row in rows
    )
    right = call.about == response["appointment"] and response["status"] not in _LIVE
    return "" if so and right else f"the tables don't say {response}"


def _moved(history: History, call: Call) -> str:
    response = call.response or {}
    new, about = response["appointment"], call.about or ""
    olds = history.during(call, "appointments", _owner(call), about)
    if slot_id_in(about) == call.slot and new == about:
        stays = any(old and old["status"] == "booked" for old in olds)
        return "" if stays else "stayed, but wasn't there"
    went = any(
        old and old.get("moved_to") == new and bool(old.get("late")) == response["late"]
        for old in olds
    )
    is_stored = any(history.during(call, "appointments", _owner(call), new))
    right = slot_id_in(new) == call.slot
    return "" if went and is_stored and right else f"the tables don't say {response} of {about}"


def _looked(history: History, call: Call) -> str:
    shown = set((call.response or {})["slots"])
    first = datetime.fromisoformat(call.now) + NOTICE
    for key in [key for key in history.rows if key[:2] == ("slots", THERAPIST)]:
        if start_of(key[2]) < first - timedelta(days=1) and key[2] not in shown:
            continue
        was = [row is not None and row["state"] == "open" for row in history.during(call, *key)]
        if key[2] in shown and not any(was):
            return f"{key[2]} was shown, and never open"
        if key[2] not in shown and all(was) and start_of(key[2]) >= first:
            return f"{key[2]} was open, and not shown"
    return ""


def _privileged(history: History, call: Call) -> str:
    wanted = "suspended" if call.kind == "suspend" else "active"
    rows = history.during(call, "clients", THERAPIST, call.client)
    so = any(row and row["privilege"] == wanted for row in rows)
    return "" if so else f"the client was never {wanted}"


def _asked(history: History, call: Call) -> str:
    rows = history.during(call, "clients", THERAPIST, call.client)
    requests = (json.loads(row["asked_regular"]) for row in rows if row and "asked_regular" in row)
    so = any(each["appointment_id"] == call.about for each in requests)
    right = (call.response or {})["asked"] == call.about
    return "" if so and right else f"the client's row never asked for {call.about}"


def _withdrew(history: History, call: Call) -> str:
    rows = history.during(call, "clients", THERAPIST, call.client)
    so = any(row and "asked_regular" not in row for row in rows)
    return "" if so else "the request was there all along"


def _declined(history: History, call: Call) -> str:
    rows = history.during(call, "clients", THERAPIST, call.client)
    requests = (json.loads(row["asked_regular"]) for row in rows if row and "asked_regular" in row)
    so = any(each["state"] == "declined" for each in requests)
    return "" if so else "no request was ever declined"


def _intruded(_: History, __: Call) -> str:
    return "somebody else's appointment was cancelled"


_GRANTED: dict[str, Callable[[History, Call], str]] = {
    "book": _booked,
    "book next door": _booked,
    "book for": _booked,
    "cancel": _ended,
    "cancel for": _ended,
    "move": _moved,
    "move for": _moved,
    "ask": _asked,
    "withdraw": _withdrew,
    "decline": _declined,
    "look": _looked,
    "suspend": _privileged,
    "restore": _privileged,
    "try another's": _intruded,
}


def _refusal_mismatch(history: History, call: Call) -> str:
    """A refusal must have held at some instant, and none of higher priority all along."""
    if call.kind == "try another's":
        return "" if call.refused in _TO_STRANGERS else f"was refused as {call.refused}"
    if call.kind not in (*_BOOKS, *_ABOUT):
        return ""
    refusals = list(_possible_refusals(history, call))
    names = [name for name, _ in refusals]
    if call.refused not in names:
        return f"was refused as {call.refused}, which can't be"
    for name, was in refusals:
        if name == call.refused:
            return "" if any(was) else f"was refused as {name}, which was never so"
        if all(was):
            return f"was refused as {call.refused}, though {name} comes first and was so all along"
    return ""


def _possible_refusals(history: History, call: Call) -> Iterator[tuple[str, list[bool]]]:
    """Yield the refusals by priority, each with whether it held at the instants of the call."""
    clients = history.during(call, "clients", therapist_of(call), call.client)
    if call.kind not in ("cancel for", "move for"):
        yield "unknown-client", [not c or c["privilege"] == "ended" for c in clients]
    if call.kind not in _FOR_CLIENTS:
        yield "privilege-suspended", [bool(c and c["privilege"] == "suspended") for c in clients]
    if call.kind in _ABOUT:
        about = history.during(call, "appointments", _owner(call), call.about or "")
        yield "unknown-appointment", [_is_gone(call, row) for row in about]
    if call.kind in ("book", "book next door", "move", "ask"):
        practices = history.during(call, "practices", therapist_of(call), "", before=_CACHE)
        # Settings may be ten seconds old, so "off" is never certain.
        yield (
            "self-scheduling-off",
            [*(not p or not p["self_scheduling"] for p in practices), False],
        )
    yield from _slot_refusals(history, call, clients)


def _slot_refusals(
    history: History, call: Call, clients: list[Image | None]
) -> Iterator[tuple[str, list[bool]]]:
    now = datetime.fromisoformat(call.now)
    started = bool(call.about) and start_of(slot_id_in(call.about or "")) <= now
    if call.kind in ("cancel", "cancel for"):
        yield "already-started", [started]
        return
    if call.kind == "ask":
        missed = history.during(call, "appointments", _owner(call), call.about or "")
        yield "already-started", [started or _is_missed(row) for row in missed]
        yield "already-regular", [*(_repeats(row, clients) for row in missed)]
        return
    slots = history.during(call, "slots", therapist_of(call), call.slot)
    yield "unknown-slot", [slot is None for slot in slots]
    start = start_of(call.slot)
    if call.kind in ("book for", "move for"):
        yield "already-started", [started or _has_ended(slot, start, now) for slot in slots]
        if call.kind == "move for":
            yield "unknown-client", [not c or c["privilege"] == "ended" for c in clients]
        yield "slot-taken", [_is_taken_from(call, slot) for slot in slots]
        return
    yield "already-started", [started or start <= now]
    yield "too-soon", [start - now < NOTICE]
    yield "slot-taken", [_is_shut(call, slot) for slot in slots]
    week = str(week_of(start, NEW_YORK))
    yield "weekly-limit", [_is_full(client, week) for client in clients]


def _is_gone(call: Call, row: Image | None) -> bool:
    """Whether the operation can neither change the appointment nor repeat its outcome."""
    if row is None:
        return True
    if call.kind == "ask":
        return row["status"] not in _LIVE
    if call.kind in ("move", "move for"):
        repeats = slot_id_in(row.get("moved_to") or "") == call.slot
        return row["status"] not in _LIVE and not repeats
    return bool(row["status"] == "moved")


def _is_missed(row: Image | None) -> bool:
    return row is not None and row["status"] == "no_show"


def _repeats(row: Image | None, clients: list[Image | None]) -> bool:
    """Whether the session is a regular's, or one of the client's is on that weekday and time."""
    start = datetime.fromisoformat((row or {}).get("local_start") or "1970-01-01T00:00")
    wanted = [f"{start:%A}".lower(), f"{start:%H:%M}"]
    copies = (json.loads(client["regulars"]) for client in clients if client)
    return "regular_id" in (row or {}) or any(
        copy[1:3] == wanted for each in copies for copy in each
    )


def _has_ended(slot: Image | None, start: datetime, now: datetime) -> bool:
    return slot is not None and start + timedelta(minutes=slot["minutes"]) <= now


def _is_shut(call: Call, slot: Image | None) -> bool:
    if slot is None or slot["state"] == "open":
        return False
    return call.kind == "move" or _is_not_own(call, slot)


def _is_taken_from(call: Call, slot: Image | None) -> bool:
    if slot is None or slot["state"] != "booked":
        return False
    return call.kind == "move for" or _is_not_own(call, slot)


def _is_not_own(call: Call, slot: Image) -> bool:
    return slot.get("client_id") != call.client


def _is_full(client: Image | None, week: str) -> bool:
    if client is None:
        return False
    return bool(client["weeks"].get(week, 0) >= (client.get("max_per_week") or PER_WEEK))


def _owner(call: Call) -> str:
    return f"{THERAPIST}#{call.client}"
