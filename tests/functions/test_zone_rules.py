"""What happens when a country changes the rules of its time zone under booked sessions.

British Columbia stays on -07:00 by the newer rules. By the older ones, which Los Angeles keeps, it
is at -08:00 in winter.
"""

from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from infra.seed import an_entry, seed_client, seed_practice
from openhour import clock
from openhour.use_cases.planning import carry_out_plan
from tests.dynamodb_backends import remember
from tests.functions.http import a_client, a_therapist
from tests.store.invariants import find_faults, read_tables
from tests.unit.builders import a_practice
from tests.zone_rules import zone_rules

VANCOUVER = "America/Vancouver"
THEN = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("America/New_York"))
OLD_START, NEW_START = "20261201T0130Z", "20261201T0030Z"
"""Monday 30 November 2026, 17:30 in Vancouver, by the older and by the newer rules."""
OLD, BETWEEN, NEW = "2026.1", "2026.5", "2026.6"


@pytest.fixture(scope="module")
def planned_by_old_rules(aws, tmp_path_factory):
    with zone_rules(tmp_path_factory.mktemp("old"), OLD, VANCOUVER, like="America/Los_Angeles"):
        practice = a_practice(therapist_id="bc", timezone=VANCOUVER, horizon_weeks=1)
        seed_practice(practice, [an_entry("monday 17:30"), an_entry("monday 18:30")])
        for name in ("ann", "bob"):
            seed_client("bc", name)
    return remember()


@pytest.fixture
def old_rules(planned_by_old_rules, tmp_path):
    """The older rules, while the calendar is as they planned it."""
    planned_by_old_rules()
    clock.set_now(THEN)
    with zone_rules(tmp_path, OLD, VANCOUVER, like="America/Los_Angeles"):
        yield
        assert find_faults(read_tables(), now=clock.now()) == []
    clock.reset()


@pytest.fixture
def plan_by_new_rules(old_rules, tmp_path):
    """The newer rules, by which the calendar is then planned."""
    with ExitStack() as stack:

        def use():
            stack.enter_context(zone_rules(tmp_path / "new", NEW, VANCOUVER, like=VANCOUVER))
            carry_out_plan("bc", now=THEN)

        yield use


@pytest.fixture
def therapist(old_rules):
    return a_therapist("bc")


@pytest.fixture
def ann(old_rules):
    return a_client("bc", "ann")


def _conflicts(therapist):
    listed = therapist("GET /practice/conflicts").body["conflicts"]
    return [(each["slot_id"], each["reason"], each["client_id"]) for each in listed]


def _slots(therapist):
    calendar = therapist("GET /practice/calendar?week=2026-W49").body
    return {slot["slot_id"]: slot["state"] for slot in calendar["slots"]}


class TestNewRules:
    @pytest.fixture(autouse=True)
    def _booked(self, ann, plan_by_new_rules):
        """Ann has the session at 17:30, which the newer rules call 18:30: another entry's time."""
        self.booked = ann("POST /appointments", {"slot_id": OLD_START}).body["appointment_id"]
        plan_by_new_rules()

    def test_free_slots_move_and_booked_ones_stay(self, therapist):
        assert _slots(therapist) == {NEW_START: "open", OLD_START: "booked"}

    def test_a_session_shown_at_another_time_is_a_conflict(self, therapist):
        assert _conflicts(therapist) == [(OLD_START, "clock-change", "ann")]

    def test_confirming_it_settles_the_conflict(self, therapist):
        reply = therapist(f"PUT /practice/appointments/{self.booked}/confirmation")
        assert reply.body["start"] == "2026-11-30T18:30:00-07:00"
        assert _conflicts(therapist) == []

    def test_cancelling_it_settles_the_conflict(self, therapist):
        therapist(f"DELETE /practice/appointments/{self.booked}")
        carry_out_plan("bc", now=THEN)
        assert _conflicts(therapist) == []
        assert _slots(therapist) == {NEW_START: "open", OLD_START: "open"}


class TestRegular:
    @pytest.fixture
    def regular(self, therapist, plan_by_new_rules):
        wanted = {"client_id": "ann", "weekday": "monday", "start": "17:30", "first": "2026-11-30"}
        regular_id = therapist("POST /practice/regulars", wanted).body["regular_id"]
        plan_by_new_rules()
        return regular_id

    @pytest.mark.usefixtures("regular")
    def test_its_session_stays_and_its_new_time_is_kept_from_others(self, therapist):
        assert _slots(therapist) == {NEW_START: "blocked", OLD_START: "booked"}
        assert _conflicts(therapist) == [(OLD_START, "clock-change", "ann")]

    def test_once_confirmed_the_session_is_an_ordinary_one(self, regular, therapist):
        appointment_id = f"{OLD_START}-ann-{regular}"
        reply = therapist(f"PUT /practice/appointments/{appointment_id}/confirmation")
        assert reply.body["regular"] is False
        assert _conflicts(therapist) == []
        assert _slots(therapist) == {NEW_START: "open", OLD_START: "booked"}


class TestTwoVersions:
    """Processes with the older rules, once newer ones have planned the calendar."""

    @pytest.fixture(autouse=True)
    def _planned(self, plan_by_new_rules):
        plan_by_new_rules()

    @pytest.fixture
    def older(self, tmp_path):
        with zone_rules(tmp_path / "old", OLD, VANCOUVER, like="America/Los_Angeles"):
            yield

    @pytest.mark.parametrize(
        ("request_line", "body"),
        [
            ("PUT /practice/hours", {"hours": []}),
            ("GET /practice/conflicts", None),
            ("POST /practice/release", None),
            (
                "POST /practice/time-off",
                {"from": "2026-11-30T00:00:00-08:00", "to": "2026-12-01T00:00:00-08:00"},
            ),
        ],
    )
    @pytest.mark.usefixtures("older")
    def test_an_older_one_refuses_to_plan(self, therapist, request_line, body, written):
        refused = therapist(request_line, body)
        assert (refused.status, refused.refusal) == (503, "busy")
        assert '"refusal":"outdated-zone-data"' in written().replace(" ", "")

    @pytest.mark.usefixtures("older")
    def test_clients_still_book_and_cancel(self, ann):
        booked = ann("POST /appointments", {"slot_id": NEW_START})
        assert booked.status == 201
        path = f"/appointments/{booked.body['appointment_id']}"
        assert ann(f"DELETE {path}").status == 200

    def test_an_older_one_plans_where_the_rules_agree(self, therapist, tmp_path):
        with zone_rules(tmp_path / "same", BETWEEN, VANCOUVER, like=VANCOUVER):
            assert therapist("PUT /practice/hours", {"hours": []}).status == 200


@pytest.mark.usefixtures("planned_by_old_rules")
def test_clients_see_times_by_the_locked_package_and_not_by_the_machines_files():
    october = datetime(2026, 10, 20, 9, tzinfo=ZoneInfo("America/New_York"))
    practice = a_practice(therapist_id="victoria", timezone=VANCOUVER, horizon_weeks=4)
    seed_practice(practice, [an_entry("monday 17:30")], ["cat"], now=october)
    clock.set_now(october)
    try:
        listed = a_client("victoria", "cat")("GET /slots?from=2026-11-02").body["slots"]
    finally:
        clock.reset()
    assert (listed[0]["slot_id"], listed[0]["start"]) == (
        "20261103T0030Z",
        "2026-11-02T17:30:00-07:00",
    )
