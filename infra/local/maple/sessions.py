"""A client's past sessions, each ended by the rules as its letter says."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from infra.local.maple.calendar import Calendar
from infra.local.maple.practice import MAPLE, PAST_WEEKS, PEOPLE, TRAINING, Person
from openhour.rules.appointments import (
    Appointment,
    Party,
    appointment_id_of,
    free_until,
)
from openhour.rules.cancellation import Ending, as_cancelled, cancel, client_after_cancellation
from openhour.rules.clients import Client, DischargeReason, Privilege, login_name
from openhour.rules.hours import Entry, find_entry
from openhour.rules.move import as_moved, client_after_move, session_after_move
from openhour.rules.outcomes import Outcome, mark
from openhour.rules.regulars import Regular, copies_for
from openhour.rules.slots import Slot, SlotState
from openhour.rules.weeks import Week, local_start

_SEED = 2026
_BEFORE_NOON, _RELEASE_TIME = time(12), MAPLE.release.time
_PUBLISHED_BEFORE = -(MAPLE.horizon_weeks + 1)


@dataclass(slots=True)
class PastSessions:
    """The sessions of one client in the past weeks, and the client's row after them.

    `moved_to` are the slots that earlier moves have taken, everybody's.
    """

    person: Person
    calendar: Calendar
    moved_to: set[str]
    client: Client = field(init=False)
    regular: Regular | None = field(init=False)
    appointments: list[tuple[Appointment, Week]] = field(default_factory=list)
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Live through the weeks, oldest first."""
        self._random = random.Random(f"{_SEED} {self.person.client_id}")  # noqa: S311 - no secret
        regular = self.person.regular(self.calendar.released) if self.person.every_weeks else None
        self.regular = regular and replace(regular, entered_at=self._published(regular))
        self.client = _client_at_first(self.person, self.calendar)
        for weeks, letter in enumerate(self.person.past, start=-PAST_WEEKS):
            if letter != ".":
                self._live(weeks, letter)
        own = (self.regular,) if self.regular else ()
        copies = copies_for(self.person.client_id, own)
        self.client = replace(self.client, weeks=self._weeks(), regulars=copies)

    def _live(self, weeks: int, letter: str) -> None:
        week = self.calendar.released + weeks
        session = self._made(weeks)
        tally = self.client.tally
        self.client = replace(self.client, tally=replace(tally, booked=tally.booked + 1))
        if letter == "m":
            self._move(session, week, weeks)
        elif letter in "clt":
            self._cancel(session, week, letter, now=self._given_up_at(weeks, letter))
        else:
            self._end(session, week, missed=letter == "x")
        if self.regular and letter in "cltm":
            given_up = (self.client.client_id, session.promised_day(MAPLE.zone))
            self.regular = replace(self.regular, exceptions=self.regular.exceptions | {given_up})

    def _made(self, weeks: int) -> Appointment:
        """Return the session when it was booked or, as a regular's, published."""
        place = self.person.place
        made_at = (
            self.calendar.instant(weeks + _PUBLISHED_BEFORE, MAPLE.release.weekday, _RELEASE_TIME)
            if self.regular
            else self._booked_at(weeks)
        )
        start = self.calendar.instant(weeks, *place)
        token = self.regular.regular_id if self.regular else f"{self._random.getrandbits(64):016x}"
        slot_id = self.calendar.slot_id(weeks, place)
        return Appointment(
            appointment_id=appointment_id_of(slot_id, self.client.client_id, token),
            client_id=self.client.client_id,
            minutes=_entry(self.person).minutes,
            made_at=made_at,
            local_start=local_start(start, MAPLE.zone),
            regular_id=self.regular.regular_id if self.regular else None,
            promised_free_until=free_until(start, made_at, MAPLE),
        )

    def _booked_at(self, weeks: int) -> datetime:
        """Return when an ordinary session was booked: a prime one soon after its release."""
        minute = self._random.randrange(60)
        if _entry(self.person).prime:
            at = _RELEASE_TIME.replace(minute=minute)
            return self.calendar.instant(weeks - 1, MAPLE.release.weekday, at)
        days = self._random.randint(5, 9)
        at = time(self._random.randint(8, 20), minute)
        return self.calendar.instant(weeks, self.person.weekday, at, days=-days)

    def _given_up_at(self, weeks: int, letter: str) -> datetime:
        """Return when a session was cancelled or moved."""
        minute = self._random.randrange(60)
        if letter == "t":
            days, at = 0, time(7, minute)
        elif letter != "l":
            days, at = -2, time(12, minute)
        elif self.person.start < _BEFORE_NOON:
            days, at = -1, time(19, minute)
        else:
            days, at = 0, time(self._random.randint(8, self.person.start.hour - 3), minute)
        return self.calendar.instant(weeks, self.person.weekday, at, days=days)

    def _end(self, session: Appointment, week: Week, *, missed: bool) -> None:
        marked_at = session.end + timedelta(minutes=10)
        change = (
            mark(session, self.client, MAPLE, Outcome.NO_SHOW, now=marked_at) if missed else None
        )
        if change:
            session = change.appointment
            self.client = change.strike_update.apply(replace(self.client, tally=change.tally))
        self.appointments.append((session, week))

    def _cancel(self, session: Appointment, week: Week, letter: str, *, now: datetime) -> None:
        by = Party.THERAPIST if letter == "t" else Party.CLIENT
        told_at = now if by is Party.THERAPIST else None
        ending = cancel(session, MAPLE, by=by, now=now)
        ended = as_cancelled(session, ending, by=by, now=now, told_at=told_at)
        self.client = client_after_cancellation(self.client, ended, MAPLE, week=week, now=now)
        self.appointments.append((ended, week))

    def _move(self, session: Appointment, week: Week, weeks: int) -> None:
        """Move the session to the first later slot of the week that nobody uses."""
        now = self._given_up_at(weeks, "m")
        target = self._free_slot(weeks, week)
        ending = Ending(late=session.is_late(MAPLE, now=now), strike=False)
        token = f"{self._random.getrandbits(64):016x}"
        new = session_after_move(
            session, target, ending, MAPLE, token=token, moved_at=now, by_therapist=False
        )
        moved = as_moved(session, ending, to=new, now=now)
        self.client = client_after_move(self.client, moved, MAPLE, week=week, to_week=week, now=now)
        self.moved_to.add(target.slot_id)
        self.appointments += [(moved, week), (new, week)]

    def _free_slot(self, weeks: int, week: Week) -> Slot:
        used = {person.place for person in PEOPLE} | {TRAINING}
        free = (entry for entry in MAPLE.hours if (entry.weekday, entry.start) not in used)
        slots = (past_slot(self.calendar, weeks, week, entry) for entry in free)
        own = self.calendar.slot_id(weeks, self.person.place)
        return next(s for s in slots if s.slot_id > own and s.slot_id not in self.moved_to)

    def _published(self, regular: Regular) -> datetime:
        """Return when the regular was entered, before its first session was published."""
        first = Week.of(regular.first).monday - self.calendar.released.monday
        weeks = first.days // 7 + _PUBLISHED_BEFORE
        return self.calendar.instant(weeks, "thursday", time(12, self._random.randrange(60)))

    def _weeks(self) -> dict[str, int]:
        """Count the live sessions of the weeks from the current one on."""
        current = MAPLE.week_of(self.calendar.now)
        live = (week for session, week in self.appointments if session.live and week >= current)
        return {str(week): count for week, count in Counter(live).items()}


def past_slot(calendar: Calendar, weeks: int, week: Week, entry: Entry) -> Slot:
    """Return a slot of the hours as it stood when its week was over, if nobody had it."""
    place = (entry.weekday, entry.start)
    start = calendar.instant(weeks, *place)
    blocked = place == TRAINING and weeks % 2 == 0
    state = SlotState.BLOCKED if blocked else SlotState.OPEN
    return Slot(
        slot_id=calendar.slot_id(weeks, place),
        week=week,
        minutes=entry.minutes,
        state=state,
        returns_to=state,
        prime=entry.prime,
        manual_state=state if blocked else None,
        manual_state_at=calendar.instant(weeks - 1, "monday", time(9)) if blocked else None,
        note="training" if blocked else None,
        local_start=local_start(start, MAPLE.zone),
    )


def slot_with(slot: Slot, session: Appointment) -> Slot:
    """Return the slot with the session that was held in it."""
    return replace(
        slot,
        state=SlotState.BOOKED,
        client_id=session.client_id,
        appointment_id=session.appointment_id,
        regular_id=session.regular_id,
    )


def _entry(person: Person) -> Entry:
    entry = find_entry(MAPLE.hours, *person.place)
    if entry is None:
        raise ValueError(f"the hours have no slot for {person.name}")
    return entry


def _client_at_first(person: Person, calendar: Calendar) -> Client:
    """Return the client before the first session.

    Everybody with an address has a login, except the discharged.
    """
    signs_in = person.email is not None and not person.discharged
    login = login_name(MAPLE.therapist_id, email=person.email) if signs_in else None
    return Client(
        client_id=person.client_id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        login=login,
        invited_at=calendar.instant(-PAST_WEEKS - 8, "monday", time(9)) if login else None,
        signed_in_at=calendar.instant(-PAST_WEEKS - 8, "tuesday", time(19)) if login else None,
        privilege=Privilege.ENDED if person.discharged else Privilege.ACTIVE,
        discharge_reason=DischargeReason.MOVED_ON if person.discharged else None,
        usual=person.usual,
        language=person.language,
    )
