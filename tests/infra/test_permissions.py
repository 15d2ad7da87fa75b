"""The local run denies every call that the function's role does not allow."""

import pytest
from botocore.exceptions import ClientError

from infra.local.environment import SCHEDULE_GROUP, TABLES, VARIABLES
from infra.local.functions import Function
from infra.local.permissions import Permissions

POOL = VARIABLES["USER_POOL_ID"]
KEY = {"therapist_id": {"S": "demo"}, "slot_id": {"S": "20261124T2230Z"}}
SLOTS, PRACTICES = TABLES["SlotsTable"], TABLES["PracticesTable"]
PRACTICE = {"therapist_id": {"S": "demo"}}


def get(table, key, **event):
    return {
        "service": "dynamodb",
        "call": "get_item",
        "with": {"TableName": table, "Key": key},
        **event,
    }


def transact(**operations):
    items = [{kind: operation} for kind, operation in operations.items()]
    return {
        "service": "dynamodb",
        "call": "transact_write_items",
        "with": {"TransactItems": items},
    }


def batch(*tables):
    requests = {table: {"Keys": [KEY]} for table in tables}
    return {"service": "dynamodb", "call": "batch_get_item", "with": {"RequestItems": requests}}


def user(call, **more):
    wanted = {"UserPoolId": POOL, "Username": "nobody", **more}
    return {"service": "cognito-idp", "call": call, "with": wanted}


def schedule(group):
    return {
        "service": "scheduler",
        "call": "delete_schedule",
        "with": {"GroupName": group, "Name": "demo"},
    }


@pytest.fixture
def run(aws, translated):
    def run(function, event):
        permissions = Permissions(translated, function)
        Function(function, "tests.infra.handlers.call_aws", permissions).invoke(event)

    return run


@pytest.mark.parametrize(
    ("function", "event"),
    [
        pytest.param("AvailabilityFunction", get(PRACTICES, PRACTICE), id="settings to show slots"),
        pytest.param("BookingFunction", batch(SLOTS), id="a slot looked at before booking"),
        pytest.param(
            "PracticeFunction",
            transact(Delete={"TableName": SLOTS, "Key": KEY}),
            id="a slot dropped by the plan",
        ),
    ],
)
def test_a_granted_call_is_allowed(run, function, event):
    run(function, event)


@pytest.mark.parametrize(
    ("function", "event", "action"),
    [
        pytest.param(
            "AvailabilityFunction", get(SLOTS, KEY), "GetItem", id="one slot where lists are given"
        ),
        pytest.param(
            "AvailabilityFunction",
            get(SLOTS, KEY, thread=True),
            "GetItem",
            id="from a thread of its own",
        ),
        pytest.param(
            "BookingFunction",
            transact(
                Update={"TableName": SLOTS, "Key": KEY, "UpdateExpression": "SET a = b"},
                Delete={"TableName": PRACTICES, "Key": PRACTICE},
            ),
            "DeleteItem",
            id="one operation in a transaction",
        ),
        pytest.param(
            "BookingFunction",
            transact(
                ConditionCheck={
                    "TableName": PRACTICES,
                    "Key": PRACTICE,
                    "ConditionExpression": "attribute_exists(plan)",
                }
            ),
            "ConditionCheckItem",
            id="a check of the practice that would queue all its clients",
        ),
        pytest.param(
            "BookingFunction", batch(SLOTS, PRACTICES), "BatchGetItem", id="one table in a batch"
        ),
        pytest.param(
            "PrivilegesFunction",
            user("admin_delete_user"),
            "AdminDeleteUser",
            id="a login, which only the stream function changes",
        ),
        pytest.param(
            "PrivilegesStreamFunction",
            {"service": "scheduler", "call": "get_schedule", "with": {"Name": "demo"}},
            "GetSchedule",
            id="a schedule, which only the practice's stream function reads",
        ),
        pytest.param(
            "PracticeStreamFunction",
            schedule("another"),
            "DeleteSchedule",
            id="another group's schedule",
        ),
    ],
)
def test_any_other_call_is_denied(run, function, event, action):
    with pytest.raises(ClientError, match=rf"AccessDenied.*{function}.*{action}"):
        run(function, event)


def test_stream_functions_may_change_logins_and_schedules(run):
    with pytest.raises(ClientError, match="UserNotFound"):
        run("PrivilegesStreamFunction", user("admin_disable_user"))
    with pytest.raises(ClientError, match="ResourceNotFound"):
        run("PracticeStreamFunction", schedule(SCHEDULE_GROUP))
