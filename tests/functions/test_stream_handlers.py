"""The stream handlers: they complete interrupted work, and report only the records that fail."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time
from functools import partial

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local import template
from infra.local.environment import SCHEDULE_GROUP
from infra.local.streams import matches_filters
from infra.local.user_pools import CLIENTS
from infra.seed import seed_client, seed_practice
from openhour import cognito, schedules
from openhour.rules.regulars import Regular
from openhour.rules.settings import ReleaseTime
from openhour.store import practices
from openhour.store.connections import connection
from openhour.store.models import PracticeRow, SlotRow
from openhour.use_cases import bookings, cancellations, clients, regulars, settings
from openhour.use_cases.planning import carry_out_plan
from tests.functions.streams import Stream, hand_over, listening, of_clients
from tests.unit.builders import NOW, a_practice, an_entry

TUESDAY = "20261124T1500Z"


pytestmark = pytest.mark.usefixtures("outbox")
handle_practices = partial(hand_over, "PracticeStreamFunction")
handle_clients = partial(hand_over, "PrivilegesStreamFunction")


@pytest.fixture
def practice_stream():
    return Stream("PracticesTable")


@pytest.fixture
def slot_stream():
    return Stream("SlotsTable")


@pytest.fixture
def client_stream():
    return Stream("ClientsTable")


def commit_hours_without_slots():
    """Commit new hours as a request that is interrupted before it publishes any slot."""
    before = practices.read_practice("t1")
    entries = (an_entry("tuesday 10:00"), an_entry("wednesday 10:00"))
    practices.write_practice(before, replace(before, hours=entries), plans=True)


def open_practices(*therapist_ids):
    for therapist_id in therapist_ids:
        seed_practice(a_practice(therapist_id=therapist_id, booking_notice_hours=1))


def add(*client_ids):
    for client_id in client_ids:
        seed_client("t1", client_id, email=f"{client_id}@example.org")


def planned():
    practice = practices.read_practice("t1")
    return practice.planned == practice.plan


def slots():
    return {row.slot_id: row for row in SlotRow.query("t1")}


def schedule(therapist_id="t1"):
    listed = boto3.client("scheduler").list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    if therapist_id not in [each["Name"] for each in listed]:
        return None
    scheduler = schedules.scheduler_client()
    return scheduler.get_schedule(GroupName=SCHEDULE_GROUP, Name=therapist_id)["ScheduleExpression"]


def has_login(client_id):
    user = cognito.CLIENTS.find(f"t1/{client_id}@example.org")
    return user is not None and user.client_id == client_id


def test_a_new_practice_gets_its_schedule(practice_stream):
    open_practices("t1")
    assert handle_practices(practice_stream.new()) == []
    assert schedule() == "cron(0 18 ? * FRI *)"


def test_an_old_record_does_not_revert_the_schedule(practice_stream):
    open_practices("t1")
    old = practice_stream.new()
    release = ReleaseTime(weekday="thursday")
    settings.change_settings("t1", {"release": release}, if_match=None, now=NOW)
    assert handle_practices(practice_stream.new()) == []
    assert handle_practices(old) == []
    assert schedule() == "cron(0 18 ? * THU *)"


def test_a_deleted_practice_loses_its_schedule(practice_stream):
    open_practices("t1", "t2")
    assert handle_practices(practice_stream.new()) == []
    PracticeRow("t1").delete()
    assert handle_practices(practice_stream.new()) == []
    assert (schedule("t1"), schedule("t2")) == (None, "cron(0 18 ? * FRI *)")


def test_interrupted_planning_is_completed(practice_stream):
    open_practices("t1")
    commit_hours_without_slots()
    assert not planned()
    assert handle_practices(practice_stream.new()) == []
    assert planned()
    assert slots()[TUESDAY].state == "open"
    assert len(slots()) == 4


def test_a_completed_plan_requires_no_further_reads(practice_stream):
    open_practices("t1")
    commit_hours_without_slots()
    handle_practices(practice_stream.new())
    with listening(connection.client) as calls:
        assert handle_practices(practice_stream.new()) == []
    assert calls.names == ["GetItem"]


@pytest.fixture
def waiting(slot_stream):
    """Records of Bob's cancellation of a slot for which Ann's regular waits."""
    open_practices("t1")
    commit_hours_without_slots()
    carry_out_plan("t1", now=NOW)
    settings.switch("t1", enabled=True, regulars_entered=True, now=NOW)
    add("ann", "bob")
    booked = bookings.book("t1", "bob", TUESDAY, now=NOW).appointment
    regular = Regular(
        regular_id="",
        client_id="ann",
        weekday="tuesday",
        start=time(10),
        every_weeks=1,
        first=date(2026, 11, 24),
    )
    regulars.add_regular("t1", regular, preview=False, now=NOW)
    assert slots()[TUESDAY].client_id == "bob"
    slot_stream.new()
    cancellations.cancel_own("t1", "bob", booked.appointment_id, now=NOW)
    return slot_stream.new()


def test_a_waiting_regular_gets_the_slot_once_it_is_free(waiting):
    assert slots()[TUESDAY].state == "blocked"
    assert handle_practices(waiting) == []
    assert (slots()[TUESDAY].state, slots()[TUESDAY].client_id) == ("booked", "ann")


def test_handling_slot_records_twice_changes_nothing(waiting, slot_stream):
    handle_practices(waiting)
    assert handle_practices([*waiting, *slot_stream.new()]) == []
    assert slot_stream.new() == []


def test_the_calendar_is_read_once_per_batch(waiting):
    handle_practices(waiting)
    with listening(connection.client) as once:
        handle_practices(waiting)
    with listening(connection.client) as often:
        handle_practices(waiting * 5)
    assert once.names == often.names
    assert "Query" in once.names


def test_bookings_and_published_slots_cause_no_reads(slot_stream):
    open_practices("t1")
    commit_hours_without_slots()
    carry_out_plan("t1", now=NOW)
    settings.switch("t1", enabled=True, regulars_entered=True, now=NOW)
    add("bob")
    bookings.book("t1", "bob", TUESDAY, now=NOW)
    with listening(connection.client) as calls:
        assert handle_practices(slot_stream.new()) == []
    assert calls.names == []


def test_slots_of_a_deleted_practice_are_ignored(waiting):
    PracticeRow("t1").delete()
    assert handle_practices(waiting) == []


def test_the_templates_filter_passes_only_freed_slots(waiting, slot_stream):
    mapping = next(m for m in template.load().event_source_mappings() if m.table == "SlotsTable")
    assert mapping.function == "PracticeStreamFunction"
    assert [matches_filters(mapping.filters, record) for record in waiting] == [True]
    handle_practices(waiting)
    (placed,) = slot_stream.new()
    assert not matches_filters(mapping.filters, placed)


@pytest.mark.parametrize("lost", [False, True], ids=["no call gets through", "an answer is lost"])
def test_a_scheduler_outage_does_not_prevent_planning(lost, practice_stream):
    open_practices("t1")
    commit_hours_without_slots()
    records = practice_stream.new()
    with listening(schedules.scheduler_client(), limit=0, lost=lost):
        assert handle_practices(records) == [0]
    assert planned()
    assert handle_practices(records) == []
    assert schedule() == "cron(0 18 ? * FRI *)"


def test_failed_planning_does_not_prevent_the_schedules_update(practice_stream):
    open_practices("t1")
    commit_hours_without_slots()
    records = practice_stream.new()
    with listening(connection.client, limit=1):
        assert handle_practices(records) == [0]
    assert schedule() == "cron(0 18 ? * FRI *)"
    assert not planned()
    assert handle_practices(records) == []
    assert planned()


def test_one_failing_practice_does_not_affect_others(practice_stream):
    open_practices("t1", "t2", "t3")
    PracticeRow("t2").update([PracticeRow.timezone.set("Mars/Olympus")])
    assert handle_practices(practice_stream.new()) == [1]
    assert [schedule(name) for name in ("t1", "t2", "t3")] == [
        "cron(0 18 ? * FRI *)",
        None,
        "cron(0 18 ? * FRI *)",
    ]


@contextmanager
def cognito_rejects(username):
    """Let Cognito reject every call about one login, with the login in the message."""

    def reject(params, **_):
        if params.get("Username") == username:
            message = f"{username}: slow down"
            raise ClientError({"Error": {"Code": "Throttled", "Message": message}}, "AdminGetUser")

    events = cognito.cognito_client().meta.events
    events.register("provide-client-params.cognito-identity-provider", reject)
    try:
        yield
    finally:
        events.unregister("provide-client-params.cognito-identity-provider", reject)


def test_one_failing_client_does_not_affect_others(client_stream):
    add("ann", "bob", "cleo")
    records = of_clients(client_stream.new())
    with cognito_rejects("t1/bob@example.org"):
        assert handle_clients(records) == [1]
    assert [has_login(name) for name in ("ann", "bob", "cleo")] == [True, False, True]
    assert handle_clients(records[1:]) == []
    assert has_login("bob")


def test_every_record_of_a_failing_client_is_reported(client_stream):
    add("ann", "bob")
    clients.change_client("t1", "bob", {"email": "bob@elsewhere.example"}, now=NOW)
    clients.change_client("t1", "ann", {"email": "ann@elsewhere.example"}, now=NOW)
    records = of_clients(client_stream.new())
    with cognito_rejects("t1/bob@example.org"):
        assert handle_clients(records) == [1, 2]
    assert handle_clients(records[1:]) == []
    user = cognito.CLIENTS.find("t1/bob@example.org")
    assert user
    assert user.attributes["email"] == "bob@elsewhere.example"


def test_records_are_retried_after_a_cognito_outage(client_stream):
    add("ann", "bob")
    records = of_clients(client_stream.new())
    with listening(cognito.cognito_client(), limit=0):
        assert handle_clients(records) == [0, 1]
    assert handle_clients(records) == []
    assert has_login("ann")
    assert has_login("bob")


def test_records_are_retried_after_a_dynamodb_outage(client_stream):
    add("ann")
    records = of_clients(client_stream.new())
    with listening(connection.client, limit=0):
        assert handle_clients(records) == [0]
    assert not has_login("ann")
    assert handle_clients(records) == []
    assert has_login("ann")


def test_an_errors_log_contains_ids_and_type_but_no_email(client_stream, written):
    add("ann")
    with cognito_rejects("t1/ann@example.org"):
        handle_clients(of_clients(client_stream.new()))
    logged = written()
    assert '"client_id":"ann"' in logged
    assert '"therapist_id":"t1"' in logged
    assert "ClientError" in logged
    assert "example.org" not in logged


def test_a_login_name_of_another_user_is_logged(client_stream, written):
    cognito.cognito_client().admin_create_user(
        UserPoolId=CLIENTS.pool_id, Username="t1/ann@example.org", MessageAction="SUPPRESS"
    )
    add("ann")
    assert handle_clients(client_stream.new()) == []
    logged = written()
    assert '"client_id":"ann"' in logged
    assert "belongs to another user" in logged
    assert "example.org" not in logged
