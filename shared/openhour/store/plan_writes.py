"""The writes of one planned change, to be committed in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from openhour.rules.appointments import Party, Status, free_until_unasked
from openhour.rules.clients import Privilege
from openhour.rules.planning import SlotChange
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot
from openhour.store.mapping import format_local_start, owner_of, slot_row
from openhour.store.models import AppointmentRow, ClientRow, SlotRow
from openhour.store.regulars import add_exception
from openhour.store.transactions import ConditionFailed, Delete, Put, Update, Write


def writes_only_slots(change: SlotChange) -> bool:
    """Return whether the change writes only slots, so that it may share a transaction."""
    return not (change.ends or change.places or change.keeps)


def writes_of(practice: Practice, change: SlotChange, *, now: datetime) -> Iterator[Write]:
    """Yield the writes of one change. Each requires that its row is as it was read."""
    therapist_id = practice.therapist_id
    for slot in change.replaces:
        yield _delete(therapist_id, slot)
    if change.after is None:
        if change.before is not None:
            yield _delete(therapist_id, change.before)
    else:
        read = (
            SlotRow.revision == change.before.revision
            if change.before
            else SlotRow.slot_id.does_not_exist()
        )
        yield Put(row=slot_row(therapist_id, change.after), when=read)
    if change.ends:
        yield _end(therapist_id, change.ends, change, now=now)
    if change.places:
        yield _place(practice, change.places, now=now)
    if change.keeps:
        yield _keep(therapist_id, change.keeps)
        # Raise the client's revision: a cancellation under way has read the former regular.
        yield _client(therapist_id, change.keeps, (), ClientRow.client_id.exists())
    yield from _count(therapist_id, change)
    if change.ends and change.ends.regular_id and change.cancelled_by_therapist:
        yield _except(therapist_id, change.ends, practice.zone)


def _delete(therapist_id: str, slot: Slot) -> Delete:
    return Delete(row=SlotRow(therapist_id, slot.slot_id), when=SlotRow.revision == slot.revision)


def _end(therapist_id: str, slot: Slot, change: SlotChange, *, now: datetime) -> Update | Delete:
    """End a session. One that another replaces leaves no trace in the client's history."""
    row, stands = _appointment(therapist_id, slot), AppointmentRow.status == Status.BOOKED
    if change.replaced:
        return Delete(row=row, when=stands)
    actions: list[Action] = [
        AppointmentRow.status.set(Status.CANCELLED),
        AppointmentRow.ended_at.set(now),
        AppointmentRow.ended_by.set(Party.THERAPIST),
        AppointmentRow.by_plan.set(not change.cancelled_by_therapist),
    ]
    if change.time_off_id:
        actions.append(AppointmentRow.time_off_id.set(change.time_off_id))
    if change.message:
        actions.append(AppointmentRow.message.set(change.message))
    actions.append(
        AppointmentRow.notify.remove() if change.notify else AppointmentRow.notify.set(value=False)
    )
    return Update(row=row, actions=actions, when=stands)


def _except(therapist_id: str, slot: Slot, zone: ZoneInfo) -> Update:
    day = slot.promised_start(zone).date()
    return add_exception(therapist_id, slot.regular_id or "", slot.client_id or "", day)


def _place(practice: Practice, slot: Slot, *, now: datetime) -> Put:
    row = _appointment(practice.therapist_id, slot)
    row.therapist_id = practice.therapist_id
    row.week, row.minutes = str(slot.week), slot.minutes
    row.made_at, row.status, row.regular_id = now, Status.BOOKED, slot.regular_id
    row.local_start = format_local_start(slot.local_start)
    row.promised_free_until = free_until_unasked(slot.start, practice, now=now)
    new = AppointmentRow.appointment_id.does_not_exist()
    ended_by_plan = AppointmentRow.by_plan == True  # noqa: E712  # an expression, not a comparison
    return Put(row=row, when=new | ended_by_plan)


def _keep(therapist_id: str, slot: Slot) -> Update:
    return Update(
        row=_appointment(therapist_id, slot),
        actions=[
            AppointmentRow.minutes.set(slot.minutes),
            (
                AppointmentRow.regular_id.set(slot.regular_id)
                if slot.regular_id
                else AppointmentRow.regular_id.remove()
            ),
        ],
        when=AppointmentRow.status == Status.BOOKED,
    )


def _appointment(therapist_id: str, slot: Slot) -> AppointmentRow:
    return AppointmentRow(owner_of(therapist_id, slot.client_id or ""), slot.appointment_id)


def _count(therapist_id: str, change: SlotChange) -> Iterator[Update]:
    """Yield the updates of the clients' session counts, one for each client.

    A session that ends because its regular changed was never counted as booked, and may be placed
    again.
    """
    ended, placed = change.ends, change.places
    if ended and placed and ended.client_id == placed.client_id:
        both: list[Action] = [ClientRow.booked.add(1), ClientRow.cancelled_by_therapist.add(1)]
        yield _client(
            therapist_id, placed, both if change.cancelled_by_therapist else (), _not_discharged()
        )
        return
    if ended:
        week = ClientRow.weeks[str(ended.week)]
        # The count may be missing where the client has just cancelled. The slot's condition then
        # rejects the transaction, which an invalid expression would turn into an error.
        counted = (
            ClientRow.cancelled_by_therapist.add(1)
            if change.cancelled_by_therapist
            else ClientRow.booked.add(-1)
        )
        actions = [week.set((week | 1) - 1), counted]
        yield _client(therapist_id, ended, actions, ClientRow.client_id.exists())
    if placed:
        week = ClientRow.weeks[str(placed.week)]
        actions = [week.set((week | 0) + 1), ClientRow.booked.add(1)]
        yield _client(therapist_id, placed, actions, _not_discharged())


def _client(therapist_id: str, slot: Slot, actions: Sequence[Action], when: Condition) -> Update:
    return Update(
        row=ClientRow(therapist_id, slot.client_id),
        actions=[*actions, ClientRow.revision.add(1)],
        when=when,
    )


def _not_discharged() -> Condition:
    """Require a client who has not been discharged."""
    exists: Condition = ClientRow.client_id.exists()
    not_discharged: Condition = exists & (ClientRow.privilege != Privilege.ENDED)
    return not_discharged


def ended_by_person(failed: ConditionFailed) -> str | None:
    """Return the id of the appointment on which a plan failed because a person had ended it."""
    row = failed.old_rows.get(AppointmentRow)
    if row is None or row.status == Status.BOOKED or row.by_plan:
        return None
    return str(row.appointment_id)
