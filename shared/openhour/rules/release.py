"""Release: when next week's held slots open, and which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from openhour.rules.practice import Practice, ReleaseTime
from openhour.rules.refusals import Invalid
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import WEEKDAYS, Week, instant_of, week_of

_YEARS_AHEAD = 10
_MINUTES_IN_HOUR = 60
_MAX_STAGGER = timedelta(minutes=_MINUTES_IN_HOUR)
_MISSED_AFTER = _MAX_STAGGER + timedelta(minutes=15)
"""How late a release may be without being missed: one that fails is tried again for minutes."""
_REPEAT_WINDOW = timedelta(hours=1)
"""Within which a release is not asked for twice on purpose."""
_TWO_WEEKS = timedelta(days=14, hours=2)
"""Between two releases at the most: a clock that goes forward may skip one between them."""
_CLOCK_SKEW = timedelta(minutes=1)


def target_week(scheduled_at: datetime, zone: ZoneInfo) -> Week:
    """The week that a release scheduled for that instant opens: the one after its local date's."""
    return week_of(scheduled_at, zone) + 1


def require_due(scheduled_at: datetime, *, now: datetime) -> None:
    """Raise Invalid for a scheduled release whose time has not come. What it opened and published
    ahead would stay so for good."""
    if scheduled_at > now + _CLOCK_SKEW:
        raise Invalid.field("scheduled_at", "This time has not come.")


def next_release(release: ReleaseTime, zone: ZoneInfo, *, now: datetime) -> datetime:
    """The next scheduled instant after `now`."""
    today = now.astimezone(zone).date()
    ahead = (WEEKDAYS.index(release.weekday) - today.weekday()) % 7
    days = (today + timedelta(days=ahead + 7 * n) for n in range(3))
    instants = (instant_of(day, release.time, zone) for day in days)
    return next(at for at in instants if at is not None and at > now)


def last_release(release: ReleaseTime, zone: ZoneInfo, *, now: datetime) -> datetime:
    """The last scheduled instant that is not after `now`."""
    last = next_release(release, zone, now=now - _TWO_WEEKS)
    while (following := next_release(release, zone, now=last)) <= now:
        last = following
    return last


def due_release(practice: Practice, *, now: datetime) -> datetime:
    """The scheduled instant of the release that is to be run next: the last one until it has run,
    however late, then the next. For an hour after a release that one stays due, since to ask for
    it twice must not ask for two."""
    last = last_release(practice.release, practice.zone, now=now)
    coming = next_release(practice.release, practice.zone, now=now)
    fresh = practice.released_at is not None and now - practice.released_at < _REPEAT_WINDOW
    if not _has_run(practice, last) or (fresh and not _has_run(practice, coming)):
        return last
    return coming


def upcoming_release(practice: Practice, *, now: datetime) -> tuple[datetime, Week]:
    """When a release comes next, and the first week that it opens. One that has not run is still
    coming until it counts as missed; its week is then the next one's to open."""
    last = last_release(practice.release, practice.zone, now=now)
    coming = next_release(practice.release, practice.zone, now=now)
    if _has_run(practice, last):
        return coming, target_week(coming, practice.zone)
    return last if now - last < _MISSED_AFTER else coming, target_week(last, practice.zone)


def staggered_time(release: ReleaseTime, therapist_id: str, *, within_minutes: int) -> ReleaseTime:
    """When a release is run, so that those of many practices don't all run at once: less than
    `within_minutes` after its time and never before it, at the same minute every week, told by
    the therapist's id.

    It stays within its hour of the clock: neither midnight, past which the release would be for
    another week, nor a change of the clocks lies between (but on the Chatham Islands, where they
    change at a quarter to).
    """
    room = max(1, min(within_minutes, _MINUTES_IN_HOUR - release.time.minute))
    minutes = int.from_bytes(sha256(therapist_id.encode()).digest()[:8]) % room
    return replace(release, time=release.time.replace(minute=release.time.minute + minutes))


def missed_since(practice: Practice, *, now: datetime) -> datetime | None:
    """When the last release of the practice should have run, where none has opened its week yet,
    an hour and a quarter on; None where nothing was missed, or nothing is to be released."""
    if practice.timezone is None or practice.released_through is None or practice.removed_at:
        return None
    last = last_release(practice.release, practice.zone, now=now - _MISSED_AFTER)
    return None if _has_run(practice, last) else last


def require_existing_time(release: ReleaseTime, zone: ZoneInfo, *, today: date) -> None:
    """Raise Invalid for a release time that the clock skips when it changes in spring, on any
    such weekday of the next ten years (the scheduler would leave that run out)."""
    ahead = (WEEKDAYS.index(release.weekday) - today.weekday()) % 7
    days = (today + timedelta(days=ahead + 7 * n) for n in range(53 * _YEARS_AHEAD))
    if any(instant_of(day, release.time, zone) is None for day in days):
        raise Invalid.field("release", "The clock change in spring skips this time.")


def _has_run(practice: Practice, scheduled_at: datetime) -> bool:
    return practice.is_released(target_week(scheduled_at, practice.zone))


def is_opened_by_release(slot: Slot, practice: Practice, *, now: datetime) -> bool:
    """Whether the release opens the slot: a future one, held by the hours and not by hand, in a
    released week."""
    held = slot.state is SlotState.HELD and slot.manual_state is None
    return held and practice.is_released(slot.week) and slot.start > now


def as_released(slot: Slot, practice: Practice, *, now: datetime) -> Slot | None:
    """The slot as the release leaves it, or None where it leaves it alone: held ones open, and
    booked prime ones return to `open`."""
    if is_opened_by_release(slot, practice, now=now):
        return replace(slot, state=SlotState.OPEN, returns_to=SlotState.OPEN)
    waits = slot.booked and slot.returns_to is SlotState.HELD and slot.manual_state is None
    if waits and practice.is_released(slot.week) and slot.start > now:
        return replace(slot, returns_to=SlotState.OPEN)
    return None


def slots_to_open(
    slots: Iterable[Slot], practice: Practice, week: Week, *, now: datetime
) -> list[Slot]:
    """The slots that a release of `week` would open."""
    after = replace(practice, released_through=max(week, practice.released_through or week))
    return [slot for slot in slots if is_opened_by_release(slot, after, now=now)]
