"""Importing the rows that an earlier stack left."""

from __future__ import annotations

import pytest
from moto.dynamodb.models import dynamodb_backends

from infra.cli.output import CommandError
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
def run_import(dynamodb, stack):
    def run_import(from_stack="openhour", *, dry_run=False):
        lines = import_tables(dynamodb, stack, from_stack=from_stack, dry_run=dry_run)
        return {each.facts["table"]: each.facts["rows"] for each in lines}

    return run_import


def rows(dynamodb, tables):
    return {
        name: sorted(dynamodb.scan(TableName=table)["Items"], key=repr)
        for name, table in tables.items()
    }


def test_every_row_and_the_audit_log_are_imported(dynamodb, run_import):
    before = rows(dynamodb, OLD)
    assert before["PracticesTable"]
    assert before["AuditTable"]
    counts = {table: len(items) for table, items in before.items()}
    assert run_import(dry_run=True) == counts
    assert not any(rows(dynamodb, TABLES).values())
    assert run_import() == counts
    assert rows(dynamodb, TABLES) == rows(dynamodb, OLD) == before
    assert run_import() == dict.fromkeys(TABLES, 0)


def test_a_stack_with_rows_of_its_own_is_not_changed(dynamodb, run_import):
    dynamodb.put_item(
        TableName=TABLES["TimeOffTable"],
        Item={"therapist_id": {"S": "new"}, "time_off_id": {"S": "new"}},
    )
    before = rows(dynamodb, TABLES)
    with pytest.raises(CommandError, match="rows of its own"):
        run_import()
    assert rows(dynamodb, TABLES) == before


def test_missing_tables_are_refused(run_import):
    with pytest.raises(CommandError, match="0 tables"):
        run_import("another")


def test_ambiguous_tables_are_refused(dynamodb, run_import):
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=TABLES["SlotsTable"],
        TargetTableName="openhour-SlotsTable-4D5E6F",
        UseLatestRestorableTime=True,
    )
    with pytest.raises(CommandError, match="2 tables SlotsTable"):
        run_import()
