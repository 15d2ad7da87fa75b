"""The users of the therapists' pool follow the rows of the practice's logins."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import boto3
import pytest

from infra.local.user_pools import THERAPISTS
from infra.seed import seed_practice
from openhour import cognito
from openhour.rules.logins import LoginRole
from openhour.store.connections import connection
from openhour.store.models import PracticeLoginRow
from openhour.use_cases import logins
from tests.functions.streams import Stream, hand_over, listening, remember_logins
from tests.unit.builders import NOW, a_practice

OTTO = "t1/otto@example.org"
follow = partial(hand_over, "PrivilegesStreamFunction")


@pytest.fixture(autouse=True)
def stream(outbox):
    seed_practice(a_practice(therapist_id="t1"))
    stream = Stream("LoginsTable")
    stream.new()
    return stream


@pytest.fixture
def sync(stream):
    """Let the users follow everything written since the last time; what was written."""

    def act():
        records = stream.new()
        assert follow(records) == []
        return records

    return act


def add(*, after=timedelta(0), role=LoginRole.OFFICE):
    added = logins.add_login(
        "t1", name="Otto", email="Otto@example.org", role=role, now=NOW + after
    )
    return added.login.login_id


def remove(login_id):
    logins.remove_login("t1", login_id, by=None, now=NOW)


def user():
    return cognito.THERAPISTS.find(OTTO)


def choose_password():
    boto3.client("cognito-idp").admin_set_user_password(
        UserPoolId=THERAPISTS.pool_id, Username=OTTO, Password="Chosen-by-otto-1", Permanent=True
    )


def test_an_added_login_gets_a_user_and_a_first_password(sync, outbox):
    login_id = add()
    sync()
    attributes = dict(user().attributes)
    assert attributes.pop("sub")
    assert attributes == {
        "custom:therapist_id": "t1",
        "custom:login_id": login_id,
        "custom:invited_at": NOW.isoformat(),
        "email": "Otto@example.org",
        "email_verified": "true",
    }
    assert [mail.to for mail in outbox.mails] == ["Otto@example.org"]


def test_the_same_record_again_changes_and_mails_nothing(sync, outbox):
    add()
    records = sync()
    before = user()
    assert follow(records) == []
    assert (user(), len(outbox.mails)) == (before, 1)


def test_another_first_password_is_mailed_until_one_is_chosen(sync, outbox):
    add()
    sync()
    add(after=timedelta(minutes=1))
    sync()
    assert len(outbox.mails) == 2
    choose_password()
    add(after=timedelta(minutes=2))
    sync()
    assert len(outbox.mails) == 2
    assert not user().must_change_password


def test_a_removed_logins_user_is_deleted(sync):
    login_id = add()
    sync()
    remove(login_id)
    sync()
    assert user() is None


def test_the_user_of_a_row_that_is_gone_is_deleted(sync):
    login_id = add()
    sync()
    PracticeLoginRow("t1", login_id).delete()
    sync()
    assert user() is None


def test_a_login_removed_before_its_user_was_there_gets_none(sync, outbox):
    remove(add())
    sync()
    assert (user(), outbox.mails) == (None, [])


def test_a_user_of_another_login_is_left_alone_until_its_own_record_removes_it(stream, outbox):
    first = add()
    assert follow(stream.new()) == []
    remove(first)
    removal = stream.new()
    second = add()
    addition = stream.new()
    assert follow(addition) == [0]
    assert user().login_id == first
    assert follow(removal) == []
    assert follow(addition) == []
    assert user().login_id == second
    assert follow(removal) == []
    assert user().login_id == second


def test_a_user_who_was_added_by_hand_is_left_alone(stream):
    cognito.THERAPISTS.create(OTTO, {"custom:therapist_id": "t1"})
    before = user()
    login_id = add()
    assert follow(stream.new()) == [0]
    remove(login_id)
    assert follow(stream.new()) == []
    assert user() == before


@pytest.mark.parametrize("lost", [False, True], ids=["a call fails", "an answer is lost"])
def test_an_interrupted_run_is_completed_by_the_next(stream, outbox, lost):
    login_id = add()
    records, restore = stream.new(), remember_logins(outbox)
    aws = connection.client, cognito.cognito_client()
    limit = 0
    while True:
        restore()
        with listening(*aws, limit=limit, lost=lost) as calls:
            failed = follow(records)
        assert bool(failed) == bool(calls.refused)
        assert follow(records) == []
        assert user().login_id == login_id
        assert 1 <= len(outbox.mails) <= 2
        if not calls.refused:
            return
        limit += 1
