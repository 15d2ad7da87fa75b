"""Mail stops: which events stop mail to a client, and what starts it again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.mail_stops import MailStop, StopReason
from openhour.rules.reachability import is_same_address, with_mail_resumed, with_mail_stopped
from openhour.rules.refusals import MailNotStopped
from tests.unit.builders import NOW, a_client

ANN = a_client(email="ann@example.org")
BOUNCED, COMPLAINED = StopReason.BOUNCED, StopReason.COMPLAINED
HOUR = timedelta(hours=1)


def stopped(client=ANN, reason=BOUNCED, address="ann@example.org", sent_at=NOW, now=NOW):
    return with_mail_stopped(client, reason, address=address, sent_at=sent_at, now=now)


CASES = {
    "her address": (ANN, "ann@example.org", NOW, True),
    "her address in capitals": (ANN, "ANN@EXAMPLE.ORG", NOW, True),
    "an old address": (ANN, "ann@old.example", NOW, False),
    "part of her address": (ANN, "nn@example.org", NOW, False),
    "no address any more": (a_client(), "ann@example.org", NOW, False),
    "neither has one": (a_client(), "", NOW, False),
    "sent before somebody tried again": (
        a_client(email="ann@example.org", mail_resumed_at=NOW),
        "ann@example.org",
        NOW - HOUR,
        False,
    ),
    "sent since": (
        a_client(email="ann@example.org", mail_resumed_at=NOW - HOUR),
        "ann@example.org",
        NOW,
        True,
    ),
}


@pytest.mark.parametrize(("client", "address", "sent_at", "stops"), CASES.values(), ids=CASES)
def test_what_concerns_the_present_address_stops_mail(client, address, sent_at, stops):
    assert bool(stopped(client, address=address, sent_at=sent_at).mail_stopped) is stops


def test_the_first_reason_stays():
    first = stopped()
    assert first.mail_stopped == MailStop(reason=BOUNCED, at=NOW)
    assert stopped(first, COMPLAINED, now=NOW + HOUR) == first


def test_nothing_is_resumed_that_is_not_stopped():
    with pytest.raises(MailNotStopped):
        with_mail_resumed(ANN, now=NOW)


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["bounce", "complaint", "try again"]),
        st.sampled_from(["ann@example.org", "Ann@Example.org", "old@example.org"]),
        st.integers(0, 40),
    ),
    max_size=12,
)


@given(EVENTS)
def test_mail_is_stopped_exactly_by_what_was_sent_to_the_address_since_the_last_try(events):
    client, resumed, is_stopped = ANN, None, False
    for minute, (what, address, sent_minute) in enumerate(events):
        now = NOW + timedelta(minutes=minute)
        sent_at = NOW + timedelta(minutes=min(minute, sent_minute))
        if what != "try again":
            reason = BOUNCED if what == "bounce" else COMPLAINED
            client = stopped(client, reason, address, sent_at, now)
            counts = is_same_address(address, ANN.email) and (resumed is None or sent_at > resumed)
            is_stopped = is_stopped or counts
        elif is_stopped:
            client, resumed, is_stopped = with_mail_resumed(client, now=now), now, False
        assert bool(client.mail_stopped) is is_stopped
