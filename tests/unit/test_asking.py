"""When a client may ask that a session repeat, and what becomes of the request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.appointments import Appointment, Party, Status
from openhour.rules.asked_regulars import AskedRegular, AskedState, standing, unsettled
from openhour.rules.asking import (
    is_repeated_request,
    request_regular,
    require_request,
    standing_request,
)
from openhour.rules.cancellation import Ending, as_cancelled
from openhour.rules.clients import Client, Privilege
from openhour.rules.refusals import Refusal
from tests.unit.builders import (
    NOW,
    a_booking,
    a_client,
    a_practice,
    a_regular,
    an_appointment,
    at,
    hours,
)

SUSPENDED = a_client(privilege=Privilege.SUSPENDED)
DISCHARGED = a_client(privilege=Privilege.ENDED)
ON = a_practice()
OFF = a_practice(self_scheduling=False)
TUESDAY = an_appointment()  # at 17:30
WEEKLY = a_regular(when="tuesday 17:30")
OTHER_WEEKS = a_regular(when="tuesday 17:30", every_weeks=2, first=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("practice", "client", "appointment", "refusal"),
    [
        pytest.param(ON, a_client(), TUESDAY, "", id="an ordinary session"),
        pytest.param(ON, a_client(new=True), TUESDAY, "", id="the first of a new client"),
        pytest.param(ON, a_client(weeks={"2026-W48": 9}), TUESDAY, "", id="in a full week"),
        pytest.param(ON, None, TUESDAY, "unknown-client", id="of nobody"),
        pytest.param(ON, DISCHARGED, TUESDAY, "unknown-client", id="discharged"),
        pytest.param(ON, SUSPENDED, TUESDAY, "privilege-suspended", id="suspended"),
        pytest.param(ON, SUSPENDED, None, "privilege-suspended", id="suspended, and nothing there"),
        pytest.param(ON, a_client(), None, "unknown-appointment", id="nothing there"),
        pytest.param(OFF, a_client(), None, "unknown-appointment", id="off, and nothing there"),
        pytest.param(OFF, a_client(), TUESDAY, "self-scheduling-off", id="booking is off"),
        pytest.param(
            OFF,
            a_client(),
            an_appointment(NOW),
            "self-scheduling-off",
            id="booking is off, and it has begun",
        ),
        *(
            pytest.param(
                ON,
                a_client(),
                replace(TUESDAY, status=status),
                "unknown-appointment",
                id=f"it is {status}",
            )
            for status in (Status.CANCELLED, Status.LATE_CANCELLED, Status.MOVED)
        ),
        pytest.param(ON, a_client(), an_appointment(NOW), "already-started", id="it begins now"),
        pytest.param(
            ON,
            a_client(),
            an_appointment(NOW - hours(30)),
            "already-started",
            id="it was yesterday",
        ),
        pytest.param(
            ON,
            a_client(),
            replace(TUESDAY, status=Status.NO_SHOW),
            "already-started",
            id="it is marked as missed",
        ),
        pytest.param(
            ON,
            a_client(),
            replace(TUESDAY, regular_id="r1"),
            "already-regular",
            id="it is a regular's",
        ),
        pytest.param(
            ON,
            a_client(regulars=(WEEKLY,)),
            TUESDAY,
            "already-regular",
            id="a regular is about to adopt it",
        ),
        pytest.param(
            ON, a_client(regulars=(OTHER_WEEKS,)), TUESDAY, "", id="a regular has the other weeks"
        ),
        pytest.param(
            ON,
            a_client(regulars=(replace(WEEKLY, until=date(2026, 11, 23)),)),
            TUESDAY,
            "",
            id="a regular ended the day before",
        ),
        pytest.param(
            ON,
            a_client(regulars=(replace(WEEKLY, start=time(17, 0)),)),
            TUESDAY,
            "",
            id="a regular is at another time",
        ),
        pytest.param(ON, a_client(regulars=None), TUESDAY, "", id="a row without regulars"),
    ],
)
def test_a_client_may_ask_that_an_ordinary_session_ahead_repeat(
    practice, client, appointment, refusal
):
    def request():
        return request_regular(practice, client, appointment, every_weeks=1, now=NOW)

    if refusal:
        with pytest.raises(Refusal) as refused:
            request()
        assert refused.value.name == refusal
    else:
        assert request().appointment_id == appointment.appointment_id


def test_a_request_has_the_promised_weekday_and_time():
    """Its zone has changed its rules since."""
    session = an_appointment(local_start=datetime.fromisoformat("2026-11-25T00:30"))
    asked = request_regular(ON, a_client(), session, every_weeks=3, now=NOW)
    assert (asked.weekday, asked.start) == ("wednesday", time(0, 30))
    assert asked.first == date(2026, 11, 25)


def test_the_weekday_and_time_are_the_therapists():
    session = an_appointment(at("2026-11-24 20:30"))  # Wednesday in UTC
    asked = request_regular(ON, a_client(), session, every_weeks=1, now=NOW)
    assert (asked.weekday, asked.start) == ("tuesday", time(20, 30))


@pytest.mark.parametrize("every_weeks", [0, 5])
def test_there_are_no_other_intervals(every_weeks):
    with pytest.raises(ValueError, match="1 to 4"):
        request_regular(ON, a_client(), TUESDAY, every_weeks=every_weeks, now=NOW)


ASKED = request_regular(ON, a_client(), TUESDAY, every_weeks=2, now=NOW)
DECLINED = replace(ASKED, state=AskedState.DECLINED)


@pytest.mark.parametrize(
    ("asked", "appointment", "every_weeks", "repeats"),
    [
        pytest.param(ASKED, TUESDAY, 2, True, id="the same"),
        pytest.param(ASKED, TUESDAY, 1, False, id="another interval"),
        pytest.param(ASKED, an_appointment(at("2026-12-01 17:30")), 2, False, id="another session"),
        pytest.param(DECLINED, TUESDAY, 2, False, id="declined since"),
        pytest.param(None, TUESDAY, 2, False, id="nothing before"),
        pytest.param(ASKED, replace(TUESDAY, regular_id="r1"), 2, False, id="it repeats by now"),
        pytest.param(ASKED, None, 2, False, id="the session is not there"),
    ],
)
def test_asking_for_the_same_again_is_a_repeat(asked, appointment, every_weeks, repeats):
    client = a_client(asked_regular=asked)
    assert is_repeated_request(client, appointment, every_weeks, now=NOW) is repeats


@pytest.mark.parametrize(
    ("session", "stands"),
    [
        pytest.param(a_booking("2026-11-24 17:30"), True, id="its session is booked"),
        pytest.param(a_booking("2026-11-24 17:30", token="b2"), False, id="booked anew"),
        pytest.param(a_booking("2026-11-24 18:30"), False, id="another session"),
        pytest.param(replace(a_booking("2026-11-24 17:30"), regular_id="r1"), False, id="adopted"),
    ],
)
def test_a_request_stands_while_its_session_is_booked_and_ordinary(session, stands):
    assert (standing(ASKED, [session]) is ASKED) is stands


@pytest.mark.parametrize(
    ("regular", "settles"),
    [
        pytest.param(WEEKLY, True, id="on that weekday at that time"),
        pytest.param(OTHER_WEEKS, True, id="in other weeks"),
        pytest.param(a_regular(when="wednesday 17:30"), False, id="on another weekday"),
        pytest.param(a_regular(when="tuesday 17:00"), False, id="at another time"),
    ],
)
@pytest.mark.parametrize("asked", [ASKED, DECLINED], ids=["asked", "declined"])
def test_a_regular_at_that_time_settles_the_request(asked, regular, settles):
    assert (unsettled(asked, regular) is None) is settles


# The life of a request, in any order of acts.

SESSIONS = tuple(at(day) for day in ("2026-11-24 17:30", "2026-11-25 10:00", "2026-12-01 17:30"))
REGULARS = (WEEKLY, OTHER_WEEKS, a_regular(when="wednesday 10:00"), a_regular(when="friday 09:00"))
Act = tuple[str, int]
acts = st.lists(
    st.tuples(
        st.sampled_from(
            ("ask", "ask", "decline", "withdraw", "cancel", "enter", "suspend", "wait")
        ),
        st.integers(0, 11),
    ),
    max_size=12,
)


class Life:
    """A client with three sessions, acted upon by the rules, and what should be asked for."""

    def __init__(self) -> None:
        self.now = NOW
        self.client: Client = a_client()
        self.sessions: list[Appointment] = [an_appointment(start) for start in SESSIONS]
        self.expected: tuple[int, int, AskedState] | None = None
        """The session's number, the interval and the state."""

    def do(self, act: str, n: int) -> None:
        getattr(self, act)(n)
        if self.expected and not self._is_ahead(self.expected[0]):
            self.expected = None

    def _is_ahead(self, which: int) -> bool:
        session = self.sessions[which]
        return session.status is Status.BOOKED and session.end > self.now

    def ask(self, n: int) -> None:
        which, every_weeks = n % 3, n // 3 + 1
        session = self.sessions[which]
        if is_repeated_request(self.client, session, every_weeks, now=self.now):
            assert self.expected == (which, every_weeks, AskedState.ASKED)
            return
        try:
            asked = request_regular(ON, self.client, session, every_weeks=every_weeks, now=self.now)
        except Refusal:
            return
        assert self.client.privilege is Privilege.ACTIVE
        assert session.start > self.now
        self.client = replace(self.client, asked_regular=asked)
        self.expected = (which, every_weeks, AskedState.ASKED)

    def decline(self, _: int) -> None:
        asked = self._standing()
        if asked is None:
            assert self.expected is None
            return
        declined = replace(asked, state=AskedState.DECLINED)
        self.client = replace(self.client, asked_regular=declined)
        assert self.expected
        self.expected = (*self.expected[:2], AskedState.DECLINED)

    def withdraw(self, _: int) -> None:
        self.client = replace(self.client, asked_regular=None)
        self.expected = None

    def cancel(self, n: int) -> None:
        session = self.sessions[n % 3]
        ending = Ending(late=False, strike=False)
        self.sessions[n % 3] = as_cancelled(session, ending, by=Party.CLIENT, now=self.now)

    def enter(self, n: int) -> None:
        regular = REGULARS[n % 4]
        asked = unsettled(self.client.asked_regular, regular)
        self.client = replace(self.client, asked_regular=asked, regulars=(regular,))
        weekday, start = regular.weekday, regular.start
        if self.expected:
            local = SESSIONS[self.expected[0]].astimezone(ON.zone)
            if (f"{local:%A}".lower(), local.time()) == (weekday, start):
                self.expected = None

    def suspend(self, n: int) -> None:
        privilege = Privilege.SUSPENDED if n % 2 else Privilege.ACTIVE
        self.client = replace(self.client, privilege=privilege)

    def wait(self, n: int) -> None:
        self.now += timedelta(hours=6 * n)

    def _standing(self) -> AskedRegular | None:
        found = (standing_request(self.client, each, now=self.now) for each in self.sessions)
        return next((each for each in found if each), None)

    def check(self) -> None:
        asked = self._standing()
        if self.expected is None:
            assert asked is None
            return
        which, every_weeks, state = self.expected
        assert asked
        assert asked.appointment_id == self.sessions[which].appointment_id
        assert (asked.every_weeks, asked.state) == (every_weeks, state)
        assert require_request(self.client, self.sessions[which], now=self.now) is asked


@given(acts)
def test_a_request_lives_until_it_is_settled_withdrawn_or_its_session_ends(acts):
    life = Life()
    for act, n in acts:
        life.do(act, n)
        life.check()
