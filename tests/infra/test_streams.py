"""The streams: what is written is handed over in order, in batches, and again where it failed."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.environment import TABLES
from infra.local.followers import Follower, Pump
from infra.local.functions import Function
from infra.local.streams import Stream, passes
from infra.local.template import Mapping
from tests.infra import follower as stand_in

TABLE = TABLES["SlotsTable"]
MAPPING = Mapping(
    table="SlotsTable",
    function="PracticeFollower",
    batch_size=10,
    window=timedelta(0),
    attempts=3,
    patterns=(),
)


@pytest.fixture
def dynamodb(cloud):
    return boto3.client("dynamodb")


@pytest.fixture
def follow(cloud):
    for each in (stand_in.handed, stand_in.raising, stand_in.failing):
        each.clear()
    streams = boto3.client("dynamodbstreams")

    def make(**changes):
        stream = Stream(streams, TABLE, cloud.stream_length)
        stream.new()  # what earlier tests wrote
        function = Function("stand-in", "tests.infra.follower.lambda_handler")
        return Follower(replace(MAPPING, **changes), stream, function)

    return make


def key(slot_id):
    return {"therapist_id": {"S": "demo"}, "slot_id": {"S": slot_id}}


def put(dynamodb, *slot_ids, state="open"):
    for slot_id in slot_ids:
        dynamodb.put_item(TableName=TABLE, Item=key(slot_id) | {"state": {"S": state}})


def drain(follower):
    """Give turns until all is done; the pauses between tries are cut short."""
    while not follower.turn(hurry=True):
        pass


def test_each_write_is_handed_over_once_and_in_order(dynamodb, follow):
    follower = follow()
    put(dynamodb, "s1", "s2")
    follower.turn()
    put(dynamodb, "s3")
    follower.turn()
    follower.turn()
    assert stand_in.slots() == [["s1", "s2"], ["s3"]]


def test_a_record_looks_as_lambda_hands_it_over(dynamodb, follow):
    follower = follow()
    put(dynamodb, "s4")
    put(dynamodb, "s4", state="booked")
    dynamodb.delete_item(TableName=TABLE, Key=key("s4"))
    follower.turn()
    insert, modify, remove = stand_in.handed[0]
    assert [each["eventName"] for each in (insert, modify, remove)] == [
        "INSERT",
        "MODIFY",
        "REMOVE",
    ]
    assert modify["dynamodb"]["OldImage"]["state"] == {"S": "open"}
    assert modify["dynamodb"]["NewImage"]["state"] == {"S": "booked"}
    assert "NewImage" not in remove["dynamodb"]
    assert isinstance(insert["dynamodb"]["ApproximateCreationDateTime"], float)
    assert f"table/{TABLE}/stream/" in insert["eventSourceARN"]


def test_an_empty_map_is_a_map_whichever_engine_wrote_it(cloud):
    images = {
        "NewImage": {"weeks": {}, "strikes": {"L": [{}]}, "who": {"S": "ann"}},
        "OldImage": {"weeks": {"M": {"2026-W48": {}}}},
    }
    written = {"dynamodb": {"SequenceNumber": "1", **images}}
    client: Any = StreamOf(written)
    (record,) = Stream(client, TABLE, lambda _: 1).new()
    assert record["dynamodb"]["NewImage"] == {
        "weeks": {"M": {}},
        "strikes": {"L": [{"M": {}}]},
        "who": {"S": "ann"},
    }
    assert record["dynamodb"]["OldImage"] == {"weeks": {"M": {"2026-W48": {"M": {}}}}}


def test_a_shard_that_has_ended_is_left_and_the_next_one_read(cloud):
    client: Any = StreamOf({"dynamodb": {"SequenceNumber": "1"}}, ended=True)
    stream = Stream(client, TABLE, lambda _: object())
    assert len(stream.new()) == 1
    assert stream.new() == []
    client.shards["two"] = [{"dynamodb": {"SequenceNumber": "2"}}]
    assert [each["dynamodb"]["SequenceNumber"] for each in stream.new()] == ["2"]


class StreamOf:
    """A stream in the form of DynamoDB Local, which moto doesn't show."""

    def __init__(self, *records, ended=False):
        self.shards = {"one": list(records)}
        self.ended = {"one"} if ended else set()

    def list_streams(self, **_):
        return {"Streams": [{"StreamArn": "stream"}]}

    def describe_stream(self, **_):
        return {"StreamDescription": {"Shards": [{"ShardId": each} for each in self.shards]}}

    def get_shard_iterator(self, *, ShardId, ShardIteratorType, SequenceNumber="0", **_):  # noqa: N803 - boto3's names
        assert (ShardIteratorType == "TRIM_HORIZON") == (SequenceNumber == "0")
        return {"ShardIterator": (ShardId, int(SequenceNumber))}

    def get_records(self, *, ShardIterator):  # noqa: N803 - boto3's names
        shard, after = ShardIterator
        records = [
            each for each in self.shards[shard] if int(each["dynamodb"]["SequenceNumber"]) > after
        ]
        last = max([after, *(int(each["dynamodb"]["SequenceNumber"]) for each in records)])
        more = {} if shard in self.ended else {"NextShardIterator": (shard, last)}
        return {"Records": records, **more}


def test_what_a_refused_transaction_wrote_is_never_handed_over(dynamodb, follow):
    follower = follow()
    put(dynamodb, "s5")
    follower.turn()
    exists = "attribute_exists(slot_id)"
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": TABLE, "Item": key("s6")}},
                {"Delete": {"TableName": TABLE, "Key": key("s5")}},
                {
                    "ConditionCheck": {
                        "TableName": TABLE,
                        "Key": key("none"),
                        "ConditionExpression": exists,
                    }
                },
            ]
        )
    follower.turn()
    put(dynamodb, "s7")
    follower.turn()
    assert stand_in.slots() == [["s5"], ["s7"]]


def test_a_batch_is_no_larger_than_the_mapping_says(dynamodb, follow):
    follower = follow(batch_size=2)
    put(dynamodb, "a", "b", "c", "d", "e")
    follower.turn()
    assert stand_in.slots() == [["a", "b"], ["c", "d"], ["e"]]


def test_records_wait_until_the_window_closes_or_the_batch_is_full(dynamodb, follow):
    follower = follow(batch_size=3, window=timedelta(hours=1))
    put(dynamodb, "a", "b")
    follower.turn()
    assert stand_in.slots() == []
    put(dynamodb, "c")
    follower.turn()
    assert stand_in.slots() == [["a", "b", "c"]]


def test_nobody_in_a_hurry_waits_for_a_window(dynamodb, follow):
    follower = follow(window=timedelta(hours=1))
    put(dynamodb, "a")
    assert follower.turn(hurry=True)
    assert stand_in.slots() == [["a"]]


def test_from_the_first_record_that_failed_on_all_are_handed_over_again(dynamodb, follow):
    follower = follow()
    stand_in.failing.add("b")
    put(dynamodb, "a", "b", "c")
    assert not follower.turn()
    stand_in.failing.clear()
    drain(follower)
    assert stand_in.slots() == [["a", "b", "c"], ["b", "c"]]


def test_a_batch_that_raises_is_tried_in_halves(dynamodb, follow):
    follower = follow(attempts=9)
    stand_in.raising.add("d")
    put(dynamodb, "a", "b", "c", "d")
    for _ in range(4):
        follower.turn(hurry=True)
    assert stand_in.slots()[:3] == [["a", "b", "c", "d"], ["a", "b"], ["c", "d"]]
    assert stand_in.slots()[-1] == ["c"] or ["d"] in stand_in.slots()
    stand_in.raising.clear()
    drain(follower)
    assert {"a", "b", "c", "d"} == {slot for slots in stand_in.slots() for slot in slots}


def test_a_record_that_never_succeeds_is_put_aside_and_the_next_goes_on(dynamodb, follow):
    follower = follow(batch_size=1)
    stand_in.raising.add("a")
    put(dynamodb, "a", "b")
    drain(follower)
    assert stand_in.slots() == [["a"], ["a"], ["a"], ["b"]]
    assert [each["dynamodb"]["Keys"] for each in follower.dead] == [key("a")]


def test_only_a_booking_that_leaves_a_slot_blocked_reaches_the_practice(
    translated, dynamodb, follow
):
    (mapping,) = (each for each in translated.mappings() if each.table == "SlotsTable")
    follower = follow(patterns=mapping.patterns)
    for slot_id, before, after in (
        ("waits", "booked", "blocked"),
        ("freed", "booked", "open"),
        ("holiday", "open", "blocked"),
    ):
        put(dynamodb, slot_id, state=before)
        put(dynamodb, slot_id, state=after)
    follower.turn()
    assert stand_in.slots() == [["waits"]]


def test_a_filter_that_is_not_understood_is_refused():
    with pytest.raises(ValueError, match="exact values"):
        passes([{"eventName": [{"prefix": "IN"}]}], {"eventName": "INSERT"})


def test_the_pump_follows_by_itself(dynamodb, follow):
    pump = Pump([follow()])
    try:
        put(dynamodb, "a")
        until(lambda: stand_in.slots() == [["a"]])
    finally:
        pump.close()


def test_settling_waits_for_windows_and_failures(dynamodb, follow):
    pump = Pump([follow(window=timedelta(hours=1))])
    try:
        put(dynamodb, "a")
        pump.settle()
        assert stand_in.slots() == [["a"]]
        stand_in.raising.add("b")
        put(dynamodb, "b")
        pump.settle()
        assert [each["dynamodb"]["Keys"] for each in pump.followers[0].dead] == [key("b")]
    finally:
        pump.close()


def until(holds):
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    assert holds()
