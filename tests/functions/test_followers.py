"""What was left undone is done from the streams, and what fails is tried again, alone."""

import io
import logging
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time

import boto3
import pytest
from botocore.exceptions import ClientError

from functions.privileges.follower import logger
from infra.local import template
from infra.local.cognito import USER_POOL_ID
from infra.local.environment import SCHEDULE_GROUP
from infra.local.streams import passes
from openhour import cognito, schedules
from openhour.rules.regulars import Regular
from openhour.rules.settings import ReleaseTime
from openhour.store import practices
from openhour.store.connections import connection
from openhour.store.models import PracticeRow, SlotRow
from openhour.use_cases import bookings, cancellations, clients, regulars, settings
from openhour.use_cases.planning import carry_out_plan
from openhour.use_cases.therapists import open_practice
from tests.functions.records import Stream, a_cloud, hand_over, listening, nothing_in_it
from tests.unit.builders import NOW, a_practice, an_entry

TUESDAY = "20261124T1500Z"


@pytest.fixture(scope="module")
def cloud():
    with a_cloud():
        yield


@pytest.fixture(autouse=True)
def _empty(cloud):
    with nothing_in_it():
        yield


@pytest.fixture
def practice_stream():
    return Stream("PracticesTable")


@pytest.fixture
def slot_stream():
    return Stream("SlotsTable")


@pytest.fixture
def client_stream():
    return Stream("ClientsTable")


def follow_practice(records):
    return hand_over("PracticeFollower", records)


def follow_clients(records):
    return hand_over("PrivilegesFollower", records)


def intend(therapist_id="t1", *when):
    """Commit new hours, and have the call die before anything is published."""
    before = practices.read_practice(therapist_id)
    entries = tuple(an_entry(line) for line in when or ("tuesday 10:00", "wednesday 10:00"))
    practices.write_practice(before, replace(before, hours=entries), plans=True)


def open_up(*therapist_ids):
    for therapist_id in therapist_ids:
        practice = a_practice(
            therapist_id=therapist_id, hours=(), booking_notice_hours=1, intake_weeks=1
        )
        open_practice(practice, now=NOW)


def add(client_id, therapist_id="t1"):
    clients.add_client(
        therapist_id,
        client_id=client_id,
        name=client_id.title(),
        email=f"{client_id}@example.org",
        phone=None,
        login=None,
        invite=True,
        now=NOW,
    )


def planned(therapist_id="t1"):
    practice = practices.read_practice(therapist_id)
    return practice.planned == practice.plan


def slots(therapist_id="t1"):
    return {row.slot_id: row for row in SlotRow.query(therapist_id)}


def schedule(therapist_id="t1"):
    listed = boto3.client("scheduler").list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    if therapist_id not in [each["Name"] for each in listed]:
        return None
    found = schedules.scheduler_client().get_schedule(GroupName=SCHEDULE_GROUP, Name=therapist_id)
    return found["ScheduleExpression"]


def has_login(client_id, therapist_id="t1"):
    found = cognito.find(f"{therapist_id}/{client_id}@example.org")
    return found is not None and found.client_id == client_id


def test_a_new_practice_gets_its_schedule(practice_stream):
    open_up("t1")
    assert follow_practice(practice_stream.new()) == []
    assert schedule() == "cron(0 18 ? * FRI *)"


def test_the_schedule_follows_another_release_time(practice_stream):
    open_up("t1")
    release = ReleaseTime(weekday="thursday", time=time(20, 30))
    settings.change_settings("t1", {"release": release}, if_match=None, now=NOW)
    assert follow_practice(practice_stream.new()) == []
    assert schedule() == "cron(30 20 ? * THU *)"


def test_an_old_record_leaves_the_schedule_of_today(practice_stream):
    open_up("t1")
    old = practice_stream.new()
    release = ReleaseTime(weekday="thursday")
    settings.change_settings("t1", {"release": release}, if_match=None, now=NOW)
    assert follow_practice(practice_stream.new()) == []
    assert follow_practice(old) == []
    assert schedule() == "cron(0 18 ? * THU *)"


def test_a_practice_that_is_gone_has_no_schedule(practice_stream):
    open_up("t1", "t2")
    assert follow_practice(practice_stream.new()) == []
    PracticeRow("t1").delete()
    assert follow_practice(practice_stream.new()) == []
    assert (schedule("t1"), schedule("t2")) == (None, "cron(0 18 ? * FRI *)")


def test_hours_that_were_committed_but_not_published_are_published(practice_stream):
    open_up("t1")
    intend()
    assert not planned()
    assert follow_practice(practice_stream.new()) == []
    assert planned()
    assert slots()[TUESDAY].state == "open"
    assert len(slots()) == 4


def test_a_calendar_that_is_in_line_is_not_read(practice_stream):
    open_up("t1")
    intend()
    follow_practice(practice_stream.new())
    with listening(connection.client) as calls:
        assert follow_practice(practice_stream.new()) == []
    assert calls.names == ["GetItem"]


@pytest.fixture
def waiting(slot_stream):
    """Bob has booked Tuesdays at ten, which are to be Ann's from then on; and calls it off."""
    open_up("t1")
    intend()
    carry_out_plan("t1", now=NOW)
    settings.switch("t1", enabled=True, regulars_entered=True, now=NOW)
    add("ann")
    add("bob")
    booked = bookings.book("t1", "bob", TUESDAY, now=NOW).appointment
    wish = Regular(
        regular_id="",
        client_id="ann",
        weekday="tuesday",
        start=time(10),
        every_weeks=1,
        first=date(2026, 11, 24),
    )
    regulars.add_regular("t1", wish, preview=False, now=NOW)
    assert slots()[TUESDAY].client_id == "bob"
    slot_stream.new()
    cancellations.cancel_own("t1", "bob", booked.appointment_id, now=NOW)
    return slot_stream.new()


def test_a_regular_who_waited_for_a_slot_gets_it_once_it_is_free(waiting):
    assert slots()[TUESDAY].state == "blocked"
    assert follow_practice(waiting) == []
    assert (slots()[TUESDAY].state, slots()[TUESDAY].client_id) == ("booked", "ann")


def test_following_the_slots_twice_changes_nothing_more(waiting, slot_stream):
    follow_practice(waiting)
    assert follow_practice([*waiting, *slot_stream.new()]) == []
    assert slot_stream.new() == []


def test_one_reading_of_the_calendar_serves_all_slots_of_a_batch(waiting):
    follow_practice(waiting)
    with listening(connection.client) as once:
        follow_practice(waiting)
    with listening(connection.client) as often:
        follow_practice(waiting * 5)
    assert once.names == often.names
    assert "Query" in once.names


def test_bookings_and_publishing_ask_nothing_of_the_calendar(slot_stream):
    open_up("t1")
    intend()
    carry_out_plan("t1", now=NOW)
    settings.switch("t1", enabled=True, regulars_entered=True, now=NOW)
    add("bob")
    bookings.book("t1", "bob", TUESDAY, now=NOW)
    with listening(connection.client) as calls:
        assert follow_practice(slot_stream.new()) == []
    assert calls.names == []


def test_slots_that_outlive_their_practice_are_let_be(waiting):
    PracticeRow("t1").delete()
    assert follow_practice(waiting) == []


def test_the_template_hands_over_the_slots_that_came_free_and_no_others(waiting, slot_stream):
    mapping = next(m for m in template.load().mappings() if m.table == "SlotsTable")
    assert mapping.function == "PracticeFollower"
    assert [passes(mapping.patterns, record) for record in waiting] == [True]
    follow_practice(waiting)
    (placed,) = slot_stream.new()
    assert not passes(mapping.patterns, placed)


@pytest.mark.parametrize("lost", [False, True], ids=["no call gets through", "an answer is lost"])
def test_a_scheduler_out_of_reach_keeps_nothing_from_being_published(lost, practice_stream):
    open_up("t1")
    intend()
    records = practice_stream.new()
    with listening(schedules.scheduler_client(), limit=0, lost=lost):
        assert follow_practice(records) == [0]
    assert planned()
    assert follow_practice(records) == []
    assert schedule() == "cron(0 18 ? * FRI *)"


def test_planning_that_fails_keeps_no_schedule_from_following(practice_stream):
    open_up("t1")
    intend()
    records = practice_stream.new()
    with listening(connection.client, limit=1):
        assert follow_practice(records) == [0]
    assert schedule() == "cron(0 18 ? * FRI *)"
    assert not planned()
    assert follow_practice(records) == []
    assert planned()


def test_one_practice_that_fails_holds_up_no_other(practice_stream):
    open_up("t1", "t2", "t3")
    PracticeRow("t2").update([PracticeRow.timezone.set("Mars/Olympus")])
    assert follow_practice(practice_stream.new()) == [1]
    assert [schedule(name) for name in ("t1", "t2", "t3")] == [
        "cron(0 18 ? * FRI *)",
        None,
        "cron(0 18 ? * FRI *)",
    ]


@contextmanager
def no_answer_about(username):
    """Cognito refuses every question about one login, and says which."""

    def refuse(params, **_):
        if params.get("Username") == username:
            message = f"{username}: slow down"
            raise ClientError({"Error": {"Code": "Throttled", "Message": message}}, "AdminGetUser")

    events = cognito.cognito_client().meta.events
    events.register("provide-client-params.cognito-identity-provider", refuse)
    try:
        yield
    finally:
        events.unregister("provide-client-params.cognito-identity-provider", refuse)


def of_clients(records):
    keys = (record["dynamodb"]["Keys"]["client_id"]["S"] for record in records)
    return [record for record, key in zip(records, keys, strict=True) if key.isalnum()]


def test_one_client_who_fails_holds_up_no_other(client_stream):
    for client_id in ("ann", "bob", "cleo"):
        add(client_id)
    records = of_clients(client_stream.new())
    with no_answer_about("t1/bob@example.org"):
        assert follow_clients(records) == [1]
    assert [has_login(name) for name in ("ann", "bob", "cleo")] == [True, False, True]
    assert follow_clients(records[1:]) == []
    assert has_login("bob")


def test_every_record_of_a_client_who_fails_is_reported(client_stream):
    add("ann")
    add("bob")
    clients.change_client("t1", "bob", {"email": "bob@elsewhere.example"}, now=NOW)
    clients.change_client("t1", "ann", {"email": "ann@elsewhere.example"}, now=NOW)
    records = of_clients(client_stream.new())
    with no_answer_about("t1/bob@example.org"):
        assert follow_clients(records) == [1, 2]
    assert follow_clients(records[1:]) == []
    found = cognito.find("t1/bob@example.org")
    assert found
    assert found.attributes["email"] == "bob@elsewhere.example"


def test_cognito_down_altogether_is_reported_and_caught_up_with(client_stream):
    add("ann")
    add("bob")
    records = of_clients(client_stream.new())
    with listening(cognito.cognito_client(), limit=0):
        assert follow_clients(records) == [0, 1]
    assert follow_clients(records) == []
    assert has_login("ann")
    assert has_login("bob")


def test_a_database_out_of_reach_is_reported_and_caught_up_with(client_stream):
    add("ann")
    records = of_clients(client_stream.new())
    with listening(connection.client, limit=0):
        assert follow_clients(records) == [0]
    assert not has_login("ann")
    assert follow_clients(records) == []
    assert has_login("ann")


@pytest.fixture
def journal():
    """Everything that the followers log."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logger.registered_formatter)
    journal = logging.getLogger(logger.name)
    journal.addHandler(handler)
    yield text.getvalue
    journal.removeHandler(handler)


def test_the_log_tells_ids_and_the_kind_of_an_error_but_no_address(client_stream, journal):
    add("ann")
    with no_answer_about("t1/ann@example.org"):
        follow_clients(of_clients(client_stream.new()))
    assert '"client_id":"ann"' in journal()
    assert '"therapist_id":"t1"' in journal()
    assert "ClientError" in journal()
    assert "example.org" not in journal()


def test_the_log_tells_of_a_name_that_another_user_has(client_stream, journal):
    cognito.cognito_client().admin_create_user(
        UserPoolId=USER_POOL_ID, Username="t1/ann@example.org", MessageAction="SUPPRESS"
    )
    add("ann")
    assert follow_clients(client_stream.new()) == []
    assert '"client_id":"ann"' in journal()
    assert "belongs to another user" in journal()
    assert "example.org" not in journal()
