"""What an earlier stack left comes into a new one."""

from __future__ import annotations

import boto3
import pytest
from moto.dynamodb.models import dynamodb_backends

from infra.local.environment import ACCOUNT, REGION, TABLES
from infra.operate.told import Declined
from infra.recovery.inheritance import bring_in
from infra.recovery.stack import Stack

OLD = {name: f"openhour-{name}-1A2B3C" for name in TABLES}


@pytest.fixture
def dynamodb(two_practices):
    """The rows in the tables of an earlier stack, and the new one's tables empty."""
    client = boto3.client("dynamodb")
    tables = dynamodb_backends[ACCOUNT][REGION].tables
    for name, old in OLD.items():
        client.restore_table_to_point_in_time(
            SourceTableName=TABLES[name], TargetTableName=old, UseLatestRestorableTime=True
        )
        tables[TABLES[name]].items = type(tables[old].items)(dict)
    yield client
    for old in [each for each in tables if each.startswith("openhour-") and "Table-" in each]:
        del tables[old]


@pytest.fixture
def stack():
    return Stack(tables=dict(TABLES), queues={}, functions={})


def rows(dynamodb, tables):
    return {
        name: sorted(dynamodb.scan(TableName=table)["Items"], key=repr)
        for name, table in tables.items()
    }


def test_every_row_and_the_trail_come_in_and_nothing_goes(dynamodb, stack):
    before = rows(dynamodb, OLD)
    assert before["PracticesTable"]
    assert before["AuditTable"]
    told = list(bring_in(dynamodb, stack, earlier="openhour"))
    assert rows(dynamodb, TABLES) == rows(dynamodb, OLD) == before
    assert {each.facts["table"] for each in told} == set(TABLES)
    again = list(bring_in(dynamodb, stack, earlier="openhour"))
    assert {each.facts["rows"] for each in again} == {0}


def test_a_stack_with_practices_of_its_own_is_left_alone(dynamodb, stack):
    dynamodb.put_item(
        TableName=TABLES["TimeOffTable"],
        Item={"therapist_id": {"S": "new"}, "time_off_id": {"S": "new"}},
    )
    before = rows(dynamodb, TABLES)
    with pytest.raises(Declined, match="rows of its own"):
        list(bring_in(dynamodb, stack, earlier="openhour"))
    assert rows(dynamodb, TABLES) == before


def test_of_another_stack_nothing_is_left(dynamodb, stack):
    with pytest.raises(Declined, match="0 tables"):
        list(bring_in(dynamodb, stack, earlier="another"))


def test_what_is_left_twice_is_not_guessed(dynamodb, stack):
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=TABLES["SlotsTable"],
        TargetTableName="openhour-SlotsTable-4D5E6F",
        UseLatestRestorableTime=True,
    )
    with pytest.raises(Declined, match="2 tables SlotsTable"):
        list(bring_in(dynamodb, stack, earlier="openhour"))
