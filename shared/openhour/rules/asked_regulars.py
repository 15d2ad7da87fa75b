"""Asked regulars: a client's wish that a session of theirs repeat, until the therapist answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from openhour.rules.appointments import Appointment
from openhour.rules.regulars import MAX_WEEKS_APART, Regular
from openhour.rules.slots import Slot
from openhour.rules.weeks import WEEKDAYS


class AskedState(StrEnum):
    """Whether the therapist has yet to answer, or has declined."""

    ASKED = "asked"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRegular:
    """A client's wish that the session `appointment_id` repeat every `every_weeks` weeks.

    `local_start` is the session's wall-clock start, from which the weekday and time follow.

    Raises:
        ValueError: The interval is unknown.
    """

    appointment_id: str
    every_weeks: int
    local_start: datetime
    asked_at: datetime
    state: AskedState = AskedState.ASKED

    def __post_init__(self) -> None:
        if not 1 <= self.every_weeks <= MAX_WEEKS_APART:
            raise ValueError(f"every_weeks must be 1 to {MAX_WEEKS_APART}")

    @property
    def weekday(self) -> str:
        """The weekday of the session."""
        return WEEKDAYS[self.local_start.weekday()]

    @property
    def start(self) -> time:
        """The local time at which the session starts."""
        return self.local_start.time()

    @property
    def first(self) -> date:
        """The local date of the session."""
        return self.local_start.date()


def is_met_by(asked: AskedRegular, regular: Regular) -> bool:
    """Return whether a regular of the client's occurs on the very session that they ask about."""
    same_time = (regular.weekday, regular.start) == (asked.weekday, asked.start)
    return same_time and regular.occurs_on(asked.first)


def unsettled(asked: AskedRegular | None, entered: Regular) -> AskedRegular | None:
    """Return what the client still asks for once a regular of theirs is entered or changed.

    One on the same weekday at the same time settles it, in whatever weeks it occurs.
    """
    settled = asked and (asked.weekday, asked.start) == (entered.weekday, entered.start)
    return None if settled else asked


def standing(
    asked: AskedRegular | None, booked: Iterable[Slot | Appointment]
) -> AskedRegular | None:
    """Return what the client asks for while its session is ahead and no regular's, else None.

    `booked` are the client's booked sessions that have not ended.
    """
    ordinary = (each.appointment_id for each in booked if each.regular_id is None)
    return asked if asked and asked.appointment_id in ordinary else None
