"""What DynamoDB says when it can't, and how long to wait before asking again."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import PynamoDBException

from openhour.rules.refusals import Busy

_TRANSIENT_CODES = frozenset(
    {
        *("500", "502", "503", "504"),
        "InternalServerError",
        "ItemCollectionSizeLimitExceededException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Errors that pass (DynamoDB Developer Guide, "Error messages and codes"). botocore names an answer
that it can't read, a proxy's say, by its status."""
_FIRST_SECONDS = 0.02
_MAX_SECONDS = 0.5
_DEADLINE_SECONDS = 8
"""No further attempt begins later than this. One that is not answered takes 12 seconds, in which
botocore has sent it three times, and the gateway waits for 29."""


def is_transient(error: PynamoDBException) -> bool:
    """Whether the call may succeed when made again: throttling, a conflict, a lost connection."""
    return isinstance(error.cause, BotoCoreError) or error.cause_response_code in _TRANSIENT_CODES


def busy_if_transient(error: PynamoDBException) -> Exception:
    """Busy for what will pass; the error itself for what won't."""
    return Busy() if is_transient(error) else error


def attempts(most: int) -> Iterator[int]:
    """Number the attempts at one write, `most` of them, each but the first after a pause, and as
    long as somebody waits for the answer."""
    until = time.monotonic() + _DEADLINE_SECONDS
    yield 0
    for attempt in range(1, most):
        back_off(attempt - 1)
        if time.monotonic() > until:
            return
        yield attempt


def back_off(attempt: int) -> None:
    """Wait before the next attempt: exponential, with full jitter, half a second at most."""
    longest = min(_MAX_SECONDS, _FIRST_SECONDS * 2**attempt)
    time.sleep(random.uniform(0, longest))  # noqa: S311  # jitter, not a secret
