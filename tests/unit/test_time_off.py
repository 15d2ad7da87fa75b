"""Time off: the slots that it blocks."""

from datetime import timedelta

import pytest

from openhour.rules.clients import Mail
from openhour.rules.mail_stops import MailStop, StopReason
from openhour.rules.time_off import calls_about
from tests.unit.builders import (
    BLOCKED,
    HELD,
    NOW,
    OPEN,
    a_client,
    a_slot,
    an_appointment,
    hours,
    time_off,
)


@pytest.mark.parametrize(
    ("since", "until", "covered"),
    [
        pytest.param("17:30", "18:20", True, id="exactly"),
        pytest.param("09:00", "20:00", True, id="all day"),
        pytest.param("17:50", "17:51", True, id="a minute within it"),
        pytest.param("17:00", "17:31", True, id="its first minute"),
        pytest.param("18:19", "19:00", True, id="its last minute"),
        pytest.param("17:00", "17:30", False, id="until it begins"),
        pytest.param("18:20", "19:00", False, id="from its end"),
    ],
)
def test_any_part_of_a_slot_in_time_off_takes_it(since, until, covered):
    span = time_off(f"2026-11-23 {since}", f"2026-11-23 {until}")
    slot = a_slot("2026-11-23 17:30", minutes=50)
    assert span.covers(slot) is covered
    assert span.blocks(slot) is covered


@pytest.mark.parametrize(
    ("manual_state", "after", "blocked"),
    [
        pytest.param(OPEN, 1, False, id="opened since"),
        pytest.param(HELD, 1, False, id="held since"),
        pytest.param(BLOCKED, 1, True, id="blocked since, which is no wish to work"),
        pytest.param(OPEN, -1, True, id="opened before"),
        pytest.param(OPEN, 0, True, id="opened in the same instant"),
    ],
)
def test_slots_opened_after_time_off_stay_open(manual_state, after, blocked):
    span = time_off("2026-11-23 00:00", "2026-11-24 00:00", made_at=NOW)
    slot = a_slot(state=manual_state, manual_state=manual_state, manual_state_at=NOW + hours(after))
    assert span.blocks(slot) is blocked


def test_an_extra_opening_made_since_is_not_taken():
    span = time_off("2026-11-23 00:00", "2026-11-24 00:00", made_at=NOW)
    assert not span.blocks(a_slot(extra=True, manual_state_at=NOW + hours(1)))
    assert span.blocks(a_slot(extra=True, manual_state_at=NOW - hours(1)))


@pytest.mark.parametrize("until", ["2026-11-23 09:00", "2026-11-22 09:00"])
def test_time_off_ends_after_it_begins(until):
    with pytest.raises(ValueError, match="end after it begins"):
        time_off("2026-11-23 09:00", until)


STOP = MailStop(reason=StopReason.COMPLAINED, at=NOW)
CALLED = {
    "mail reaches her": ({"email": "ann@example.org"}, 30, None),
    "her session was soon": ({"email": "ann@example.org"}, 23, "soon"),
    "her session was in a day": ({"email": "ann@example.org"}, 24, None),
    "no address": ({}, 30, "no_address"),
    "mail off": ({"email": "ann@example.org", "mail": Mail.NONE}, 30, "mail_off"),
    "changes alone": ({"email": "ann@example.org", "mail": Mail.CHANGES}, 30, None),
    "mail stopped": ({"email": "ann@example.org", "mail_stopped": STOP}, 30, "mail_stopped"),
    "mail stopped and soon": (
        {"email": "ann@example.org", "mail_stopped": STOP},
        1,
        "mail_stopped",
    ),
    "no address and soon": ({}, 1, "no_address"),
}


@pytest.mark.parametrize(("who", "ahead", "why"), CALLED.values(), ids=CALLED)
def test_those_are_called_whom_mail_does_not_reach_in_time(who, ahead, why):
    session = an_appointment(start=NOW + timedelta(hours=ahead))
    called = calls_about([session], {"ann": a_client(**who)}, are_mailed=True, now=NOW)
    assert [call.why.value for call in called] == ([why] if why else [])


@pytest.mark.parametrize("ahead", [1, 30])
def test_everybody_is_called_while_the_practice_mails_nobody(ahead):
    session = an_appointment(start=NOW + timedelta(hours=ahead))
    ann = a_client(email="ann@example.org")
    (called,) = calls_about([session], {"ann": ann}, are_mailed=False, now=NOW)
    assert called.why.value == "not_mailed"
