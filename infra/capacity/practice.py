"""Assumptions about a typical practice, and the operations that follow from them.

Nobody has measured the assumptions. Change them here and run `make capacity` again.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from infra.capacity.operations import Operation

WEEKS_A_MONTH = 52 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """One practice and its people. A share is a probability from 0 to 1; figures are means."""

    slots_a_week: int = 30
    days_a_week: int = 5
    horizon_weeks: int = 6
    """Weeks published ahead, as for a new practice."""
    weekly_regulars: int = 12
    fortnightly_regulars: int = 6
    others: int = 18
    """Clients who book session by session. There is a free slot for everybody who wants one."""

    wishing: float = 0.45
    """Share of the others who want a session in a given week."""
    eager: float = 0.3
    """Share of those who come right after the release."""
    rush_minutes: float = 5
    """Minutes after the release over which the eager come, evenly."""
    looks: float = 3
    """Lists of open slots read to find one."""
    beaten: float = 0.05
    """Share of bookings that first try a slot that somebody else has just booked."""
    signed_in_weeks: float = 1
    """How long a client stays signed in (`RefreshTokenValidity` in the template)."""

    cancelling: float = 0.08
    """Share of sessions that the client cancels."""
    moving: float = 0.07
    """Share of sessions that the client moves."""
    rebooking: float = 0.5
    """Share of those who lost a session who book another."""
    late: float = 0.25
    """Share of the clients' cancellations that are late, which the therapist is mailed."""
    missing: float = 0.03
    """Share of sessions that the client misses."""
    waiving: float = 0.3
    """Share of missed sessions for which the therapist waives the strike."""

    asking_a_month: float = 2
    """People a month who look at the practice as possible new clients."""
    joining_a_month: float = 1
    """New clients a month, whom the therapist enters; as many leave."""
    settling_a_month: float = 0.3
    """Clients a month who become regulars; as many regulars end."""
    holidays: int = 5
    """Times off a year."""
    days_off: int = 27
    """Working days in them."""
    sick_days: int = 4
    """Days a year that the therapist calls off on the same morning."""
    calendars_a_day: float = 4
    """Views of the calendar on a working day."""
    records_a_week: float = 6
    """Views of a client's record a week."""
    by_hand_a_week: float = 1
    """Slots a week that the therapist sets by hand, and as many bookings made for clients."""

    @property
    def clients(self) -> int:
        """Everybody who has sessions."""
        return self.weekly_regulars + self.fortnightly_regulars + self.others

    @property
    def placed(self) -> float:
        """Sessions a month that planning places for regulars."""
        worked = 1 - self.days_off / (52 * self.days_a_week)
        return WEEKS_A_MONTH * worked * (self.weekly_regulars + self.fortnightly_regulars / 2)

    @property
    def called_off(self) -> float:
        """The share of sessions that the therapist calls off."""
        return self.sick_days / (52 * self.days_a_week)

    @property
    def booked(self) -> float:
        """Sessions a month that clients book, in place of lost ones too."""
        wished = WEEKS_A_MONTH * self.others * self.wishing + self.joining_a_month
        rebooked = self.rebooking * (self.cancelling + self.called_off)
        return (wished + rebooked * self.placed) / (1 - rebooked)

    @property
    def sign_ins(self) -> float:
        """The share of visits for which the client must sign in; others refresh a token."""
        return 1 / (1 + self.wishing * self.signed_in_weeks)

    @property
    def active_users(self) -> float:
        """Users whom Cognito charges for in a month; visits are Poisson-distributed."""
        changes, regulars = self.cancelling + self.moving, self.clients - self.others
        groups = (
            (self.others, self.booked * (1 + changes)),
            (regulars, self.placed * changes),
        )
        active = sum(people * (1 - exp(-visits / people)) for people, visits in groups)
        return active + self.joining_a_month + 1

    def a_month(self) -> dict[Operation, float]:
        """Return how often each operation happens in a month."""
        sessions = self.placed + self.booked
        cancelled, moved = self.cancelling * sessions, self.moving * sessions
        called_off = self.called_off * sessions
        kept = sessions - cancelled - called_off
        dropped = self.booked * (1 - self.cancelling - self.called_off)
        visits = self.booked + cancelled + moved
        days = WEEKS_A_MONTH * self.days_a_week
        moves = 2 * self.settling_a_month + self.joining_a_month
        times_off = (self.holidays + self.sick_days) / 12
        return {
            **self._visits(visits, searches=self.booked + moved, bookings=self.booked),
            Operation.MOVE: moved,
            Operation.CANCEL: cancelled,
            Operation.THERAPIST: self.asking_a_month,
            Operation.PRACTICE: days,
            Operation.CALENDAR: days * self.calendars_a_day,
            Operation.PREVIEW_RELEASE: WEEKS_A_MONTH,
            Operation.CLIENTS: WEEKS_A_MONTH,
            Operation.CLIENT: WEEKS_A_MONTH * self.records_a_week,
            Operation.SET_SLOT: WEEKS_A_MONTH * self.by_hand_a_week,
            Operation.BOOK_FOR: WEEKS_A_MONTH * self.by_hand_a_week,
            Operation.OUTCOME: self.missing * kept * (1 + self.waiving),
            Operation.TIME_OFF: times_off,
            Operation.ADD_REGULAR: self.settling_a_month,
            Operation.END_REGULAR: self.settling_a_month,
            Operation.ADD_CLIENT: self.joining_a_month,
            Operation.INVITE: self.joining_a_month,
            Operation.DISCHARGE: self.joining_a_month,
            Operation.RELEASE: WEEKS_A_MONTH,
            Operation.CLIENT_EVENT: sessions + 2 * moved + cancelled + called_off + dropped,
            Operation.PRACTICE_EVENT: WEEKS_A_MONTH + times_off + moves,
            Operation.MAIL_EVENT: sessions + 2 * moved + cancelled + called_off,
            Operation.SEND: self._mails(sessions, cancelled, moved, called_off),
            Operation.PUBLISHED: WEEKS_A_MONTH * self.slots_a_week - self.placed,
            Operation.PLACED: self.placed + self.settling_a_month * self.horizon_weeks,
            Operation.ENDED: called_off + moves * self.horizon_weeks / 2,
            Operation.DROPPED: dropped,
        }

    def _mails(self, sessions: float, cancelled: float, moved: float, called_off: float) -> float:
        """Return the mails a month: confirmations, a reminder of each session, and the therapist's.

        A regular's sessions are not confirmed one by one.
        """
        confirmed = self.booked + moved + cancelled + called_off
        reminded = sessions - cancelled - called_off
        regulars = 2 * self.settling_a_month
        to_therapist = self.late * cancelled + WEEKS_A_MONTH
        by_hand = WEEKS_A_MONTH * self.by_hand_a_week
        return confirmed + reminded + regulars + self.joining_a_month + by_hand + to_therapist

    def a_second(self) -> dict[Operation, float]:
        """Return how often each operation happens in a second after the release."""
        visits = self.others * self.wishing * self.eager / (self.rush_minutes * 60)
        return self._visits(visits, searches=visits, bookings=visits)

    def _visits(self, visits: float, *, searches: float, bookings: float) -> dict[Operation, float]:
        """Return the operations of visits, some of which search for a slot, or book one."""
        beaten = self.beaten * bookings
        return {
            Operation.SIGN_IN: visits * self.sign_ins,
            Operation.REFRESH: visits * (1 - self.sign_ins),
            Operation.ME: visits,
            Operation.SLOTS: self.looks * searches + beaten,
            Operation.REFUSED: beaten,
            Operation.BOOK: bookings,
        }


TYPICAL = Practice()
