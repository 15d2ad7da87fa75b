"""moto's DynamoDB, patched: transactions are atomic and isolated."""

from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.environment import TABLES

TABLE = TABLES["SlotsTable"]
PRACTICES = TABLES["PracticesTable"]


@pytest.fixture
def dynamodb(aws):
    return boto3.client("dynamodb")


def key(slot_id):
    return {"therapist_id": {"S": "demo"}, "slot_id": {"S": slot_id}}


def item(slot_id, **columns):
    return key(slot_id) | columns


def read(dynamodb, slot_id):
    return dynamodb.get_item(TableName=TABLE, Key=key(slot_id)).get("Item")


def booking(slot_id, client):
    return [
        {
            "Update": {
                "TableName": TABLE,
                "Key": key(slot_id),
                "UpdateExpression": "SET #s = :booked, who = :who",
                "ConditionExpression": "#s = :open",
                "ExpressionAttributeNames": {"#s": "state"},
                "ExpressionAttributeValues": {
                    ":open": {"S": "open"},
                    ":booked": {"S": "booked"},
                    ":who": {"S": client},
                },
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        },
        {"Put": {"TableName": TABLE, "Item": item(f"{slot_id}-{client}")}},
    ]


def test_exactly_one_of_sixteen_concurrent_transactions_succeeds(dynamodb):
    for round_ in range(3):
        slot_id = f"round{round_}"
        dynamodb.put_item(TableName=TABLE, Item=item(slot_id, state={"S": "open"}))

        def book(client, slot_id=slot_id):
            try:
                dynamodb.transact_write_items(TransactItems=booking(slot_id, client))
            except dynamodb.exceptions.TransactionCanceledException:
                return None
            return client

        with ThreadPoolExecutor(16) as threads:
            winners = [each for each in threads.map(book, map(str, range(16))) if each]
        assert len(winners) == 1
        assert read(dynamodb, slot_id)["who"] == {"S": winners[0]}
        rows = [each for each in range(16) if read(dynamodb, f"{slot_id}-{each}")]
        assert rows == [int(winners[0])]


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
    fails = {"ConditionExpression": "attribute_exists(therapist_id)"}
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        dynamodb.transact_write_items(
            TransactItems=[
                {"Update": update},
                {"Delete": {"TableName": TABLE, "Key": key("deleted")}},
                {"Put": {"TableName": TABLE, "Item": item("replaced", new={"S": "x"})}},
                {"Put": {"TableName": TABLE, "Item": item("created")}},
                {
                    "Put": {
                        "TableName": PRACTICES,
                        "Item": {"therapist_id": {"S": "none"}},
                        **fails,
                    }
                },
            ]
        )
    for slot_id in ("updated", "deleted", "replaced"):
        assert read(dynamodb, slot_id) == item(slot_id, **nested)
    assert read(dynamodb, "created") is None


def test_a_cancelled_transaction_returns_the_old_item(dynamodb):
    dynamodb.put_item(TableName=TABLE, Item=item("gone", state={"S": "booked"}))
    with pytest.raises(ClientError) as refused:
        dynamodb.transact_write_items(TransactItems=booking("gone", "late"))
    reasons = refused.value.response["CancellationReasons"]
    assert [each["Code"] for each in reasons] == ["ConditionalCheckFailed", "None"]
    assert reasons[0]["Item"] == item("gone", state={"S": "booked"})
