"""Clients: listed, suspended by hand, and erased on request."""

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
from tests.cli.cli_runner import (
    everything_stored,
    interrupt_anywhere,
    logins,
    refused,
    rows,
    run,
    run_text,
    stream_consumer,
)
from tests.cli.practices import BOBS_SLOT, FREE_SLOT, save_state, tess_of
from tests.functions.http import a_client
from tests.functions.streams import nothing_in_it
from tests.unit.builders import NOW, a_regular

WIL = {"name": "Wilhelmina Quist", "email": "Wil.Quist@example.org", "phone": "+1 555 0177"}
IDENTIFYING = ("wilhelmina", "quist", "555 0177", "seldom on time")
"""Whatever identifies wil, or was written about her."""
ERASE = ("clients", "erase", "t1", "wil", "--confirm", "wil")
WILS_LOGIN = "t1/wil.quist@example.org"


def add_history():
    """Wil is invited, has a regular, cancels late, misses a session, and is suspended."""
    clients.add_client("t1", client_id="wil", login=None, invite=True, now=NOW, **WIL)
    wish = a_regular(client_id="wil", when="tuesday 10:00", every_weeks=2)
    regulars.add_regular("t1", wish, preview=False, now=NOW)
    booked = bookings.book_for_client("t1", "wil", FREE_SLOT, now=NOW).appointment
    on_monday = NOW + timedelta(days=7, hours=3)
    cancellations.cancel_own("t1", "wil", booked.appointment_id, now=on_monday)
    again = bookings.book_for_client("t1", "wil", FREE_SLOT, now=on_monday).appointment
    outcomes.mark_outcome(
        "t1", again.appointment_id, Outcome.NO_SHOW, now=on_monday + timedelta(days=2)
    )
    clients.change_client("t1", "wil", {"phone": "+1 555 0177 9"}, now=NOW)
    clients.set_privilege("t1", "wil", Privilege.SUSPENDED, reason="Seldom on time", now=NOW)


@pytest.fixture(scope="module")
def as_client_and_after(restore_two_practices):
    """Functions that restore the state while wil was a client, and after the discharge."""
    with nothing_in_it():
        restore_two_practices()
        consume = stream_consumer()
        add_history()
        consume()
        before = save_state()
        clients.discharge("t1", "wil", now=NOW + timedelta(days=9))
        consume()
        return before, save_state()


@pytest.fixture
def wil(outbox, as_client_and_after):
    as_client_and_after[0]()
    assert WILS_LOGIN in logins()
    assert set(identifying_texts()) == set(IDENTIFYING)


@pytest.fixture
def discharged(outbox, as_client_and_after):
    as_client_and_after[1]()


def identifying_texts():
    """The texts that are still stored anywhere."""
    stored = json.dumps(everything_stored()).lower()
    return [text for text in IDENTIFYING if text in stored]


# Listing.


def test_clients_are_listed_with_their_privilege(discharged):
    listed = {each.pop("client_id"): each for each in run("clients", "list", "t1").lines}
    plain = {"kind": "client", "privilege_reason": None}
    assert listed == {
        "ann": {"name": "Ann", "privilege": "active", **plain},
        "bob": {"name": "Bob", "privilege": "active", **plain},
        "wil": {
            "kind": "client",
            "name": WIL["name"],
            "privilege": "ended",
            "privilege_reason": "Seldom on time",
        },
    }
    assert WIL["name"] in run_text("clients", "list", "t1")
    assert run("clients", "list", "nobody").exit_code == 1


# Suspending.


def test_a_client_is_suspended_and_restored_by_hand(two_practices):
    result = run("clients", "suspend", "t1", "bob", "--reason", "Asked us to", "--as", "kim")
    assert result.exit_code == 0
    acts = {(entry.actor, entry.act, entry.client_id) for entry in read_audit_log("t1")}
    assert ("operator:kim", "suspend", "bob") in acts
    facts = result.line("privilege")
    assert (facts["privilege"], facts["changed"]) == ("suspended", True)
    assert [each.partition("-")[0] for each in facts["booked"]] == [BOBS_SLOT]
    refused = a_client("t1", "bob")("POST /appointments", {"slot_id": FREE_SLOT})
    assert refused.refusal == "privilege-suspended"
    assert run("clients", "suspend", "t1", "bob").line("privilege")["changed"] is False
    assert run("clients", "restore", "t1", "bob").line("privilege")["privilege"] == "active"
    assert a_client("t1", "bob")("GET /me").body["privilege"] == "active"


def test_the_reason_of_a_suspension_is_shown_and_kept(two_practices):
    suspend = ("clients", "suspend", "t1", "bob")
    assert run(*suspend, "--reason", "Asked us to").line("privilege")["privilege_reason"] == (
        "Asked us to"
    )
    therapist = tess_of("t1")
    assert therapist("GET /practice/clients/bob").body["privilege_reason"] == "Asked us to"
    assert "Asked us to" in run_text("clients", "list", "t1")
    assert "Asked us to" not in str(a_client("t1", "bob")("GET /me").body)
    assert "new reason was not recorded" in run_text(*suspend, "--reason", "Another")
    restored = run("clients", "restore", "t1", "bob").line("privilege")
    assert (restored["privilege"], restored["privilege_reason"]) == ("active", "Asked us to")
    assert therapist("GET /practice/clients/bob").body["privilege_reason"] == "Asked us to"
    assert run(*suspend).line("privilege")["privilege_reason"] is None


def test_what_is_printed_pairs_the_id_with_the_name(two_practices):
    text = run_text("clients", "suspend", "t1", "bob")
    assert text == "bob (Bob) is suspended, with 1 booked session. Reason: none given.\n"
    assert "ann (Ann)" in refused("clients", "erase", "t1", "ann")


def test_a_suspended_clients_login_is_locked(two_practices, consume_streams):
    run("clients", "suspend", "t1", "bob")
    consume_streams()
    assert logins()["t1/bob@example.org"][0] is False
    assert logins()["t10/bob@example.org"][0] is True


@pytest.mark.parametrize("verb", ["suspend", "restore"])
@pytest.mark.parametrize(
    ("therapist_id", "client_id", "refusal"),
    [
        pytest.param("nobody", "bob", "unknown-therapist", id="no such therapist"),
        pytest.param("t1", "nobody", "unknown-client", id="no such client"),
        pytest.param(
            "t1", "#login#t1/bob@example.org", "unknown-client", id="a reserved login name"
        ),
    ],
)
def test_an_unknown_client_can_be_neither_suspended_nor_restored(
    verb, therapist_id, client_id, refusal, two_practices
):
    error = refused("clients", verb, therapist_id, client_id)
    assert error.startswith(f"Refused: {refusal}.")


# Erasing.


def test_an_erased_client_cannot_be_identified(discharged, consume_streams):
    assert run(*ERASE).exit_code == 0
    consume_streams()
    assert identifying_texts() == []


def test_a_client_is_discharged_and_erased_at_once(wil, consume_streams):
    clock.set_now(NOW + timedelta(days=9))
    result = run(*ERASE, "--discharge")
    consume_streams()
    assert result.kinds == ["discharge", "login", "erased", "remaining-copies"]
    assert identifying_texts() == []
    ahead = [row for row in rows("t1")["SlotsTable"] if row.get("client_id") == {"S": "wil"}]
    assert [row["slot_id"]["S"] for row in ahead] == [FREE_SLOT], "past sessions stay"


def test_the_calendar_and_the_history_stay_consistent(discharged):
    before = {t: r for t, r in rows("t1").items() if t not in ("ClientsTable", "PracticesTable")}
    run(*ERASE)
    after = rows("t1")
    assert {table: after[table] for table in before} == before
    clock.set_now(NOW + timedelta(days=9))
    assert run("check", "t1").exit_code == 0
    (row,) = (r for r in after["ClientsTable"] if r["client_id"]["S"] == "wil")
    assert (row["no_shows"], row["late_cancelled"]) == ({"N": "1"}, {"N": "1"})
    week = tess_of("t1")("GET /practice/calendar?week=2026-W49").body
    shown = {slot["slot_id"]: slot["client"] for slot in week["slots"]}
    assert shown[FREE_SLOT] == {"client_id": "wil", "name": "(erased)"}


def test_the_login_is_gone_at_once(wil):
    """Before the stream is consumed."""
    clients.discharge("t1", "wil", now=NOW + timedelta(days=9))
    assert WILS_LOGIN in logins()
    assert run(*ERASE).line("login")["removed"] is True
    assert WILS_LOGIN not in logins()


def test_a_login_that_another_client_has_now_stays(discharged, consume_streams):
    clients.add_client("t1", client_id="new", login=None, invite=True, now=NOW, **WIL)
    consume_streams()
    assert run(*ERASE).line("login")["removed"] is False
    assert logins()[WILS_LOGIN][1]["custom:client_id"] == "new"
    assert clients.read_client("t1", "new").email == "Wil.Quist@example.org"
    assert run("check", "t1").exit_code == 0


def test_a_reserved_login_name_that_was_left_is_deleted(discharged):
    row = {
        "therapist_id": {"S": "t1"},
        "client_id": {"S": f"#login#{WILS_LOGIN}"},
        "owner": {"S": "wil"},
    }
    boto3.client("dynamodb").put_item(TableName="openhour-clients", Item=row)
    run(*ERASE)
    assert identifying_texts() == []


def test_the_neighbours_client_of_that_name_is_untouched(discharged):
    clients.add_client("t10", client_id="wil", login=None, invite=True, now=NOW, **WIL)
    before = rows("t10")
    run(*ERASE)
    assert rows("t10") == before


def _rows_of_others():
    stored, wil = rows("t1")["ClientsTable"], {"S": "wil"}
    return [row for row in stored if wil not in (row.get("owner"), row["client_id"])]


def test_the_other_clients_are_untouched(discharged):
    others = _rows_of_others()
    run(*ERASE)
    assert _rows_of_others() == others


def test_erasing_again_changes_nothing(discharged):
    run(*ERASE)
    before = everything_stored()
    result = run(*ERASE)
    assert (result.exit_code, result.line("erased")["changed"]) == (0, False)
    assert everything_stored() == before


def test_an_erased_client_can_do_nothing(discharged):
    run(*ERASE)
    with pytest.raises(UnknownClient):
        clients.read_client("t1", "wil")
    assert run("clients", "restore", "t1", "wil").exit_code == 1


def test_the_audit_log_records_the_erasure(discharged):
    run(*ERASE)
    erased = [entry for entry in read_audit_log("t1") if entry.act == "erase-client"]
    assert [(entry.actor, entry.client_id) for entry in erased] == [("operator:jo", "wil")]


def test_erasing_says_where_copies_are_left(discharged):
    assert "35 days" in run_text(*ERASE)


def test_a_dry_run_of_an_erasure_changes_nothing(two_practices):
    before = everything_stored()
    result = run("clients", "erase", "t1", "bob", "--discharge", "--dry-run")
    assert result.exit_code == 0
    assert result.line("discharge")["sessions"] == 1
    assert (result.line("login")["removed"], result.line("erased")["changed"]) == (True, False)
    assert everything_stored() == before
    assert run("clients", "erase", "t1", "bob", "--dry-run").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        pytest.param(("t1", "wil"), "--confirm wil", id="not confirmed"),
        pytest.param(("t1", "wil", "--confirm", "ann"), "--confirm wil", id="another confirmed"),
        pytest.param(("t1", "wil", "--confirm", "wil"), "--discharge", id="not discharged"),
        pytest.param(("t1", "zoe", "--confirm", "zoe"), "no client zoe", id="no such client"),
        pytest.param(("t9", "wil", "--confirm", "wil"), "unknown-therapist", id="no therapist"),
    ],
)
def test_nobody_is_erased_by_mistake(arguments, error, wil):
    assert error in refused("clients", "erase", *arguments)


def test_a_removed_therapists_client_is_erased_as_they_are(wil):
    remove_therapist("t1", now=NOW)
    assert run(*ERASE).exit_code == 0
    assert identifying_texts() == []


def test_an_interrupted_erasure_is_completed_by_the_next(wil):
    clock.set_now(NOW + timedelta(days=9))
    assert interrupt_anywhere(save_state(), *ERASE, "--discharge", lost=True) > 8
    assert identifying_texts() == []
