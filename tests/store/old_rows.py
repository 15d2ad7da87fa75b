"""A practice as the first version left it: every row as it was written then, without a number.

Ann has booked, bea is a regular who gave a date up, fay was one until October, has cancelled late
and is suspended, ivy was discharged with her regular, Gus and Hal have registered, last week and
this; the rest is as in `scenes`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
from moto.dynamodb.models import dynamodb_backends

from infra.local.environment import ACCOUNT, REGION
from openhour.store import practices

FIRST: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("first_rows.json").read_text()
)
"""The rows, by table."""


def put_first_rows() -> None:
    """Have these rows, and no others."""
    for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
        table.items.clear()
    dynamodb = boto3.client("dynamodb")
    for name, rows in FIRST.items():
        for row in rows:
            dynamodb.put_item(TableName=name, Item=row)
    practices.forget()
