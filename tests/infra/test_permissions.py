"""The local run denies every call that the function's role does not allow."""

import pytest
from botocore.exceptions import ClientError

from infra.local.environment import TABLES, VARIABLES
from infra.local.functions import Function
from infra.local.permissions import Permissions

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


@pytest.fixture
def run(aws, translated):
    def run(function, event):
        permissions = Permissions(translated, function)
        Function(function, "tests.infra.handlers.call_aws", permissions).invoke(event)

    return run


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
            {
                "service": "cognito-idp",
                "call": "admin_delete_user",
                "with": {"UserPoolId": VARIABLES["USER_POOL_ID"], "Username": "nobody"},
            },
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
            {
                "service": "scheduler",
                "call": "delete_schedule",
                "with": {"GroupName": "another", "Name": "demo"},
            },
            "DeleteSchedule",
            id="another group's schedule",
        ),
    ],
)
def test_any_other_call_is_denied(run, function, event, action):
    with pytest.raises(ClientError, match=rf"AccessDenied.*{function}.*{action}"):
        run(function, event)
