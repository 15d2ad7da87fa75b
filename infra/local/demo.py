"""The practice `demo`: hours with prime slots, six clients, three of them regulars."""

from datetime import date, datetime, time, timedelta

from infra.local.seeded_practice import SeededLogin, SeededPractice
from infra.local.server import RunningServer
from infra.seed import seed_client, seed_practice
from openhour import clock
from openhour.rules.hours import Entry
from openhour.rules.practice import Practice
from openhour.rules.refusals import UnknownTherapist
from openhour.rules.regulars import Regular
from openhour.rules.weeks import WEEKDAYS
from openhour.store.audit_log import acting_as
from openhour.store.practices import read_practice
from openhour.use_cases.regulars import add_regular
from openhour.use_cases.settings import change_settings, switch

PASSWORD = "Openhour-demo-1"  # noqa: S105 - it protects only invented data
THERAPIST_ID = "demo"
NAME = "Demo Practice"
THERAPIST = "demo/therapist@openhour.example"
CLIENTS = {
    f"client{number}": (name, f"client{number}@openhour.example")
    for number, name in enumerate(("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn"), start=1)
}
"""Each client's name and email address, by client id."""
LOGINS = (THERAPIST, *(f"{THERAPIST_ID}/{email}" for _, email in CLIENTS.values()))

_REGULAR_CLIENTS = {
    "client1": "every Tuesday",
    "client2": "every other Thursday",
    "client3": "the Thursdays between",
}
_HOURS = tuple(
    Entry(weekday=weekday, start=start, minutes=50, prime=prime)
    for weekday in WEEKDAYS[:5]
    for start, prime in (
        (time(10), False),
        (time(14), False),
        (time(17, 30), True),
        (time(18, 30), True),
    )
)


def seed(server: RunningServer) -> None:
    """Create the practice if it does not exist, and set the passwords of its logins."""
    now = clock.now()
    try:
        read_practice(THERAPIST_ID)
    except UnknownTherapist:
        with acting_as("operator:demo"):
            _create_practice(now)
    server.wait_for_streams()
    with acting_as("operator:demo"):  # From here on: setting up is told to nobody.
        change_settings(THERAPIST_ID, {"mail_from": _today(now)}, if_match=None, now=now)
    _set_passwords(server)
    server.practices.append(_describe())
    server.outbox.mails.clear()  # the temporary passwords in it are no longer valid


def _today(now: datetime) -> date:
    return now.astimezone(read_practice(THERAPIST_ID).zone).date()


def _create_practice(now: datetime) -> None:
    practice = Practice(
        therapist_id=THERAPIST_ID,
        name=NAME,
        timezone="America/New_York",
        office_phone="+1 212 555 0100",
        crisis_line="In a crisis, call or text 988, at any hour.",
    )
    seed_practice(practice, _HOURS, now=now)
    for client_id, (name, email) in CLIENTS.items():
        seed_client(THERAPIST_ID, client_id, name=name, email=email, now=now)
    for regular in _regulars(now.astimezone(practice.zone).date()):
        add_regular(THERAPIST_ID, regular, preview=False, now=now)
    switch(THERAPIST_ID, enabled=True, regulars_entered=True, now=now)


def _describe() -> SeededPractice:
    """Return what the demo's page tells about the practice."""
    clients = (
        SeededLogin(f"{THERAPIST_ID}/{email}", name, _REGULAR_CLIENTS.get(client_id, ""))
        for client_id, (name, email) in CLIENTS.items()
    )
    return SeededPractice(
        therapist_id=THERAPIST_ID,
        name=NAME,
        password=PASSWORD,
        logins=(SeededLogin(THERAPIST, "Therapist"), *clients),
    )


def _regulars(today: date) -> tuple[Regular, ...]:
    """Ada comes every Tuesday; Ben and Cleo alternate on Thursdays in one slot."""
    monday = today - timedelta(days=today.weekday())
    return tuple(
        Regular(
            regular_id="",
            client_id=client_id,
            weekday=weekday,
            start=time(17, 30),
            every_weeks=every_weeks,
            first=first,
        )
        for client_id, weekday, every_weeks, first in (
            ("client1", "tuesday", 1, monday),
            ("client2", "thursday", 2, monday),
            ("client3", "thursday", 2, monday + timedelta(weeks=1)),
        )
    )


def _set_passwords(server: RunningServer) -> None:
    """Set each login's password."""
    for login, client_id in zip(LOGINS, (None, *CLIENTS), strict=True):
        server.set_up_login(login, PASSWORD, therapist_id=THERAPIST_ID, client_id=client_id)
