"""Therapists: added and listed."""

from __future__ import annotations

import time
from collections.abc import Iterator

from infra.cli.logins import NewLogin, confirm, invite, parse_options
from infra.cli.output import FAILED, CommandError, Line, listed
from openhour import clock, schedules
from openhour.api.settings import SettingsPatch
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy
from openhour.rules.setting_changes import with_changes
from openhour.store.practices import all_practices, find_practice
from openhour.store.transactions import ConditionFailed
from openhour.use_cases.therapists import open_practice, reopen_therapist

_POLL_SECONDS = 0.5
_SETTINGS = ("name", "timezone", "office_phone")


class NewTherapist(NewLogin, SettingsPatch):
    """A new therapist: the practice's first settings, and a login."""

    @property
    def practice(self) -> Practice:
        """The practice with these settings and defaults for the others. Raises Invalid."""
        given = {name: value for name, value in self.changes.items() if name in _SETTINGS}
        default = Practice(therapist_id=self.therapist_id)
        return with_changes(default, given, today=clock.now().date())


def add(
    *, resend_invitation: bool, yes: bool, reopen: bool, wait: float | None, **options: str | None
) -> Iterator[Line]:
    """Open a practice with a login for its therapist.

    THERAPIST_ID has lowercase letters, digits, - and _. For an existing practice this only
    adds the login, after asking, as `openhour logins add` does.
    """
    new = parse_options(NewTherapist, options)
    practice, _ = new.practice, new.username  # both are valid before anything is written
    current = find_practice(new.therapist_id)
    if current and current.removed_at and not reopen:
        removed_on = f"{current.removed_at:%F}"
        text = f"{new.therapist_id} was removed on {removed_on}. Nothing was changed: --reopen it."
        raise CommandError(text)
    if current and not yes:
        confirm(new)
    yield _open(practice, current)
    yield invite(new, resend_invitation=resend_invitation)
    yield _await_schedule(new.therapist_id, seconds=wait)


def _open(wanted: Practice, current: Practice | None) -> Line:
    therapist_id = wanted.therapist_id
    action, text = "none", f"The practice {therapist_id} exists, and was not changed."
    if current is None:
        action, text = "opened", f"The practice {therapist_id} is open; self-scheduling is off."
        try:
            open_practice(wanted, now=clock.now())
        except ConditionFailed as refused:
            raise Busy from refused  # another operator opened it in between
    elif current.removed_at:
        action = "reopened"
        text = f"The practice {therapist_id} is open again. Invite its clients again."
        reopen_therapist(therapist_id, now=clock.now())
    return Line("practice", text, {"therapist_id": therapist_id, "action": action})


def _await_schedule(therapist_id: str, *, seconds: float | None) -> Line:
    """Wait for the schedule, which the stream of the practices' table creates."""
    practice = find_practice(therapist_id)
    facts = {"therapist_id": therapist_id, "scheduled": False}
    if practice is None or practice.timezone is None:
        text = "The release will be scheduled once the practice has a time zone."
        return Line("schedule", text, facts)
    deadline = time.monotonic() + (seconds or 0)
    while not schedules.last_modified(therapist_id):
        if seconds is None:
            return Line("schedule", "The release will be scheduled within seconds.", facts)
        if time.monotonic() > deadline:
            text = f"The release is still not scheduled after {seconds:g} seconds."
            return Line("schedule", f"{text} Try `openhour resync {therapist_id}`.", facts, FAILED)
        time.sleep(_POLL_SECONDS)
    release = practice.release
    when = f"{release.weekday.capitalize()}s at {release.time:%H:%M}, {practice.timezone}"
    text = f"The release is scheduled for {when}."
    return Line("schedule", text, {**facts, "scheduled": True})


def print_therapists() -> Iterator[Line]:
    """List all therapists, and mark overdue releases."""
    return listed(map(_describe, all_practices()), "There are no therapists.")


def _describe(practice: Practice) -> Line:
    released, published = practice.released_through, practice.published_through
    facts = {
        "therapist_id": practice.therapist_id,
        "removed_at": practice.removed_at and practice.removed_at.isoformat(),
        "self_scheduling": practice.self_scheduling,
        "released_through": str(released) if released else None,
        "published_through": str(published) if published else None,
        "overdue": schedules.find_overdue(practice, now=clock.now()) is not None,
        "unplanned": practice.planned < practice.plan,
    }
    switch = f"self-scheduling {'on' if practice.self_scheduling else 'off'}"
    state = "removed" if practice.removed_at else switch
    shown = {"overdue": "RELEASE OVERDUE", "unplanned": "PLANNING UNFINISHED"}
    marks = [text for name, text in shown.items() if facts[name]]
    weeks = f"released {released or '-'}, published {published or '-'}"
    text = " ".join([f"{practice.therapist_id:<24} {state:<20} {weeks:<38}", *marks])
    return Line("therapist", text.rstrip(), facts)
