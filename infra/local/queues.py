"""The mail queue: its messages invoke the mailer in batches, and dead letters wait for a replay."""

import json
import sys
import traceback
from threading import Lock
from typing import Any

import boto3

from infra.local.environment import (
    ACCOUNT,
    MAIL_CONFIGURATION_SET,
    MAIL_QUEUE,
    NOTIFICATIONS_DEAD_LETTERS,
    PARAMETERS,
    REGION,
)
from infra.local.functions import Function
from infra.local.moto.sqs import delete_messages
from infra.local.template import QueueMapping, Template

_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}"
_NAMES = {"MailQueue": MAIL_QUEUE, "NotificationsDeadLetters": NOTIFICATIONS_DEAD_LETTERS}
"""The names of the queues by their logical ids."""


def create_mail_service(template: Template) -> None:
    """Create the template's mail queue with its dead letters, and SES's sender and settings."""
    sqs, ses = boto3.client("sqs"), boto3.client("sesv2")
    for logical_id in reversed(_NAMES):
        properties = template.properties(logical_id)
        attributes: dict[str, str] = {
            name: str(properties[name])
            for name in ("MessageRetentionPeriod", "VisibilityTimeout")
            if name in properties
        }
        if redrive := properties.get("RedrivePolicy"):
            target = f"{_ARN}:{_NAMES[redrive['deadLetterTargetArn']['Fn::GetAtt'][0]]}"
            policy = {**redrive, "deadLetterTargetArn": target}
            attributes["RedrivePolicy"] = json.dumps(policy)
        sqs.create_queue(QueueName=_NAMES[logical_id], Attributes=attributes)
    ses.create_email_identity(EmailIdentity=PARAMETERS["MailSenderAddress"])
    ses.create_configuration_set(ConfigurationSetName=MAIL_CONFIGURATION_SET)


class QueueSource:
    """One queue's event source mapping in operation."""

    def __init__(self, mapping: QueueMapping, function: Function) -> None:
        self.function = function
        self.dead_letters: list[dict[str, Any]] = []
        """The messages that have failed, although the queue has them tried again."""
        self.lock = Lock()
        """Held while messages are received and handled. Hold it to pause the mapping."""
        self._sqs = boto3.client("sqs")
        self._batch_size = mapping.batch_size
        self._arn = f"{_ARN}:{_NAMES[mapping.queue]}"
        self._url = self._sqs.get_queue_url(QueueName=_NAMES[mapping.queue])["QueueUrl"]

    def poll(self, *, flush: bool = False) -> bool:  # noqa: ARG002 - batches are always due
        """Invoke the function with every message that is visible. Return True: none remains.

        A message that fails is visible again after the queue's timeout.
        """
        with self.lock:
            while batch := self._receive():
                self._invoke(batch)
        return True

    def restart(self) -> None:
        """Forget all messages and dead letters. Requires the lock."""
        self.dead_letters.clear()
        for queue in _NAMES.values():
            delete_messages(queue)

    def _receive(self) -> list[dict[str, Any]]:
        received: list[dict[str, Any]] = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=self._batch_size,
            MessageAttributeNames=["All"],
            AttributeNames=["All"],
        ).get("Messages", [])
        return received

    def _invoke(self, batch: list[dict[str, Any]]) -> None:
        records = [self._record(message) for message in batch]
        try:
            answer = self.function.invoke({"Records": records}) or {}
        except Exception:  # noqa: BLE001 - any error of a function is retried
            traceback.print_exc(file=sys.stderr)
            self.dead_letters += records
            return
        failed = {each["itemIdentifier"] for each in answer.get("batchItemFailures") or ()}
        self.dead_letters += [each for each in records if each["messageId"] in failed]
        for message in batch:
            if message["MessageId"] not in failed:
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])

    def _record(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return a message in Lambda's format."""
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": message.get("MessageAttributes", {}),
            "md5OfBody": message.get("MD5OfBody", ""),
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": REGION,
        }
