"""The released week and those after it, lived through by the same use cases as anybody's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from infra.local.maple.calendar import Calendar
from infra.local.maple.practice import BY_NAME, MAPLE, TRAINING, Person
from openhour.rules.clients import Privilege
from openhour.rules.mail_events import MailEvent
from openhour.rules.mail_stops import StopReason
from openhour.rules.mails import MailKind
from openhour.rules.outcomes import Outcome
from openhour.rules.registrations import Registration, address_digest, link_token
from openhour.rules.regulars import Regular
from openhour.rules.release import next_release
from openhour.rules.slots import SlotState
from openhour.rules.time_off import TimeOff
from openhour.store.registrations import find_registration, write_token
from openhour.tokens import new_secret
from openhour.use_cases import asked_regulars
from openhour.use_cases.bookings import book, book_for_client
from openhour.use_cases.calendars import open_extra, read_slot, set_slot
from openhour.use_cases.cancellations import cancel_own
from openhour.use_cases.clients import list_clients, set_privilege
from openhour.use_cases.mail_stops import stop_mail
from openhour.use_cases.moves import move
from openhour.use_cases.outcomes import mark_outcome
from openhour.use_cases.registration_mails import follow_up
from openhour.use_cases.registrations import confirm, register
from openhour.use_cases.regulars import add_regular
from openhour.use_cases.settings import switch
from openhour.use_cases.therapists import open_practice
from openhour.use_cases.time_off import take_time_off

_ID = MAPLE.therapist_id
_NEW_CLIENT = ("Caleb Ward", "caleb.ward@example.com", "(802) 555-0181")
_BOOKINGS = {
    "Noor Rahman": (0, 1, 2, 3, 4),
    "Peter Novak": (0, 1, 2),
    "Elena Petrova": (0, 2),
    "Jonas Weber": (0,),
    "Ruth Abara": (0, 1, 2, 4),
    "Leo Marchetti": (0,),
    "Daniel Frost": (0, 1),
    "Claire Dubois": (0,),
}
"""Who has booked their usual time, and in which weeks from the released one on."""
_EXTRA_BOOKINGS = (("Elena Petrova", 3, ("wednesday", time(13))),)
_CONFLICT = ("Daniel Frost", 2, BY_NAME["Claire Dubois"].place)
"""A booking in a slot that a regular gets afterwards."""


_UNREACHED = "Claire Dubois"


class WeeksAhead:
    """Acts of clients and the therapist after the last release, each at its own instant."""

    def __init__(self, calendar: Calendar) -> None:
        """Take the calendar, whose past is written."""
        self._calendar = calendar

    def live(self) -> None:
        """Open the practice as the last release left it, then do everything up to now."""
        self._open()
        self._register()
        self._book()
        self._this_week()
        self._change_sessions()
        self._ask()
        self._set_slots()
        self._lose_mail()

    def _lose_mail(self) -> None:
        """A mail to somebody has come back."""
        person = BY_NAME[_UNREACHED]
        at = self._calendar.now - timedelta(days=2)
        event = MailEvent(
            kind=MailKind.BOOKED,
            therapist_id=_ID,
            client_id=person.client_id,
            sent_at=at,
            addresses=(person.email or "",),
            reason=StopReason.BOUNCED,
        )
        stop_mail(event, now=at)

    def _open(self) -> None:
        calendar = self._calendar
        opened = calendar.instant(-11, "monday", time(9))
        due = next_release(MAPLE.release, MAPLE.zone, now=calendar.now)
        practice = replace(MAPLE, released_through=calendar.released, release_due=due)
        open_practice(practice, now=opened)
        switch(_ID, enabled=True, regulars_entered=True, now=calendar.last_release)

    def _register(self) -> None:
        """Somebody new registers this week and books, and a former client returns."""
        calendar = self._calendar
        this_week = MAPLE.week_of(calendar.now)
        weeks = -1 if this_week < calendar.released else 0
        at = calendar.past(calendar.instant(weeks, "monday", time(10, 20)))
        name, email, phone = _NEW_CLIENT
        register(_ID, name=name, email=email, phone=phone, now=at)
        confirm(_ID, self._mailed_token(email, now=at), now=at)
        new = next(client for client in list_clients(_ID) if client.name == name)
        book(_ID, new.client_id, calendar.slot_id(1, ("monday", time(14))), now=at)
        former = BY_NAME["Sofia Lindqvist"]
        at = calendar.past(calendar.instant(weeks, "tuesday", time(16, 5)))
        register(_ID, name=former.name, email=former.email or "", phone=former.phone, now=at)
        follow_up(_ID, self._registration(former.email or ""), now=at)

    def _mailed_token(self, email: str, *, now: datetime) -> str:
        """Return the token of the link that the address would be mailed."""
        registration = self._registration(email)
        token = link_token(registration.digest, new_secret())
        write_token(_ID, registration.digest, registration.asked_at, token)
        follow_up(_ID, registration, now=now)
        return token

    def _registration(self, email: str) -> Registration:
        registration = find_registration(_ID, address_digest(_ID, email))
        if registration is None:
            raise LookupError(email)
        return registration

    def _book(self) -> None:
        """Do what was done soon after the release: bookings, a suspension, and a new regular."""
        at = self._calendar.past(self._calendar.last_release + timedelta(minutes=90))
        for name, weeks in _BOOKINGS.items():
            for week in weeks:
                self._book_place(name, week, BY_NAME[name].place, now=at)
        for name, week, place in (*_EXTRA_BOOKINGS, _CONFLICT):
            self._book_place(name, week, place, now=at)
        reason = "Missed twice, and did not call back."
        client_id = BY_NAME["Theo Lang"].client_id
        set_privilege(_ID, client_id, Privilege.SUSPENDED, reason=reason, now=at)
        self._enter_regular(BY_NAME["Claire Dubois"], now=at)

    def _enter_regular(self, person: Person, *, now: datetime) -> None:
        """Enter somebody's usual time as a regular, from the week after the released one on."""
        regular = Regular(
            regular_id="",
            client_id=person.client_id,
            weekday=person.weekday,
            start=person.start,
            first=(self._calendar.released + 1).monday,
        )
        add_regular(_ID, regular, preview=False, now=now)

    def _book_place(self, name: str, weeks: int, place: tuple[str, time], *, now: datetime) -> None:
        slot_id = self._calendar.slot_id(weeks, place)
        book_for_client(_ID, BY_NAME[name].client_id, slot_id, now=now)

    def _this_week(self) -> None:
        """Do what has come due by now of what happens in the released week."""
        for weekday, at, act in self._events():
            due = self._calendar.instant(0, weekday, at)
            if due <= self._calendar.now:
                act(now=due)

    def _events(self) -> tuple[tuple[str, time, Callable[..., object]], ...]:
        """Return the acts of the released week, each with its weekday and time."""
        ruth, elena, jonas = (
            (BY_NAME[name].client_id, self._appointment(name, 0))
            for name in ("Ruth Abara", "Elena Petrova", "Jonas Weber")
        )
        early_afternoon = self._calendar.slot_id(0, ("wednesday", time(13)))
        school_call = ("wednesday", time(14))
        return (
            ("monday", time(8), partial(self._block, 0, TRAINING, "training")),
            ("monday", time(9, 15), partial(move, _ID, *elena, early_afternoon)),
            ("monday", time(12, 10), partial(mark_outcome, _ID, ruth[1], Outcome.NO_SHOW)),
            ("tuesday", time(9), partial(self._block, 0, school_call, "school call")),
            ("wednesday", time(7, 55), partial(cancel_own, _ID, *jonas)),
        )

    def _change_sessions(self) -> None:
        """Change coming sessions: one is cancelled, one moved, and some fall into time off."""
        now = self._calendar.now
        nadia, yusuf = BY_NAME["Nadia Karim"], BY_NAME["Yusuf Demir"]
        cancel_own(_ID, nadia.client_id, self._appointment(nadia.name, 2), now=now)
        afternoon = self._calendar.slot_id(1, ("thursday", time(14)))
        move(_ID, yusuf.client_id, self._appointment(yusuf.name, 1), afternoon, now=now)
        take_time_off(_ID, self._time_off(), preview=False, now=now)

    def _time_off(self) -> TimeOff:
        calendar = self._calendar
        return TimeOff(
            time_off_id="",
            begins=calendar.instant(3, "thursday", time(0)),
            ends=calendar.instant(3, "saturday", time(0)),
            made_at=calendar.now,
            cancel_booked=True,
            message="I am away on Thursday and Friday. Please choose another time that week.",
            notice="The practice is closed until Monday. In a crisis, call or text 988.",
            note="Conference in Burlington, train at 7:10.",
        )

    def _ask(self) -> None:
        """One client asks for a regular time, another has been declined."""
        now = self._calendar.now
        at = self._calendar.past(self._calendar.last_release + timedelta(hours=20))
        for name, weeks, every_weeks in (("Peter Novak", 1, 1), ("Elena Petrova", 2, 2)):
            client_id, session = BY_NAME[name].client_id, self._appointment(name, weeks)
            asked_regulars.ask(_ID, client_id, session, every_weeks=every_weeks, now=at)
        asked_regulars.decline(_ID, BY_NAME["Elena Petrova"].client_id, now=now)

    def _set_slots(self) -> None:
        """Keep a slot back, block one, and open an extra one, in the week after the released."""
        now, calendar = self._calendar.now, self._calendar
        kept_back = calendar.slot_id(1, BY_NAME["Gwen Harlow"].place)
        set_slot(_ID, kept_back, SlotState.HELD, note="For Gwen, if she calls", now=now)
        self._block(1, TRAINING, "supervision", now=now)
        start = calendar.instant(1, "saturday", time(10))
        note = "Makes up for the week of the conference"
        open_extra(_ID, start=start, minutes=50, prime=False, note=note, now=now)

    def _block(self, weeks: int, place: tuple[str, time], note: str, *, now: datetime) -> None:
        slot_id = self._calendar.slot_id(weeks, place)
        set_slot(_ID, slot_id, SlotState.BLOCKED, note=note, now=now)

    def _appointment(self, name: str, weeks: int) -> str:
        """Return the id of the session at somebody's usual time."""
        slot = read_slot(_ID, self._calendar.slot_id(weeks, BY_NAME[name].place))
        return slot.appointment_id or ""
