"""The verbs that work on a whole stack. They create the AWS clients that the work needs."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import boto3
from botocore.config import Config

from infra.cli import check, concurrency, dead_letters, point_in_time, table_import
from infra.cli.output import Line
from infra.cli.resync import record_restore
from infra.cli.resync import resync as resync_therapist
from infra.cli.stack import Stack, copied_tables, read_environment

_INVOKE_TIMEOUT_SECONDS = 910
"""Longer than any function may run."""
_CHECK_OF_COPY: Mapping[str, Any] = {"therapist_ids": (), "after": None, "units_per_second": 1000.0}
"""Options of a check of a copy, which nobody else reads."""


def copy(stack: Stack, *, at: datetime) -> Iterator[Line]:
    """Copy every table as it was at one second.

    The audit log is not copied.
    """
    return point_in_time.copy(boto3.client("dynamodb"), stack, at=at)


def check_copy(stack: Stack, *, suffix: str) -> Iterator[Line]:
    """Check the integrity of a copy."""
    os.environ.update(copied_tables(stack.environment, suffix))
    return check.check(**_CHECK_OF_COPY)


def restore(
    stack: Stack, *, suffix: str, therapist_id: str | None, dry_run: bool
) -> Iterator[Line]:
    """Make the tables equal to a copy.

    The stack has to be paused. The audit log is not changed.
    """
    if not dry_run:
        concurrency.require_paused(stack)
        record_restore(therapist_id, suffix)
    yield from point_in_time.restore(
        boto3.client("dynamodb"), stack, suffix=suffix, therapist_id=therapist_id, dry_run=dry_run
    )


def import_tables(stack: Stack, *, from_stack: str, dry_run: bool) -> Iterator[Line]:
    """Import the rows that a deleted stack has left."""
    return table_import.import_tables(
        boto3.client("dynamodb"), stack, from_stack=from_stack, dry_run=dry_run
    )


def replay(stack: Stack, *, dry_run: bool) -> Iterator[Line]:
    """Hand every failed event to its function again."""
    functions = boto3.client("lambda", config=Config(read_timeout=_INVOKE_TIMEOUT_SECONDS))
    invoke = functools.partial(_invoke, functions)
    sqs, streams = boto3.client("sqs"), boto3.client("dynamodbstreams")
    return dead_letters.replay(sqs, streams, invoke, stack, dry_run=dry_run)


def resync(stack: Stack, *, therapist_id: str) -> Iterator[Line]:
    """Bring logins and the schedule in line with the rows."""
    function = stack.functions["PracticeStreamFunction"]
    os.environ.update(read_environment(boto3.client("lambda"), function))
    return resync_therapist(therapist_id)


def _invoke(functions: Any, function: str, event: Mapping[str, Any]) -> None:
    response = functions.invoke(FunctionName=function, Payload=json.dumps(event).encode())
    result = json.loads(response["Payload"].read() or b"null")
    failures = isinstance(result, dict) and result.get("batchItemFailures")
    if failures or response.get("FunctionError"):
        raise dead_letters.InvocationFailed
