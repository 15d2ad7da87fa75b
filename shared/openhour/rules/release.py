"""Release: when next week's held slots open, and which ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from openhour.rules.appointments import Appointment
from openhour.rules.clients import Client
from openhour.rules.outcomes import Outcome, outcome_of
from openhour.rules.practice import Practice
from openhour.rules.refusals import Invalid, NotReady
from openhour.rules.regulars import Regular, by_weekday
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
_CLOCK_SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A release that its schedule will not run. It opens the weeks of earlier missed ones too.

    `missed` tells one that its schedule should have run from one that a change of settings passed
    over.
    """

    due: datetime
    missed: bool


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


def release_of(week: Week, release: ReleaseTime, zone: ZoneInfo) -> datetime:
    """Return the scheduled instant of the release that opens `week`, in the week before it."""
    day = (week + -1).day(release.weekday)
    shown = instant_of(day, release.time, zone)
    return shown or datetime.combine(day, release.time, tzinfo=zone).astimezone(UTC)


def next_due(practice: Practice, *, now: datetime) -> datetime:
    """Return the scheduled instant of the next release that has not run. It may have passed."""
    if practice.release_due is not None:
        return practice.release_due
    pending = (practice.released_through or practice.week_of(now)) + 1
    return release_of(pending, practice.release, practice.zone)


def last_due(practice: Practice, *, now: datetime) -> datetime:
    """Return the last scheduled instant that is not after `now`, whether it has run or not."""
    coming = next_release(practice.release, practice.zone, now=now)
    return release_of(target_week(coming, practice.zone) + -1, practice.release, practice.zone)


def due_after_change(before: Practice, after: Practice, *, now: datetime) -> datetime | None:
    """Return when the next release is due after a change of release time or zone.

    It opens the same week as before. If its new time has passed, it is due now. The first zone of a
    practice takes the next future instant.
    """
    if after.timezone is None:
        return None
    if before.timezone is None:
        return next_release(after.release, after.zone, now=now)
    if (before.release, before.timezone) == (after.release, after.timezone):
        return before.release_due
    pending = target_week(next_due(before, now=now), before.zone)
    return release_of(pending, after.release, after.zone)


def as_released_through(practice: Practice, week: Week, *, now: datetime) -> Practice:
    """Return the practice after the release of `week`. The next release opens the week after."""
    due = release_of(week + 1, practice.release, practice.zone)
    return replace(practice, released_through=week, released_at=now, release_due=due)


def early_release(practice: Practice, *, now: datetime) -> datetime:
    """Return the scheduled instant of the release that a therapist runs early.

    For an hour after a release it is the one that has run, so that a repeated request does not
    release a second week.

    Raises:
        NotReady: The practice has no hours, so that there would be nothing to open.
    """
    if not practice.hours:
        raise NotReady(missing=["hours"])
    fresh = practice.released_at is not None and now - practice.released_at < _REPEAT_WINDOW
    if fresh and practice.released_through is not None:
        return release_of(practice.released_through, practice.release, practice.zone)
    return next_due(practice, now=now)


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


def is_due(practice: Practice, *, now: datetime) -> bool:
    """Return whether the time of a release that has not run has come.

    A practice that was removed, or has no zone, has nothing to release.
    """
    releases = practice.timezone and practice.released_through and not practice.removed_at
    return bool(releases) and next_due(practice, now=now) <= now


def overdue_since(
    practice: Practice, *, scheduled_at: datetime | None, now: datetime
) -> Overdue | None:
    """Return the release that should run now and that its schedule will not run, or None.

    It was missed an hour and a quarter after its time. A schedule that was set to it only
    afterwards, at `scheduled_at`, passes it over: it is then overdue at once.
    """
    if not is_due(practice, now=now):
        return None
    due = next_due(practice, now=now)
    passed_over = scheduled_at is not None and due < scheduled_at
    missed = now - (scheduled_at if scheduled_at and passed_over else due) > _MISSED_AFTER
    if not (missed or passed_over):
        return None
    return Overdue(due=last_due(practice, now=now), missed=missed)


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


def clients_expected_in(
    week: Week, clients: Iterable[Client], regulars: Iterable[Regular]
) -> list[Client]:
    """Return the usual clients who are expected in a week.

    They are those whom the therapist marked as usual, and those with a regular that falls on that
    week, given up or not.
    """
    coming = {each.client_id for each in regulars if each.occurs_on(week.day(each.weekday))}
    return [each for each in clients if each.usual or each.client_id in coming]


def regular_in(week: Week, client: Client, regulars: Iterable[Regular]) -> Regular | None:
    """Return the client's first regular that falls on a week, or None."""
    own = (each for each in regulars if each.client_id == client.client_id)
    coming = (each for each in own if each.occurs_on(week.day(each.weekday)))
    return min(coming, key=by_weekday, default=None)


def last_kept_sessions(
    appointments: Iterable[Appointment], *, now: datetime
) -> Mapping[str, Appointment]:
    """Return the last session that each client kept, by client id. They are in order of time."""
    live = (each for each in appointments if each.live)
    kept = (each for each in live if outcome_of(each, now=now) is Outcome.KEPT)
    return {each.client_id: each for each in kept}


def slots_to_open(
    slots: Iterable[Slot], practice: Practice, week: Week, *, now: datetime
) -> list[Slot]:
    """Return the slots that a release of `week` would open."""
    after = replace(practice, released_through=max(week, practice.released_through or week))
    return [slot for slot in slots if is_opened_by_release(slot, after, now=now)]
