"""The desired calendar: what the therapist wants of each slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.appointments import appointment_id_of
from openhour.rules.occurrences import is_occurrence, occurrences, slots_of_hours
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot, SlotState
from openhour.rules.time_off import TimeOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Everything that decides a plan, as it was read. `slots` are those that have not ended."""

    practice: Practice
    slots: tuple[Slot, ...] = ()
    regulars: tuple[Regular, ...] = ()
    time_off: tuple[TimeOff, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredCalendar:
    """The slots of the hours by slot id, the regular wanted in each, and the time off."""

    practice: Practice
    wanted: Mapping[str, Slot]
    regulars_by_slot: Mapping[str, Regular]
    regulars: Mapping[str, Regular]
    time_off: tuple[TimeOff, ...]

    def is_off(self, slot: Slot) -> bool:
        """Return whether time off covers the slot."""
        return any(span.blocks(slot) for span in self.time_off)

    def is_unwanted(self, slot: Slot) -> bool:
        """Return whether the slot is neither in the hours nor set by hand."""
        return slot.slot_id not in self.wanted and not is_set_by_hand(slot)

    def waiting(self, slot: Slot) -> Regular | None:
        """Return the regular that another client's booking keeps from the slot, or None."""
        claim = self.regulars_by_slot.get(slot.slot_id)
        waits = claim and slot.booked and slot.regular_id != claim.regular_id
        return claim if waits and not self.is_off(slot) else None

    def state_when_free(self, slot: Slot) -> SlotState:
        """Return the state of the slot while nobody has booked it."""
        if self.is_off(slot):
            return SlotState.BLOCKED
        if slot.manual_state is not None:
            return slot.manual_state
        if slot.prime and not self.practice.is_released(slot.week):
            return SlotState.HELD
        return SlotState.OPEN


def desired_calendar(calendar: Calendar, *, now: datetime) -> DesiredCalendar:
    """Return the desired calendar of the published weeks' future slots."""
    regulars_by_slot = {
        occurrence.slot_id: occurrence.regular
        for occurrence in occurrences(calendar.practice, calendar.regulars, now=now)
        if occurrence.slot_id and not occurrence.is_exception
    }
    return DesiredCalendar(
        practice=calendar.practice,
        wanted=slots_of_hours(calendar.practice, now=now),
        regulars_by_slot=regulars_by_slot,
        regulars={regular.regular_id: regular for regular in calendar.regulars},
        time_off=calendar.time_off,
    )


def is_set_by_hand(slot: Slot) -> bool:
    """Return whether the therapist added or set the slot, so that changed hours leave it alone."""
    return slot.extra or slot.manual_state is not None


def is_cancelled_by_plan(desired: DesiredCalendar, slot: Slot) -> bool:
    """Return whether a discharge or a sick day cancels the slot's appointment."""
    practice = desired.practice
    sick = (span for span in desired.time_off if span.time_off_id in practice.sick_days)
    return slot.booked and (
        slot.client_id in practice.discharging or any(span.covers(slot) for span in sick)
    )


def has_lapsed(desired: DesiredCalendar, slot: Slot) -> bool:
    """Return whether the slot holds an occurrence that its regular no longer wants."""
    if not slot.booked or slot.regular_id is None:
        return False
    regular = desired.regulars.get(slot.regular_id)
    return regular is None or not is_occurrence(slot, regular, desired.practice)


def reconcile(desired: DesiredCalendar, slot: Slot) -> Slot | None:
    """Return the row as it should be, regardless of other slots, or None if it should not exist."""
    if slot.booked:
        return _reconcile_booked(desired, slot)
    if desired.is_unwanted(slot):
        return None
    # A new zone may have put a free slot into another week.
    shaped = replace(_fitted_to_hours(desired, slot), week=desired.practice.week_of(slot.start))
    rest = desired.state_when_free(shaped)
    claim = desired.regulars_by_slot.get(slot.slot_id)
    if claim is None or desired.is_off(shaped):
        return replace(shaped, state=rest, returns_to=rest)
    return replace(
        shaped,
        state=SlotState.BOOKED,
        returns_to=rest,
        client_id=claim.client_id,
        appointment_id=appointment_id_of(slot.slot_id, claim.client_id, claim.regular_id),
        regular_id=claim.regular_id,
    )


def _reconcile_booked(desired: DesiredCalendar, slot: Slot) -> Slot:
    """Return a booked row as it should be. The booking stays.

    A regular adopts its own client's booking. After a booking that the plan would not have made
    there, the slot is blocked until the plan is carried out again.
    """
    claim = desired.regulars_by_slot.get(slot.slot_id)
    own = claim is not None and claim.client_id == slot.client_id and slot.regular_id is None
    if claim and own and not desired.is_off(slot):
        slot = replace(slot, regular_id=claim.regular_id)
    shaped = _fitted_to_hours(desired, slot)
    wanted = desired.wanted.get(slot.slot_id)
    misfit = wanted is not None and not is_set_by_hand(slot) and shaped.minutes != wanted.minutes
    if desired.waiting(slot) or desired.is_unwanted(slot) or misfit:
        return replace(shaped, returns_to=SlotState.BLOCKED)
    return replace(shaped, returns_to=desired.state_when_free(shaped))


def _fitted_to_hours(desired: DesiredCalendar, slot: Slot) -> Slot:
    """Return the slot with the length and prime mark of the hours.

    A slot that the therapist added or set stays as it is. A booking that is not a regular's keeps
    its length.
    """
    wanted = desired.wanted.get(slot.slot_id)
    if wanted is None or is_set_by_hand(slot):
        return slot
    fixed = slot.booked and slot.regular_id is None
    minutes = slot.minutes if fixed else wanted.minutes
    return replace(slot, minutes=minutes, prime=wanted.prime)
