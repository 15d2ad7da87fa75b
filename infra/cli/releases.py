"""Releases run by hand, as their schedule would run them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from infra.cli.audit_log import record
from infra.cli.output import CommandError, Line, counted
from openhour import clock
from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.rules.release import last_due, require_due, target_week
from openhour.store.practices import read_practice
from openhour.use_cases.releases import release_week


def run(*, therapist_id: str, scheduled_at: datetime | None) -> Iterator[Line]:
    """Run the last release again, or one that was missed."""
    practice = read_practice(therapist_id)
    due = scheduled_at or _last_due(practice)
    require_due(due, now=clock.now())
    week = str(target_week(due, practice.zone))
    record(therapist_id, AuditAction.RELEASE, target=week)
    release = release_week(therapist_id, scheduled_at=due, now=clock.now())
    published = [str(each) for each in release.published]
    text = f"{therapist_id}: {week} is released. Opened {counted(len(release.opened), 'slot')}."
    facts = {"week": week, "opened": list(release.opened), "published": published}
    yield Line("release", text, {"therapist_id": therapist_id, **facts})


def _last_due(practice: Practice) -> datetime:
    if practice.timezone is None:
        text = f"{practice.therapist_id} has no time zone, and so no release. Nothing was changed."
        raise CommandError(text)
    return last_due(practice, now=clock.now())
