"""The local run denies every call that the function's role does not allow."""

import pytest
from botocore.exceptions import ClientError

from infra.local.environment import TABLES
from infra.local.functions import Function
from infra.local.permissions import Permissions
from infra.local.user_pools import CLIENTS, THERAPISTS

SLOTS, PRACTICES = TABLES["SlotsTable"], TABLES["PracticesTable"]
APPOINTMENTS = TABLES["AppointmentsTable"]
PRACTICE = {"therapist_id": {"S": "demo"}}
SLOT = {**PRACTICE, "slot_id": {"S": "20261124T2230Z"}}


def call(service, name, *, thread=False, **given):
    return {"service": service, "call": name, "thread": thread, "with": given}


def get_slot(*, thread=False):
    return call("dynamodb", "get_item", thread=thread, TableName=SLOTS, Key=SLOT)


def query_appointments(**index):
    return call(
        "dynamodb",
        "query",
        TableName=APPOINTMENTS,
        KeyConditionExpression="therapist_id = :therapist",
        ExpressionAttributeValues={":therapist": {"S": "demo"}},
        **index,
    )


def transact(**operations):
    items = [{kind: operation} for kind, operation in operations.items()]
    return call("dynamodb", "transact_write_items", TransactItems=items)


ON_PRACTICE = {"TableName": PRACTICES, "Key": PRACTICE}
DENIED = {
    "the index of a table that it may query": (
        "AvailabilityFunction",
        query_appointments(IndexName="by-therapist"),
        "Query.*/index/by-therapist",
    ),
    "a table whose index it may query": ("PracticeFunction", query_appointments(), "Query"),
    "one slot where lists are given": ("AvailabilityFunction", get_slot(), "GetItem"),
    "from a thread of its own": ("AvailabilityFunction", get_slot(thread=True), "GetItem"),
    "one operation in a transaction": (
        "BookingFunction",
        transact(
            Update={"TableName": SLOTS, "Key": SLOT, "UpdateExpression": "SET a = b"},
            Delete=ON_PRACTICE,
        ),
        "DeleteItem",
    ),
    "a check of the practice that would queue all its clients": (
        "BookingFunction",
        transact(ConditionCheck={**ON_PRACTICE, "ConditionExpression": "attribute_exists(plan)"}),
        "ConditionCheckItem",
    ),
    "one table in a batch": (
        "BookingFunction",
        call(
            "dynamodb",
            "batch_get_item",
            RequestItems={SLOTS: {"Keys": [SLOT]}, PRACTICES: {"Keys": [PRACTICE]}},
        ),
        "BatchGetItem",
    ),
    "a login, which only the stream function changes": (
        "PrivilegesFunction",
        call("cognito-idp", "admin_delete_user", UserPoolId=CLIENTS.pool_id, Username="nobody"),
        "AdminDeleteUser",
    ),
    "disabling a therapist's login, which no function does": (
        "PrivilegesStreamFunction",
        call("cognito-idp", "admin_disable_user", UserPoolId=THERAPISTS.pool_id, Username="nobody"),
        "AdminDisableUser",
    ),
    "a schedule, which only the practice's stream function reads": (
        "PrivilegesStreamFunction",
        call("scheduler", "get_schedule", Name="demo"),
        "GetSchedule",
    ),
    "another group's schedule": (
        "PracticeStreamFunction",
        call("scheduler", "delete_schedule", GroupName="another", Name="demo"),
        "DeleteSchedule",
    ),
}
"""The function, its call, and the action that its role does not allow."""


@pytest.mark.parametrize(("function", "event", "action"), DENIED.values(), ids=DENIED)
def test_any_other_call_is_denied(aws, translated, function, event, action):
    permissions = Permissions(translated, function)
    with pytest.raises(ClientError, match=rf"AccessDenied.*{function}.*{action}"):
        Function(function, "tests.infra.handlers.call_aws", permissions).invoke(event)
