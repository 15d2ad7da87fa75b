"""Predicts outcomes of clients' actions from rows alone, independent of the code under test."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from infra.cli.snapshot import LIVE, Row, end_of, instant, occurs_on, start_of
from tests.store.invariants import Rows

DONE, AGAIN = "done", "again"
"""Done now; or done before, so that the first outcome is repeated."""


def booking(rows: Rows, client_id: str, slot_id: str, *, now: datetime) -> str:
    """Predict a booking: done, again, or the first refusal."""
    slot = rows.slots.get(slot_id)
    if slot and slot.get("client_id") == client_id:
        return AGAIN
    return (
        _privilege(rows, client_id)
        or _switch(rows)
        or _opening(rows, slot, now=now)
        or _first_session(rows, client_id, now=now)
        or _room(rows, client_id, slot)
        or DONE
    )


def cancelling(
    rows: Rows, client_id: str, appointment_id: str, *, therapist: bool, now: datetime
) -> str:
    """Predict a cancellation by a client, or by the `therapist`."""
    appointment = _own(rows, client_id, appointment_id)
    unknown = "unknown-client" if not therapist and not _is_here(rows, client_id) else None
    again = (
        AGAIN if appointment and appointment["status"] in ("cancelled", "late_cancelled") else None
    )
    return (
        unknown
        or again
        or (None if therapist else _privilege(rows, client_id))
        or ("unknown-appointment" if not appointment or appointment["status"] not in LIVE else None)
        or ("already-started" if appointment and start_of(appointment) <= now else None)
        or DONE
    )


def moving(rows: Rows, client_id: str, appointment_id: str, slot_id: str, *, now: datetime) -> str:
    """Predict a move to another slot."""
    appointment = _own(rows, client_id, appointment_id)
    slot = rows.slots.get(slot_id)
    if not _is_here(rows, client_id):
        return "unknown-client"
    if appointment and appointment["status"] == "booked" and appointment["slot_id"] == slot_id:
        return AGAIN
    if appointment and appointment.get("moved_to", "").startswith(slot_id):
        return AGAIN
    if refused := _privilege(rows, client_id):
        return refused
    if not appointment or appointment["status"] not in LIVE:
        return "unknown-appointment"
    if refused := _switch(rows):
        return refused
    if slot is None:
        return "unknown-slot"
    if start_of(appointment) <= now:
        return "already-started"
    room = None if slot["week"] == appointment["week"] else _room(rows, client_id, slot)
    return _opening(rows, slot, now=now) or room or DONE


def moving_for_client(rows: Rows, appointment_id: str, slot_id: str, *, now: datetime) -> str:
    """Predict the therapist's move to another slot."""
    appointment = rows.appointments.get(appointment_id)
    slot = rows.slots.get(slot_id)
    if not appointment:
        return "unknown-appointment"
    if appointment["status"] == "booked" and appointment["slot_id"] == slot_id:
        return AGAIN
    if appointment.get("moved_to", "").startswith(slot_id):
        return AGAIN
    if appointment["status"] not in LIVE:
        return "unknown-appointment"
    if slot is None:
        return "unknown-slot"
    if start_of(appointment) <= now or appointment["status"] == "no_show":
        return "already-started"
    if not _is_here(rows, appointment["client_id"]):
        return "unknown-client"
    if end_of(slot) <= now:
        return "already-started"
    return "slot-taken" if slot["state"] == "booked" else DONE


def asking(
    rows: Rows, client_id: str, appointment_id: str, every_weeks: int, *, now: datetime
) -> str:
    """Predict a client's request that a session repeat."""
    appointment = _own(rows, client_id, appointment_id)
    if not _is_here(rows, client_id):
        return "unknown-client"
    asked = request_of(rows, client_id, now=now)
    wanted = {"appointment_id": appointment_id, "every_weeks": every_weeks, "state": "asked"}
    if asked and wanted.items() <= asked.items():
        return AGAIN
    if refused := _privilege(rows, client_id):
        return refused
    if not appointment or appointment["status"] not in LIVE:
        return "unknown-appointment"
    if refused := _switch(rows):
        return refused
    if start_of(appointment) <= now or appointment["status"] == "no_show":
        return "already-started"
    return "already-regular" if _is_regular(rows, appointment) else DONE


def request_of(rows: Rows, client_id: str, *, now: datetime) -> Row | None:
    """Return what a client asks for, declined or not, while its session is ahead."""
    asked: Row = json.loads(rows.clients[client_id].get("asked_regular", "{}"))
    session = rows.appointments.get(asked.get("appointment_id", ""))
    ahead = session and session["status"] == "booked" and end_of(session) > now
    return asked if session and ahead and "regular_id" not in session else None


def _is_regular(rows: Rows, appointment: Row) -> bool:
    """Whether the session is a regular's, or one of its client's occurs on it."""
    start = datetime.fromisoformat(appointment["local_start"])
    return "regular_id" in appointment or any(
        not regular["ended"]
        and regular["client_id"] == appointment["client_id"]
        and (regular["weekday"], regular["start"]) == (f"{start:%A}".lower(), f"{start:%H:%M}")
        and occurs_on(regular, start.date())
        for regular in rows.regulars.values()
    )


def is_late(rows: Rows, appointment: Row, *, now: datetime) -> bool:
    """Whether giving the appointment up now is late."""
    if "moved_late_at" in appointment:
        return True
    if "promised_free_until" in appointment and now <= instant(appointment["promised_free_until"]):
        return False
    settings = rows.settings
    in_grace = now - instant(appointment["made_at"]) <= timedelta(minutes=settings["grace_minutes"])
    short = start_of(appointment) - now < timedelta(hours=settings["cancellation_notice_hours"])
    return bool(short and not in_grace)


def _is_here(rows: Rows, client_id: str) -> bool:
    privilege: str = rows.clients.get(client_id, {}).get("privilege", "ended")
    return privilege != "ended"


def _own(rows: Rows, client_id: str, appointment_id: str) -> Row | None:
    appointment = rows.appointments.get(appointment_id)
    return appointment if appointment and appointment["client_id"] == client_id else None


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


def _first_session(rows: Rows, client_id: str, *, now: datetime) -> str | None:
    """Whoever registered online holds one session until the first is kept."""
    if not rows.clients[client_id].get("new"):
        return None
    own = [a for a in rows.appointments.values() if a["client_id"] == client_id]
    kept = any(a["status"] == "booked" and end_of(a) <= now for a in own)
    ahead = any(a["status"] in LIVE and end_of(a) > now for a in own)
    return "weekly-limit" if ahead and not kept else None


def _room(rows: Rows, client_id: str, slot: Row | None) -> str | None:
    """Count sessions by appointments, not by the client's row."""
    own = (a for a in rows.appointments.values() if a["client_id"] == client_id)
    week = slot["week"] if slot else None
    sessions = sum(a["status"] in LIVE and a["week"] == week for a in own)
    most = rows.clients[client_id].get("max_per_week") or rows.settings["max_per_week"]
    return "weekly-limit" if sessions >= most else None
