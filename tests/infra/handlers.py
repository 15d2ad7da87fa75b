"""Handlers that stand in for the template's functions."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

AT_ONCE = 8
_barrier = Barrier(AT_ONCE, timeout=20)
_app = APIGatewayHttpResolver()
logger = Logger(service="tests")

batches: list[list[dict[str, Any]]] = []
raising: set[str] = set()
failing: set[str] = set()
"""What `record` has received, and the slots for which it raises an error or reports a failure."""


def echo(event, _context):
    """Return the event, or the value of a JSON body of the form {"answer": …}."""
    if event.get("body", "").startswith('{"answer"'):
        return json.loads(event["body"])["answer"]
    if event.get("body") == "break":
        raise RuntimeError("broken on request")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(event),
    }


@logger.inject_lambda_context
def log_with_context(event, _context):
    """Log a line with the keys of the Lambda context."""
    logger.info(event["text"])


def log_plainly(event, _context):
    """Log a line without them."""
    logger.info(event["text"])


def call_aws(event, _context):
    """Make the AWS call in the event, in this thread or in another."""
    call = getattr(boto3.client(event["service"]), event["call"])
    if event.get("thread"):
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(call, **event["with"]).result() and None
    return call(**event["with"]) and None


@_app.get("/slots/<slot_id>")
def show_event(slot_id):
    """Return path, claims and context as they are once all invocations have started."""
    _app.append_context(appended=slot_id)
    _barrier.wait()
    claims = _app.current_event.request_context.authorizer.jwt_claim
    _barrier.wait()
    return {
        "slot_id": slot_id,
        "client_id": claims["custom:client_id"],
        "appended": _app.context["appended"],
        "request_id": _app.lambda_context.aws_request_id,
    }


def wait_for_others(event, context):
    """Answer one request once `AT_ONCE` requests have arrived."""
    return _app.resolve(event, context)


def record(event, _context):
    slots = [each["dynamodb"]["Keys"]["slot_id"]["S"] for each in event["Records"]]
    batches.append(event["Records"])
    if raising & set(slots):
        raise RuntimeError("cannot handle this batch")
    return {
        "batchItemFailures": [
            {"itemIdentifier": each["dynamodb"]["SequenceNumber"]}
            for each in event["Records"]
            if each["dynamodb"]["Keys"]["slot_id"]["S"] in failing
        ]
    }


def recorded_slots():
    return [[each["dynamodb"]["Keys"]["slot_id"]["S"] for each in batch] for batch in batches]


mails: list[list[Any]] = []
"""The messages of each batch of mail."""


def record_mails(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Record a batch of messages, and report those that ask to fail."""
    bodies = [json.loads(record["body"]) for record in event["Records"]]
    mails.append(bodies)
    failed = [
        {"itemIdentifier": record["messageId"]}
        for record, body in zip(event["Records"], bodies, strict=True)
        if body["number"] == "fails"
    ]
    return {"batchItemFailures": failed}
