"""A release run again by hand, as its schedule would have run it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from infra.operate.told import Declined, Told
from infra.operate.trail import keep
from openhour import clock
from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.rules.release import last_release, require_due, target_week
from openhour.store.practices import read_practice
from openhour.use_cases.releases import release_week


def release(*, therapist_id: str, scheduled_at: datetime | None) -> Iterator[Told]:
    """Open the week of the release that was scheduled last, or at that instant. What is open
    already stays so."""
    practice = read_practice(therapist_id)
    due = scheduled_at or _last_due(practice)
    require_due(due, now=clock.now())
    week = str(target_week(due, practice.zone))
    keep(therapist_id, AuditAction.RELEASE, target=week)
    done = release_week(therapist_id, scheduled_at=due, now=clock.now())
    published = [str(each) for each in done.published]
    text = f"{therapist_id}: {week} is released; {len(done.opened)} slots opened."
    facts = {"week": week, "opened": list(done.opened), "published": published}
    yield Told("release", text, {"therapist_id": therapist_id, **facts})


def _last_due(practice: Practice) -> datetime:
    """The instant at which the last release was scheduled."""
    if practice.timezone is None:
        raise Declined(f"{practice.therapist_id} has no time zone yet, and so no release.")
    return last_release(practice.release, practice.zone, now=clock.now())
