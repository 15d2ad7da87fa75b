"""One client: suspended by hand, and erased on request, wherever their name may be."""

import json
from datetime import timedelta

import boto3
import pytest

from openhour import clock
from openhour.rules.clients import Privilege
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import UnknownClient
from openhour.store.audit_log import read_audit_log
from openhour.use_cases import bookings, cancellations, clients, outcomes, regulars
from openhour.use_cases.therapists import remove_therapist
from tests.functions.calls import a_client, a_therapist
from tests.functions.records import nothing_in_it
from tests.operate.desk import (
    cut_short_anywhere,
    entries,
    following,
    logins,
    operate,
    rows,
    rows_of,
    say,
)
from tests.operate.practice import BOBS_SLOT, FREE_SLOT, keep
from tests.unit.builders import NOW, a_regular

WIL = {"name": "Wilhelmina Quist", "email": "Wil.Quist@example.org", "phone": "+1 555 0177"}
TELLING = ("wilhelmina", "quist", "555 0177", "seldom on time")
"""What tells who she is, or was written about her."""
ERASE = ("erase", "t1", "wil", "--confirm", "wil")
WILS_LOGIN = "t1/wil.quist@example.org"


def come_and_go():
    """Wil is invited, has a regular, cancels late, misses a session, is suspended and renamed."""
    clients.add_client("t1", client_id="wil", login=None, invite=True, now=NOW, **WIL)
    wish = a_regular(client_id="wil", when="tuesday 10:00", every_weeks=2)
    regulars.add_regular("t1", wish, preview=False, now=NOW)
    made = bookings.book_for_client("t1", "wil", FREE_SLOT, now=NOW).appointment
    on_monday = NOW + timedelta(days=7, hours=3)
    cancellations.cancel_own("t1", "wil", made.appointment_id, now=on_monday)
    again = bookings.book_for_client("t1", "wil", FREE_SLOT, now=on_monday).appointment
    outcomes.mark_outcome(
        "t1", again.appointment_id, Outcome.NO_SHOW, now=on_monday + timedelta(days=2)
    )
    clients.change_client("t1", "wil", {"phone": "+1 555 0177 9"}, now=NOW)
    clients.set_privilege("t1", "wil", Privilege.SUSPENDED, reason="Seldom on time", now=NOW)


@pytest.fixture(scope="module")
def as_client_and_after(settled):
    """What puts everything back as it was while wil was a client; and after."""
    with nothing_in_it():
        settled()
        follow = following()
        come_and_go()
        follow()
        before = keep()
        clients.discharge("t1", "wil", now=NOW + timedelta(days=9))
        follow()
        return before, keep()


@pytest.fixture
def wil(outbox, as_client_and_after):
    as_client_and_after[0]()
    assert WILS_LOGIN in logins()
    assert all(telling in everything_written() for telling in TELLING)


@pytest.fixture
def discharged(outbox, as_client_and_after):
    as_client_and_after[1]()


def everything_written():
    """Every table, the trail included, and every login."""
    return json.dumps([rows(), entries(), logins()]).lower()


# Suspending.


@pytest.fixture
def bob(two_practices):
    """A client who has booked."""


def test_a_client_is_suspended_and_restored_by_hand(bob):
    told = operate("suspend", "t1", "bob", "--reason", "Asked us to")
    assert told.code == 0
    facts = told.of("privilege")
    assert (facts["privilege"], facts["changed"]) == ("suspended", True)
    assert [each.partition("-")[0] for each in facts["ahead"]] == [BOBS_SLOT]
    refused = a_client("t1", "bob")("POST /appointments", {"slot_id": FREE_SLOT})
    assert refused.refusal == "privilege-suspended"
    assert operate("suspend", "t1", "bob").of("privilege")["changed"] is False
    assert operate("restore", "t1", "bob").of("privilege")["privilege"] == "active"
    assert a_client("t1", "bob")("GET /me").body["privilege"] == "active"


def test_a_suspended_clients_login_is_locked(bob, follow):
    operate("suspend", "t1", "bob")
    follow()
    assert logins()["t1/bob@example.org"][0] is False
    assert logins()["t10/bob@example.org"][0] is True


def test_the_trail_tells_who_suspended(bob):
    operate("suspend", "t1", "bob", "--as", "kim")
    assert ("operator:kim", "suspend", "bob") in {
        (entry.actor, entry.act, entry.client_id) for entry in read_audit_log("t1")
    }


@pytest.mark.parametrize("verb", ["suspend", "restore"])
@pytest.mark.parametrize(
    ("therapist_id", "client_id", "refusal"),
    [
        pytest.param("nobody", "bob", "unknown-therapist", id="no such therapist"),
        pytest.param("t1", "nobody", "unknown-client", id="no such client"),
        pytest.param("t1", "#login#t1/bob@example.org", "unknown-client", id="no client at all"),
    ],
)
def test_who_is_not_there_can_be_neither(verb, therapist_id, client_id, refusal, bob):
    before = rows()
    told = operate(verb, therapist_id, client_id)
    assert (told.code, told.complaint) == (1, f"Refused: {refusal}.\n")
    assert rows() == before


# Erasing.


def test_nothing_tells_who_an_erased_client_was(discharged, follow):
    assert operate(*ERASE).code == 0
    follow()
    written = everything_written()
    assert [telling for telling in TELLING if telling in written] == []
    assert "ann@example.org" in written


def test_a_client_is_discharged_and_erased_at_once(wil, follow):
    clock.set_now(NOW + timedelta(days=9))
    told = operate(*ERASE, "--discharge")
    follow()
    assert [each["what"] for each in told.told] == ["discharge", "login", "erased", "kept"]
    written = everything_written()
    assert [telling for telling in TELLING if telling in written] == []
    ahead = [row for row in rows_of("t1")["SlotsTable"] if row.get("client_id") == {"S": "wil"}]
    assert [row["slot_id"]["S"] for row in ahead] == [FREE_SLOT], "what is past stays"


def test_the_calendar_and_the_record_stay_whole(discharged):
    before = {t: r for t, r in rows_of("t1").items() if t not in ("ClientsTable", "PracticesTable")}
    operate(*ERASE)
    after = rows_of("t1")
    assert {table: after[table] for table in before} == before
    clock.set_now(NOW + timedelta(days=9))
    assert operate("audit", "t1").code == 0
    (row,) = (r for r in after["ClientsTable"] if r["client_id"]["S"] == "wil")
    assert (row["no_shows"], row["late_cancelled"]) == ({"N": "1"}, {"N": "1"})
    week = a_therapist("t1")("GET /practice/calendar", query="week=2026-W49").body
    shown = {slot["slot_id"]: slot["client"] for slot in week["slots"]}
    assert shown[FREE_SLOT] == {"client_id": "wil", "name": "(erased)"}


def test_the_login_is_gone_at_once(wil):
    """Before the stream has come by."""
    clients.discharge("t1", "wil", now=NOW + timedelta(days=9))
    assert WILS_LOGIN in logins()
    assert operate(*ERASE).of("login")["taken"] is True
    assert WILS_LOGIN not in logins()


def test_a_login_that_another_has_now_is_left_alone(discharged, follow):
    clients.add_client("t1", client_id="new", login=None, invite=True, now=NOW, **WIL)
    follow()
    assert operate(*ERASE).of("login")["taken"] is False
    assert logins()[WILS_LOGIN][2]["custom:client_id"] == "new"
    assert clients.read_client("t1", "new").email == "Wil.Quist@example.org"
    assert operate("audit", "t1").code == 0


def test_a_login_name_that_was_left_behind_is_given_up(discharged):
    row = {
        "therapist_id": {"S": "t1"},
        "client_id": {"S": f"#login#{WILS_LOGIN}"},
        "owner": {"S": "wil"},
    }
    boto3.client("dynamodb").put_item(TableName="openhour-clients", Item=row)
    operate(*ERASE)
    assert "quist" not in everything_written()


def test_the_neighbours_client_of_that_name_is_untouched(discharged):
    clients.add_client("t10", client_id="wil", login=None, invite=True, now=NOW, **WIL)
    before = rows_of("t10")
    operate(*ERASE)
    assert rows_of("t10") == before


def test_who_else_is_a_client_is_untouched(discharged):
    others = [row for row in rows_of("t1")["ClientsTable"] if "wil" not in row["client_id"]["S"]]
    operate(*ERASE)
    after = [row for row in rows_of("t1")["ClientsTable"] if "wil" not in row["client_id"]["S"]]
    assert after == others


def test_to_erase_again_changes_nothing(discharged):
    operate(*ERASE)
    before = rows(), entries()
    told = operate(*ERASE)
    assert (told.code, told.of("erased")["changed"]) == (0, False)
    assert (rows(), entries()) == before


def test_an_erased_client_can_do_nothing(discharged):
    operate(*ERASE)
    with pytest.raises(UnknownClient):
        clients.read_client("t1", "wil")
    assert operate("restore", "t1", "wil").code == 1


def test_the_trail_keeps_that_somebody_was_erased(discharged):
    operate(*ERASE)
    kept = [entry for entry in read_audit_log("t1") if entry.act == "erase-client"]
    assert [(entry.actor, entry.client_id) for entry in kept] == [("operator:jo", "wil")]


def test_erasing_says_where_copies_are_left(discharged):
    told = say(*ERASE)
    assert "35 days" in told
    assert "export" in told


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(("t1", "wil"), "--confirm wil", id="not confirmed"),
        pytest.param(("t1", "wil", "--confirm", "ann"), "--confirm wil", id="another confirmed"),
        pytest.param(("t1", "wil", "--confirm", "wil"), "--discharge", id="not discharged"),
        pytest.param(("t1", "zoe", "--confirm", "zoe"), "no client zoe", id="no such client"),
        pytest.param(("t9", "wil", "--confirm", "wil"), "unknown-therapist", id="no therapist"),
    ],
)
def test_nobody_is_erased_by_mistake(arguments, complaint, wil):
    before = everything_written()
    told = operate("erase", *arguments)
    assert told.code == 1
    assert complaint in told.complaint
    assert everything_written() == before


def test_a_removed_therapists_client_is_erased_as_they_are(wil):
    remove_therapist("t1", now=NOW)
    assert operate(*ERASE).code == 0
    written = everything_written()
    assert [telling for telling in TELLING if telling in written] == []


def test_an_erasure_cut_short_is_completed_by_the_next(wil):
    clock.set_now(NOW + timedelta(days=9))
    assert cut_short_anywhere(keep(), *ERASE, "--discharge", lost=True) > 8
    assert "quist" not in everything_written()
