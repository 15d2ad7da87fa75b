"""What DynamoDB says when it can't, and how long to wait before asking again."""

from __future__ import annotations

import random
import time

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import PynamoDBException

from openhour.rules.refusals import Busy

_PASSING = frozenset(
    {
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
"""Errors that pass (DynamoDB Developer Guide, "Error messages and codes")."""
_FIRST_SECONDS = 0.02
_LONGEST_SECONDS = 0.5


def is_passing(error: PynamoDBException) -> bool:
    """Whether the call may succeed when made again: throttling, a conflict, a lost connection."""
    return isinstance(error.cause, BotoCoreError) or error.cause_response_code in _PASSING


def busy_or(error: PynamoDBException) -> Exception:
    """Busy for what will pass; the error itself for what won't."""
    return Busy() if is_passing(error) else error


def pause(attempt: int) -> None:
    """Wait before the next attempt: exponential, with full jitter, half a second at most."""
    longest = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2**attempt)
    time.sleep(random.uniform(0, longest))  # noqa: S311  # jitter, not a secret
