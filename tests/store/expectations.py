"""What a client's act should come to, by the design's rules, worked out from the tables' rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.store.invariants import LIVE, Row, Rows, instant, start_of

DONE, AGAIN = "done", "again"
"""Done now; or done before, so that the first outcome is the answer and nothing changes."""


def booking(rows: Rows, client_id: str, slot_id: str, *, now: datetime) -> str:
    """A client books: done, again, or the first refusal."""
    slot = rows.slots.get(slot_id)
    if slot and slot.get("client_id") == client_id:
        return AGAIN
    return (
        _privilege(rows, client_id)
        or _switch(rows)
        or _opening(rows, slot, now=now)
        or _room(rows, client_id, slot)
        or DONE
    )


def cancelling(
    rows: Rows, client_id: str, appointment_id: str, *, therapist: bool, now: datetime
) -> str:
    """A client cancels, or the `therapist` does, in whoever's name."""
    claim = _own(rows, client_id, appointment_id)
    unknown = "unknown-client" if not therapist and not _is_here(rows, client_id) else None
    again = AGAIN if claim and claim["status"] in ("cancelled", "late_cancelled") else None
    return (
        unknown
        or again
        or (None if therapist else _privilege(rows, client_id))
        or ("unknown-appointment" if not claim or claim["status"] not in LIVE else None)
        or ("already-started" if claim and start_of(claim) <= now else None)
        or DONE
    )


def moving(rows: Rows, client_id: str, appointment_id: str, slot_id: str, *, now: datetime) -> str:
    """A client moves an appointment to another slot."""
    claim = _own(rows, client_id, appointment_id)
    slot = rows.slots.get(slot_id)
    if not _is_here(rows, client_id):
        return "unknown-client"
    if claim and claim["status"] == "booked" and claim["slot_id"] == slot_id:
        return AGAIN
    if claim and claim.get("moved_to", "").startswith(slot_id):
        return AGAIN
    if refused := _privilege(rows, client_id):
        return refused
    if not claim or claim["status"] not in LIVE:
        return "unknown-appointment"
    if refused := _switch(rows):
        return refused
    if slot is None:
        return "unknown-slot"
    if start_of(claim) <= now:
        return "already-started"
    room = None if slot["week"] == claim["week"] else _room(rows, client_id, slot)
    return _opening(rows, slot, now=now) or room or DONE


def is_late(rows: Rows, claim: Row, *, now: datetime) -> bool:
    """Whether to give that appointment up now is late."""
    settings = rows.settings
    in_grace = now - instant(claim["made_at"]) <= timedelta(minutes=settings["grace_minutes"])
    short = start_of(claim) - now < timedelta(hours=settings["cancellation_notice_hours"])
    return bool(short and not in_grace)


def _is_here(rows: Rows, client_id: str) -> bool:
    privilege: str = rows.clients.get(client_id, {}).get("privilege", "ended")
    return privilege != "ended"


def _own(rows: Rows, client_id: str, appointment_id: str) -> Row | None:
    claim = rows.appointments.get(appointment_id)
    return claim if claim and claim["client_id"] == client_id else None


def _privilege(rows: Rows, client_id: str) -> str | None:
    if not _is_here(rows, client_id):
        return "unknown-client"
    suspended = rows.clients[client_id]["privilege"] == "suspended"
    return "privilege-suspended" if suspended else None


def _switch(rows: Rows) -> str | None:
    return None if rows.practice["self_scheduling"] else "self-scheduling-off"


def _opening(rows: Rows, slot: Row | None, *, now: datetime) -> str | None:
    if slot is None:
        return "unknown-slot"
    if start_of(slot) <= now:
        return "already-started"
    if start_of(slot) - now < timedelta(hours=rows.settings["booking_notice_hours"]):
        return "too-soon"
    return None if slot["state"] == "open" else "slot-taken"


def _room(rows: Rows, client_id: str, slot: Row | None) -> str | None:
    """The sessions are counted from the appointments, not taken from the client's row."""
    own = (a for a in rows.appointments.values() if a["client_id"] == client_id)
    week = slot["week"] if slot else None
    there = sum(a["status"] in LIVE and a["week"] == week for a in own)
    most = rows.clients[client_id].get("max_per_week") or rows.settings["max_per_week"]
    return "weekly-limit" if there >= most else None
