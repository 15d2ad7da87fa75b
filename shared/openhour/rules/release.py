"""Release: when next week's held slots open, and which ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid
from openhour.rules.settings import ReleaseTime
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import WEEKDAYS, Week, instant_of, week_of

_YEARS_AHEAD = 10
_MINUTES_IN_HOUR = 60
_MAX_STAGGER = timedelta(minutes=_MINUTES_IN_HOUR)
_MISSED_AFTER = _MAX_STAGGER + timedelta(minutes=15)
"""How late a release may be before it counts as missed. Failed runs are retried."""
_REPEAT_WINDOW = timedelta(hours=1)
"""The time within which a second request means the same release."""
_TWO_WEEKS = timedelta(days=14, hours=2)
"""The longest time between two releases, since a clock change may skip one."""
_CLOCK_SKEW = timedelta(minutes=1)


def target_week(scheduled_at: datetime, zone: ZoneInfo) -> Week:
    """Return the week that a release scheduled for that instant opens: the following one."""
    return week_of(scheduled_at, zone) + 1


def require_due(scheduled_at: datetime, *, now: datetime) -> None:
    """Require that a scheduled release is due. What it opens and publishes can't be undone.

    Raises:
        Invalid: Its time has not come.
    """
    if scheduled_at > now + _CLOCK_SKEW:
        raise Invalid.field("scheduled_at", "This time has not come.")


def next_release(release: ReleaseTime, zone: ZoneInfo, *, now: datetime) -> datetime:
    """Return the next scheduled instant after `now`."""
    today = now.astimezone(zone).date()
    ahead = (WEEKDAYS.index(release.weekday) - today.weekday()) % 7
    days = (today + timedelta(days=ahead + 7 * n) for n in range(3))
    instants = (instant_of(day, release.time, zone) for day in days)
    return next(at for at in instants if at is not None and at > now)


def last_release(release: ReleaseTime, zone: ZoneInfo, *, now: datetime) -> datetime:
    """Return the last scheduled instant that is not after `now`."""
    last = next_release(release, zone, now=now - _TWO_WEEKS)
    while (following := next_release(release, zone, now=last)) <= now:
        last = following
    return last


def due_release(practice: Practice, *, now: datetime) -> datetime:
    """Return the scheduled instant of the release to run next.

    That is the last one until it has run, however late, then the next. For an hour after a release
    it stays due, so that a repeated request does not release a second week.
    """
    last = last_release(practice.release, practice.zone, now=now)
    coming = next_release(practice.release, practice.zone, now=now)
    fresh = practice.released_at is not None and now - practice.released_at < _REPEAT_WINDOW
    if not _has_run(practice, last) or (fresh and not _has_run(practice, coming)):
        return last
    return coming


def upcoming_release(practice: Practice, *, now: datetime) -> tuple[datetime, Week]:
    """Return when the next release runs, and the first week that it opens.

    A release that has not run is upcoming until it counts as missed. Its week is then opened by
    the next one.
    """
    last = last_release(practice.release, practice.zone, now=now)
    coming = next_release(practice.release, practice.zone, now=now)
    if _has_run(practice, last):
        return coming, target_week(coming, practice.zone)
    return last if now - last < _MISSED_AFTER else coming, target_week(last, practice.zone)


def staggered_time(release: ReleaseTime, therapist_id: str, *, within_minutes: int) -> ReleaseTime:
    """Return when a practice's release runs, so that those of many practices are spread out.

    It runs less than `within_minutes` after its time and never before it, in the same minute each
    week, which the therapist id decides. It stays within the hour of the clock, so that neither
    midnight nor a clock change lies between (except on the Chatham Islands, where clocks change at
    a quarter to).
    """
    room = max(1, min(within_minutes, _MINUTES_IN_HOUR - release.time.minute))
    minutes = int.from_bytes(sha256(therapist_id.encode()).digest()[:8]) % room
    return replace(release, time=release.time.replace(minute=release.time.minute + minutes))


def missed_since(practice: Practice, *, now: datetime) -> datetime | None:
    """Return when the last release should have run, if it was missed.

    It counts as missed an hour and a quarter after its time. Return None if it has run, or if the
    practice has nothing to release.
    """
    if practice.timezone is None or practice.released_through is None or practice.removed_at:
        return None
    last = last_release(practice.release, practice.zone, now=now - _MISSED_AFTER)
    return None if _has_run(practice, last) else last


def require_existing_time(release: ReleaseTime, zone: ZoneInfo, *, today: date) -> None:
    """Require that the clock never skips the release time in the next ten years.

    EventBridge Scheduler would leave out such a run.

    Raises:
        Invalid: The clock change in spring skips it.
    """
    ahead = (WEEKDAYS.index(release.weekday) - today.weekday()) % 7
    days = (today + timedelta(days=ahead + 7 * n) for n in range(53 * _YEARS_AHEAD))
    if any(instant_of(day, release.time, zone) is None for day in days):
        raise Invalid.field("release", "The clock change in spring skips this time.")


def _has_run(practice: Practice, scheduled_at: datetime) -> bool:
    return practice.is_released(target_week(scheduled_at, practice.zone))


def is_opened_by_release(slot: Slot, practice: Practice, *, now: datetime) -> bool:
    """Return whether the release opens the slot.

    It opens future slots of released weeks that the hours hold, not those held by hand.
    """
    held = slot.state is SlotState.HELD and slot.manual_state is None
    return held and practice.is_released(slot.week) and slot.start > now


def as_released(slot: Slot, practice: Practice, *, now: datetime) -> Slot | None:
    """Return the slot after the release, or None if the release leaves it alone.

    Held slots open, and booked prime slots will open when their booking ends.
    """
    if is_opened_by_release(slot, practice, now=now):
        return replace(slot, state=SlotState.OPEN, returns_to=SlotState.OPEN)
    waits = slot.booked and slot.returns_to is SlotState.HELD and slot.manual_state is None
    if waits and practice.is_released(slot.week) and slot.start > now:
        return replace(slot, returns_to=SlotState.OPEN)
    return None


def slots_to_open(
    slots: Iterable[Slot], practice: Practice, week: Week, *, now: datetime
) -> list[Slot]:
    """Return the slots that a release of `week` would open."""
    after = replace(practice, released_through=max(week, practice.released_through or week))
    return [slot for slot in slots if is_opened_by_release(slot, after, now=now)]
