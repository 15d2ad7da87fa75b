"""Whether every single commit was allowed, judged by the row as it was just before: what the
streams say is exact, whatever the clocks and the answers say."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from openhour.rules.appointments import client_id_in, slot_id_in
from openhour.rules.weeks import start_of
from tests.engine.answers import PER_WEEK, PLANS, therapist_of
from tests.engine.calendar import STANDING, THERAPIST
from tests.engine.deeds import BY_CLIENT
from tests.engine.faults import STAMP
from tests.engine.history import Done, History, Image, RowKey, Version
from tests.unit.builders import NEW_YORK

_LIVE = ("booked", "no_show")
_LATE, _GRACE = timedelta(hours=24), timedelta(minutes=15)
_ENDS = frozenset({"cancel", "cancel for", "move"})
_BOOKS = frozenset({"book", "book next door", "book for", "move"})
_SIMPLE = BY_CLIENT | _ENDS | _BOOKS | {"mark", "suspend", "restore", "limit"}
"""What is done in one transaction: once, or, where it is refused, not at all."""
_KEPT = _SIMPLE - BY_CLIENT | set(PLANS) | {"set slot"}
"""What the trail keeps: the therapist's acts, with what they change."""
_TIDY = frozenset({"extra", "switch", "release"})
"""What carries out first what others have left to be planned, and may then be refused."""
_TOGETHER = {"slots", "clients", "appointments"}
"""What a booking, a cancellation and a move write."""
_UNSAID = frozenset({STAMP, "revision", "version", "skips", "plan", "planned"}) | {
    "published_through", "discharging", "sick_days",
}  # fmt: skip
"""Columns that others write too, or that only count what is written."""


def check_commits(history: History) -> Iterator[str]:
    """Every commit of the round that breaks a rule, in words that begin with the promise."""
    yield from history.broken
    history.broken.clear()
    for key, place in history.fresh:
        before, after = history.rows[key][place - 1], history.rows[key][place]
        done = history.done.get(after.by)
        for wrong in _wrongs(history, key, before, after, done):
            asked = f"{done.number} {done.kind} {done.client} {done.slot}" if done else "nobody"
            yield f"{wrong}: {key}, by {asked}: {before.image} became {after.image}"
    yield from _acts(history)


def writers_of(history: History) -> dict[int, set[str]]:
    """The tables that each operation of the round wrote."""
    writers: dict[int, set[str]] = {}
    for key, place in history.fresh:
        writers.setdefault(history.rows[key][place].by, set()).add(key[0])
    return writers


def _acts(history: History) -> Iterator[str]:
    """F, and that an act is whole: each is carried out once, and writes all that belongs to it."""
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
            yield f"F: operation {number} is in the trail {kept} times"
    for (stamp, key), times in rows.items():
        if times > 1:
            yield f"F: {key} was written {times} times by one request ({stamp})"
    writers, changers = writers_of(history), _changers_of(history)
    for number, done in history.done.items():
        if done.kind in _SIMPLE and len(stamps[number]) > 1:
            yield f"F: operation {number} ({done.kind}) was carried out twice: {stamps[number]}"
        wrote = writers.get(number, set())
        if wrote and done.kind in _ENDS | _BOOKS and not wrote >= _TOGETHER:
            yield f"I: operation {number} ({done.kind}) wrote in {wrote} alone"
        if _is_kept(done.kind, changers.get(number, set())) and "audit" not in wrote:
            yield f"trail: operation {number} ({done.kind}) left no entry"
        if "audit" in wrote and done.kind in BY_CLIENT:
            yield f"trail: operation {number} ({done.kind}) is no act of the therapist's"


def _changers_of(history: History) -> dict[int, set[str]]:
    """The tables in which each operation of the round made a row say something else."""
    changers: dict[int, set[str]] = {}
    for key, place in history.fresh:
        before, after = history.rows[key][place - 1], history.rows[key][place]
        if _said(before.image) != _said(after.image):
            changers.setdefault(after.by, set()).add(key[0])
    return changers


def _said(image: Image | None) -> Image | None:
    return image and {name: value for name, value in image.items() if name not in _UNSAID}


def _is_kept(kind: str, changed: set[str]) -> bool:
    """Whether the trail keeps an act that changed those tables. Hours or a regular that are set to
    what they were are no act; what else is written then is what others had left to be planned."""
    return kind in _KEPT and (PLANS[kind] in changed if kind in PLANS else bool(changed))


def _wrongs(
    history: History, key: RowKey, before: Version, after: Version, done: Done | None
) -> Iterator[str]:
    old, new = before.image, after.image
    if done:
        if key[1].partition("#")[0] != therapist_of(done):
            yield "H: another tenant's row"
        if done.told and done.refused and done.kind not in _TIDY:
            yield f"I: refused as {done.refused}, and yet something changed"
    if new is None:
        if old and old.get("state") == "booked":
            yield "lost: a booked slot went"
        if key[0] not in ("slots", "time-off"):
            yield "lost: the row went"
    elif key[0] == "slots":
        yield from _of_slot(history, key, old, after, done)
    elif key[0] == "clients":
        yield from _of_client(key, old, new, done)
    elif key[0] == "appointments":
        yield from _of_appointment(key, old, new, done)
    elif key[0] == "audit" and old:
        yield "trail: an entry was changed"


def _of_slot(
    history: History, key: RowKey, old: Image | None, after: Version, done: Done | None
) -> Iterator[str]:
    new = after.image or {}
    booked = new["state"] == "booked"
    if booked != bool(new.get("appointment_id")) or booked != bool(new.get("client_id")):
        yield "A: booked by nobody, or free and somebody's"
    if booked and not new["appointment_id"].startswith(f"{key[2]}-{new['client_id']}-"):
        yield "A: it points at another's appointment"
    if not booked and new["state"] != new["returns_to"]:
        yield "B: free, and yet not what it returns to"
    if done and done.kind in _SIMPLE:
        yield from _of_hand(old, new, done)
    if key[1] == THERAPIST and new["state"] == "open":
        yield from _of_standing(history, key, after)


def _of_hand(old: Image | None, new: Image, done: Done) -> Iterator[str]:
    """What a client's act, or the therapist's at one slot, did to it."""
    was = old["state"] if old else "absent"
    had, has = (row.get("appointment_id") if row else None for row in (old, new))
    if had != has and had and has:
        yield "sold twice: the slot had been booked"
    elif had != has and has:
        if done.kind in BY_CLIENT and was != "open":
            yield f"B: a client booked a slot that was {was}"
        if new["client_id"] != done.client or done.kind not in _BOOKS:
            yield "invented: nobody booked it for that client"
    elif had != has and (done.kind not in _ENDS or had != done.about):
        yield "lost: a booked slot came free, and nobody asked for that"


def _of_standing(history: History, key: RowKey, after: Version) -> Iterator[str]:
    """D: the slot of a regular that nobody ends opens only where the client gave that day up."""
    local = start_of(key[2]).astimezone(NEW_YORK)
    for row, regular in history.state("regulars"):
        new = history.versions(*row)[0].image is None
        if new or regular["client_id"] not in STANDING or f"{local:%H:%M}" != regular["start"]:
            continue
        first = datetime.fromisoformat(regular["first"]).date()
        ahead = (local.date() - first).days
        weekday = f"{local:%A}".lower() == regular["weekday"]
        anchor = first + timedelta(days=(local.weekday() - first.weekday()) % 7)
        weeks = (local.date() - anchor).days // 7
        if not weekday or ahead < 0 or weeks % regular["every_weeks"]:
            continue
        within = Done(-1, since=after.since, until=after.until)
        days = [(r or {}).get("skips") or () for r in history.during(within, *row)]
        if not any(local.date().isoformat() in skips for skips in days):
            yield f"D: open, where {regular['client_id']} has a standing appointment"


def _of_client(key: RowKey, old: Image | None, new: Image, done: Done | None) -> Iterator[str]:
    had = old["weeks"] if old else {}
    more = {week for week, sessions in new["weeks"].items() if sessions > had.get(week, 0)}
    if any(sessions < 0 for sessions in new["weeks"].values()):
        yield "E: fewer than no sessions"
    if old and more and old["privilege"] == "ended":
        yield "C: a session for somebody who was discharged"
    if done and done.kind in BY_CLIENT:
        if key[2] != done.client:
            yield "H: another client's row"
        if old is None or old["privilege"] != "active":
            yield "C: a client who was not active did something"
            return
        limit = old.get("max_per_week") or PER_WEEK
        if any(had.get(week, 0) >= limit for week in more):
            yield f"limit: more than {limit} sessions in a week"


def _of_appointment(key: RowKey, old: Image | None, new: Image, done: Done | None) -> Iterator[str]:
    name = key[2]
    if done and done.kind in BY_CLIENT and client_id_in(name) != done.client:
        yield "H: another client's appointment"
    if old is None:
        yield from _of_new(name, new, done)
        return
    was, is_now = old["status"], new["status"]
    if was not in _LIVE and is_now in _LIVE and not old.get("by_plan"):
        yield "invented: an ended appointment came back"
    if was not in _LIVE and (done is None or done.kind in _ENDS):
        yield "F: an ended appointment was ended again"
    if was in _LIVE and is_now not in _LIVE and done and done.kind in _ENDS:
        if done.about != name:
            yield f"lost: {done.about} was meant"
        if done.kind == "cancel" and bool(new.get("late")) != _is_late(name, old, done):
            yield "F: late, or not, against the rule"
        if (done.kind == "move") != (is_now == "moved"):
            yield f"lost: {done.kind} made it {is_now}"
    if is_now == "late_cancelled" and not new.get("strike"):
        yield "F: late, and no strike"


def _of_new(name: str, new: Image, done: Done | None) -> Iterator[str]:
    token = name.rpartition("-")[2]
    if done and done.kind in _BOOKS:
        if token != f"{done.number:012d}" or slot_id_in(name) != done.slot:
            yield "invented: nobody asked for it"
    elif token != new.get("regular_id"):
        yield "invented: nobody asked for it, and no regular has it"
    if new["status"] != "booked":
        yield "invented: it began as something else than booked"


def _is_late(name: str, old: Image, done: Done) -> bool:
    now = datetime.fromisoformat(done.now)
    made_at = datetime.fromisoformat(old["made_at"].replace("+0000", "+00:00"))
    return start_of(slot_id_in(name)) - now < _LATE and now - made_at > _GRACE


def strikes_on(client: Image) -> list[str]:
    """The appointments that count as strikes on a client's row."""
    strikes: list[list[str]] = json.loads(client["strikes"])
    return [strike[0] for strike in strikes]
