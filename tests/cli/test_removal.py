"""Removing a therapist: locked out first, erased later; other therapists are untouched."""

from datetime import timedelta

import pytest

from infra.cli.removal import TOKENS_OUTLIVE
from infra.local import template
from openhour import clock, cognito
from openhour.rules.refusals import UnknownTherapist
from openhour.store import practices
from openhour.use_cases import planning
from openhour.use_cases.therapists import read_therapist
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
from tests.cli.practices import FREE_SLOT, save_state
from tests.functions.http import ANYBODY, a_client, a_therapist
from tests.unit.builders import NOW

LATER = NOW + TOKENS_OUTLIVE + timedelta(minutes=5)
ERASE = ("therapists", "erase", "t1", "--confirm", "t1")


@pytest.fixture
def removed(two_practices, consume_streams):
    assert run("therapists", "remove", "t1").exit_code == 0
    consume_streams()


@pytest.fixture
def later(removed):
    """A removal after which every token has expired."""
    clock.set_now(LATER)
    practices.invalidate()


def test_a_removed_therapist_is_not_found(removed):
    with pytest.raises(UnknownTherapist):
        practices.cached_practice("t1")
    assert ANYBODY("GET /therapists/t1").refusal == "unknown-therapist"
    assert a_therapist("t1")("GET /practice").refusal == "unknown-therapist"
    assert a_client("t1", "bob")("GET /slots").refusal == "unknown-therapist"
    booked = a_client("t1", "bob")("POST /appointments", {"slot_id": FREE_SLOT})
    assert booked.refusal == "unknown-therapist"


def test_a_removed_therapists_logins_and_schedule_are_gone(removed):
    assert set(logins()) == {"t10/tess@example.org", "t10/ann@example.org", "t10/bob@example.org"}
    assert scheduled() == ["t10"]


def test_no_later_stream_record_restores_the_schedule(removed, consume_streams):
    practice = read_therapist("t1")
    practices.write_practice(practice, practice, plans=True)
    consume_streams()
    assert scheduled() == ["t10"]


def test_nothing_of_a_removed_therapists_rows_is_lost(two_practices):
    before = rows("t1")
    run("therapists", "remove", "t1")
    after = rows("t1")
    del before["PracticesTable"], after["PracticesTable"]
    assert after == before


def test_the_check_says_that_the_therapist_is_removed(removed):
    assert "; removed, so that nothing is planned" in run_text("check", "t1")


def test_the_neighbour_is_untouched(two_practices, consume_streams):
    before = rows("t10"), logins()["t10/tess@example.org"]
    run("therapists", "remove", "t1")
    consume_streams()
    clock.set_now(LATER)
    run(*ERASE)
    consume_streams()
    assert (rows("t10"), logins()["t10/tess@example.org"]) == before


def test_another_therapists_login_with_the_prefix_stays(two_practices):
    cognito.THERAPISTS.create("t1/odd", {"custom:therapist_id": "t10"})
    run("therapists", "remove", "t1")
    assert "t1/odd" in logins()


def test_removing_again_changes_nothing(removed):
    before = everything_stored()
    again = run("therapists", "remove", "t1")
    assert (again.exit_code, again.line("logins")["removed"]) == (0, 0)
    assert everything_stored() == before


def test_a_concurrent_planner_finds_no_therapist(two_practices):
    read = planning.read_calendar("t1", now=NOW).practice
    run("therapists", "remove", "t1")
    with pytest.raises(UnknownTherapist):
        planning.carry_out_plan("t1", now=NOW)
    assert read_therapist("t1").plan > read.plan


def test_an_unknown_therapist_cannot_be_removed():
    error = "There is no therapist nobody. `openhour therapists list` prints every id.\n"
    assert refused("therapists", "remove", "nobody") == error


def test_an_interrupted_removal_is_completed_by_the_next(restore_two_practices, two_practices):
    assert interrupt_anywhere(restore_two_practices, "therapists", "remove", "t1", lost=True) > 5


def test_erasing_leaves_no_row_of_the_therapist(later, consume_streams):
    before = {table: len(items) for table, items in rows("t1").items()}
    result = run(*ERASE)
    consume_streams()
    assert result.exit_code == 0
    assert not any(rows("t1").values())
    erased = {each["table"]: each["rows"] for each in result.of_kind("erased")}
    assert sum(erased.values()) == sum(before.values())
    assert scheduled() == ["t10"]


def test_a_dry_run_of_an_erasure_counts_the_rows(later):
    before = everything_stored()
    result = run("therapists", "erase", "t1", "--dry-run")
    assert result.exit_code == 0
    assert everything_stored() == before
    counts = {each["table"]: each["rows"] for each in result.of_kind("erased")}
    assert counts == {each["table"]: each["rows"] for each in run(*ERASE).of_kind("erased")}


def test_erasing_names_the_remaining_copies(later):
    assert "35 days" in run_text(*ERASE)


@pytest.mark.parametrize("given", [(), ("--confirm", "t10"), ("--confirm", "T1")])
def test_erasing_has_to_be_confirmed(given, later):
    assert "--confirm t1" in refused("therapists", "erase", "t1", *given)


def test_a_therapist_who_is_not_removed_cannot_be_erased(two_practices):
    assert "t1 is not removed" in refused(*ERASE)


def test_nobody_is_erased_while_tokens_may_be_valid(removed):
    clock.set_now(NOW + TOKENS_OUTLIVE - timedelta(minutes=1))
    assert "15:00 UTC" in refused(*ERASE)


@pytest.mark.parametrize("app_client", ["ClientsAppClient", "TherapistsAppClient"])
def test_tokens_expire_before_anything_is_erased(app_client):
    client = template.load().properties(app_client)
    assert client["TokenValidityUnits"]["IdToken"] == "minutes"
    assert timedelta(minutes=client["IdTokenValidity"]) < TOKENS_OUTLIVE


def test_erasing_again_finds_nothing(later):
    run(*ERASE)
    result = run(*ERASE)
    assert result.exit_code == 0
    assert {each["rows"] for each in result.of_kind("erased")} == {0}


def test_an_interrupted_erasure_is_completed_by_the_next(restore_two_practices, later):
    restore_state = save_state()
    assert interrupt_anywhere(restore_state, *ERASE, lost=True) > 8
    assert not any(rows("t1").values())
    assert all(rows("t10").values())
