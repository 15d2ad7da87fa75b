"""A practice whose rows were written by the first version, which stored no version number.

Ann has booked, Bea is a regular who gave a date up, Fay was a regular until October, cancelled late
and is suspended, Ivy was discharged with her regular, Gus and Hal registered last week and this
week. Otherwise it is the practice of `seed`. The therapist has named a crisis line since.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3

from tests.dynamodb_backends import empty_tables

FIRST: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("first_rows.json").read_text()
)
"""The rows, by table."""


def put_first_rows() -> None:
    """Replace all rows by these."""
    empty_tables()
    dynamodb = boto3.client("dynamodb")
    for name, rows in FIRST.items():
        for row in rows:
            dynamodb.put_item(TableName=name, Item=_with_crisis_line(row))


def _with_crisis_line(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with a crisis line, if it is the practice's. Registration needs one."""
    if "settings" not in row:
        return row
    settings = {**json.loads(row["settings"]["S"]), "crisis_line": "Call 988."}
    return {**row, "settings": {"S": json.dumps(settings)}}
