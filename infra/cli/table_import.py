"""Importing the rows that the tables of an earlier stack still hold.

The rows are written to the new stack's tables, so its streams create logins and schedules for them
as for any new row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from infra.cli.output import CommandError, Line, counted
from infra.cli.point_in_time import differences, write_batch
from infra.cli.stack import AUDIT_TABLE, Stack


def import_tables(dynamodb: Any, stack: Stack, *, from_stack: str, dry_run: bool) -> Iterator[Line]:
    """Import every row of the tables that the stack named `from_stack` left, idempotently.

    Raises:
        CommandError: a table is missing or ambiguous, or a new table has rows of its own. Nothing
            is written then.
    """
    old_tables = {
        name: _find_old_table(dynamodb, from_stack, name, current=table)
        for name, table in stack.tables.items()
    }
    for name, table in sorted(stack.tables.items()):
        for requests in differences(dynamodb, table, old_tables[name]):
            if any("DeleteRequest" in each for each in requests):
                raise CommandError(f"{name} has rows of its own. Nothing was imported.")
    for name, table in sorted(stack.tables.items()):
        rows = 0
        for requests in differences(dynamodb, table, old_tables[name]):
            if not dry_run:
                _write(dynamodb, name, table, requests)
            rows += len(requests)
        text = f"{name}: {'would import' if dry_run else 'imported'} {counted(rows, 'row')}."
        yield Line("table", text, {"table": name, "rows": rows, "dry_run": dry_run})


def _find_old_table(dynamodb: Any, from_stack: str, name: str, *, current: str) -> str:
    """Find the one table that CloudFormation created for that logical id of the earlier stack."""
    prefix = f"{from_stack}-{name}-"
    pages = dynamodb.get_paginator("list_tables").paginate()
    candidates: list[str] = [
        table
        for page in pages
        for table in page["TableNames"]
        if table.startswith(prefix) and "-" not in table.removeprefix(prefix) and table != current
    ]
    if len(candidates) != 1:
        found = f"{counted(len(candidates), 'table')} {name} {' '.join(candidates)}".rstrip()
        text = f"{from_stack} left {found}, and not exactly one. Nothing was imported."
        raise CommandError(text)
    return candidates[0]


def _write(dynamodb: Any, name: str, table: str, requests: list[dict[str, Any]]) -> None:
    """Write the rows. The audit log's policy allows no batches, so its rows go one by one."""
    if name != AUDIT_TABLE:
        write_batch(dynamodb, table, requests)
        return
    for request in requests:
        dynamodb.put_item(TableName=table, Item=request["PutRequest"]["Item"])
