"""The practice `maple` and its clients: who they are, when they come, and what ten weeks held."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from openhour.rules.hours import Entry
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular
from openhour.rules.settings import Language
from openhour.rules.weeks import WEEKDAYS, Week

PAST_WEEKS = 10
_MINUTES = 50
_ORDINARY = {
    "monday": "9:00 10:00 11:00 13:00 14:00 15:00 16:30",
    "tuesday": "10:00 11:00 13:00 14:00 15:00 16:30",
    "wednesday": "9:00 10:00 11:00 13:00 14:00 15:00 16:30",
    "thursday": "9:00 10:00 11:00 13:00 14:00 15:00 16:30",
    "friday": "9:00 10:00 11:00 12:00 13:00",
}
_PRIME = {
    "monday": "17:30 18:30",
    "tuesday": "17:30 18:30",
    "wednesday": "17:30 18:30",
    "thursday": "17:30",
}


def _time(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


_HOURS = tuple(
    Entry(weekday=weekday, start=_time(start), minutes=_MINUTES, prime=prime)
    for weekday in WEEKDAYS
    for prime, starts in ((False, _ORDINARY), (True, _PRIME))
    for start in starts.get(weekday, "").split()
)
TRAINING = ("tuesday", time(13))
"""The time that the therapist blocks for a training every other week."""

MAPLE = Practice(
    therapist_id="maple",
    name="Maple Street Therapy",
    timezone="America/New_York",
    hours=_HOURS,
    office_phone="(802) 555-0148",
    phone_note="We answer from 9 to 5, and call back by noon the next working day.",
    crisis_line="In a crisis, call or text 988, day or night.",
    place="218 Maple Street, Room 2",
    change_policy="Please tell us a day ahead. After three late changes, we book by phone.",
    suspended_can_sign_in=True,
    intake_below=0.75,
    intake_per_week=3,
)
"""The practice as it was opened, before anything was planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A client, the time at which they usually come, and what became of each past week.

    `past` has a letter for each of the ten weeks, oldest first: kept, moved within the week,
    cancelled in time or late, cancelled by the therapist (ill), missed (x), or a dot for none. A
    regular comes every `every_weeks`: one of two weeks in the released week or, by the dots of
    `past`, in the week after it. `email` is None for those who only call.
    """

    client_id: str
    name: str
    email: str | None
    phone: str
    weekday: str
    start: time
    past: str
    every_weeks: int = 0
    usual: bool = False
    discharged: bool = False
    language: Language | None = None

    @property
    def place(self) -> tuple[str, time]:
        """The weekday and the time."""
        return self.weekday, self.start

    def regular(self, released: Week) -> Regular:
        """Return the regular, as it was entered before the first session."""
        first = next(n for n, letter in enumerate(self.past) if letter != ".")
        monday: date = (released + (first - PAST_WEEKS)).monday
        return Regular(
            regular_id=self.client_id.replace("client", "r"),
            client_id=self.client_id,
            weekday=self.weekday,
            start=self.start,
            every_weeks=self.every_weeks,
            first=monday + timedelta(days=WEEKDAYS.index(self.weekday)),
        )


def _people() -> tuple[Person, ...]:
    """Read the table below."""
    people = []
    for number, line in enumerate(_TABLE.strip().splitlines(), start=1):
        name, when, rhythm, past, *marks = (cell.strip() for cell in line.split("|"))
        weekday, start = when.split()
        people.append(
            Person(
                client_id=f"client{number}",
                name=name,
                email=None if "phone" in marks else _address(number, name),
                phone=f"(802) 555-{150 + number:04}",
                weekday=weekday,
                start=_time(start),
                past=past,
                every_weeks=int(rhythm or 0),
                usual="usual" in marks,
                discharged="discharged" in marks,
                language=Language.SPANISH if "es" in marks else None,
            )
        )
    return tuple(people)


def _address(number: int, name: str) -> str:
    if number <= WITH_LOGIN:
        return f"client{number}@openhour.example"
    bare = name.lower().replace("á", "a").replace(" ", ".")
    return f"{bare}@example.com"


WITH_LOGIN = 6
"""The first so many clients have addresses whose logins have a known password."""
_TABLE = """
Nora Whitfield   | tuesday 16:30   | 2       | .k.l.k.m.k
Noor Rahman      | wednesday 10:00 |         | kkkkkmkkkk
Peter Novak      | thursday 15:00  |         | ....ktkkkk
Elena Petrova    | tuesday 11:00   |         | ...kck.kkk
Jonas Weber      | wednesday 18:30 |         | kkcl.klkkl | usual
Theo Lang        | wednesday 16:30 | 1       | kkkkxkkkxk
Maya Ellison     | monday 9:00     | 1       | kkkkkkkkkk
Tomás Rivera     | monday 10:00    | 1       | kkkckkkkkk | es
Owen Castellano  | monday 18:30    | 2       | k.k.k.k.k.
Beatriz Lopes    | tuesday 10:00   | 2       | k.k.k.k.k.
Amara Diallo     | tuesday 16:30   | 2       | k.k.c.k.k.
Hannah Brandt    | tuesday 18:30   | 1       | kkkkkkkkck
Kofi Mensah      | wednesday 11:00 | 1       | kkkkkkkmkk
Marcus Bell      | wednesday 15:00 | 1       | kkkckkkkkk
Farah Aziz       | wednesday 17:30 | 1       | kkkkkkkkkk
Yusuf Demir      | thursday 10:00  | 1       | kkkkktkkkk
Anders Holm      | friday 9:00     | 1       | ....kkkkkk | phone
Nadia Karim      | friday 11:00    | 1       | kkkkkkkckk
Ruth Abara       | monday 11:00    |         | kkkkkkkkkk
Leo Marchetti    | tuesday 17:30   |         | kkkkkkkkkk | usual
Gwen Harlow      | thursday 17:30  |         | kk.kktkk.k | usual | phone
Daniel Frost     | friday 13:00    |         | k..k..k..k | phone
Claire Dubois    | thursday 13:00  |         | kkkkktkkkk
Sofia Lindqvist  | monday 14:00    |         | kkkkk..... | discharged
"""
PEOPLE = _people()
BY_NAME = {person.name: person for person in PEOPLE}
"""Everybody but the client who registers this week. Sofia Lindqvist was discharged."""
