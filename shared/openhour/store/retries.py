"""Transient errors of DynamoDB, and how long to wait before the next attempt."""

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
"""Transient errors (DynamoDB Developer Guide, "Error messages and codes"). For a response that
botocore can't parse, such as a proxy's, the code is its HTTP status."""
_FIRST_SECONDS = 0.02
_MAX_SECONDS = 0.5
_DEADLINE_SECONDS = 8
"""No attempt begins after this time. An unanswered attempt takes 12 seconds, in which botocore
sends it three times, and the gateway waits for 29."""


def is_transient(error: PynamoDBException) -> bool:
    """Whether the call may succeed if repeated: throttling, a conflict, a lost connection."""
    return isinstance(error.cause, BotoCoreError) or error.cause_response_code in _TRANSIENT_CODES


def busy_if_transient(error: PynamoDBException) -> Exception:
    """Return Busy for a transient error, and any other error itself."""
    return Busy() if is_transient(error) else error


def attempts(most: int) -> Iterator[int]:
    """Yield the numbers of at most `most` attempts, with a pause before each but the first.

    Attempts end when the caller's client has stopped waiting.
    """
    deadline = time.monotonic() + _DEADLINE_SECONDS
    yield 0
    for attempt in range(1, most):
        back_off(attempt - 1)
        if time.monotonic() > deadline:
            return
        yield attempt


def back_off(attempt: int) -> None:
    """Sleep before the next attempt: exponential, with full jitter, at most half a second."""
    longest = min(_MAX_SECONDS, _FIRST_SECONDS * 2**attempt)
    time.sleep(random.uniform(0, longest))  # noqa: S311  # jitter, not a secret
