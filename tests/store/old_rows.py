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

from tests.tables import empty_tables

FIRST: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("first_rows.json").read_text()
)
"""The rows, by table."""


def put_first_rows() -> None:
    """Have these rows, and no others."""
    empty_tables()
    dynamodb = boto3.client("dynamodb")
    for name, rows in FIRST.items():
        for row in rows:
            dynamodb.put_item(TableName=name, Item=row)
