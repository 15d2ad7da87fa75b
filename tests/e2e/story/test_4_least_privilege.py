"""Each function's role allows exactly the calls that the story made.

During the story, every call to DynamoDB, Cognito and Scheduler was checked against the role of the
function that made it.
"""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from infra.local import template
from infra.local.permissions import Permissions, as_list
from infra.local.template import Template
from tests.e2e.story.context import StoryContext

TRANSLATED = template.load()
FUNCTIONS = sorted(TRANSLATED.handlers())
STREAM_READER = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}
QUEUE_READER = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
LAMBDA_ACTIONS = STREAM_READER | QUEUE_READER | {"dynamodb:ListStreams", "sqs:SendMessage"}
"""Actions of Lambda itself in the function's role: reading streams and queues, and sending dead
letters."""


def grants(function: str) -> list[tuple[str, Any]]:
    """Return every action that a function's role allows, with each of its resources."""
    return [
        grant
        for statement in TRANSLATED.statements(function)
        for grant in itertools.product(as_list(statement["Action"]), as_list(statement["Resource"]))
    ]


def without(function: str, grant: tuple[str, Any]) -> Permissions:
    """Return the function's permissions without one action on one resource."""
    reduced = Template(copy.deepcopy(TRANSLATED.resources))
    reduced.properties(f"{function}Role")["Policies"] = [
        {"PolicyDocument": {"Statement": [{**statement, "Action": action, "Resource": resource}]}}
        for statement in TRANSLATED.statements(function)
        for action, resource in itertools.product(
            as_list(statement["Action"]), as_list(statement["Resource"])
        )
        if (action, resource) != grant
    ]
    return Permissions(reduced, function)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_removing_any_permission_denies_a_call_of_the_story(
    story: StoryContext, function: str
) -> None:
    permissions = story.local.functions[function].permissions
    assert permissions is not None
    for grant in grants(function):
        if grant[0] not in LAMBDA_ACTIONS:
            reduced = without(function, grant)
            denied = {
                access
                for access in permissions.used
                if access[0] == grant[0] and not reduced.allow(*access)
            }
            assert denied, grant


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_read_exactly_the_streams_of_its_event_sources(function: str) -> None:
    tables = {m.table for m in TRANSLATED.event_source_mappings() if m.function == function}
    wanted = {(action, f"{table}.StreamArn") for table in tables for action in STREAM_READER}
    granted = {
        (action, ".".join(resource["Fn::GetAtt"]))
        for action, resource in grants(function)
        if action in STREAM_READER
    }
    assert granted == wanted


def test_a_function_without_one_permission_fails_and_changes_nothing(story: StoryContext) -> None:
    cancellation = story.local.functions["CancellationFunction"]
    permissions = cancellation.permissions
    dan = story.client(4)
    appointments = dan.get("/appointments")["appointments"]
    booked = next(each for each in appointments if each["status"] == "booked")
    path = f"/appointments/{booked['appointment_id']}"
    slot_update = ("dynamodb:UpdateItem", {"Fn::GetAtt": ["SlotsTable", "Arn"]})
    cancellation.permissions = without("CancellationFunction", slot_update)
    try:
        assert dan.call("DELETE", path).status == 500
    finally:
        cancellation.permissions = permissions
    assert dan.get("/appointments")["appointments"] == appointments
    assert dan.call("DELETE", path).status == 200
