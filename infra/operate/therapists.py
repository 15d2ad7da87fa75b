"""Therapists: added and listed. To add one again completes what an addition, cut short, has left
undone, and changes nothing of what is there."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping

from pydantic import ValidationError, field_validator

from infra.operate.told import FAULT, Declined, Told
from infra.operate.trail import keep
from openhour import clock, cognito, schedules
from openhour.api.request_fields import Address, Login
from openhour.api.settings import SettingsPatch
from openhour.api.validation import invalid_request
from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import login_name
from openhour.rules.practice import Practice
from openhour.rules.refusals import Busy
from openhour.rules.setting_changes import with_changes
from openhour.store.transactions import ConditionFailed
from openhour.use_cases.therapists import (
    find_therapist,
    list_therapists,
    open_practice,
    reopen_therapist,
)

_NEW_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_POLL_SECONDS = 0.5


class Application(SettingsPatch):
    """Who is to be a therapist: a practice's first settings, and a login."""

    therapist_id: str
    email: Address
    login: Login | None = None

    @field_validator("therapist_id")
    @classmethod
    def _names_a_schedule(cls, text: str) -> str:
        """Login names have no case, and schedules want short and plain ones."""
        if not _NEW_ID.fullmatch(text):
            raise ValueError("Must be up to 64 small letters, digits, dots, - and _.")
        return text

    @property
    def practice(self) -> Practice:
        """The practice with these settings, and safe ones for the rest. Raises Invalid."""
        given = {n: v for n, v in self.changes.items() if n in ("name", "timezone", "office_phone")}
        blank = Practice(therapist_id=self.therapist_id)
        return with_changes(blank, given, today=clock.now().date())

    @property
    def username(self) -> str:
        """The login name. Raises Invalid where it would be too long."""
        return login_name(self.therapist_id, email=self.email, login=self.login)

    @property
    def identity(self) -> dict[str, str]:
        """The attributes that tell whose login it is, and where its mail goes."""
        return {
            "custom:therapist_id": self.therapist_id,
            "email": self.email,
            "email_verified": "true",
        }


def add(
    *, mail_again: bool, reopen: bool, wait: float | None, **given: str | None
) -> Iterator[Told]:
    """Open the practice and make the login; the schedule follows the practice by itself, and is
    waited for as many seconds."""
    try:
        wanted = Application.model_validate({n: v for n, v in given.items() if v is not None})
    except ValidationError as error:
        raise invalid_request(error.errors()) from error
    practice, name = wanted.practice, wanted.username
    yield _open(practice, reopen=reopen)
    yield _let_in(name, wanted.identity, mail_again=mail_again)
    yield _await_schedule(wanted.therapist_id, seconds=wait)


def _open(wanted: Practice, *, reopen: bool) -> Told:
    therapist_id = wanted.therapist_id
    there = find_therapist(therapist_id)
    done, text = "nothing", f"The practice {therapist_id} was there, and is as it was."
    if there is None:
        done, text = "opened", f"The practice {therapist_id} is open; self-scheduling is off."
        try:
            open_practice(wanted, now=clock.now())
        except ConditionFailed as refused:
            raise Busy from refused  # somebody else was quicker
    elif there.removed_at and not reopen:
        raise Declined(f"{therapist_id} was removed on {there.removed_at:%F}: --reopen it?")
    elif there.removed_at:
        done, text = "reopened", f"The practice {therapist_id} is back: invite its clients again."
        reopen_therapist(therapist_id, now=clock.now())
    return Told("practice", text, {"therapist_id": therapist_id, "done": done})


def _let_in(name: str, identity: Mapping[str, str], *, mail_again: bool) -> Told:
    therapist_id, user = identity["custom:therapist_id"], cognito.find(name)
    done, text = "nothing", f"The login {name} was there."
    if user is None:
        done, text = "made", f"The login {name} is made; its first password is in the mail."
        keep(therapist_id, AuditAction.ADD_LOGIN)
        cognito.create(name, identity)
    elif (user.therapist_id, user.client_id) != (therapist_id, None):
        raise Declined(f"The login {name} is somebody else's: give another with --login.")
    elif user.must_change_password and mail_again:
        done, text = "mailed", f"The login {name} was there; another first password is in the mail."
        keep(therapist_id, AuditAction.INVITE)
        cognito.resend_invitation(name)
    elif user.must_change_password:
        text += " Its first password was not used yet: --mail-again sends another."
    cognito.join_therapists(name)
    if user and not user.enabled:
        cognito.enable(name)
    return Told("login", text, {"login": name, "done": done})


def _await_schedule(therapist_id: str, *, seconds: float | None) -> Told:
    """The stream of the practices' table makes it, within seconds."""
    practice = find_therapist(therapist_id)
    facts = {"therapist_id": therapist_id, "there": False}
    if practice is None or practice.timezone is None:
        return Told("schedule", "The release is scheduled once the practice has a zone.", facts)
    until = time.monotonic() + (seconds or 0)
    while not schedules.last_modified(therapist_id):
        if seconds is None:
            return Told("schedule", "The release's schedule follows within seconds.", facts)
        if time.monotonic() > until:
            text = f"The release is still not scheduled after {seconds:g} seconds."
            return Told("schedule", text, facts, FAULT)
        time.sleep(_POLL_SECONDS)
    release = practice.release
    text = f"The release is scheduled for {release.weekday}s at {release.time:%H:%M}."
    return Told("schedule", text, {**facts, "there": True})


def list_all() -> Iterator[Told]:
    """Tell each practice's state. `overdue`: a release was scheduled and didn't run. `unplanned`:
    what was asked for is not carried out yet."""
    for practice in list_therapists():
        yield _listed(practice)


def _listed(practice: Practice) -> Told:
    through, published = practice.released_through, practice.published_through
    facts = {
        "therapist_id": practice.therapist_id,
        "removed_at": practice.removed_at and practice.removed_at.isoformat(),
        "self_scheduling": practice.self_scheduling,
        "released_through": str(through) if through else None,
        "published_through": str(published) if published else None,
        "overdue": schedules.overdue_since(practice, now=clock.now()) is not None,
        "unplanned": practice.planned < practice.plan,
    }
    switch = "removed" if practice.removed_at else "on" if practice.self_scheduling else "off"
    marks = [name for name in ("overdue", "unplanned") if facts[name]]
    weeks = f"released {through or '-'}, published {published or '-'}"
    text = " ".join([f"{practice.therapist_id:<24} {switch:<8} {weeks:<38}", *marks])
    return Told("therapist", text.rstrip(), facts)
