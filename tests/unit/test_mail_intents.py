"""Who is told of what: the intents that a changed row gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.appointments import Party, Status
from openhour.rules.asked_regulars import AskedRegular, AskedState
from openhour.rules.cancellation import Ending, as_cancelled
from openhour.rules.clients import DischargeReason, Privilege, Strike
from openhour.rules.mail_intents import (
    MailIntent,
    intents_of_appointment,
    intents_of_client,
    intents_of_regular,
)
from openhour.rules.mails import MailKind
from openhour.rules.move import as_moved
from tests.unit.builders import NOW, a_client, a_regular, an_appointment, at

BOOKED = an_appointment()
NEXT = an_appointment(at("2026-12-02 17:30"), uid=BOOKED.appointment_id, sequence=1)
ON_TIME, LATE = Ending(late=False, strike=False), Ending(late=True, strike=True)


def cancelled(ending=ON_TIME, *, by=Party.CLIENT, of=BOOKED, **but):
    return replace(as_cancelled(of, ending, by=by, now=NOW), **but)


def moved(**but):
    return replace(as_moved(BOOKED, ON_TIME, to=NEXT, now=NOW), **but)


def by_plan(**but):
    return cancelled(by=Party.THERAPIST, **but)


def kinds(before, after):
    return [intent.kind for intent in intents_of_appointment(before, after)]


ENDED_BY_HAND = {"told_at": NOW}
SESSIONS = {
    "booked by the client": (None, BOOKED, ["booked"]),
    "booked by the therapist": (None, replace(BOOKED, made_by=Party.THERAPIST), ["booked"]),
    "booked silently": (None, replace(BOOKED, notify=False), []),
    "placed by the plan": (None, replace(BOOKED, regular_id="r1"), []),
    "placed again by the plan": (
        by_plan(by_plan=True, of=replace(BOOKED, regular_id="r1")),
        replace(BOOKED, regular_id="r1"),
        [],
    ),
    "the new session of a move": (None, replace(NEXT, moved_from=BOOKED.appointment_id), []),
    "the old session of a move": (BOOKED, moved(), ["moved"]),
    "moved silently": (BOOKED, moved(notify=False, told_at=NOW), []),
    "cancelled in time": (BOOKED, cancelled(), ["cancelled"]),
    "cancelled late": (BOOKED, cancelled(LATE), ["cancelled", "late-cancellation"]),
    "cancelled late by phone": (BOOKED, cancelled(LATE, **ENDED_BY_HAND), ["cancelled"]),
    "cancelled silently": (BOOKED, cancelled(notify=False, **ENDED_BY_HAND), []),
    "cancelled by the therapist": (BOOKED, by_plan(**ENDED_BY_HAND), ["cancelled"]),
    "cancelled by a sick day": (BOOKED, by_plan(time_off_id="s1"), ["cancelled"]),
    "cancelled by a silent sick day": (BOOKED, by_plan(time_off_id="s1", notify=False), []),
    "ended by a discharge": (BOOKED, by_plan(), []),
    "ended with its regular": (BOOKED, by_plan(by_plan=True), []),
    "adopted by a regular": (BOOKED, replace(BOOKED, regular_id="r1"), []),
    "missed": (BOOKED, replace(BOOKED, status=Status.NO_SHOW, strike=True), []),
    "waived": (cancelled(LATE), replace(cancelled(LATE), status=Status.CANCELLED), []),
    "written again": (BOOKED, BOOKED, []),
    "deleted": (BOOKED, None, []),
    "imported as it ended": (None, cancelled(), []),
}


@pytest.mark.parametrize(("before", "after", "told"), SESSIONS.values(), ids=SESSIONS)
def test_a_changed_session_is_told_of(before, after, told):
    assert kinds(before, after) == told


OWN = {
    "own booking": (None, BOOKED, True),
    "the therapist's booking": (None, replace(BOOKED, made_by=Party.THERAPIST), False),
    "own cancellation": (BOOKED, cancelled(), True),
    "cancelled by phone": (BOOKED, cancelled(**ENDED_BY_HAND), False),
    "cancelled by the therapist": (BOOKED, by_plan(**ENDED_BY_HAND), False),
    "own move": (BOOKED, moved(), True),
    "moved by phone": (BOOKED, moved(told_at=NOW), False),
}


@pytest.mark.parametrize(("before", "after", "own"), OWN.values(), ids=OWN)
def test_the_answer_to_an_own_act_need_not_wait(before, after, own):
    (intent,) = intents_of_appointment(before, after)
    assert intent.own is own


def test_a_move_is_as_old_as_the_end_of_the_old_session():
    old = replace(BOOKED, made_at=NOW - timedelta(days=30))
    (intent,) = intents_of_appointment(old, as_moved(old, ON_TIME, to=NEXT, now=NOW))
    assert not intent.is_too_old(now=NOW + timedelta(hours=6))
    assert intent.is_too_old(now=NOW + timedelta(hours=6, seconds=1))


REGULAR = a_regular(entered_at=NOW)
REGULARS = {
    "entered": (None, REGULAR, ["regular-entered"]),
    "entered silently": (None, replace(REGULAR, notify=False), []),
    "of an earlier version": (None, replace(REGULAR, entered_at=None), []),
    "changed": (REGULAR, replace(REGULAR, every_weeks=2, sequence=1), ["regular-changed"]),
    "skipped once": (
        REGULAR,
        replace(REGULAR, exceptions=frozenset({("ann", date(2026, 12, 1))})),
        [],
    ),
    "handed to another": (
        REGULAR,
        replace(REGULAR, client_id="bob", sequence=1),
        ["regular-ended", "regular-entered"],
    ),
    "ended": (REGULAR, replace(REGULAR, ended=True, ended_at=NOW), ["regular-ended"]),
    "ended silently": (
        REGULAR,
        replace(REGULAR, ended=True, ended_at=NOW, notify=False),
        [],
    ),
    "ended by a discharge": (REGULAR, replace(REGULAR, ended=True), []),
    "written again": (REGULAR, REGULAR, []),
}


@pytest.mark.parametrize(("before", "after", "told"), REGULARS.values(), ids=REGULARS)
def test_a_changed_regular_is_told_of_once(before, after, told):
    assert [intent.kind for intent in intents_of_regular(before, after)] == told


def test_a_regular_that_is_handed_on_tells_both_clients():
    given_to_bob = replace(REGULAR, client_id="bob", sequence=1)
    told = [each.client_id for each in intents_of_regular(REGULAR, given_to_bob)]
    assert told == [REGULAR.client_id, "bob"]


CLIENT = a_client()
STRIKE = Strike(appointment_id="a1", at=NOW)
SUSPENDED = replace(CLIENT, privilege=Privilege.SUSPENDED, notify=True)
BY_STRIKE = replace(
    CLIENT, privilege=Privilege.SUSPENDED, strikes=(STRIKE,), suspended_by_strike="a1"
)
DISCHARGED = replace(CLIENT, privilege=Privilege.ENDED, discharged_at=NOW, notify=True)
ASKED = AskedRegular(
    appointment_id="a1", every_weeks=1, local_start=NOW.replace(tzinfo=None), asked_at=NOW
)
CLIENTS = {
    "registered": (
        None,
        replace(CLIENT, registered_online=True, created_at=NOW),
        ["registered"],
    ),
    "entered by the therapist": (None, replace(CLIENT, created_at=NOW), []),
    "suspended": (CLIENT, SUSPENDED, ["suspended"]),
    "suspended silently": (CLIENT, replace(SUSPENDED, notify=False), []),
    "suspended by a strike": (CLIENT, BY_STRIKE, ["suspended", "limit-reached"]),
    "a strike": (CLIENT, replace(CLIENT, strikes=(STRIKE,)), ["limit-reached"]),
    "restored": (
        SUSPENDED,
        replace(CLIENT, restored_at=NOW, notify=True),
        ["restored"],
    ),
    "restored silently": (SUSPENDED, replace(CLIENT, restored_at=NOW), []),
    "restored by waiving the strike": (BY_STRIKE, CLIENT, ["restored"]),
    "discharged": (CLIENT, DISCHARGED, ["discharged"]),
    "discharged silently": (CLIENT, replace(DISCHARGED, notify=False), []),
    "died": (CLIENT, replace(DISCHARGED, discharge_reason=DischargeReason.DIED), []),
    "asks for a regular": (CLIENT, replace(CLIENT, asked_regular=ASKED), ["regular-asked"]),
    "is declined one": (
        replace(CLIENT, asked_regular=ASKED),
        replace(CLIENT, asked_regular=replace(ASKED, state=AskedState.DECLINED)),
        ["regular-declined"],
    ),
    "withdraws the request": (replace(CLIENT, asked_regular=ASKED), CLIENT, []),
    "changes the address": (CLIENT, replace(CLIENT, email="new@example.org"), []),
}


@pytest.mark.parametrize(("before", "after", "told"), CLIENTS.values(), ids=CLIENTS)
def test_a_changed_client_is_told_of(before, after, told):
    assert [each.kind for each in intents_of_client(before, after, seen_at=NOW)] == told


SESSION_STATES = st.sampled_from(
    [None, BOOKED, cancelled(), cancelled(LATE), by_plan(), by_plan(by_plan=True), moved()]
)


@given(SESSION_STATES, SESSION_STATES)
def test_a_change_seen_twice_has_the_same_keys_and_different_mails_have_different_ones(
    before, after
):
    first = list(intents_of_appointment(before, after))
    again = [each.key for each in intents_of_appointment(before, after)]
    assert [each.key for each in first] == again
    assert len(set(again)) == len(again)


@given(st.lists(SESSION_STATES, min_size=2, max_size=6))
def test_a_session_gives_at_most_one_mail_of_a_kind_whatever_becomes_of_it(states):
    steps = pairwise(states)
    told = {
        intent.key: intent
        for before, after in steps
        for intent in intents_of_appointment(before, after)
    }
    assert len({(each.kind, each.client_id) for each in told.values()}) == len(told)


def test_keys_name_the_row_and_the_act():
    (booked,) = intents_of_appointment(None, BOOKED)
    assert booked.key == f"{BOOKED.appointment_id}#booked"
    reminder = MailIntent(
        kind=MailKind.REMINDER, subject="a1", client_id="ann", acted_at=NOW, occasion="48"
    )
    assert reminder.key == "reminder#a1#48"
