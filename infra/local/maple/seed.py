"""Seeding the practice `maple`, unless it exists."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from infra.local.demo import PASSWORD
from infra.local.maple.calendar import Calendar
from infra.local.maple.history import write_history
from infra.local.maple.practice import MAPLE, PEOPLE, WITH_LOGIN, Person
from infra.local.maple.weeks_ahead import WeeksAhead
from infra.local.seeded_practice import SeededLogin, SeededPractice
from infra.local.server import RunningServer
from openhour import clock
from openhour.rules.refusals import UnknownTherapist
from openhour.store.audit_log import acting_as
from openhour.store.practices import read_practice
from openhour.use_cases.announcements import ask_for_reminders, ask_for_therapist_mails

THERAPIST = f"{MAPLE.therapist_id}/therapist@openhour.example"
_SIGN_IN = {f"{MAPLE.therapist_id}/{person.email}": person for person in PEOPLE[:WITH_LOGIN]}
LOGINS = (THERAPIST, *_SIGN_IN)
_NOTES = {
    "Peter Novak": "asks for every Thursday",
    "Elena Petrova": "asked for every other Tuesday, declined",
    "Jonas Weber": "flagged for late changes",
    "Theo Lang": "suspended",
}


def seed(server: RunningServer) -> None:
    """Create the practice if it does not exist, and set the passwords of its logins."""
    try:
        read_practice(MAPLE.therapist_id)
    except UnknownTherapist:
        # A stream function would plan from now on, and not from the last release.
        with _told_to_nobody():
            with server.stream_poller.paused(), acting_as("operator:maple"):
                create(Calendar.at(clock.now()))
            server.wait_for_streams()
        ask_for_reminders(MAPLE.therapist_id)
        ask_for_therapist_mails(MAPLE.therapist_id)
    server.wait_for_streams()
    server.set_up_login(THERAPIST, PASSWORD, therapist_id=MAPLE.therapist_id)
    for login, person in _SIGN_IN.items():
        server.set_up_login(
            login, PASSWORD, therapist_id=MAPLE.therapist_id, client_id=person.client_id
        )
    server.practices.append(_describe())
    server.outbox.mails.clear()  # the temporary passwords in it are no longer valid


@contextmanager
def _told_to_nobody() -> Iterator[None]:
    """Have no sender, so that what lies in the past is not counted as told too late."""
    sender = os.environ.pop("MAIL_SENDER", None)
    try:
        yield
    finally:
        if sender is not None:
            os.environ["MAIL_SENDER"] = sender


def create(calendar: Calendar) -> None:
    """Write the practice's rows: its past as they stand, what follows by use cases."""
    write_history(calendar)
    WeeksAhead(calendar).live()


def _describe() -> SeededPractice:
    """Return what the demo's page tells about the practice."""
    clients = (SeededLogin(login, each.name, _comes(each)) for login, each in _SIGN_IN.items())
    return SeededPractice(
        therapist_id=MAPLE.therapist_id,
        name=MAPLE.name,
        password=PASSWORD,
        logins=(SeededLogin(THERAPIST, "Therapist"), *clients),
    )


def _comes(person: Person) -> str:
    weekday = person.weekday.capitalize()
    rhythm = {0: "", 1: f"every {weekday}", 2: f"every other {weekday}"}
    parts = (rhythm[person.every_weeks], _NOTES.get(person.name, ""))
    return ", ".join(part for part in parts if part)
