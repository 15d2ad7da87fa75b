"""Streams and event source mappings: order, batches, filters and retries."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from infra.local.environment import TABLES
from infra.local.event_sources import EventSource, StreamPoller
from infra.local.functions import Function
from infra.local.streams import Stream, matches_filters
from infra.local.template import EventSourceMapping
from tests.infra import handlers

TABLE = TABLES["SlotsTable"]
MAPPING = EventSourceMapping(
    table="SlotsTable",
    function="PracticeStreamFunction",
    batch_size=10,
    window=timedelta(0),
    attempts=3,
    filters=(),
)


@pytest.fixture
def event_source(aws):
    for each in (handlers.batches, handlers.raising, handlers.failing):
        each.clear()
    streams = boto3.client("dynamodbstreams")

    def make(**changes):
        stream = Stream(streams, TABLE, aws.stream_version)
        stream.read_new()  # skips the records of earlier tests
        function = Function("recorder", "tests.infra.handlers.record")
        return EventSource(replace(MAPPING, **changes), stream, function)

    return make


def key(slot_id):
    return {"therapist_id": {"S": "demo"}, "slot_id": {"S": slot_id}}


def put(dynamodb, *slot_ids, state="open"):
    for slot_id in slot_ids:
        dynamodb.put_item(TableName=TABLE, Item=key(slot_id) | {"state": {"S": state}})


def drain(source):
    """Poll until no record remains, without waiting between attempts."""
    while not source.poll(flush=True):
        pass


def test_each_record_is_handled_once_and_in_order(dynamodb, event_source):
    source = event_source()
    put(dynamodb, "s1", "s2")
    source.poll()
    put(dynamodb, "s3")
    source.poll()
    source.poll()
    assert handlers.recorded_slots() == [["s1", "s2"], ["s3"]]


def test_records_have_lambdas_format(dynamodb, event_source):
    source = event_source()
    put(dynamodb, "s4")
    put(dynamodb, "s4", state="booked")
    dynamodb.delete_item(TableName=TABLE, Key=key("s4"))
    source.poll()
    insert, modify, remove = handlers.batches[0]
    names = [each["eventName"] for each in (insert, modify, remove)]
    assert names == ["INSERT", "MODIFY", "REMOVE"]
    assert modify["dynamodb"]["OldImage"]["state"] == {"S": "open"}
    assert modify["dynamodb"]["NewImage"]["state"] == {"S": "booked"}
    assert "NewImage" not in remove["dynamodb"]
    assert isinstance(insert["dynamodb"]["ApproximateCreationDateTime"], float)
    assert f"table/{TABLE}/stream/" in insert["eventSourceARN"]


def test_an_empty_map_gets_the_type_that_dynamodb_local_omits(aws):
    images = {
        "NewImage": {"weeks": {}, "strikes": {"L": [{}]}, "who": {"S": "ann"}},
        "OldImage": {"weeks": {"M": {"2026-W48": {}}}},
    }
    record = {"dynamodb": {"SequenceNumber": "1", **images}}
    client: Any = StubStream(record)
    (record,) = Stream(client, TABLE, lambda _: 1).read_new()
    assert record["dynamodb"]["NewImage"] == {
        "weeks": {"M": {}},
        "strikes": {"L": [{"M": {}}]},
        "who": {"S": "ann"},
    }
    assert record["dynamodb"]["OldImage"] == {"weeks": {"M": {"2026-W48": {"M": {}}}}}


def test_reading_continues_after_a_closed_shard(aws):
    client: Any = StubStream({"dynamodb": {"SequenceNumber": "1"}}, ended=True)
    stream = Stream(client, TABLE, lambda _: object())
    assert len(stream.read_new()) == 1
    assert stream.read_new() == []
    client.shards["two"] = [{"dynamodb": {"SequenceNumber": "2"}}]
    assert [each["dynamodb"]["SequenceNumber"] for each in stream.read_new()] == ["2"]


class StubStream:
    """A stub of DynamoDB Local's stream, which has closed shards, unlike moto's."""

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


class RejectedStream(StubStream):
    """A stub of DynamoDB Local's stream that rejects the first `rejections` iterators."""

    def __init__(self, *records, rejections):
        super().__init__(*records)
        self.exceptions = boto3.client("dynamodbstreams").exceptions
        self.rejections = rejections

    def get_records(self, **iterator):
        if self.rejections:
            self.rejections -= 1
            raise self.exceptions.TrimmedDataAccessException({}, "GetRecords")
        return super().get_records(**iterator)


def test_a_rejected_iterator_is_replaced(aws):
    client: Any = RejectedStream({"dynamodb": {"SequenceNumber": "1"}}, rejections=1)
    assert len(Stream(client, TABLE, lambda _: object()).read_new()) == 1


def test_a_stream_that_stays_unreadable_is_an_error(aws):
    client: Any = RejectedStream({"dynamodb": {"SequenceNumber": "1"}}, rejections=99)
    with pytest.raises(ClientError):
        Stream(client, TABLE, lambda _: object()).read_new()


def test_a_cancelled_transaction_leaves_no_records(dynamodb, event_source):
    source = event_source()
    put(dynamodb, "s5")
    source.poll()
    check = {"TableName": TABLE, "Key": key("none")}
    check["ConditionExpression"] = "attribute_exists(slot_id)"
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": TABLE, "Item": key("s6")}},
                {"Delete": {"TableName": TABLE, "Key": key("s5")}},
                {"ConditionCheck": check},
            ]
        )
    source.poll()
    put(dynamodb, "s7")
    source.poll()
    assert handlers.recorded_slots() == [["s5"], ["s7"]]


def test_batches_do_not_exceed_the_mappings_size(dynamodb, event_source):
    source = event_source(batch_size=2)
    put(dynamodb, "a", "b", "c", "d", "e")
    source.poll()
    assert handlers.recorded_slots() == [["a", "b"], ["c", "d"], ["e"]]


def test_records_wait_for_the_window_or_a_full_batch(dynamodb, event_source):
    source = event_source(batch_size=3, window=timedelta(hours=1))
    put(dynamodb, "a", "b")
    source.poll()
    assert handlers.recorded_slots() == []
    put(dynamodb, "c")
    source.poll()
    assert handlers.recorded_slots() == [["a", "b", "c"]]


def test_retries_start_at_the_first_failed_record(dynamodb, event_source):
    source = event_source()
    handlers.failing.add("b")
    put(dynamodb, "a", "b", "c")
    assert not source.poll()
    handlers.failing.clear()
    drain(source)
    assert handlers.recorded_slots() == [["a", "b", "c"], ["b", "c"]]


def test_a_batch_that_raises_is_retried_in_halves(dynamodb, event_source):
    source = event_source(attempts=9)
    handlers.raising.add("d")
    put(dynamodb, "a", "b", "c", "d")
    for _ in range(4):
        source.poll(flush=True)
    assert handlers.recorded_slots()[:3] == [["a", "b", "c", "d"], ["a", "b"], ["c", "d"]]
    assert handlers.recorded_slots()[-1] == ["c"] or ["d"] in handlers.recorded_slots()
    handlers.raising.clear()
    drain(source)
    assert {"a", "b", "c", "d"} == {slot for slots in handlers.recorded_slots() for slot in slots}


def test_a_record_that_fails_after_all_attempts_becomes_a_dead_letter(dynamodb, event_source):
    source = event_source(batch_size=1)
    handlers.raising.add("a")
    put(dynamodb, "a", "b")
    drain(source)
    assert handlers.recorded_slots() == [["a"], ["a"], ["a"], ["b"]]
    assert [each["dynamodb"]["Keys"] for each in source.dead_letters] == [key("a")]


def test_the_slots_filter_passes_only_bookings_that_end_in_a_blocked_slot(
    translated, dynamodb, event_source
):
    (mapping,) = (each for each in translated.event_source_mappings() if each.table == "SlotsTable")
    source = event_source(filters=mapping.filters)
    for slot_id, before, after in (
        ("waits", "booked", "blocked"),
        ("freed", "booked", "open"),
        ("holiday", "open", "blocked"),
    ):
        put(dynamodb, slot_id, state=before)
        put(dynamodb, slot_id, state=after)
    source.poll()
    assert handlers.recorded_slots() == [["waits"]]


def test_an_unsupported_filter_is_rejected():
    with pytest.raises(ValueError, match="exact values"):
        matches_filters([{"eventName": [{"prefix": "IN"}]}], {"eventName": "INSERT"})


def test_the_poller_runs_in_the_background(dynamodb, event_source):
    poller = StreamPoller([event_source()])
    try:
        put(dynamodb, "a")
        wait_until(lambda: handlers.recorded_slots() == [["a"]])
    finally:
        poller.close()


def test_drain_skips_windows_and_waits_for_retries(dynamodb, event_source):
    poller = StreamPoller([event_source(window=timedelta(hours=1))])
    try:
        put(dynamodb, "a")
        poller.drain()
        assert handlers.recorded_slots() == [["a"]]
        handlers.raising.add("b")
        put(dynamodb, "b")
        poller.drain()
        assert [each["dynamodb"]["Keys"] for each in poller.sources[0].dead_letters] == [key("b")]
    finally:
        poller.close()


def wait_until(condition):
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    assert condition()
