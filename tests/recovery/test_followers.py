"""Logins and schedule made what the rows say, without a stream."""

import pytest

from infra.recovery.followers import follow
from openhour import schedules, users
from openhour.rules.refusals import UnknownTherapist
from tests.operate.desk import logins, scheduled


@pytest.mark.usefixtures("stack")
def test_logins_and_schedule_come_back_as_the_rows_say(outbox):
    before, mails = logins(), len(outbox.mails)
    users.delete("t1/ann@example.org")
    users.disable("t1/bob@example.org")
    schedules.remove("t1")
    list(follow(therapist_id="t1"))
    assert set(logins()) == set(before)
    assert logins()["t1/bob@example.org"][0] is True
    assert "t1" in scheduled()
    assert len(outbox.mails) == mails + 1  # a first password for the login that was made anew


@pytest.mark.usefixtures("stack")
def test_where_all_is_well_nothing_changes_and_nobody_is_mailed(outbox):
    before, mails = (logins(), scheduled()), len(outbox.mails)
    list(follow(therapist_id="t1"))
    assert (logins(), scheduled()) == before
    assert len(outbox.mails) == mails


@pytest.mark.usefixtures("stack")
def test_a_therapist_who_is_not_there_is_refused():
    with pytest.raises(UnknownTherapist):
        list(follow(therapist_id="nobody"))
