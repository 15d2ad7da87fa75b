"""Hours: the weekly template of the slots that a therapist offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from openhour.rules.refusals import Invalid
from openhour.rules.weeks import WEEKDAYS, parse_time

MAX_ENTRIES = 100
MAX_MINUTES = 480
"""Minutes of the longest slot."""
MIN_MINUTES = 5
"""Minutes of the shortest slot."""
_MINUTES_IN_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the hours: weekday, local start, length in minutes, prime or not.

    Raises:
        ValueError: The weekday is unknown, the length out of bounds, or the end past midnight.
    """

    weekday: str
    start: time
    minutes: int
    prime: bool = False

    def __post_init__(self) -> None:
        if self.weekday not in WEEKDAYS:
            raise ValueError("not a weekday")
        if not MIN_MINUTES <= self.minutes <= MAX_MINUTES:
            raise ValueError(f"minutes must be {MIN_MINUTES} to {MAX_MINUTES}")
        if self.ends > _MINUTES_IN_DAY:
            raise ValueError("must end within its day")

    @classmethod
    def parse(cls, weekday: str, start: str, minutes: int, *, prime: bool) -> Entry:
        """Return the entry whose start is written like `17:30`."""
        return cls(weekday=weekday, start=parse_time(start), minutes=minutes, prime=prime)

    @property
    def begins(self) -> int:
        """Minutes from local midnight to the start."""
        return self.start.hour * 60 + self.start.minute

    @property
    def ends(self) -> int:
        """Minutes from local midnight to the end."""
        return self.begins + self.minutes


def ordered_hours(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries in the order of the week.

    Raises:
        Invalid: Two entries overlap, or there are more than 100.
    """
    if len(entries) > MAX_ENTRIES:
        raise Invalid.field("hours", f"At most {MAX_ENTRIES} entries.")
    ordered = sorted(entries, key=lambda entry: (WEEKDAYS.index(entry.weekday), entry.begins))
    for earlier, later in pairwise(ordered):
        if earlier.weekday == later.weekday and later.begins < earlier.ends:
            raise Invalid.field(
                "hours",
                f"{later.weekday.capitalize()} {later.start:%H:%M} begins before the slot "
                f"at {earlier.start:%H:%M} ends.",
            )
    return tuple(ordered)


def find_entry(hours: tuple[Entry, ...], weekday: str, start: time) -> Entry | None:
    """Return the entry that starts then, or None."""
    return next((e for e in hours if e.weekday == weekday and e.start == start), None)
