"""The weeks of the practice `maple`, counted from the one that the last release opened."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from infra.local.maple.practice import MAPLE
from openhour.rules.release import next_release, release_of, target_week
from openhour.rules.weeks import Week, instant_of, slot_id_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Now, and the week that the last release opened."""

    now: datetime
    released: Week

    @classmethod
    def at(cls, now: datetime) -> "Calendar":
        """Return the calendar at an instant, of which seconds are dropped."""
        minute = now.replace(second=0, microsecond=0)
        coming = next_release(MAPLE.release, MAPLE.zone, now=minute)
        return cls(now=minute, released=target_week(coming, MAPLE.zone) + -1)

    @property
    def last_release(self) -> datetime:
        """The instant of the last release."""
        return release_of(self.released, MAPLE.release, MAPLE.zone)

    def instant(self, weeks: int, weekday: str, at: time, *, days: int = 0) -> datetime:
        """Return a time on a weekday, some weeks after the released one, and days after that.

        Raises:
            ValueError: The clock skips it.
        """
        day = (self.released + weeks).day(weekday) + timedelta(days=days)
        instant = instant_of(day, at, MAPLE.zone)
        if instant is None:
            raise ValueError(f"the clock skips {at} on {day}")
        return instant

    def slot_id(self, weeks: int, place: tuple[str, time]) -> str:
        """Return the slot at a weekday and time, some weeks after the released one."""
        return slot_id_of(self.instant(weeks, *place))

    def past(self, instant: datetime) -> datetime:
        """Return the instant, or now if it has not come."""
        return min(instant, self.now)
