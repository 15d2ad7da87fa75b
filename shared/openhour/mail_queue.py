"""The mail queue: intents on their way to the mailer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any

import boto3
from botocore.config import Config

_BATCH = 10
"""Messages in one request (SQS API Reference, SendMessageBatch)."""


class QueueUnavailable(Exception):
    """The queue has not taken some messages."""


@cache
def sqs_client() -> Any:
    """Return the SQS client, created on first use."""
    config = Config(connect_timeout=1, read_timeout=4, retries={"mode": "standard"})
    return boto3.Session().client("sqs", config=config)


def enqueue(messages: Iterable[Mapping[str, Any]]) -> None:
    """Put messages on the queue.

    Raises:
        QueueUnavailable: Some are not on it.
        ClientError, BotoCoreError: SQS can't answer.
    """
    waiting = iter(messages)
    while some := list(islice(waiting, _BATCH)):
        entries = [{"Id": str(n), "MessageBody": json.dumps(each)} for n, each in enumerate(some)]
        answer = sqs_client().send_message_batch(
            QueueUrl=os.environ["MAIL_QUEUE_URL"], Entries=entries
        )
        if answer.get("Failed"):
            raise QueueUnavailable
