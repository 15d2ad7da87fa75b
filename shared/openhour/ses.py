"""SES: sending a mail that is written already."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError

_FINAL = frozenset({"MessageRejected", "BadRequestException"})
_SERVER_ERROR = 500


class MailRejected(Exception):
    """SES never sends this mail."""


class MailNotSent(Exception):
    """SES has certainly not sent the mail, and may do so later. `reason` is its error code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@cache
def ses_client() -> Any:
    """Return the SES client, created on first use.

    It makes one attempt: SES has no idempotency token, so a repeat after a time-out might send a
    mail twice.
    """
    config = Config(
        connect_timeout=2, read_timeout=8, retries={"mode": "standard", "total_max_attempts": 1}
    )
    return boto3.Session().client("sesv2", config=config)


def allow_again(address: str) -> None:
    """Take an address off the account's suppression list, to which SES mails nothing.

    Raises:
        BotoCoreError, ClientError: SES can't answer.
    """
    with suppress(ses_client().exceptions.NotFoundException):
        ses_client().delete_suppressed_destination(EmailAddress=address)


def send(mail: bytes, tags: Mapping[str, str]) -> str:
    """Send a MIME message to the recipients in its header, and return its id.

    Raises:
        MailRejected: SES rejects the mail for good.
        MailNotSent: It was not sent, but may be later.
        BotoCoreError, ClientError: SES did not say. The mail may have been sent.
    """
    try:
        answer = ses_client().send_email(
            Content={"Raw": {"Data": mail}},
            EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            ConfigurationSetName=os.environ["MAIL_CONFIGURATION_SET"],
        )
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= _SERVER_ERROR:
            raise
        raise (MailRejected if code in _FINAL else MailNotSent)(code) from error
    except (ConnectTimeoutError, EndpointConnectionError) as error:
        raise MailNotSent(type(error).__name__) from error
    return str(answer["MessageId"])
