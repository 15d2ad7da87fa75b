"""Importing the rows that an earlier stack left."""

from __future__ import annotations

import pytest
from moto.dynamodb.models import dynamodb_backends

from infra.cli.output import CommandError
from infra.cli.stack import Stack
from infra.cli.table_import import import_tables
from infra.local.environment import ACCOUNT, REGION, TABLES

OLD = {name: f"openhour-{name}-1A2B3C" for name in TABLES}


@pytest.fixture
def dynamodb(dynamodb):
    """The rows are in the tables of an earlier stack, and the new stack's tables are empty."""
    tables = dynamodb_backends[ACCOUNT][REGION].tables
    for name, old in OLD.items():
        dynamodb.restore_table_to_point_in_time(
            SourceTableName=TABLES[name], TargetTableName=old, UseLatestRestorableTime=True
        )
        tables[TABLES[name]].items = type(tables[old].items)(dict)
    return dynamodb


@pytest.fixture
def stack():
    return Stack(tables=dict(TABLES), queues={}, functions={})


def rows(dynamodb, tables):
    return {
        name: sorted(dynamodb.scan(TableName=table)["Items"], key=repr)
        for name, table in tables.items()
    }


def test_every_row_and_the_audit_log_are_imported(dynamodb, stack):
    before = rows(dynamodb, OLD)
    assert before["PracticesTable"]
    assert before["AuditTable"]
    dry_run = list(import_tables(dynamodb, stack, from_stack="openhour", dry_run=True))
    assert {each.facts["table"]: each.facts["rows"] for each in dry_run} == {
        table: len(items) for table, items in before.items()
    }
    assert not any(rows(dynamodb, TABLES).values())
    lines = list(import_tables(dynamodb, stack, from_stack="openhour", dry_run=False))
    assert rows(dynamodb, TABLES) == rows(dynamodb, OLD) == before
    assert {each.facts["table"] for each in lines} == set(TABLES)
    again = list(import_tables(dynamodb, stack, from_stack="openhour", dry_run=False))
    assert {each.facts["rows"] for each in again} == {0}


def test_a_stack_with_rows_of_its_own_is_not_changed(dynamodb, stack):
    dynamodb.put_item(
        TableName=TABLES["TimeOffTable"],
        Item={"therapist_id": {"S": "new"}, "time_off_id": {"S": "new"}},
    )
    before = rows(dynamodb, TABLES)
    with pytest.raises(CommandError, match="rows of its own"):
        list(import_tables(dynamodb, stack, from_stack="openhour", dry_run=False))
    assert rows(dynamodb, TABLES) == before


def test_missing_tables_are_refused(dynamodb, stack):
    with pytest.raises(CommandError, match="0 tables"):
        list(import_tables(dynamodb, stack, from_stack="another", dry_run=False))


def test_ambiguous_tables_are_refused(dynamodb, stack):
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=TABLES["SlotsTable"],
        TargetTableName="openhour-SlotsTable-4D5E6F",
        UseLatestRestorableTime=True,
    )
    with pytest.raises(CommandError, match="2 tables SlotsTable"):
        list(import_tables(dynamodb, stack, from_stack="openhour", dry_run=False))
