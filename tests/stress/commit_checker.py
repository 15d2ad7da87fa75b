"""Checks every commit against the row's previous version, which the streams record exactly."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from openhour.rules.appointments import client_id_in, slot_id_in
from openhour.rules.weeks import start_of
from tests.stress.calendar import THERAPIST, WITH_REGULARS
from tests.stress.fault_injection import STAMP
from tests.stress.history import Call, History, Image, RowKey, Version
from tests.stress.operations import BY_CLIENT
from tests.stress.response_checker import PER_WEEK, PLANS, therapist_of
from tests.unit.builders import NEW_YORK

_LIVE = ("booked", "no_show")
_LATE, _GRACE = timedelta(hours=24), timedelta(minutes=15)
_MOVES = frozenset({"move", "move for"})
_ENDS = frozenset({"cancel", "cancel for"}) | _MOVES
_BOOKS = frozenset({"book", "book next door", "book for"}) | _MOVES
_SIMPLE = BY_CLIENT | _ENDS | _BOOKS | {"mark", "suspend", "restore", "limit", "decline"}
"""Operations of one transaction: committed once, or not at all if refused."""
_KEPT = _SIMPLE - BY_CLIENT | set(PLANS) | {"set slot", "return slot"}
"""The therapist's operations, which the audit log records."""
_TIDY = frozenset({"extra", "switch", "release"})
"""Operations that complete earlier planning before they may be refused."""
_TOGETHER = {"slots", "clients", "appointments"}
"""Tables that a booking, a cancellation and a move write."""
_SETTLES = frozenset({"withdraw", "regular", "change regular", "discharge"})
"""Operations that end a client's request; it only stops to show once its session ends."""
_CHOICES = frozenset({"language", "mail", "calendar_entries"})
"""What a client may change while suspended."""
_UNSAID = frozenset({STAMP, "revision", "version", "exceptions", "plan", "planned"}) | {
    "published_through", "discharging", "sick_days",
}  # fmt: skip
"""Attributes that other operations write too, or that only count writes."""


def check_commits(history: History) -> Iterator[str]:
    """Yield every commit of the round that violates an invariant."""
    yield from history.stream_errors
    history.stream_errors.clear()
    for key, place in history.fresh:
        before, after = history.rows[key][place - 1], history.rows[key][place]
        call = history.calls.get(after.by)
        for wrong in _violations_of(history, key, before, after, call):
            asked = f"{call.number} {call.kind} {call.client} {call.slot}" if call else "nobody"
            yield f"{wrong}: {key}, by {asked}: {before.image} became {after.image}"
    yield from _acts(history)


def writers_of(history: History) -> dict[int, set[str]]:
    """Return the tables that each operation of the round wrote."""
    writers: dict[int, set[str]] = {}
    for key, place in history.fresh:
        writers.setdefault(history.rows[key][place].by, set()).add(key[0])
    return writers


def _acts(history: History) -> Iterator[str]:
    """F and I: each operation commits once, and writes everything that belongs to it."""
    rows: Counter[tuple[str, RowKey]] = Counter()
    stamps: defaultdict[int, set[str]] = defaultdict(set)
    entries: Counter[int] = Counter()
    for key, place in history.fresh:
        version = history.rows[key][place]
        if version.stamp:
            rows[version.stamp, key] += 1
            stamps[version.by].add(version.stamp)
        if key[0] == "audit":
            entries[version.by] += 1
    for number, kept in entries.items():
        if kept > 1 and number >= 0:
            yield f"F: operation {number} is in the audit log {kept} times"
    for (stamp, key), times in rows.items():
        if times > 1:
            yield f"F: {key} was written {times} times by one request ({stamp})"
    writers, changers = writers_of(history), _changers_of(history)
    for number, call in history.calls.items():
        if call.kind in _SIMPLE and len(stamps[number]) > 1:
            yield f"F: operation {number} ({call.kind}) was carried out twice: {stamps[number]}"
        wrote = writers.get(number, set())
        if wrote and call.kind in _ENDS | _BOOKS and not wrote >= _TOGETHER:
            yield f"I: operation {number} ({call.kind}) wrote in {wrote} alone"
        if _is_kept(call.kind, changers.get(number, set())) and "audit" not in wrote:
            yield f"audit log: operation {number} ({call.kind}) left no entry"
        if "audit" in wrote and call.kind in BY_CLIENT:
            yield f"audit log: operation {number} ({call.kind}) is not the therapist's"


def _changers_of(history: History) -> dict[int, set[str]]:
    """Return the tables in which each operation changed the meaning of a row."""
    changers: dict[int, set[str]] = {}
    for key, place in history.fresh:
        before, after = history.rows[key][place - 1], history.rows[key][place]
        if _said(before.image) != _said(after.image):
            changers.setdefault(after.by, set()).add(key[0])
    return changers


def _said(image: Image | None) -> Image | None:
    return image and {name: value for name, value in image.items() if name not in _UNSAID}


def _is_kept(kind: str, changed: set[str]) -> bool:
    """Whether the audit log records an operation that changed those tables.

    Hours or regulars that stay the same are not recorded; other writes then complete the planning
    of earlier operations.
    """
    return kind in _KEPT and (PLANS[kind] in changed if kind in PLANS else bool(changed))


def _may_be_replaced(key: RowKey, old: Image | None) -> bool:
    """Whether the row is a session that a plan placed, and may place at another time instead."""
    placed = key[0] == "appointments" and old is not None and old["status"] == "booked"
    return placed and key[-1].rpartition("-")[2] == (old or {}).get("regular_id")


def _violations_of(
    history: History, key: RowKey, before: Version, after: Version, call: Call | None
) -> Iterator[str]:
    old, new = before.image, after.image
    if call:
        if key[1].partition("#")[0] != therapist_of(call):
            yield "H: another tenant's row"
        if call.is_known and call.refused and call.kind not in _TIDY:
            yield f"I: refused as {call.refused}, and yet something changed"
    if key[0] == "clients" and key[2].startswith("#"):
        return  # a row beside a client's, such as a contact or a login name
    if new is None:
        if old and old.get("state") == "booked":
            yield "lost: a booked slot went"
        if key[0] not in ("slots", "time-off") and not _may_be_replaced(key, old):
            yield "lost: the row went"
    elif key[0] == "slots":
        yield from _of_slot(history, key, old, after, call)
    elif key[0] == "clients":
        yield from _of_client(key, old, new, call)
        yield from _of_request(old, new, call)
    elif key[0] == "appointments":
        yield from _of_appointment(key, old, new, call)
    elif key[0] == "audit" and old:
        yield "audit log: an entry was changed"


def _of_slot(
    history: History, key: RowKey, old: Image | None, after: Version, call: Call | None
) -> Iterator[str]:
    new = after.image or {}
    booked = new["state"] == "booked"
    if booked != bool(new.get("appointment_id")) or booked != bool(new.get("client_id")):
        yield "A: booked by nobody, or free and somebody's"
    if booked and not new["appointment_id"].startswith(f"{key[2]}-{new['client_id']}-"):
        yield "A: it points at another's appointment"
    if not booked and new["state"] != new["returns_to"]:
        yield "B: free, and yet not what it returns to"
    if call and call.kind in _SIMPLE:
        yield from _of_hand(old, new, call)
    if key[1] == THERAPIST and new["state"] == "open":
        yield from _of_standing(history, key, after)


def _of_hand(old: Image | None, new: Image, call: Call) -> Iterator[str]:
    """Check a client's operation, or the therapist's on one slot."""
    was = old["state"] if old else "absent"
    had, has = (row.get("appointment_id") if row else None for row in (old, new))
    if had != has and had and has:
        yield "sold twice: the slot had been booked"
    elif had != has and has:
        if call.kind in BY_CLIENT and was != "open":
            yield f"B: a client booked a slot that was {was}"
        if new["client_id"] != call.client or call.kind not in _BOOKS:
            yield "invented: nobody booked it for that client"
    elif had != has and (call.kind not in _ENDS or had != call.about):
        yield "lost: a booked slot came free, and nobody asked for that"


def _of_standing(history: History, key: RowKey, after: Version) -> Iterator[str]:
    """D: the slot of a permanent regular opens only on a day that the client gave up."""
    local = start_of(key[2]).astimezone(NEW_YORK)
    for row, regular in history.state("regulars"):
        new = history.versions(*row)[0].image is None
        if new or regular["client_id"] not in WITH_REGULARS or f"{local:%H:%M}" != regular["start"]:
            continue
        first = datetime.fromisoformat(regular["first"]).date()
        ahead = (local.date() - first).days
        weekday = f"{local:%A}".lower() == regular["weekday"]
        anchor = first + timedelta(days=(local.weekday() - first.weekday()) % 7)
        weeks = (local.date() - anchor).days // 7
        if not weekday or ahead < 0 or weeks % regular["every_weeks"]:
            continue
        within = Call(-1, since=after.since, until=after.until)
        days = [(r or {}).get("exceptions") or () for r in history.during(within, *row)]
        day = f"{local.date().isoformat()}#{regular['client_id']}"
        if not any(day in exceptions for exceptions in days):
            yield f"D: open, where {regular['client_id']} has a standing appointment"


def _of_client(key: RowKey, old: Image | None, new: Image, call: Call | None) -> Iterator[str]:
    had = old["weeks"] if old else {}
    more = {week for week, sessions in new["weeks"].items() if sessions > had.get(week, 0)}
    if any(sessions < 0 for sessions in new["weeks"].values()):
        yield "E: fewer than no sessions"
    if old and more and old["privilege"] == "ended":
        yield "C: a session for somebody who was discharged"
    if call and call.kind in BY_CLIENT:
        if key[2] != call.client:
            yield "H: another client's row"
        if old is None or old["privilege"] != "active":
            changed = _changed(old or {}, new) - _UNSAID
            chooses = call.kind == "choose" and changed <= _CHOICES
            if not (old and old["privilege"] == "suspended" and chooses):
                yield "C: a client who was not active did something"
            return
        limit = old.get("max_per_week") or PER_WEEK
        if any(had.get(week, 0) >= limit for week in more):
            yield f"limit: more than {limit} sessions in a week"


def _changed(old: Image, new: Image) -> set[str]:
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def _of_request(old: Image | None, new: Image, call: Call | None) -> Iterator[str]:
    """Check what became of a client's request that a session repeat."""
    before, after = ((image or {}).get("asked_regular") for image in (old, new))
    if before == after or call is None:
        return
    asked = json.loads(after) if after else None
    if asked and asked["state"] == "asked":
        if call.kind != "ask" or asked["appointment_id"] != call.about:
            yield "invented: nobody asked for that regular"
        if client_id_in(asked["appointment_id"]) != call.client:
            yield "H: a request about another's session"
    elif asked and call.kind != "decline":
        yield "invented: nobody declined that request"
    elif not asked and call.kind not in _SETTLES:
        yield "lost: a request went, and nobody settled or withdrew it"


def _of_appointment(key: RowKey, old: Image | None, new: Image, call: Call | None) -> Iterator[str]:
    name = key[2]
    if call and call.kind in BY_CLIENT and client_id_in(name) != call.client:
        yield "H: another client's appointment"
    if old is None:
        yield from _of_new(name, new, call)
        return
    was, is_now = old["status"], new["status"]
    if was not in _LIVE and is_now in _LIVE and not old.get("by_plan"):
        yield "invented: an ended appointment came back"
    if was not in _LIVE and (call is None or call.kind in _ENDS):
        yield "F: an ended appointment was ended again"
    if was in _LIVE and is_now not in _LIVE and call and call.kind in _ENDS:
        if call.about != name:
            yield f"lost: {call.about} was meant"
        if call.kind == "cancel" and bool(new.get("late")) != _is_late(name, old, call):
            yield "F: late, or not, against the rule"
        if (call.kind in _MOVES) != (is_now == "moved"):
            yield f"lost: {call.kind} made it {is_now}"
    if is_now == "late_cancelled" and not (new.get("strike") or new.get("move_strike")):
        yield "F: late, and no strike"


def _of_new(name: str, new: Image, call: Call | None) -> Iterator[str]:
    token = name.rpartition("-")[2]
    if call and call.kind in _BOOKS:
        if token != f"{call.number:012d}" or slot_id_in(name) != call.slot:
            yield "invented: nobody asked for it"
    elif token != new.get("regular_id"):
        yield "invented: nobody asked for it, and no regular has it"
    if new["status"] != "booked":
        yield "invented: it began as something else than booked"


def _is_late(name: str, old: Image, call: Call) -> bool:
    now = datetime.fromisoformat(call.now)
    if old.get("moved_late_at"):
        return True
    promised = old.get("promised_free_until")
    if promised and now <= datetime.fromisoformat(promised.replace("+0000", "+00:00")):
        return False
    made_at = datetime.fromisoformat(old["made_at"].replace("+0000", "+00:00"))
    return start_of(slot_id_in(name)) - now < _LATE and now - made_at > _GRACE
