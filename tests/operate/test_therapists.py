"""Adding therapists, and telling who there is."""

from datetime import datetime, timedelta

import boto3
import pytest

from infra.local.cognito import USER_POOL_CLIENT_ID, USER_POOL_ID
from openhour import clock, cognito
from openhour.rules.clients import Client
from openhour.store import practices
from openhour.store.clients import insert_client
from openhour.store.transactions import commit
from openhour.use_cases import clients, hours, releases
from openhour.use_cases.therapists import open_practice, read_therapist, remove_therapist
from tests.functions.records import nothing_in_it
from tests.operate.desk import cut_short_anywhere, logins, operate, rows, say, scheduled
from tests.unit.builders import NOW, a_practice, an_entry

TESS = ("add", "tess", "--email", "Tess@Example.org")
IN_BERLIN = ("--name", "Tess & Co", "--timezone", "Europe/Berlin", "--office-phone", "+49 30 555")


def test_a_new_therapist_has_a_practice_that_is_safe_and_empty():
    assert operate(*TESS, *IN_BERLIN).code == 0
    practice = practices.read_practice("tess")
    assert (practice.name, practice.timezone, practice.office_phone) == (
        "Tess & Co",
        "Europe/Berlin",
        "+49 30 555",
    )
    assert practice.self_scheduling is False
    assert practice.hours == ()
    assert str(practice.released_through) == "2026-W48"


def test_a_new_therapist_may_give_name_zone_and_phone_later():
    operate(*TESS)
    practice = practices.read_practice("tess")
    assert (practice.name, practice.timezone, practice.office_phone) == ("", None, None)


def test_a_new_therapist_signs_in_with_the_password_in_the_mail(outbox):
    told = operate(*TESS)
    (mail,) = outbox.mails
    assert told.of("login") == {"what": "login", "login": mail.login, "done": "made"}
    assert (mail.to, mail.login) == ("Tess@Example.org", "tess/tess@example.org")
    asked = boto3.client("cognito-idp").initiate_auth(
        ClientId=USER_POOL_CLIENT_ID,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": mail.login, "PASSWORD": mail.password},
    )
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert mail.password not in str(told)


def test_a_new_therapists_login_tells_whose_it_is():
    operate(*TESS)
    assert logins() == {
        "tess/tess@example.org": (
            True,
            ["therapists"],
            {
                "custom:therapist_id": "tess",
                "email": "Tess@Example.org",
                "email_verified": "true",
            },
        )
    }


def test_a_login_name_may_be_chosen():
    operate(*TESS, "--login", "Front-Desk")
    assert list(logins()) == ["tess/front-desk"]


def test_the_release_is_scheduled_by_the_stream(follow):
    assert operate(*TESS, *IN_BERLIN).of("schedule")["there"] is False
    follow()
    assert scheduled() == ["tess"]
    assert operate(*TESS, "--wait", "1").of("schedule")["there"] is True


def test_who_waits_for_a_schedule_that_does_not_come_is_told():
    told = operate(*TESS, *IN_BERLIN, "--wait", "0")
    assert (told.code, told.of("schedule")["there"]) == (1, False)


def test_without_a_zone_there_is_no_schedule_to_wait_for():
    assert operate(*TESS, "--wait", "60").code == 0


def test_to_add_again_changes_nothing_and_says_so(outbox):
    operate(*TESS, *IN_BERLIN)
    before = rows(), logins()
    told = operate(*TESS, "--name", "Another")
    assert (rows(), logins()) == before
    assert told.code == 0
    assert (told.of("practice")["done"], told.of("login")["done"]) == ("nothing", "nothing")
    assert len(outbox.mails) == 1


def test_a_first_password_is_mailed_again_when_asked_for(outbox):
    operate(*TESS)
    assert operate(*TESS, "--mail-again").of("login")["done"] == "mailed"
    assert len(outbox.mails) == 2


def test_a_password_that_was_chosen_is_left_alone(outbox):
    operate(*TESS)
    boto3.client("cognito-idp").admin_set_user_password(
        UserPoolId=USER_POOL_ID,
        Username="tess/tess@example.org",
        Password="Chosen-by-tess-1",
        Permanent=True,
    )
    assert operate(*TESS, "--mail-again").of("login")["done"] == "nothing"
    assert len(outbox.mails) == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(("Tess", "--email", "t@example.org"), "therapist_id: ", id="a capital"),
        pytest.param(("te/ss", "--email", "t@example.org"), "therapist_id: ", id="a slash"),
        pytest.param(("te#ss", "--email", "t@example.org"), "therapist_id: ", id="a hash"),
        pytest.param(("", "--email", "t@example.org"), "therapist_id: ", id="no id"),
        pytest.param(("tess", "--email", "tess"), "email: ", id="no address"),
        pytest.param((*TESS[1:], "--timezone", "Mars"), "timezone: ", id="no zone"),
        pytest.param((*TESS[1:], "--office-phone", "-"), "office_phone: ", id="no phone"),
        pytest.param((*TESS[1:], "--login", "a b"), "login: ", id="a login with a space"),
    ],
)
def test_what_can_not_be_is_refused_before_anything_is_written(arguments, complaint):
    told = operate("add", *arguments)
    assert (told.code, told.told) == (1, [])
    assert told.complaint.startswith(complaint)
    assert not any(rows().values())
    assert logins() == {}


@pytest.mark.parametrize(
    "identity",
    [
        pytest.param({"custom:therapist_id": "other"}, id="another therapist's"),
        pytest.param({"custom:therapist_id": "tess", "custom:client_id": "c1"}, id="a client's"),
    ],
)
def test_a_login_that_is_somebody_elses_is_left_alone(identity):
    cognito.create("tess/tess@example.org", identity)
    before = logins()
    told = operate(*TESS)
    assert told.code == 1
    assert "--login" in told.complaint
    assert logins() == before


@pytest.mark.parametrize("lost", [False, True], ids=["no call gets through", "an answer is lost"])
def test_an_addition_cut_short_is_completed_by_the_next(lost):
    def prepare():
        with nothing_in_it():
            pass
        clock.set_now(NOW)

    assert cut_short_anywhere(prepare, *TESS, *IN_BERLIN, lost=lost) > 3


def test_two_therapists_never_meet():
    operate(*TESS)
    before = rows(), logins()
    operate("add", "tess2", "--email", "Tess@Example.org")
    assert all(row in rows()["PracticesTable"] for row in before[0]["PracticesTable"])
    assert set(logins()) == {"tess/tess@example.org", "tess2/tess@example.org"}


def test_every_therapist_is_listed():
    open_practice(a_practice(therapist_id="t1"), now=NOW)
    hours.set_hours("t1", (an_entry(),), if_match=None, preview=False, now=NOW)
    open_practice(a_practice(therapist_id="t2", self_scheduling=False), now=NOW)
    listed = {each["therapist_id"]: each for each in operate("list").told}
    assert listed == {
        "t1": {
            "what": "therapist",
            "therapist_id": "t1",
            "removed_at": None,
            "self_scheduling": True,
            "released_through": "2026-W48",
            "published_through": "2026-W49",
            "overdue": False,
            "unplanned": False,
        },
        "t2": {
            "what": "therapist",
            "therapist_id": "t2",
            "removed_at": None,
            "self_scheduling": False,
            "released_through": "2026-W48",
            "published_through": None,
            "overdue": False,
            "unplanned": True,
        },
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
def test_a_missed_release_stands_out_in_the_list(now, done, overdue):
    open_practice(a_practice(therapist_id="t1"), now=NOW)
    friday = datetime.fromisoformat("2026-11-27T18:00:00-05:00")
    if done:
        releases.release_week("t1", scheduled_at=friday, now=friday + timedelta(seconds=5))
    clock.set_now(datetime.fromisoformat(now))
    (listed,) = operate("list").told
    assert listed["overdue"] is overdue
    assert ("overdue" in say("list")) is overdue


def test_a_removed_therapist_is_listed_as_such():
    operate(*TESS)
    remove_therapist("tess", now=NOW)
    assert "removed" in say("list")
    assert operate("list").told[0]["removed_at"] == NOW.isoformat()


def test_nobody_is_listed_where_nobody_is():
    assert (operate("list").code, operate("list").told) == (0, [])


def test_a_removed_therapist_comes_back_only_when_asked_for(follow):
    operate(*TESS, *IN_BERLIN)
    follow()
    operate("remove", "tess")
    follow()
    refused = operate(*TESS)
    assert refused.code == 1
    assert "--reopen" in refused.complaint
    assert read_therapist("tess").removed_at
    assert operate(*TESS, "--reopen").of("practice")["done"] == "reopened"
    follow()
    practice = practices.read_practice("tess")
    assert (practice.timezone, practice.planned) == ("Europe/Berlin", practice.plan)
    assert scheduled() == ["tess"]
    assert list(logins()) == ["tess/tess@example.org"]


def test_a_login_that_was_locked_for_a_removal_opens_again():
    operate(*TESS)
    remove_therapist("tess", now=NOW)
    cognito.disable("tess/tess@example.org")
    operate(*TESS, "--reopen")
    assert logins()["tess/tess@example.org"][0] is True


def test_clients_of_a_therapist_who_came_back_keep_their_rows():
    operate(*TESS)
    commit(insert_client("tess", Client(client_id="c1", name="Ann")))
    operate("remove", "tess")
    operate(*TESS, "--reopen")
    assert [client.client_id for client in clients.list_clients("tess")] == ["c1"]
