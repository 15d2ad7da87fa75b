"""Predicts the planned calendar from rows alone, independent of the store and the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from infra.cli.expected_occurrences import ExpectedOccurrences, blocks
from infra.cli.snapshot import (
    WEEKDAYS,
    Row,
    instant,
    is_exception,
    occurs_on,
    overlap,
    start_of,
)
from tests.store.invariants import Rows, Tables


def find_planning_errors(tables: Tables, *, now: datetime, caught_up: bool) -> list[str]:
    """Return every difference from the predicted calendars whose planning is complete.

    Unless `caught_up`, clients have changed slots since, and a slot that they freed may be blocked.
    """
    return [
        f"{rows.therapist_id}: {fault}"
        for rows in tables.therapists.values()
        if rows.planned and "published_through" in rows.practice
        for fault in DesiredCalendar(rows, now).violations(caught_up=caught_up)
    ]


def find_wrongly_opened(rows: Rows, written: Row, *, now: datetime) -> str | None:
    """D: return the violation of a row written `open` or `held` in a regular's place."""
    if written["state"] not in ("open", "held"):
        return None
    wanted = DesiredCalendar(rows, now)
    is_claimed = written["slot_id"] in wanted.by_slot_id and not wanted.is_off(written)
    return f"{written['slot_id']} was {written['state']} for a while" if is_claimed else None


class DesiredCalendar(ExpectedOccurrences):
    """The predicted future slots of one therapist in the published weeks."""

    @cached_property
    def slots(self) -> dict[str, tuple[int, bool]]:
        """The minutes of each slot of the hours, and whether it is prime."""
        return {
            slot_id: (minutes, prime)
            for day in self.days
            for weekday, start, minutes, prime in self._rows.hours
            if WEEKDAYS[day.weekday()] == weekday and (slot_id := self.slot_id(day, start))
        }

    def is_unwanted(self, slot: Row) -> bool:
        """Whether neither the hours nor the therapist created the slot."""
        return not (slot["slot_id"] in self.slots or slot.get("extra") or slot.get("manual_state"))

    def state_when_free(self, slot: Row) -> str:
        """Return the state of the slot without a booking and a regular."""
        if self.is_off(slot):
            return "blocked"
        held = slot["prime"] and slot["week"] > self._rows.practice["released_through"]
        by_hand: str | None = slot.get("manual_state")
        return by_hand or ("held" if held else "open")

    def conflicting_slots(self) -> set[str]:
        """Return the slots that conflict with the hours, time off or regulars."""
        slots = {slot["slot_id"]: slot for slot in self._rows.ahead(self._now)}
        strange = {
            slot_id
            for slot_id, slot in slots.items()
            if slot["state"] == "booked" and self._is_amiss(slot)
        }
        unplaced = {
            slot_id
            for slot_id, regular in self.by_slot_id.items()
            if slot_id not in slots
            or (
                self.waiting(slots[slot_id]) and not self._stands_elsewhere(slots[slot_id], regular)
            )
        }
        return strange | unplaced | set(self._left_out())

    def _left_out(self) -> Iterator[str]:
        """Yield the slots of the hours that are missing, unless only for a confirmed session."""
        for slot_id, (minutes, _) in self.slots.items():
            wanted = {"slot_id": slot_id, "minutes": minutes}
            there = [slot for slot in self._rows.slots.values() if overlap(wanted, slot)]
            deliberate = [s for s in there if s.get("confirmed_at") and s.get("manual_state")]
            if slot_id not in self._rows.slots and (not there or there != deliberate):
                yield slot_id

    def _is_amiss(self, slot: Row) -> bool:
        """Whether a booked slot stands against the hours, the clock or time off."""
        displaced = self._shown(slot) != slot["local_start"]
        return displaced or self.is_unwanted(slot) or (self.is_off(slot) and not self._kept(slot))

    def _kept(self, slot: Row) -> bool:
        """Whether the therapist chose the booking, knowing of all the time off that covers it."""
        if "confirmed_at" not in slot:
            return False
        confirmed = instant(slot["confirmed_at"])
        return not any(
            instant(span["made_at"]) > confirmed and blocks(span, slot)
            for span in self._rows.time_off.values()
        )

    def _shown(self, slot: Row) -> str:
        """What the therapist's clock shows at the start."""
        return f"{start_of(slot).astimezone(self._rows.zone):%Y-%m-%dT%H:%M}"

    def _is_kept_back(self, slot: Row, regular: Row) -> bool:
        """Whether the slot stays blocked, although a regular should have it.

        It would come without notice, or its session still has its former instant.
        """
        since = slot.get("waiting_since")
        notice = timedelta(hours=self._rows.settings["booking_notice_hours"])
        waited = since is not None and instant(since) >= instant(regular["entered_at"])
        too_late = waited and start_of(slot) - self._now < notice
        return too_late or self._stands_elsewhere(slot, regular)

    def _waits_here(self, slot: Row) -> bool:
        """Whether a regular waits for the slot and has no session of that day elsewhere."""
        regular = self.waiting(slot)
        return regular is not None and not self._stands_elsewhere(slot, regular)

    def _stands_elsewhere(self, slot: Row, regular: Row) -> bool:
        """Whether the regular's session of that day still has its former instant."""
        return any(
            other.get("regular_id") == regular["regular_id"]
            and other["local_start"] != self._shown(other)
            and other["local_start"][:10] == self._shown(slot)[:10]
            for other in self._rows.slots.values()
        )

    def violations(self, *, caught_up: bool) -> Iterator[str]:
        """Yield every difference."""
        for slot in self._rows.ahead(self._now):
            find = self._booked if slot["state"] == "booked" else self._free
            for fault in find(slot, caught_up=caught_up):
                yield f"{slot['slot_id']} ({slot['state']}) {fault}"
            _, prime = self.slots.get(slot["slot_id"], (slot["minutes"], slot["prime"]))
            if not (slot.get("extra") or slot.get("manual_state")) and prime != slot["prime"]:
                yield f"{slot['slot_id']} should{'' if prime else ' not'} be prime"
        yield from self._missing()

    def _free(self, slot: Row, *, caught_up: bool) -> Iterator[str]:
        if slot["state"] == "blocked" and not caught_up:
            return
        if self.is_unwanted(slot):
            yield "should not be there"
        elif regular := self.waiting(slot):
            if slot["state"] != "blocked" or not self._is_kept_back(slot, regular):
                yield "belongs to a regular"
        elif slot["state"] != self.state_when_free(slot):
            yield f"should be {self.state_when_free(slot)}"
        if slot["week"] != self._rows.week_of(start_of(slot)):
            yield f"says that it is in {slot['week']}"
        if self._is_misfit(slot):
            yield f"is {slot['minutes']} minutes long"

    def _booked(self, slot: Row, *, caught_up: bool) -> Iterator[str]:
        waiting = self.waiting(slot)
        returns_to = "blocked" if waiting or self.is_unwanted(slot) else self.state_when_free(slot)
        if self._is_misfit(slot):
            returns_to = "blocked"
        if slot["returns_to"] != returns_to:
            yield f"should return to {returns_to}, not {slot['returns_to']}"
        if waiting and caught_up and waiting["client_id"] == slot["client_id"]:
            yield "should be adopted"
        if "regular_id" in slot:
            yield from self._occurrence(slot)
        if self._rows.clients[slot["client_id"]]["privilege"] == "ended":
            yield "is of somebody who was discharged"

    def _occurrence(self, slot: Row) -> Iterator[str]:
        """Check a placed occurrence."""
        regular = self._rows.regulars[slot["regular_id"]]
        local = datetime.fromisoformat(slot["local_start"])
        day = local.date()
        if not (occurs_on(regular, day) and f"{local:%H:%M}" == regular["start"]):
            yield "is no occurrence of its regular"
        if regular["client_id"] != slot["client_id"]:
            yield "is of another client than its regular"
        if is_exception(regular, day):
            yield "had been given up"

    def _is_misfit(self, slot: Row) -> bool:
        """Whether the hours give the slot another length."""
        minutes, _ = self.slots.get(slot["slot_id"], (slot["minutes"], None))
        by_hand = slot.get("extra") or slot.get("manual_state")
        return not by_hand and minutes != slot["minutes"]

    def _missing(self) -> Iterator[str]:
        """Yield slots of the hours that are missing although nothing overlaps them."""
        for slot_id, (minutes, _) in self.slots.items():
            if slot_id not in self._rows.slots:
                wanted = {"slot_id": slot_id, "minutes": minutes}
                if not any(overlap(wanted, slot) for slot in self._rows.slots.values()):
                    yield f"{slot_id} is not published"
