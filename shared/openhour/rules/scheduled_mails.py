"""Scheduled mails: when therapists are told what opens tonight, and what their day is.

Each mail of a local date is sent once. Whoever sends one schedules the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from openhour.rules.digest import DIGEST_TIME
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mail_policy import Decision, Postponed, Withheld
from openhour.rules.mails import MailKind
from openhour.rules.practice import Practice
from openhour.rules.release import next_due
from openhour.rules.weeks import WEEKDAYS, instant_of

SCHEDULED = (MailKind.FRIDAY, MailKind.DIGEST)
"""The kinds that no act gives rise to."""
_NOON = time(12)
_MAX_LATE = timedelta(hours=6)
"""A mail that is later than that is not sent any more."""
_DAYS_AHEAD = 15
"""Two weeks of a weekday, one of which the clock may skip."""


def scheduled_at(practice: Practice, kind: MailKind, day: date) -> datetime | None:
    """Return when a mail is sent on a local date, or None if that date has none.

    What opens tonight is told at noon on the weekday of the release, if that is later than noon.
    """
    if kind is MailKind.DIGEST:
        return instant_of(day, DIGEST_TIME, practice.zone)
    noon = instant_of(day, _NOON, practice.zone)
    is_release_day = WEEKDAYS[day.weekday()] == practice.release.weekday
    return noon if is_release_day and practice.release.time > _NOON else None


def next_mails(practice: Practice, *, now: datetime) -> Iterator[tuple[datetime, MailIntent]]:
    """Yield the next mail of each scheduled kind that is wanted, for each therapist's login."""
    if practice.timezone is None or practice.removed_at:
        return
    for kind in SCHEDULED:
        if kind.value not in practice.therapist_mails:
            continue
        for at, day in _coming(practice, kind, now=now):
            intent = MailIntent(kind=kind, subject=day.isoformat(), client_id="", acted_at=at)
            for each in intent.for_logins(practice.logins):
                yield at, each


def decide_by_schedule(intent: MailIntent, practice: Practice, *, now: datetime) -> Decision:
    """Decide whether a scheduled mail is due, by the settings as they are now."""
    day = date.fromisoformat(intent.subject)
    at = scheduled_at(practice, intent.kind, day)
    if at is None or practice.timezone is None:
        return Withheld.OUTDATED
    if at > now:
        return Postponed(at)
    if now - at > _MAX_LATE:
        return Withheld.TOO_LATE
    if intent.kind is MailKind.FRIDAY and not _is_released_on(practice, day, now=now):
        return Withheld.OUTDATED
    return None


def _coming(
    practice: Practice, kind: MailKind, *, now: datetime
) -> Iterator[tuple[datetime, date]]:
    """Yield the next instant of a kind with its local date; none if there is no such instant."""
    today = now.astimezone(practice.zone).date()
    for ahead in range(_DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        at = scheduled_at(practice, kind, day)
        if at is not None and at > now:
            yield at, day
            return


def _is_released_on(practice: Practice, day: date, *, now: datetime) -> bool:
    """Return whether a release lies ahead on a local date."""
    due = next_due(practice, now=now)
    return due > now and due.astimezone(practice.zone).date() == day
