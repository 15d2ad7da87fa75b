"""Each function may do what the story had it do, and nothing else.

Throughout the story every call to DynamoDB, Cognito and Scheduler was held to the role of the
function that made it, resource by resource.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest

from infra.local import template
from infra.local.permissions import Deed, Permissions, arn_of
from infra.local.template import Template
from tests.e2e.story.town import Town

TRANSLATED = template.load()
FUNCTIONS = sorted(TRANSLATED.handlers())
STREAM_READER = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}
LAMBDAS_OWN = STREAM_READER | {"dynamodb:ListStreams", "sqs:SendMessage"}
"""What Lambda does in a function's name: it reads the streams, and keeps what failed for good."""


def statements(translated: Template, function: str) -> Iterator[dict[str, Any]]:
    for policy in translated.properties(f"{function}Role")["Policies"]:
        yield from policy["PolicyDocument"]["Statement"]


def grants(function: str) -> list[tuple[str, Any]]:
    """Every action, and each resource of the template on which a function's role allows it."""
    return [
        grant
        for statement in statements(TRANSLATED, function)
        for grant in itertools.product(listed(statement["Action"]), listed(statement["Resource"]))
    ]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def without(function: str, grant: tuple[str, Any]) -> Permissions:
    """What the function may do once one action on one resource is taken from its role."""
    less = Template(copy.deepcopy(TRANSLATED.resources))
    less.properties(f"{function}Role")["Policies"] = [
        {"PolicyDocument": {"Statement": [{**statement, "Action": action, "Resource": resource}]}}
        for statement in statements(TRANSLATED, function)
        for action, resource in itertools.product(
            listed(statement["Action"]), listed(statement["Resource"])
        )
        if (action, resource) != grant
    ]
    return Permissions(less, function)


def used(town: Town, function: str) -> set[Deed]:
    """What the story had the function do."""
    permissions = town.local.functions[function].permissions
    assert permissions is not None
    return permissions.used


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_granted_nothing_that_the_story_never_used(town: Town, function: str) -> None:
    deeds = used(town, function)
    idle = {
        f"{action} on {arn_of(resource)}"
        for action, resource in grants(function)
        if action not in LAMBDAS_OWN
        and not any(a == action and fnmatchcase(r, arn_of(resource)) for a, r in deeds)
    }
    assert idle == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_whatever_is_taken_from_a_function_the_story_could_not_be_told(
    town: Town, function: str
) -> None:
    deeds = used(town, function)
    for grant in grants(function):
        if grant[0] not in LAMBDAS_OWN:
            less = without(function, grant)
            denied = {deed for deed in deeds if deed[0] == grant[0] and not less.allow(*deed)}
            assert denied, grant


@pytest.mark.parametrize("function", FUNCTIONS)
def test_lambda_reads_the_streams_that_a_function_follows_and_no_others(function: str) -> None:
    followed = {m.table for m in TRANSLATED.mappings() if m.function == function}
    wanted = {(action, f"{table}.StreamArn") for table in followed for action in STREAM_READER}
    found = {
        (action, ".".join(resource["Fn::GetAtt"]))
        for action, resource in grants(function)
        if action in STREAM_READER
    }
    assert found == wanted


def test_a_function_that_lacks_one_permission_fails_and_changes_nothing(town: Town) -> None:
    cancellation = town.local.functions["CancellationFunction"]
    whole = cancellation.permissions
    dan = town.client(4)
    standing = dan.get("/appointments")["appointments"]
    path = f"/appointments/{standing[0]['appointment_id']}"
    frees_the_slot = ("dynamodb:UpdateItem", {"Fn::GetAtt": ["SlotsTable", "Arn"]})
    cancellation.permissions = without("CancellationFunction", frees_the_slot)
    try:
        assert dan.call("DELETE", path).status == 500
    finally:
        cancellation.permissions = whole
    assert dan.get("/appointments")["appointments"] == standing
    assert dan.call("DELETE", path).status == 200
