"""Stream batches with a malformed record: only that record is reported as failed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from infra.local.environment import SCHEDULE_GROUP
from infra.local.user_pools import CLIENTS
from openhour import schedules
from openhour.store import practices
from tests.dynamodb_backends import Record
from tests.fuzz.mutations import ODD, mutated
from tests.fuzz.server import HERE, THERE, Server
from tests.fuzz.settings import EXAMPLES, fuzz_settings
from tests.unit.builders import an_entry
from tests.user_pools import users_of

ITS_OWN = "9" * 20
"""The sequence number of the record that is broken."""


@st.composite
def batches(draw: st.DrawFn, records: list[Record]) -> tuple[list[Record], int]:
    """Some records, one of which is broken, and which."""
    good = draw(st.lists(st.sampled_from(records), max_size=4, unique_by=number_of))
    broken = draw(mutated(draw(st.sampled_from(records))) | ODD)
    if isinstance(broken, dict) and isinstance(broken.get("dynamodb"), dict):
        broken["dynamodb"]["SequenceNumber"] = ITS_OWN
    values = draw(st.integers(0, len(good)))
    return [*good[:values], broken, *good[values:]], values


def number_of(record: Record) -> str:
    number: str = record["dynamodb"]["SequenceNumber"]
    return number


def follow(server: Server, function: str, batch: list[Record], first: int = 0) -> set[int]:
    """Hand a batch over as Lambda does, halving one that raises; which records failed, by place."""
    try:
        answer = server.local.functions[function].invoke({"Records": batch})
    except Exception:  # noqa: BLE001 - whatever is raised, Lambda tries the halves
        half = len(batch) // 2
        if not half:
            return {first}
        halves = ((batch[:half], first), (batch[half:], first + half))
        return {values for part in halves for values in follow(server, function, *part)}
    named = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
    # Where a number is none of the batch's, Lambda takes the whole of it for failed.
    return {first + [number_of(record) for record in batch].index(number) for number in named}


def logins() -> dict[str, tuple[str, str, bool]]:
    """Whose each client's login is, and whether it works."""
    return {
        name: (
            *(user.attribute_lookup[f"custom:{i}_id"] for i in ("therapist", "client")),
            user.enabled,
        )
        for name, user in users_of(CLIENTS).items()
    }


def forget_logins() -> None:
    users_of(CLIENTS).clear()


def new_clients_in(batch: list[Record]) -> set[tuple[str, str]]:
    keys = (record["dynamodb"]["Keys"] for record in batch if record["eventName"] == "INSERT")
    return {(key["therapist_id"]["S"], key["client_id"]["S"]) for key in keys}


def test_the_records_are_good_as_they_stand(server: Server) -> None:
    expected = logins()
    forget_logins()
    assert follow(server, "PrivilegesStreamFunction", server.records["ClientsTable"]) == set()
    assert logins() == expected
    both = [*server.records["PracticesTable"], *server.records["SlotsTable"]]
    assert follow(server, "PracticeStreamFunction", both) == set()


@fuzz_settings(8 * EXAMPLES)
@given(data=st.data())
def test_a_broken_record_of_clients_keeps_no_login_from_following(
    server: Server, data: st.DataObject
) -> None:
    server.rewind()
    batch, broken = data.draw(batches(server.records["ClientsTable"]))
    before, expected = server.rows(), logins()
    forget_logins()
    assert follow(server, "PrivilegesStreamFunction", batch) <= {broken}
    good = new_clients_in([*batch[:broken], *batch[broken + 1 :]])
    ids_by_name = logins()
    assert {each[:2] for each in ids_by_name.values()} >= {e[:2] for e in expected.values()} & good
    assert ids_by_name.items() <= expected.items()
    follow(server, "PrivilegesStreamFunction", batch)
    assert logins() == ids_by_name
    assert server.rows() == before


def leave_unplanned() -> None:
    """Both therapists have committed new hours, and the calls died before anything was planned."""
    for therapist_id in (HERE, THERE):
        before = practices.read_practice(therapist_id)
        hours = (*before.hours, an_entry("friday 10:00"))
        practices.write_practice(before, replace(before, hours=hours), plans=True)
        schedules.remove(therapist_id)


def is_planned(therapist_id: str) -> bool:
    practice = practices.read_practice(therapist_id)
    return practice.planned == practice.plan


def has_schedule(therapist_id: str) -> bool:
    listed = schedules.scheduler_client().list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    return therapist_id in [each["Name"] for each in listed]


@fuzz_settings(4 * EXAMPLES)
@given(data=st.data())
def test_a_broken_record_of_practices_keeps_no_plan_from_being_carried_out(
    server: Server, data: st.DataObject
) -> None:
    records = [*server.records["PracticesTable"], *server.records["SlotsTable"][-4:]]
    server.rewind()
    leave_unplanned()
    batch, broken = data.draw(batches(records))
    assert follow(server, "PracticeStreamFunction", batch) <= {broken}
    for record in [*batch[:broken], *batch[broken + 1 :]]:
        keys = record["dynamodb"]["Keys"]
        if "slot_id" not in keys:
            assert is_planned(keys["therapist_id"]["S"])
            assert has_schedule(keys["therapist_id"]["S"])
    after = server.rows()
    follow(server, "PracticeStreamFunction", batch)
    assert server.rows() == after
    assert server.violations() == []


@fuzz_settings(8 * EXAMPLES)
@given(event=mutated({"Records": []}) | ODD)
def test_malformed_batches_change_nothing(server: Server, event: Any) -> None:
    before, expected = server.rows(), logins()
    for function in ("PracticeStreamFunction", "PrivilegesStreamFunction"):
        try:
            answer = server.local.functions[function].invoke(event)
        except Exception:  # noqa: BLE001 - Lambda tries again, then keeps the batch
            continue
        assert answer == {"batchItemFailures": []}
    assert (server.rows(), logins()) == (before, expected)
