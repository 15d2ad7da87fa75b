"""Logins and schedule made what the rows say, without a stream."""

import pytest

from infra.operate.told import AGAIN, FAULT
from infra.recovery.followers import follow
from openhour import cognito, schedules
from openhour.rules.refusals import UnknownTherapist
from openhour.use_cases import clients
from tests.operate.desk import logins, scheduled
from tests.unit.builders import NOW


@pytest.mark.usefixtures("stack")
def test_logins_and_schedule_come_back_as_the_rows_say(outbox):
    before, mails = logins(), len(outbox.mails)
    cognito.delete("t1/ann@example.org")
    cognito.disable("t1/bob@example.org")
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
def test_a_login_that_is_another_users_keeps_no_other_from_following():
    """A client has the therapist's own address, which is a login already."""
    theirs = "ada@example.org"
    clients.add_client("t1", name="Eve", email=theirs, phone=None, login=None, invite=True, now=NOW)
    cognito.create("t1/ada@example.org", {"custom:therapist_id": "t1"})
    cognito.disable("t1/bob@example.org")
    schedules.remove("t1")
    told = list(follow(therapist_id="t1"))
    assert [(each.what, each.code) for each in told if each.code] == [("foreign", FAULT)]
    assert logins()["t1/bob@example.org"][0] is True
    assert "t1" in scheduled()


@pytest.mark.usefixtures("stack")
def test_a_login_that_outlived_its_clients_discharge_is_removed():
    assert "t1/bob@example.org" in logins()
    clients.discharge("t1", "bob", now=NOW)
    list(follow(therapist_id="t1"))
    assert "t1/bob@example.org" not in logins()


@pytest.mark.usefixtures("stack")
def test_what_cognito_does_not_take_is_told_to_be_tried_again(monkeypatch):
    def refuse(*_):
        raise ConnectionError

    monkeypatch.setattr(cognito, "find", refuse)
    told = [each for each in follow(therapist_id="t1") if each.code]
    assert {(each.what, each.code, each.facts["error"]) for each in told} == {
        ("failed", AGAIN, "ConnectionError")
    }


@pytest.mark.usefixtures("stack")
def test_a_therapist_who_is_not_there_is_refused():
    with pytest.raises(UnknownTherapist):
        list(follow(therapist_id="nobody"))
