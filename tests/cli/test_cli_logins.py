"""Logins of a practice's therapists: added, listed, removed, and without a lost second factor."""

from __future__ import annotations

import boto3
import pytest

from infra.local.moto.credentials import credentials_of
from infra.local.user_pools import THERAPISTS
from openhour import cognito
from openhour.rules.audit_log import AuditAction
from openhour.store.audit_log import read_audit_log
from openhour.use_cases.therapists import remove_therapist
from tests.cli.cli_runner import interrupt_anywhere, logins, refused, run, run_text
from tests.unit.builders import NOW
from tests.user_pools import moto_pool, users_of

pytestmark = pytest.mark.usefixtures("two_practices")
TESS, DESK = "t1/tess@example.org", "t1/desk"
ASKS = ("logins", "add", "t1", "--email", "Desk@example.org", "--login", "Desk")
ADD = (*ASKS, "--yes")
CHOSEN = "Chosen-by-tess-1"


def test_a_login_is_added_once(outbox, consume_streams):
    assert run(*ADD).line("login") == {"kind": "login", "login": DESK, "action": "created"}
    consume_streams()
    enabled, attributes = logins(THERAPISTS)[DESK]
    assert enabled
    assert attributes.pop("custom:invited_at")
    assert attributes == {
        "custom:therapist_id": "t1",
        "custom:login_id": login_ids()[DESK],
        "email": "Desk@example.org",
        "email_verified": "true",
    }
    assert run(*ADD).line("login")["action"] == "none"
    assert run(*ADD, "--resend-invitation").line("login")["action"] == "resent"
    consume_streams()
    assert [mail.login for mail in outbox.mails] == [DESK, DESK]
    acts = [entry.act for entry in read_audit_log("t1")]
    assert (acts.count(AuditAction.ADD_LOGIN), acts.count(AuditAction.INVITE)) == (2, 1)


@pytest.mark.parametrize("verb", ["logins", "therapists"])
@pytest.mark.parametrize("typed", ["n\n", "\n", None], ids=["no", "the default", "nobody answers"])
def test_no_login_is_added_to_a_practice_in_use_without_a_yes(verb, typed, outbox):
    error = refused(verb, *ASKS[1:], typed=typed)
    assert "The practice t1 exists, with 1 login and 2 clients." in error
    assert "t1/desk would read and change everything" in error
    assert "Desk@example.org" in error
    assert error.endswith("add --yes.\n" if typed is None else "Nothing was changed.\n")
    assert outbox.mails == []


@pytest.mark.parametrize("verb", ["logins", "therapists"])
@pytest.mark.parametrize("given", [{"typed": "y\n"}, {}], ids=["asked", "--yes"])
def test_a_login_is_added_to_a_practice_in_use_after_a_yes(verb, given):
    arguments = ASKS[1:] if given else ADD[1:]
    assert run(verb, *arguments, **given).line("login")["action"] == "created"


def test_a_login_that_exists_is_not_asked_about(consume_streams):
    run(*ADD)
    consume_streams()
    assert run(*ASKS).line("login")["action"] == "none"
    assert run(*ASKS, "--resend-invitation").line("login")["action"] == "resent"


@pytest.mark.parametrize("therapist_id", ["nobody", "t10"])
def test_a_login_needs_a_practice(therapist_id):
    remove_therapist("t10", now=NOW)
    error = refused("logins", "add", therapist_id, "--email", "desk@example.org")
    assert error.startswith("Refused: unknown-therapist.")


def test_the_logins_of_therapists_are_listed_and_no_clients(consume_streams):
    run(*ADD, "--role", "office", "--owner", "Otto")
    assert "missing" in run_text("logins", "list", "t1")
    consume_streams()
    cognito.THERAPISTS.disable(DESK)
    listed = {each.pop("login"): each for each in run("logins", "list", "t1").lines}
    assert all(each.pop("login_id") for each in listed.values())
    assert listed == {
        TESS: {"kind": "login", "role": "therapist", "enabled": True, "status": "invited"},
        DESK: {"kind": "login", "role": "office", "enabled": False, "status": "invited"},
    }
    assert "disabled" in run_text("logins", "list", "t1")
    assert run("logins", "list", "nobody").exit_code == 1


def test_a_login_is_removed(consume_streams):
    run(*ADD)
    consume_streams()
    assert run("logins", "remove", "t1", TESS).line("login")["action"] == "removed"
    consume_streams()
    assert TESS not in logins()
    assert AuditAction.REMOVE_LOGIN in [entry.act for entry in read_audit_log("t1")]
    assert {DESK, "t1/bob@example.org", "t10/tess@example.org"} <= set(logins())


def test_the_last_login_of_a_therapist_is_not_removed():
    run(*ADD, "--role", "office")
    assert "last" in refused("logins", "remove", "t1", TESS)
    assert run("logins", "remove", "t1", DESK).exit_code == 0


def test_a_user_older_than_the_rows_of_logins_gets_one(consume_streams, outbox):
    cognito.THERAPISTS.create(DESK, {"custom:therapist_id": "t1"})
    assert run(*ADD).line("login")["action"] == "created"
    consume_streams()
    assert logins(THERAPISTS)[DESK][1]["custom:login_id"] == login_ids()[DESK]


def login_ids():
    """The id of each login of the practice, by login name."""
    return {each["login"]: each["login_id"] for each in run("logins", "list", "t1").lines}


@pytest.mark.parametrize("verb", ["remove", "reset-mfa"])
@pytest.mark.parametrize(
    "login", ["t1/bob@example.org", "t10/tess@example.org", "t1/zoe@example.org"]
)
def test_only_the_practices_own_logins_are_changed(verb, login):
    assert "openhour logins list t1" in refused("logins", verb, "t1", login)


@pytest.fixture
def tess_with_app():
    """Tess, who has a password and an authenticator app."""
    user = users_of(THERAPISTS)[TESS]
    sign_in(TESS, user.password, then=CHOSEN)
    credentials_of(user).secret = b"the lost device"
    user.software_token_mfa_enabled = True
    return user


def sign_in(login, password, *, then=None):
    """Sign in as a therapist; `then` is the password to choose."""
    client = boto3.client("cognito-idp")
    asked = client.initiate_auth(
        ClientId=THERAPISTS.app_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": login, "PASSWORD": password},
    )
    if then is None:
        return asked
    return client.respond_to_auth_challenge(
        ClientId=THERAPISTS.app_id,
        ChallengeName=asked["ChallengeName"],
        Session=asked["Session"],
        ChallengeResponses={"USERNAME": login, "NEW_PASSWORD": then},
    )


@pytest.fixture(params=["OPTIONAL", "ON"])
def mfa(request, monkeypatch):
    monkeypatch.setattr(moto_pool(THERAPISTS), "mfa_config", request.param)
    return request.param


def test_a_lost_app_is_removed_and_the_password_remains(tess_with_app, mfa, outbox):
    assert sign_in(TESS, CHOSEN)["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    before, mails = logins(THERAPISTS), len(outbox.mails)
    result = run("logins", "reset-mfa", "t1", TESS)
    assert result.line("login") == {"kind": "login", "login": TESS, "action": "mfa-reset"}
    assert (logins(THERAPISTS), len(outbox.mails)) == (before, mails)
    signed_in = sign_in(TESS, CHOSEN)
    if mfa == "ON":
        assert signed_in["ChallengeName"] == "MFA_SETUP"
    else:
        assert signed_in["AuthenticationResult"]["IdToken"]
    assert AuditAction.RESET_MFA in [entry.act for entry in read_audit_log("t1")]


def test_the_tokens_of_a_lost_device_are_revoked(tess_with_app):
    tess_with_app.software_token_mfa_enabled = False
    refresh_token = sign_in(TESS, CHOSEN)["AuthenticationResult"]["RefreshToken"]
    run("logins", "reset-mfa", "t1", TESS)
    client = boto3.client("cognito-idp")
    with pytest.raises(client.exceptions.NotAuthorizedException):
        client.get_tokens_from_refresh_token(ClientId=THERAPISTS.app_id, RefreshToken=refresh_token)


@pytest.mark.parametrize("lost", [False, True], ids=["fails", "its answer is lost"])
def test_an_interrupted_reset_is_completed_by_the_next(restore_two_practices, lost):
    assert interrupt_anywhere(restore_two_practices, "logins", "reset-mfa", "t1", TESS, lost=lost)
