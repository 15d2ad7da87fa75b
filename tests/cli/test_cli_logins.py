"""Logins of a practice's therapists: added, listed, removed, and without a lost second factor."""

from __future__ import annotations

import pytest
from moto.cognitoidp.models import cognitoidp_backends

from infra.local.environment import ACCOUNT, REGION
from infra.local.user_pool import USER_POOL_ID
from openhour import cognito
from openhour.rules.audit_log import AuditAction
from openhour.store.audit_log import read_audit_log
from openhour.use_cases.therapists import remove_therapist
from tests.cli.cli_runner import logins, refused, run, run_text
from tests.unit.builders import NOW

pytestmark = pytest.mark.usefixtures("two_practices")
TESS, DESK = "t1/tess@example.org", "t1/desk"
ASKS = ("logins", "add", "t1", "--email", "Desk@example.org", "--login", "Desk")
ADD = (*ASKS, "--yes")


def test_a_login_is_added_once(outbox):
    assert run(*ADD).line("login") == {"kind": "login", "login": DESK, "action": "created"}
    assert logins()[DESK][1:] == (
        ["therapists"],
        {"custom:therapist_id": "t1", "email": "Desk@example.org", "email_verified": "true"},
    )
    assert run(*ADD).line("login")["action"] == "none"
    assert run(*ADD, "--resend-invitation").line("login")["action"] == "resent"
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


def test_a_login_that_exists_is_not_asked_about():
    run(*ADD)
    assert run(*ASKS).line("login")["action"] == "none"
    assert run(*ASKS, "--resend-invitation").line("login")["action"] == "resent"


@pytest.mark.parametrize("therapist_id", ["nobody", "t10"])
def test_a_login_needs_a_practice(therapist_id):
    remove_therapist("t10", now=NOW)
    error = refused("logins", "add", therapist_id, "--email", "desk@example.org")
    assert error.startswith("Refused: unknown-therapist.")


def test_the_logins_of_therapists_are_listed_and_no_clients():
    run(*ADD)
    cognito.disable(DESK)
    listed = {each.pop("login"): each for each in run("logins", "list", "t1").lines}
    assert listed == {
        TESS: {"kind": "login", "enabled": True, "status": "invited"},
        DESK: {"kind": "login", "enabled": False, "status": "invited"},
    }
    assert "disabled" in run_text("logins", "list", "t1")
    assert run("logins", "list", "nobody").exit_code == 1


def test_a_login_is_removed():
    run(*ADD)
    assert run("logins", "remove", "t1", TESS).line("login")["action"] == "removed"
    assert TESS not in logins()
    assert AuditAction.REMOVE_LOGIN in [entry.act for entry in read_audit_log("t1")]
    assert {DESK, "t1/bob@example.org", "t10/tess@example.org"} <= set(logins())


def test_the_last_enabled_login_is_not_removed():
    run(*ADD)
    cognito.disable(DESK)
    assert "last" in refused("logins", "remove", "t1", TESS)
    assert run("logins", "remove", "t1", DESK).exit_code == 0


@pytest.mark.parametrize("verb", ["remove", "reset-mfa"])
@pytest.mark.parametrize(
    "login", ["t1/bob@example.org", "t10/tess@example.org", "t1/zoe@example.org"]
)
def test_only_the_practices_own_logins_are_changed(verb, login):
    assert "openhour logins list t1" in refused("logins", verb, "t1", login)


def test_a_lost_second_factor_is_turned_off():
    pool = cognitoidp_backends[ACCOUNT][REGION].user_pools[USER_POOL_ID]
    cognito_user = next(user for user in pool.users.values() if user.username == TESS)
    cognito_user.software_token_mfa_enabled = True
    cognito_user.preferred_mfa_setting = "SOFTWARE_TOKEN_MFA"
    assert run("logins", "reset-mfa", "t1", TESS).exit_code == 0
    assert not cognito_user.software_token_mfa_enabled
    assert not cognito_user.preferred_mfa_setting
    assert AuditAction.RESET_MFA in [entry.act for entry in read_audit_log("t1")]
