"""Ten weeks of history, written as finished rows: nobody has to live through them again."""

from collections.abc import Iterable, Sequence

from infra.local.maple.calendar import Calendar
from infra.local.maple.practice import MAPLE, PAST_WEEKS, PEOPLE
from infra.local.maple.sessions import PastSessions, past_slot, slot_with
from openhour.rules.appointments import Appointment
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week
from openhour.store.clients import insert_client
from openhour.store.mapping import appointment_row, regular_row, slot_row
from openhour.store.models import AppointmentRow, RegularRow, SlotRow
from openhour.store.transactions import MAX_WRITES, Write, commit

_ENDED = ("ended_at", "ended_by", "moved_to", "told_at")
_ENDED_SO = ("late", "strike")


def write_history(calendar: Calendar) -> None:
    """Write the clients with their records, their regulars, and the past slots and sessions."""
    everybody = past_of_everybody(calendar)
    _commit_all(
        write for past in everybody for write in insert_client(MAPLE.therapist_id, past.client)
    )
    with RegularRow.batch_write() as batch:
        for past in everybody:
            if past.regular:
                batch.save(regular_row(MAPLE.therapist_id, past.regular))
    sessions = [session for past in everybody for session in past.appointments]
    with AppointmentRow.batch_write() as batch:
        for appointment, week in sessions:
            batch.save(_ended_row(appointment, week))
    with SlotRow.batch_write() as batch:
        for slot in _past_slots(calendar, [appointment for appointment, _ in sessions]):
            batch.save(slot_row(MAPLE.therapist_id, slot))


def past_of_everybody(calendar: Calendar) -> list[PastSessions]:
    """Return everybody's past sessions, in the order of the clients."""
    moved_to: set[str] = set()
    return [PastSessions(person, calendar, moved_to) for person in PEOPLE]


def _past_slots(calendar: Calendar, sessions: Iterable[Appointment]) -> Iterable[Slot]:
    live = {session.slot_id: session for session in sessions if session.live}
    for weeks in range(-PAST_WEEKS, 0):
        week = calendar.released + weeks
        for entry in MAPLE.hours:
            slot = past_slot(calendar, weeks, week, entry)
            session = live.get(slot.slot_id)
            yield slot_with(slot, session) if session else slot


def _ended_row(appointment: Appointment, week: Week) -> AppointmentRow:
    """Return the row of an appointment with what became of it."""
    row = appointment_row(MAPLE.therapist_id, appointment, week)
    for name in _ENDED:
        setattr(row, name, getattr(appointment, name))
    for name in _ENDED_SO:
        setattr(row, name, getattr(appointment, name) or None)
    return row


def _commit_all(writes: Iterable[Write]) -> None:
    pending: Sequence[Write] = tuple(writes)
    while pending:
        commit(pending[:MAX_WRITES])
        pending = pending[MAX_WRITES:]
