"""Who is mailed another first password on request, and how often."""

from datetime import datetime

import pytest

from openhour.rules.clients import Privilege
from openhour.rules.resending import may_resend, with_resend
from tests.unit.builders import NOW, a_client, a_practice, days_ago, hours, minutes_ago

INVITED = a_client(login="t1/ann@example.org", email="ann@example.org", invited_at=days_ago(9))


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        pytest.param([], True, id="never before"),
        pytest.param([NOW], False, id="a moment ago"),
        pytest.param([minutes_ago(59)], False, id="less than an hour ago"),
        pytest.param([minutes_ago(60)], True, id="an hour ago"),
        pytest.param([NOW - hours(3), NOW - hours(2)], True, id="twice today"),
        pytest.param([NOW - hours(n) for n in (3, 2, 1)], False, id="three times today"),
        pytest.param([NOW - hours(n) for n in (23.9, 2, 1)], False, id="almost a day ago"),
        pytest.param([NOW - hours(n) for n in (24, 2, 1)], True, id="the first a day ago"),
    ],
)
def test_a_client_is_mailed_once_an_hour_and_three_times_a_day(asked, allowed):
    client = a_client(login=INVITED.login, email=INVITED.email, resend_asked_at=tuple(asked))
    assert may_resend(client, a_practice(), now=NOW) is allowed


@pytest.mark.parametrize(
    ("client", "setting", "allowed"),
    [
        pytest.param(None, False, False, id="nobody"),
        pytest.param(a_client(email="ann@example.org"), False, False, id="without a login"),
        pytest.param(a_client(login="t1/ann"), False, False, id="without an address"),
        pytest.param({"privilege": Privilege.ENDED}, True, False, id="discharged"),
        pytest.param({"privilege": Privilege.SUSPENDED}, False, False, id="suspended"),
        pytest.param({"privilege": Privilege.SUSPENDED}, True, True, id="suspended, may sign in"),
    ],
)
def test_only_who_may_sign_in_is_mailed(client, setting, allowed):
    if isinstance(client, dict):
        client = a_client(login=INVITED.login, email=INVITED.email, **client)
    practice = a_practice(suspended_can_sign_in=setting)
    assert may_resend(client, practice, now=NOW) is allowed


def test_the_latest_three_requests_are_kept():
    asked: tuple[datetime, ...] = ()
    for n in range(5):
        asked = with_resend(asked, now=NOW + hours(n))
    assert asked == tuple(NOW + hours(n) for n in (2, 3, 4))
