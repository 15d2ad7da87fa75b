"""Removing a therapist: locked out first, erased later, resumed where it was cut short; and the
neighbour is none the wiser."""

from datetime import timedelta

import pytest

from infra.local import template
from infra.operate.removal import TOKENS_OUTLIVE
from openhour import clock, cognito
from openhour.rules.refusals import UnknownTherapist
from openhour.store import practices
from openhour.use_cases import planning
from openhour.use_cases.therapists import read_therapist
from tests.functions.calls import ANYBODY, a_client, a_therapist
from tests.operate.desk import cut_short_anywhere, logins, operate, rows, rows_of, say, scheduled
from tests.operate.practice import FREE_SLOT, keep
from tests.unit.builders import NOW

LATER = NOW + TOKENS_OUTLIVE + timedelta(minutes=5)
ERASE = ("remove", "t1", "--erase", "--confirm", "t1")


@pytest.fixture
def removed(two_practices, follow):
    assert operate("remove", "t1").code == 0
    follow()


@pytest.fixture
def later(removed):
    """When no token is good any more."""
    clock.set_now(LATER)
    practices.invalidate()


def test_a_removed_therapist_can_not_be_found(removed):
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


def test_the_schedule_stays_away_whatever_the_stream_still_brings(removed, follow):
    practice = read_therapist("t1")
    practices.write_practice(practice, practice, plans=True)
    follow()
    assert scheduled() == ["t10"]


def test_nothing_of_a_removed_therapists_rows_is_lost(two_practices):
    before = rows_of("t1")
    operate("remove", "t1")
    after = rows_of("t1")
    del before["PracticesTable"], after["PracticesTable"]
    assert after == before


def test_the_neighbour_is_untouched(two_practices, follow):
    before = rows_of("t10"), logins()["t10/tess@example.org"]
    operate("remove", "t1")
    follow()
    clock.set_now(LATER)
    operate(*ERASE)
    follow()
    assert (rows_of("t10"), logins()["t10/tess@example.org"]) == before


def test_somebody_elses_login_of_such_a_name_is_left_alone(two_practices):
    cognito.create("t1/odd", {"custom:therapist_id": "t10"})
    operate("remove", "t1")
    assert "t1/odd" in logins()


def test_to_remove_again_changes_nothing(removed):
    before = rows(), logins()
    again = operate("remove", "t1")
    assert (again.code, again.of("logins")["taken"]) == (0, 0)
    assert (rows(), logins()) == before


def test_a_planner_at_work_starts_again_and_finds_nobody(two_practices):
    read = planning.read_calendar("t1", now=NOW).practice
    operate("remove", "t1")
    with pytest.raises(UnknownTherapist):
        planning.carry_out_plan("t1", now=NOW)
    assert read_therapist("t1").plan > read.plan


def test_who_is_not_there_can_not_be_removed():
    told = operate("remove", "nobody")
    assert (told.code, told.complaint) == (1, "There is no therapist nobody.\n")


def test_a_removal_cut_short_is_completed_by_the_next(settled, two_practices):
    assert cut_short_anywhere(settled, "remove", "t1", lost=True) > 5


def test_erasing_leaves_no_row_of_the_therapist(later, follow):
    before = {table: len(items) for table, items in rows_of("t1").items()}
    told = operate(*ERASE)
    follow()
    assert told.code == 0
    assert not any(rows_of("t1").values())
    erased = {each["table"]: each["rows"] for each in told.told if each["what"] == "erased"}
    assert sum(erased.values()) == sum(before.values())
    assert scheduled() == ["t10"]


def test_erasing_says_where_the_data_is_still(later):
    assert "35 days" in say(*ERASE)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(("--erase",), "--confirm t1", id="not confirmed"),
        pytest.param(("--erase", "--confirm", "t10"), "--confirm t1", id="another confirmed"),
        pytest.param(("--erase", "--confirm", "T1"), "--confirm t1", id="nearly confirmed"),
    ],
)
def test_erasing_has_to_be_confirmed(arguments, complaint, later):
    before = rows()
    told = operate("remove", "t1", *arguments)
    assert told.code == 1
    assert complaint in told.complaint
    assert rows() == before


def test_nobody_is_erased_who_is_at_work(two_practices):
    before = rows(), logins()
    told = operate(*ERASE)
    assert told.code == 1
    assert (rows(), logins()) == before


def test_nobody_is_erased_while_a_token_may_still_be_in_use(removed):
    clock.set_now(NOW + TOKENS_OUTLIVE - timedelta(minutes=1))
    before = rows()
    told = operate(*ERASE)
    assert told.code == 1
    assert "15:00 UTC" in told.complaint
    assert rows() == before


def test_tokens_run_out_before_anything_is_erased():
    client = template.load().properties("UserPoolClient")
    assert client["TokenValidityUnits"]["IdToken"] == "minutes"
    assert timedelta(minutes=client["IdTokenValidity"]) < TOKENS_OUTLIVE


def test_to_erase_again_finds_nothing(later):
    operate(*ERASE)
    told = operate(*ERASE)
    assert told.code == 0
    assert {each["rows"] for each in told.told if each["what"] == "erased"} == {0}


def test_an_erasure_cut_short_is_completed_by_the_next(settled, later):
    put_back = keep()
    assert cut_short_anywhere(put_back, *ERASE, lost=True) > 8
    assert not any(rows_of("t1").values())
    assert all(rows_of("t10").values())
