"""Inheritance: the rows of the tables that an earlier stack left, brought into a new one's.

They go in through the new tables, so its streams have logins and schedules made as for new rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from infra.operate.told import Declined, Told
from infra.recovery.copies import carry_out, differences
from infra.recovery.stack import TRAIL, Stack


def bring_in(dynamodb: Any, stack: Stack, *, earlier: str) -> Iterator[Told]:
    """Bring in every row of the tables that are left of the `earlier` stack, by its name. Again, it
    goes on where it was cut short. Raises Declined, with nothing written, where a table is missing
    or there are several of one name, and where the new tables have rows of their own."""
    left = {
        name: _left(dynamodb, earlier, name, live=table) for name, table in stack.tables.items()
    }
    for name, table in sorted(stack.tables.items()):
        for requests in differences(dynamodb, table, left[name]):
            if any("DeleteRequest" in each for each in requests):
                raise Declined(f"{name} has rows of its own already.")
    for name, table in sorted(stack.tables.items()):
        count = 0
        for requests in differences(dynamodb, table, left[name]):
            _bring(dynamodb, name, table, requests)
            count += len(requests)
        yield Told("table", f"{name}: {count} rows came in.", {"table": name, "rows": count})


def _left(dynamodb: Any, earlier: str, name: str, *, live: str) -> str:
    """The one table of that name which CloudFormation made for the earlier stack."""
    start = f"{earlier}-{name}-"
    pages = dynamodb.get_paginator("list_tables").paginate()
    found: list[str] = [
        table
        for page in pages
        for table in page["TableNames"]
        if table.startswith(start) and "-" not in table.removeprefix(start) and table != live
    ]
    if len(found) != 1:
        raise Declined(f"Of {earlier} there are {len(found)} tables {name}: {' '.join(found)}")
    return found[0]


def _bring(dynamodb: Any, name: str, table: str, requests: list[dict[str, Any]]) -> None:
    """The trail takes no batches: its entries are only ever added, one by one."""
    if name != TRAIL:
        carry_out(dynamodb, table, requests)
        return
    for request in requests:
        dynamodb.put_item(TableName=table, Item=request["PutRequest"]["Item"])
