"""The desired calendar: what the therapist wants of each slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from openhour.rules.appointments import appointment_id_of, token_in
from openhour.rules.occurrences import is_occurrence, occurrences, slots_of_hours
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot, SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import local_start


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Everything that decides a plan, as it was read. `slots` are those that have not ended."""

    practice: Practice
    slots: tuple[Slot, ...] = ()
    regulars: tuple[Regular, ...] = ()
    time_off: tuple[TimeOff, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DesiredCalendar:
    """The slots of the hours by slot id, the regular wanted in each, and the time off.

    `displaced` are the occurrences, as regular id and date, whose booked slot the clock shows at
    another time than was promised, since the zone's rules have changed.
    """

    now: datetime
    practice: Practice
    wanted: Mapping[str, Slot]
    regulars_by_slot: Mapping[str, Regular]
    regulars: Mapping[str, Regular]
    time_off: tuple[TimeOff, ...]
    displaced: frozenset[tuple[str, date]]

    def is_off(self, slot: Slot) -> bool:
        """Return whether time off covers the slot."""
        return any(span.blocks(slot) for span in self.time_off)

    def is_confirmed_off(self, slot: Slot) -> bool:
        """Return whether the therapist chose the booking knowing of all time off that covers it."""
        spans = (span for span in self.time_off if span.blocks(slot))
        return all(slot.confirmed_at and slot.confirmed_at >= span.made_at for span in spans)

    def lacks_notice(self, slot: Slot) -> bool:
        """Return whether a regular that was kept from the free slot would come without notice.

        What the therapist has entered or changed since is placed all the same.
        """
        claim, since = self.regulars_by_slot.get(slot.slot_id), slot.waiting_since
        if claim is None or since is None or slot.booked or self.is_off(slot):
            return False
        entered_since = claim.entered_at is not None and claim.entered_at > since
        return not entered_since and slot.start - self.now < self.practice.booking_notice

    def stands_elsewhere(self, slot: Slot) -> bool:
        """Return whether the occurrence that the slot is for still has its displaced slot."""
        claim = self.regulars_by_slot.get(slot.slot_id)
        day = local_start(slot.start, self.practice.zone).date()
        return claim is not None and (claim.regular_id, day) in self.displaced

    def is_unwanted(self, slot: Slot) -> bool:
        """Return whether the slot is neither in the hours nor set by hand."""
        return slot.slot_id not in self.wanted and not is_set_by_hand(slot)

    def waiting(self, slot: Slot) -> Regular | None:
        """Return the regular that another client's booking keeps from the slot, or None."""
        claim = self.regulars_by_slot.get(slot.slot_id)
        waits = claim and slot.booked and slot.regular_id != claim.regular_id
        return claim if waits and not self.is_off(slot) else None

    def waiting_since(self, slot: Slot) -> datetime | None:
        """Return since when a regular is kept from the slot by time off or another's booking."""
        claim = self.regulars_by_slot.get(slot.slot_id)
        if claim is None or (slot.booked and slot.regular_id == claim.regular_id):
            return None
        if not (self.is_off(slot) or self.waiting(slot)):
            return None
        since, entered = slot.waiting_since, claim.entered_at
        known = since is not None and (entered is None or entered <= since)
        return since if known else self.now

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
    for slot in calendar.slots:
        # What a sick day cancels is an exception from then on.
        claim = regulars_by_slot.get(slot.slot_id)
        if claim and slot.regular_id == claim.regular_id and cancelling_time_off(calendar, slot):
            del regulars_by_slot[slot.slot_id]
    return DesiredCalendar(
        now=now,
        practice=calendar.practice,
        wanted=slots_of_hours(calendar.practice, now=now),
        regulars_by_slot=regulars_by_slot,
        regulars={regular.regular_id: regular for regular in calendar.regulars},
        time_off=calendar.time_off,
        displaced=displaced_occurrences(calendar.slots, calendar.practice),
    )


def displaced_occurrences(slots: Iterable[Slot], practice: Practice) -> frozenset[tuple[str, date]]:
    """Return the occurrences, as regular id and date, whose slots are displaced."""
    return frozenset(
        (slot.regular_id, slot.promised_start(practice.zone).date())
        for slot in slots
        if slot.regular_id and is_displaced(slot, practice)
    )


def is_displaced(slot: Slot, practice: Practice) -> bool:
    """Return whether the clock no longer shows the slot at the time that was published."""
    return slot.promised_start(practice.zone) != local_start(slot.start, practice.zone)


def is_set_by_hand(slot: Slot) -> bool:
    """Return whether the therapist added or set the slot, so that changed hours leave it alone."""
    return slot.extra or slot.manual_state is not None


def is_deliberate(slot: Slot) -> bool:
    """Return whether the therapist confirmed a booking where the plan has no slot."""
    return slot.confirmed_at is not None and slot.manual_state is not None


def is_cancelled_by_discharge(desired: DesiredCalendar, slot: Slot) -> bool:
    """Return whether a discharge cancels the slot's appointment."""
    return slot.booked and slot.client_id in desired.practice.discharging


def cancelling_time_off(calendar: Calendar | DesiredCalendar, slot: Slot) -> TimeOff | None:
    """Return the sick day that cancels the slot's appointment, or None."""
    sick_days = calendar.practice.sick_days
    sick = (span for span in calendar.time_off if span.time_off_id in sick_days)
    return next((span for span in sick if slot.booked and span.covers(slot)), None)


def has_lapsed(desired: DesiredCalendar, slot: Slot) -> bool:
    """Return whether the slot holds an occurrence that the plan placed and no longer wants."""
    return _is_unclaimed(desired, slot) and token_in(slot.appointment_id or "") == slot.regular_id


def _is_unclaimed(desired: DesiredCalendar, slot: Slot) -> bool:
    """Return whether the slot's regular, as it now is, does not want its booking."""
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
    shaped = replace(
        _fitted_to_hours(desired, slot),
        week=desired.practice.week_of(slot.start),
        local_start=local_start(slot.start, desired.practice.zone),
    )
    rest = desired.state_when_free(shaped)
    claim = desired.regulars_by_slot.get(slot.slot_id)
    if claim is None or desired.is_off(shaped):
        since = desired.waiting_since(shaped)
        return replace(shaped, state=rest, returns_to=rest, waiting_since=since)
    if desired.lacks_notice(shaped) or desired.stands_elsewhere(shaped):
        return replace(shaped, state=SlotState.BLOCKED, returns_to=SlotState.BLOCKED)
    return replace(
        shaped,
        state=SlotState.BOOKED,
        returns_to=rest,
        waiting_since=None,
        client_id=claim.client_id,
        appointment_id=appointment_id_of(slot.slot_id, claim.client_id, claim.regular_id),
        regular_id=claim.regular_id,
    )


def _reconcile_booked(desired: DesiredCalendar, slot: Slot) -> Slot:
    """Return a booked row as it should be. The booking stays.

    A regular adopts its own client's booking, which is an ordinary one again once the regular no
    longer wants it. After a booking that the plan would not have made there, the slot is blocked
    until the plan is carried out again.
    """
    if _is_unclaimed(desired, slot):
        slot = replace(slot, regular_id=None)
    promised = slot.promised_start(desired.practice.zone)
    slot = replace(slot, local_start=promised, waiting_since=desired.waiting_since(slot))
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

    A slot that the therapist added or set stays as it is, as does one whose session the clock now
    shows at another time. A booking that is not a regular's keeps its length.
    """
    wanted = desired.wanted.get(slot.slot_id)
    displaced = slot.booked and is_displaced(slot, desired.practice)
    if wanted is None or is_set_by_hand(slot) or displaced:
        return slot
    fixed = slot.booked and slot.regular_id is None
    minutes = slot.minutes if fixed else wanted.minutes
    return replace(slot, minutes=minutes, prime=wanted.prime)
