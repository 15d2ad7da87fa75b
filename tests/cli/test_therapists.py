"""Therapists: added and listed."""

from datetime import datetime, timedelta

import boto3
import pytest

from infra.local.user_pools import CLIENTS, THERAPISTS
from openhour import clock, cognito
from openhour.rules.clients import Client
from openhour.store import practices
from openhour.store.clients import insert_client
from openhour.store.transactions import commit
from openhour.use_cases import clients, hours, releases
from openhour.use_cases.therapists import open_practice, remove_therapist
from tests.cli.cli_runner import (
    everything_stored,
    interrupt_anywhere,
    logins,
    refused,
    rows,
    run,
    run_text,
    scheduled,
)
from tests.functions.streams import nothing_in_it
from tests.unit.builders import NOW, a_practice, an_entry

TESS = ("therapists", "add", "tess", "--email", "Tess@Example.org")
IN_BERLIN = ("--name", "Tess & Co", "--timezone", "Europe/Berlin", "--office-phone", "+49 30 555")


def test_a_new_therapist_has_a_practice_that_is_safe_and_empty():
    assert run(*TESS, *IN_BERLIN).exit_code == 0
    practice = practices.read_practice("tess")
    given = (practice.name, practice.timezone, practice.office_phone)
    assert given == ("Tess & Co", "Europe/Berlin", "+49 30 555")
    assert practice.self_scheduling is False
    assert practice.hours == ()
    assert str(practice.released_through) == "2026-W48"


def test_name_zone_and_phone_are_optional():
    run(*TESS)
    practice = practices.read_practice("tess")
    assert (practice.name, practice.timezone, practice.office_phone) == ("", None, None)


def test_a_new_therapist_signs_in_with_the_password_in_the_mail(outbox, consume_streams):
    result = run(*TESS)
    consume_streams()
    (mail,) = outbox.mails
    assert result.line("login") == {"kind": "login", "login": mail.login, "action": "created"}
    assert (mail.to, mail.login) == ("Tess@Example.org", "tess/tess@example.org")
    asked = boto3.client("cognito-idp").initiate_auth(
        ClientId=THERAPISTS.app_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": mail.login, "PASSWORD": mail.password},
    )
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert mail.password not in str(result)


def test_the_release_is_scheduled_by_the_stream(consume_streams):
    assert run(*TESS, *IN_BERLIN).line("schedule")["scheduled"] is False
    consume_streams()
    assert scheduled() == ["tess"]
    assert run(*TESS, "--wait", "1").line("schedule")["scheduled"] is True


def test_a_schedule_that_does_not_come_is_reported():
    result = run(*TESS, *IN_BERLIN, "--wait", "0")
    assert (result.exit_code, result.line("schedule")["scheduled"]) == (1, False)


def test_without_a_zone_there_is_no_schedule_to_wait_for():
    assert run(*TESS, "--wait", "60").exit_code == 0


def test_adding_again_changes_nothing_and_says_so(outbox, consume_streams):
    run(*TESS, *IN_BERLIN)
    consume_streams()
    before = everything_stored()
    result = run(*TESS, "--name", "Another")
    assert everything_stored() == before
    assert result.exit_code == 0
    assert (result.line("practice")["action"], result.line("login")["action"]) == ("none", "none")
    assert len(outbox.mails) == 1


def test_a_chosen_password_is_not_changed(outbox, consume_streams):
    run(*TESS)
    consume_streams()
    boto3.client("cognito-idp").admin_set_user_password(
        UserPoolId=THERAPISTS.pool_id,
        Username="tess/tess@example.org",
        Password="Chosen-by-tess-1",
        Permanent=True,
    )
    assert run(*TESS, "--resend-invitation").line("login")["action"] == "none"
    assert len(outbox.mails) == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(("Tess", "--email", "t@example.org"), "therapist_id: ", id="a capital"),
        pytest.param(("te/ss", "--email", "t@example.org"), "therapist_id: ", id="a slash"),
        pytest.param(("te#ss", "--email", "t@example.org"), "therapist_id: ", id="a hash"),
        pytest.param(("", "--email", "t@example.org"), "therapist_id: ", id="no id"),
        pytest.param(("tess", "--email", "tess"), "email: ", id="no address"),
        pytest.param((*TESS[2:], "--timezone", "Mars"), "timezone: ", id="no zone"),
        pytest.param((*TESS[2:], "--office-phone", "-"), "office_phone: ", id="no phone"),
        pytest.param((*TESS[2:], "--login", "a b"), "login: ", id="a login with a space"),
    ],
)
def test_invalid_options_are_refused_before_anything_is_written(arguments, error):
    assert refused("therapists", "add", *arguments).startswith(error)


def test_a_client_with_the_therapists_address_has_a_login_of_their_own(consume_streams):
    identity = {"custom:therapist_id": "tess", "custom:client_id": "c1"}
    cognito.CLIENTS.create("tess/tess@example.org", identity)
    before = logins(CLIENTS)
    assert run(*TESS).line("login")["action"] == "created"
    consume_streams()
    assert logins(CLIENTS) == before
    assert list(logins(THERAPISTS)) == ["tess/tess@example.org"]


def test_another_users_login_is_not_changed():
    cognito.THERAPISTS.create("tess/tess@example.org", {"custom:therapist_id": "other"})
    before = logins()
    result = run(*TESS)
    assert result.exit_code == 1
    assert "--login" in result.error
    assert logins() == before


@pytest.mark.parametrize("lost", [False, True], ids=["no call gets through", "an answer is lost"])
def test_an_interrupted_addition_is_completed_by_the_next(lost, monkeypatch):
    monkeypatch.setattr("openhour.use_cases.logins.new_token", lambda: "id-of-tess")

    def prepare():
        with nothing_in_it():
            pass
        clock.set_now(NOW)

    assert interrupt_anywhere(prepare, *TESS, *IN_BERLIN, lost=lost) > 3


def test_two_therapists_are_independent(consume_streams):
    run(*TESS)
    consume_streams()
    before = rows("tess")
    run("therapists", "add", "tess2", "--email", "Tess@Example.org")
    consume_streams()
    assert rows("tess") == before
    assert set(logins()) == {"tess/tess@example.org", "tess2/tess@example.org"}


def test_every_therapist_is_listed():
    open_practice(a_practice(therapist_id="t1"), now=NOW)
    hours.set_hours("t1", (an_entry(),), if_match=None, preview=False, now=NOW)
    open_practice(a_practice(therapist_id="t2", self_scheduling=False), now=NOW)
    listed = {each["therapist_id"]: each for each in run("therapists", "list").lines}
    either = {
        "kind": "therapist",
        "removed_at": None,
        "released_through": "2026-W48",
        "overdue": False,
    }
    on = {"self_scheduling": True, "published_through": "2026-W49", "unplanned": False}
    off = {"self_scheduling": False, "published_through": None, "unplanned": True}
    assert listed == {
        "t1": {"therapist_id": "t1", **either, **on},
        "t2": {"therapist_id": "t2", **either, **off},
    }


@pytest.mark.parametrize(
    ("now", "done", "overdue"),
    [
        pytest.param("2026-11-27T19:14:00-05:00", False, False, id="still being tried on Friday"),
        pytest.param("2026-11-27T20:01:00-05:00", False, True, id="missed on Friday"),
        pytest.param("2026-11-27T20:01:00-05:00", True, False, id="done on Friday"),
        pytest.param("2026-12-04T20:01:00-05:00", True, True, id="missed a week later"),
    ],
)
def test_a_missed_release_is_marked_in_the_list(now, done, overdue):
    open_practice(a_practice(therapist_id="t1"), now=NOW)
    friday = datetime.fromisoformat("2026-11-27T18:00:00-05:00")
    if done:
        releases.release_week("t1", scheduled_at=friday, now=friday + timedelta(seconds=5))
    clock.set_now(datetime.fromisoformat(now))
    (listed,) = run("therapists", "list").lines
    assert listed["overdue"] is overdue
    assert ("RELEASE OVERDUE" in run_text("therapists", "list")) is overdue


def test_a_removed_therapist_is_listed_as_such():
    run(*TESS)
    remove_therapist("tess", now=NOW)
    assert "removed" in run_text("therapists", "list")
    assert run("therapists", "list").lines[0]["removed_at"] == NOW.isoformat()


def test_an_empty_deployment_has_an_empty_list():
    assert run_text("therapists", "list") == ""
    assert run("therapists", "list").error == "There are no therapists.\n"
    assert (run("therapists", "list").exit_code, run("therapists", "list").lines) == (0, [])


def test_a_removed_therapist_is_reopened_only_on_request(consume_streams):
    run(*TESS, *IN_BERLIN)
    consume_streams()
    run("therapists", "remove", "tess")
    consume_streams()
    clock.set_now(NOW + timedelta(hours=1))
    assert "--reopen" in refused(*TESS)
    assert run(*TESS, "--reopen").line("practice")["action"] == "reopened"
    consume_streams()
    practice = practices.read_practice("tess")
    assert (practice.timezone, practice.planned) == ("Europe/Berlin", practice.plan)
    assert scheduled() == ["tess"]
    assert list(logins()) == ["tess/tess@example.org"]


def test_a_login_that_was_disabled_for_a_removal_is_enabled_again(consume_streams):
    run(*TESS)
    consume_streams()
    remove_therapist("tess", now=NOW)
    cognito.THERAPISTS.disable("tess/tess@example.org")
    run(*TESS, "--reopen")
    assert logins()["tess/tess@example.org"][0] is True


def test_the_clients_of_a_reopened_practice_keep_their_rows():
    run(*TESS)
    commit(insert_client("tess", Client(client_id="c1", name="Ann")))
    run("therapists", "remove", "tess")
    another = (*TESS[:-1], "una@example.org", "--reopen")
    assert "with 1 login and 1 client." in refused(*another)
    run(*TESS, "--reopen")
    assert [client.client_id for client in clients.list_clients("tess")] == ["c1"]
