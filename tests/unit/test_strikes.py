"""Strikes: what counts, for how long, and the consequences."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhour.rules.clients import Privilege, Strike
from openhour.rules.settings import OnStrikeLimit
from openhour.rules.strikes import add_strike, count_strikes, drop_strike, is_flagged
from tests.unit.builders import NOW, a_client, a_practice, days_ago, strikes

FLAG, SUSPEND = OnStrikeLimit.FLAG, OnStrikeLimit.SUSPEND
ACTIVE, SUSPENDED, ENDED = Privilege.ACTIVE, Privilege.SUSPENDED, Privilege.ENDED


@pytest.mark.parametrize(
    ("days", "window", "restored", "count"),
    [
        pytest.param([], 90, None, 0, id="none"),
        pytest.param([0, 30, 89.9], 90, None, 3, id="all inside the window"),
        pytest.param([30, 90.1, 200], 90, None, 1, id="some before it"),
        pytest.param([6.9, 7.1], 7, None, 1, id="a window of a week"),
        pytest.param([1, 300, 729], 730, None, 3, id="a window of two years"),
        pytest.param([1, 20, 40], 90, 30, 2, id="one before the restoration"),
        pytest.param([1, 20, 40], 90, 0.5, 0, id="all before the restoration"),
        pytest.param([30], 90, 30, 0, id="the strike that led to it"),
        pytest.param([100, 10], 90, 200, 1, id="restored long ago"),
    ],
)
def test_strikes_count_inside_the_window_and_since_the_last_restoration(
    days, window, restored, count
):
    client = a_client(
        strikes=strikes(*map(days_ago, days)),
        restored_at=None if restored is None else days_ago(restored),
    )
    practice = a_practice(strike_window_days=window, strike_limit=3)
    assert count_strikes(client, practice, now=NOW) == count
    assert is_flagged(client, practice, now=NOW) is (count >= 3)


@pytest.mark.parametrize(
    ("days", "on_limit", "privilege", "after"),
    [
        pytest.param([1, 2], SUSPEND, ACTIVE, SUSPENDED, id="the third in a row"),
        pytest.param([1], SUSPEND, ACTIVE, ACTIVE, id="the second"),
        pytest.param([1, 91], SUSPEND, ACTIVE, ACTIVE, id="the third, but one is old"),
        pytest.param([1, 2, 3, 4], SUSPEND, ACTIVE, SUSPENDED, id="past the limit"),
        pytest.param([1, 2], FLAG, ACTIVE, ACTIVE, id="only flagged"),
        pytest.param([1], SUSPEND, SUSPENDED, SUSPENDED, id="suspended already"),
        pytest.param([1, 2], SUSPEND, ENDED, ENDED, id="discharged"),
    ],
)
def test_reaching_the_limit_suspends_where_the_practice_says_so(days, on_limit, privilege, after):
    client = a_client(privilege=privilege, strikes=strikes(*map(days_ago, days)))
    practice = a_practice(strike_limit=3, on_strike_limit=on_limit)
    strike_update = add_strike(client, practice, "new", now=NOW)
    assert strike_update.privilege is after
    assert len(strike_update.strikes) == len(days) + 1


def test_strikes_before_a_restoration_do_not_suspend_again():
    client = a_client(strikes=strikes(*map(days_ago, [5, 4, 3])), restored_at=days_ago(2))
    practice = a_practice(strike_limit=3, on_strike_limit=SUSPEND)
    assert add_strike(client, practice, "new", now=NOW).privilege is ACTIVE


def test_one_event_is_one_strike():
    practice = a_practice(strike_limit=2, on_strike_limit=SUSPEND)
    once = add_strike(a_client(), practice, "a0", now=NOW)
    again = add_strike(a_client(strikes=once.strikes), practice, "a0", now=NOW)
    assert (len(again.strikes), again.privilege) == (1, ACTIVE)


def test_a_waived_strike_is_gone_and_no_other():
    client = a_client(strikes=strikes(days_ago(1), days_ago(2)), privilege=SUSPENDED)
    assert drop_strike(client, a_practice(), "a0").strikes == client.strikes[1:]
    assert drop_strike(client, a_practice(), "unknown").strikes == client.strikes


@given(
    st.lists(st.integers(0, 1500), max_size=8),
    st.integers(7, 730),
    st.none() | st.integers(0, 1500),
)
def test_letting_old_strikes_go_changes_no_count(days, window, restored):
    client = a_client(
        strikes=strikes(*map(days_ago, days)),
        restored_at=None if restored is None else days_ago(restored),
    )
    practice = a_practice(strike_window_days=window)
    all_ever = (*client.strikes, Strike(appointment_id="new", at=NOW))
    kept = add_strike(client, practice, "new", now=NOW).strikes
    for later in (NOW, NOW + timedelta(days=30)):
        counts = [
            count_strikes(replace(client, strikes=those), practice, now=later)
            for those in (kept, all_ever)
        ]
        assert counts[0] == counts[1]


@given(
    st.lists(st.integers(0, 200), min_size=1, max_size=8, unique=True),
    st.integers(1, 4),
    st.booleans(),
    st.data(),
)
def test_dropping_strikes_lifts_what_they_caused_and_nothing_else(ages, limit, by_hand, data):
    """Suspended by a strike, a client is active again once fewer than the limit are left."""
    practice = a_practice(strike_limit=limit, on_strike_limit=OnStrikeLimit.SUSPEND)
    client = a_client()
    for number, age in enumerate(sorted(ages, reverse=True)):
        client = add_strike(client, practice, f"a{number}", now=days_ago(age)).apply(client)
    suspended = client.privilege is SUSPENDED
    if suspended and by_hand:
        client = replace(client, suspended_by_strike=None)
    left = [strike.appointment_id for strike in client.strikes]
    while left:
        dropped = data.draw(st.sampled_from(left))
        left.remove(dropped)
        client = drop_strike(client, practice, dropped).apply(client)
        assert [strike.appointment_id for strike in client.strikes] == left
        if suspended and by_hand:
            assert client.privilege is SUSPENDED
    assert client.privilege is (SUSPENDED if suspended and by_hand else ACTIVE)
