"""moto's DynamoDB, patched: transactions are atomic. Races in the store show them isolated."""

import pytest
from botocore.exceptions import ClientError

from infra.local.environment import TABLES

TABLE = TABLES["SlotsTable"]


def key(slot_id):
    return {"therapist_id": {"S": "demo"}, "slot_id": {"S": slot_id}}


def item(slot_id, **columns):
    return key(slot_id) | columns


def test_a_cancelled_transaction_rolls_back_every_kind_of_write(dynamodb):
    nested = {"weeks": {"M": {"w": {"N": "1"}}}, "list": {"L": [{"S": "a"}]}}
    for slot_id in ("updated", "deleted", "replaced"):
        dynamodb.put_item(TableName=TABLE, Item=item(slot_id, **nested))
    update = {
        "TableName": TABLE,
        "Key": key("updated"),
        "UpdateExpression": "SET weeks.w = :two, #l = list_append(#l, :more) ADD n :two",
        "ExpressionAttributeNames": {"#l": "list"},
        "ExpressionAttributeValues": {":two": {"N": "2"}, ":more": {"L": [{"S": "b"}]}},
    }
    fails = {
        "TableName": TABLES["PracticesTable"],
        "Item": {"therapist_id": {"S": "none"}},
        "ConditionExpression": "attribute_exists(therapist_id)",
    }
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        dynamodb.transact_write_items(
            TransactItems=[
                {"Update": update},
                {"Delete": {"TableName": TABLE, "Key": key("deleted")}},
                {"Put": {"TableName": TABLE, "Item": item("replaced", new={"S": "x"})}},
                {"Put": {"TableName": TABLE, "Item": item("created")}},
                {"Put": fails},
            ]
        )
    rows = dynamodb.scan(TableName=TABLE)["Items"]
    assert sorted(rows, key=repr) == [
        item(slot_id, **nested) for slot_id in ("deleted", "replaced", "updated")
    ]
