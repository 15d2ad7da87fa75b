"""Clients' logins follow the clients' rows."""

import json
import os
from contextlib import contextmanager
from datetime import timedelta
from functools import cache, partial
from types import SimpleNamespace

import boto3
import pytest

from infra.local import template
from infra.local.user_pools import CLIENTS
from infra.seed import seed_client, seed_practice
from openhour import cognito
from openhour.rules.clients import Privilege
from openhour.store.models import ClientRow
from openhour.use_cases import clients, invitations, settings
from tests.functions.streams import (
    Stream,
    hand_over,
    listening,
    of_clients,
    remember_logins,
)
from tests.unit.builders import NOW, a_practice

ANN = "t1/ann@example.org"
CHOSEN = "Chosen-by-ann-1"


@cache
def cognito_client():
    return boto3.client("cognito-idp")


follow = partial(hand_over, "PrivilegesStreamFunction")


@pytest.fixture(autouse=True)
def stream(outbox):
    seed_practice(a_practice(therapist_id="t1"))
    return Stream("ClientsTable")


@pytest.fixture
def sync(stream):
    """Let the logins follow everything written since the last time; what was written."""

    def act():
        records = stream.new()
        assert follow(records) == []
        return records

    return act


@pytest.fixture
def ann(sync):
    """Ann, who was invited and has chosen a password."""
    add()
    sync()
    choose_password()


def add(client_id="ann", *, address=None, login=None, invite=True):
    email = address or f"{client_id}@example.org"
    seed_client("t1", client_id, email=email, login=login, invite=invite)


def suspend():
    clients.set_privilege("t1", "ann", Privilege.SUSPENDED, reason="calls it off", now=NOW)


def restore():
    clients.set_privilege("t1", "ann", Privilege.ACTIVE, reason=None, now=NOW)


def ask_for_a_password():
    clients.invite("t1", "ann", now=NOW + timedelta(hours=1))


def ask_again(hours=1):
    now = NOW + timedelta(hours=hours)
    invitations.ask_for_invitation("t1", email="ann@example.org", now=now)


def discharge():
    clients.discharge("t1", "ann", now=NOW)


def change_address():
    clients.change_client("t1", "ann", {"email": "ann@elsewhere.example"}, now=NOW)


def choose_password():
    cognito_client().admin_set_user_password(
        UserPoolId=CLIENTS.pool_id, Username=ANN, Password=CHOSEN, Permanent=True
    )


def sign_in(password=CHOSEN):
    return cognito_client().initiate_auth(
        ClientId=CLIENTS.app_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": ANN, "PASSWORD": password},
    )


def make_user(**identity):
    """A user of Ann's login name, made by another hand."""
    cognito_client().admin_create_user(
        UserPoolId=CLIENTS.pool_id,
        Username=ANN,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": f"custom:{name}", "Value": v} for name, v in identity.items()],
    )


def logins():
    """Every login there is, by name."""
    users = cognito_client().list_users(UserPoolId=CLIENTS.pool_id)["Users"]
    return {user["Username"]: login(user["Username"]) for user in users}


def login(name=ANN):
    """What a login tells, whether it may be used, and whether its first password was changed."""
    user = cognito_client().admin_get_user(UserPoolId=CLIENTS.pool_id, Username=name)
    attributes = {a["Name"]: a["Value"] for a in user["UserAttributes"] if a["Name"] != "sub"}
    return {
        **attributes,
        "enabled": user["Enabled"],
        "status": user["UserStatus"],
    }


def outcome(outbox):
    """What has become of Ann's login, and whether the password that she knows works."""
    if ANN not in logins():
        return None
    unchanged_yet = login()["status"] == "FORCE_CHANGE_PASSWORD"
    try:
        sign_in(outbox.mails[-1].password if unchanged_yet else CHOSEN)
    except cognito_client().exceptions.NotAuthorizedException:
        return login(), False
    return login(), True


def set_sign_in(*, allowed):
    """Change the setting, and let the practice's stream function ask for the logins."""
    practice_stream = Stream("PracticesTable")
    practice_stream.new()
    changes = {"suspended_can_sign_in": allowed}
    settings.change_settings("t1", changes, if_match=None, now=NOW)
    assert hand_over("PracticeStreamFunction", practice_stream.new()) == []


def test_a_suspended_client_may_sign_in_where_the_therapist_says_so(ann, sync):
    set_sign_in(allowed=True)
    suspend()
    sync()
    assert login()["enabled"] is True
    assert sign_in()["AuthenticationResult"]


def test_logins_of_suspended_clients_follow_the_setting(ann, sync):
    suspend()
    sync()
    assert login()["enabled"] is False
    set_sign_in(allowed=True)
    sync()
    assert login()["enabled"] is True
    set_sign_in(allowed=False)
    sync()
    assert login()["enabled"] is False


def test_another_setting_asks_for_no_login(ann, sync):
    suspend()
    sync()
    practice_stream = Stream("PracticesTable")
    practice_stream.new()
    settings.change_settings("t1", {"max_per_week": 2}, if_match=None, now=NOW)
    assert hand_over("PracticeStreamFunction", practice_stream.new()) == []
    assert sync() == []


def test_an_invited_client_gets_a_login_and_a_first_password_by_mail(sync, outbox):
    add()
    sync()
    assert logins() == {
        ANN: {
            "custom:therapist_id": "t1",
            "custom:client_id": "ann",
            "custom:invited_at": NOW.isoformat(),
            "email": "ann@example.org",
            "email_verified": "true",
            "enabled": True,
            "status": "FORCE_CHANGE_PASSWORD",
        }
    }
    (mail,) = outbox.mails
    assert (mail.to, mail.login) == ("ann@example.org", ANN)
    assert sign_in(mail.password)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_couple_that_shares_an_address_gets_two_logins(sync, outbox):
    add()
    add("bob", address="ann@example.org", login="bob")
    sync()
    assert {name: attributes["custom:client_id"] for name, attributes in logins().items()} == {
        ANN: "ann",
        "t1/bob": "bob",
    }
    assert [mail.to for mail in outbox.mails] == ["ann@example.org"] * 2


def test_a_client_who_only_calls_has_no_login(sync):
    add(invite=False)
    sync()
    assert logins() == {}


def test_a_client_is_invited_later(sync, outbox):
    add(invite=False)
    sync()
    ask_for_a_password()
    sync()
    assert list(logins()) == [ANN]
    assert len(outbox.mails) == 1


def test_a_suspended_client_can_neither_sign_in_nor_stay_signed_in(ann, sync):
    tokens = sign_in()["AuthenticationResult"]
    suspend()
    sync()
    assert login()["enabled"] is False
    with pytest.raises(cognito_client().exceptions.NotAuthorizedException):
        sign_in()
    with pytest.raises(cognito_client().exceptions.NotAuthorizedException):
        cognito_client().get_tokens_from_refresh_token(
            ClientId=CLIENTS.app_id, RefreshToken=tokens["RefreshToken"]
        )


def test_a_restored_client_signs_in_with_the_password_as_before(ann, sync, outbox):
    suspend()
    sync()
    restore()
    sync()
    assert "AuthenticationResult" in sign_in()
    assert len(outbox.mails) == 1


def test_a_discharged_client_loses_the_login(ann, sync):
    discharge()
    sync()
    assert logins() == {}


def test_a_client_whose_row_is_gone_loses_the_login(ann, sync):
    ClientRow("t1", "ann").delete()
    sync()
    assert logins() == {}


def test_a_changed_address_changes_where_mail_goes_but_not_the_login_name(ann, sync, outbox):
    change_address()
    sync()
    assert list(logins()) == [ANN]
    assert login()["email"] == "ann@elsewhere.example"
    assert login()["email_verified"] == "true"
    assert "AuthenticationResult" in sign_in()
    assert len(outbox.mails) == 1


def test_a_first_password_that_was_not_used_is_sent_again(sync, outbox):
    add()
    sync()
    ask_for_a_password()
    sync()
    first, second = outbox.mails
    assert sign_in(second.password)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert first.password != second.password


def test_a_first_password_that_was_not_used_is_sent_again_to_who_asks(sync, outbox):
    add()
    sync()
    before = login()
    ask_again()
    sync()
    first, second = outbox.mails
    assert (second.to, second.login) == (first.to, first.login)
    assert sign_in(second.password)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    resent = f"{NOW.isoformat()} 20261123T150000Z"
    assert login() == {**before, "custom:invited_at": resent}


def test_each_request_is_answered_once(stream, outbox):
    add()
    records = stream.new()
    assert follow(records) == []
    for hours, mails in ((1, 2), (2, 3)):
        ask_again(hours)
        records += stream.new()
        assert follow(records) == []
        assert follow(records) == []
        assert len(outbox.mails) == mails


def test_who_has_chosen_a_password_keeps_it_whoever_asks(ann, sync, outbox):
    before = login()
    ask_again()
    sync()
    assert len(outbox.mails) == 1
    resent = f"{NOW.isoformat()} 20261123T150000Z"
    assert logins() == {ANN: {**before, "custom:invited_at": resent}}
    assert sign_in()["AuthenticationResult"]


def test_a_request_from_before_a_suspension_is_not_answered_after_it(sync, outbox):
    add()
    sync()
    ask_again()
    suspend()
    sync()
    restore()
    sync()
    assert len(outbox.mails) == 1


def test_an_invitation_by_the_therapist_answers_a_request_too(sync, outbox):
    add()
    sync()
    ask_again()
    ask_for_a_password()
    sync()
    assert len(outbox.mails) == 2
    ask_again(3)
    sync()
    assert len(outbox.mails) == 3


def test_a_therapist_invites_again_after_a_request_was_answered(ann, sync, outbox):
    ask_again()
    sync()
    clients.invite("t1", "ann", now=NOW + timedelta(hours=3))
    sync()
    assert len(outbox.mails) == 2
    assert sign_in(outbox.mails[-1].password)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_login_that_was_made_by_hand_is_mailed_to_who_asks(sync, outbox):
    make_user(therapist_id="t1", client_id="ann")
    add()
    sync()
    assert outbox.mails == []
    ask_again()
    sync()
    assert len(outbox.mails) == 1


def test_a_request_that_cannot_be_mailed_is_mailed_later(sync, dead_letters, outbox):
    add()
    sync()
    ask_again()
    with refusing("AdminCreateUser", "CodeDeliveryFailureException"):
        sync()
    (letter,) = dead_letters()
    assert len(outbox.mails) == 1
    assert follow(letter["requestPayload"]["Records"]) == []
    assert len(outbox.mails) == 2


def test_a_client_who_forgot_the_password_gets_a_first_one_again(ann, sync, outbox):
    before = login()
    ask_for_a_password()
    sync()
    invited_at = (NOW + timedelta(hours=1)).isoformat()
    after = {**before, "custom:invited_at": invited_at, "status": "FORCE_CHANGE_PASSWORD"}
    assert logins() == {ANN: after}
    assert sign_in(outbox.mails[-1].password)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_first_password_goes_to_the_address_that_came_with_it(sync, outbox):
    add()
    sync()
    change_address()
    ask_for_a_password()
    sync()
    assert outbox.mails[-1].to == "ann@elsewhere.example"


def test_a_suspended_client_who_gets_a_first_password_stays_locked_out(ann, sync, outbox):
    suspend()
    ask_for_a_password()
    sync()
    assert login()["enabled"] is False
    assert len(outbox.mails) == 2


def test_a_client_suspended_before_the_login_was_made_is_locked_out(sync):
    add()
    suspend()
    sync()
    assert login()["enabled"] is False


def test_a_booking_asks_nothing_of_cognito(ann, sync):
    row = ClientRow("t1", "ann")
    row.update([ClientRow.booked.add(1), ClientRow.revision.add(1)])
    with listening(cognito.cognito_client()) as calls:
        assert len(sync()) == 1
    assert calls.names == []


def test_rows_that_are_no_clients_ask_nothing_of_cognito(stream):
    add()
    written = stream.new()
    others = [record for record in written if record not in of_clients(written)]
    assert others
    with listening(cognito.cognito_client()) as calls:
        assert follow(others) == []
    assert calls.names == []


@pytest.mark.parametrize(
    "identity",
    [
        pytest.param({"therapist_id": "t1"}, id="the therapist's own"),
        pytest.param({"therapist_id": "t2", "client_id": "ann"}, id="another therapist's client"),
        pytest.param({}, id="nobody's"),
    ],
)
def test_a_user_of_the_same_name_who_is_not_the_clients_is_left_alone(identity, sync, outbox):
    make_user(**identity)
    before = logins()
    add()
    sync()
    suspend()
    sync()
    ask_for_a_password()
    sync()
    discharge()
    sync()
    assert logins() == before
    assert outbox.mails == []


def test_another_client_who_holds_the_name_is_left_alone(ann, sync):
    before = logins()
    other = ClientRow.get("t1", "ann")
    other.client_id = "bob"
    other.save()
    sync()
    assert logins() == before


def test_a_discharged_client_who_comes_back_gets_the_old_login_name(ann, stream, outbox):
    discharge()
    add("ann2", address="ann@example.org")
    left, came = of_clients(stream.new())
    assert follow([came]) == [0], "the old one has not been removed yet"
    assert follow([left]) == []
    assert follow([came]) == []
    assert login()["custom:client_id"] == "ann2"
    assert len(outbox.mails) == 2


def test_a_login_that_was_made_by_hand_is_taken_over_as_it_is(sync, outbox):
    make_user(therapist_id="t1", client_id="ann")
    choose_password()
    add()
    sync()
    assert "AuthenticationResult" in sign_in()
    assert login()["email"] == "ann@example.org"
    assert outbox.mails == []


def test_a_login_that_was_made_by_hand_gets_a_first_password_when_asked_for(sync, outbox):
    make_user(therapist_id="t1", client_id="ann")
    choose_password()
    add()
    sync()
    ask_for_a_password()
    sync()
    assert login()["status"] == "FORCE_CHANGE_PASSWORD"
    assert len(outbox.mails) == 1


def test_everything_that_is_noted_on_a_login_is_in_the_pools_schema(sync):
    add()
    sync()
    schema = template.load().properties("ClientsUserPool")["Schema"]
    custom = {f"custom:{each['Name']}" for each in schema if each["Name"] != "email"}
    assert {name for name in login() if name.startswith("custom:")} == custom


@pytest.fixture(
    params=[
        pytest.param((None,), id="a new client"),
        pytest.param((True, suspend), id="suspended"),
        pytest.param((True, suspend, restore), id="suspended and restored"),
        pytest.param((False, ask_for_a_password), id="the first password lost"),
        pytest.param((True, ask_for_a_password), id="the password forgotten"),
        pytest.param((True, suspend, ask_for_a_password), id="suspended, then forgotten"),
        pytest.param((True, change_address), id="another address"),
        pytest.param((False, change_address, ask_for_a_password), id="mailed to another address"),
        pytest.param((True, discharge), id="discharged"),
    ]
)
def story(request, stream):
    """Records that the login has followed, and records that it has yet to follow.

    A case says whether Ann has chosen a password, or has no login yet, and what happens then.
    """
    chosen, *acts = request.param
    add()
    followed = []
    if chosen is not None:
        followed = stream.new()
        assert follow(followed) == []
    if chosen:
        choose_password()
    for act in acts:
        act()
    return followed, stream.new()


def test_following_twice_changes_nothing_more(story, outbox):
    records = [*story[0], *story[1]]
    assert follow(records) == []
    before, mails = logins(), list(outbox.mails)
    assert follow(records) == []
    assert (logins(), outbox.mails) == (before, mails)


def test_records_in_another_order_come_to_the_same_login(story, outbox):
    followed, records = story
    rewind = remember_logins(outbox)
    assert follow(records) == []
    expected, mails = outcome(outbox), len(outbox.mails)
    rewind()
    assert follow([*reversed(followed + records)]) == []
    assert (outcome(outbox), len(outbox.mails)) == (expected, mails)


def test_an_old_record_after_a_newer_row_brings_nothing_back(stream, outbox):
    add()
    invited = stream.new()
    discharge()
    assert follow(stream.new()) == []
    assert follow(invited) == []
    assert logins() == {}
    assert outbox.mails == []


@pytest.mark.parametrize("lost", [False, True], ids=["no call gets through", "an answer is lost"])
def test_cognito_failing_at_any_call_is_made_up_for_later(story, lost, outbox):
    _, records = story
    rewind = remember_logins(outbox)
    with listening(cognito.cognito_client()) as calls:
        assert follow(records) == []
    expected = outcome(outbox)
    assert len(calls.names) >= 2
    for limit in range(len(calls.names)):
        rewind()
        with listening(cognito.cognito_client(), limit=limit, lost=lost):
            assert follow(records) != []
        assert follow(records) == []
        assert outcome(outbox) == expected


@contextmanager
def refusing(operation, error):
    """Let Cognito refuse an operation with an error, as its API does, and do nothing."""

    def refuse(**_):
        return SimpleNamespace(status_code=400), {"Error": {"Code": error, "Message": ""}}

    event = f"before-call.cognito-identity-provider.{operation}"
    cognito.cognito_client().meta.events.register(event, refuse)
    try:
        yield
    finally:
        cognito.cognito_client().meta.events.unregister(event, refuse)


def test_a_suspension_is_done_where_cognito_refuses_to_sign_out_a_disabled_user(ann, sync):
    suspend()
    with refusing("AdminUserGlobalSignOut", "NotAuthorizedException"):
        sync()
    assert login()["enabled"] is False


@pytest.fixture
def dead_letters(cloud):
    """The dead letters of the clients' stream, read from their queue."""
    sqs = boto3.client("sqs")
    name = os.environ["PRIVILEGES_DEAD_LETTERS_URL"].rpartition("/")[2]
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]

    def read():
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(each["Body"]) for each in messages]

    yield read
    sqs.delete_queue(QueueUrl=queue)


MAIL_ERRORS = ("CodeDeliveryFailureException", "LimitExceededException")


@pytest.mark.parametrize("error", MAIL_ERRORS)
def test_a_client_whose_mail_cannot_be_sent_holds_up_nobody_and_is_mailed_later(
    error, sync, dead_letters, outbox
):
    add()
    add("bob")
    with refusing("AdminCreateUser", error):
        sync()
    letters = dead_letters()
    assert len(letters) == 2
    for letter in letters:
        assert "@" not in json.dumps(letter)
        assert letter["requestContext"]["functionArn"].startswith("arn:aws:lambda:")
        assert follow(letter["requestPayload"]["Records"]) == []
    assert sorted(mail.to for mail in outbox.mails) == ["ann@example.org", "bob@example.org"]
    assert dead_letters() == []


def test_a_first_password_that_cannot_be_mailed_again_is_mailed_later(sync, dead_letters, outbox):
    add()
    sync()
    ask_for_a_password()
    with refusing("AdminCreateUser", "CodeDeliveryFailureException"):
        sync()
    assert len(outbox.mails) == 1
    (letter,) = dead_letters()
    assert follow(letter["requestPayload"]["Records"]) == []
    assert len(outbox.mails) == 2


def test_a_dead_letter_stays_while_the_mail_cannot_be_sent(sync, dead_letters):
    add()
    with refusing("AdminCreateUser", "CodeDeliveryFailureException"):
        sync()
        (letter,) = dead_letters()
        assert follow(letter["requestPayload"]["Records"]) == [0]
    assert dead_letters() == []


def test_a_suspended_client_whose_mail_cannot_be_sent_is_locked_out(ann, sync, dead_letters):
    suspend()
    ask_for_a_password()
    with refusing_mail_after_creating():
        sync()
    assert login()["enabled"] is False
    assert dead_letters()


@contextmanager
def refusing_mail_after_creating():
    """Let Cognito create users, but fail to deliver their mail."""

    def fail(http_response, parsed, **_):
        http_response.status_code = 400
        parsed["Error"] = {"Code": "CodeDeliveryFailureException", "Message": "It bounced."}

    event = "after-call.cognito-identity-provider.AdminCreateUser"
    cognito.cognito_client().meta.events.register(event, fail)
    try:
        yield
    finally:
        cognito.cognito_client().meta.events.unregister(event, fail)
