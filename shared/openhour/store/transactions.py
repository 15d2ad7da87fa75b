"""Transactions: several writes that happen together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import CancellationReason, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from openhour.rules.refusals import Busy
from openhour.store.connections import connection
from openhour.store.retries import attempts, back_off, is_transient
from openhour.store.statements import RETURN_OLD_ITEM, BoundUpdate, write_expressions
from openhour.store.tables import Row
from openhour.tokens import new_token

MAX_WRITES = 100
"""Actions in one transaction (DynamoDB Developer Guide, "Amazon DynamoDB Transactions")."""
_ATTEMPTS = 6
_CONDITION_FAILED = "ConditionalCheckFailed"
_TRANSIENT_CODES = frozenset(
    {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
)


P = ParamSpec("P")
T = TypeVar("T")


class ConditionFailed(Exception):
    """A condition did not hold, and nothing was written.

    `old_rows` holds, by model, the row as it was. It is None where there is no such row, and for
    a `Check`, to which DynamoDB returns no row.
    """

    def __init__(self, old_rows: dict[type[Model], Any]) -> None:
        super().__init__("A condition did not hold")
        self.old_rows = old_rows


def retry_on_conflict(max_attempts: int = 20) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorate a function that reads, decides and commits, to start again on `ConditionFailed`.

    Another writer has then changed a row since it was read. Pauses between attempts grow and are
    random.

    Raises:
        Busy: No attempt succeeded.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def repeated(*args: P.args, **kwargs: P.kwargs) -> T:
            for attempt in range(max_attempts):
                if attempt:
                    back_off(attempt - 1)
                with suppress(ConditionFailed):
                    return function(*args, **kwargs)
            raise Busy

        return repeated

    return decorate


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition on a row that is not written. `name` is the range key, if the table has one."""

    model: type[Row]
    owner: str
    name: str | None = None
    when: Condition

    def request(self) -> dict[str, Any]:
        """Return the check as DynamoDB expects it."""
        key = self.model.key_of(self.owner, self.name)
        return {"ConditionCheck": {"Key": key, **write_expressions(self.model, self.when)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """The deletion of a row, under a condition or whether it exists or not."""

    row: Row
    when: Condition | None = None

    @property
    def model(self) -> type[Row]:
        """The model of the row."""
        return type(self.row)

    def request(self) -> dict[str, Any]:
        """Return the write as DynamoDB expects it."""
        expressions = write_expressions(self.model, self.when)
        return {"Delete": {"Key": self.row.key, **expressions, **RETURN_OLD_ITEM}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """The writing of a whole row, under a condition or in place of any row."""

    row: Row
    when: Condition | None = None

    @property
    def model(self) -> type[Row]:
        """The model of the row."""
        return type(self.row)

    def request(self) -> dict[str, Any]:
        """Return the write as DynamoDB expects it."""
        item = self.row.serialize()
        return {
            "Put": {"Item": item, **write_expressions(self.model, self.when), **RETURN_OLD_ITEM}
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The writing of some columns of a row, under a condition."""

    row: Row
    actions: Sequence[Action]
    when: Condition

    @property
    def model(self) -> type[Row]:
        """The model of the row."""
        return type(self.row)

    def request(self) -> dict[str, Any]:
        """Return the write as DynamoDB expects it."""
        texts = write_expressions(self.model, self.when, *self.actions)
        return {"Update": {"Key": self.row.key, **texts, **RETURN_OLD_ITEM}}


Write = Check | Delete | Put | Update | BoundUpdate


def commit(writes: Sequence[Write]) -> None:
    """Write all or nothing.

    Conflicts with other transactions, throttling and lost answers are retried. All attempts carry
    one token, so that an attempt whose answer was lost is not repeated (DynamoDB Developer Guide,
    "Amazon DynamoDB Transactions", idempotency).

    Raises:
        ConditionFailed: A condition did not hold.
        Busy: No attempt succeeded.
    """
    items = [write.request() for write in writes]
    request = {"TransactItems": items, "ClientRequestToken": new_token(32)}
    for _ in attempts(_ATTEMPTS):
        try:
            connection.dispatch("TransactWriteItems", request)
        except (BotoCoreError, ClientError) as cause:
            error = TransactWriteError("Failed to write", cause)
            reasons = error.cancellation_reasons
            if not reasons and not is_transient(error):
                raise error from cause
            if reasons:
                _raise_condition_failed(writes, reasons, error)
        else:
            return
    raise Busy


def write(update: Update) -> Model:
    """Update one row and return it as it is afterwards.

    Raises:
        ConditionFailed: The condition did not hold. `old_rows` is empty.
        Busy: No attempt succeeded.
    """
    for _ in attempts(_ATTEMPTS):
        try:
            update.row.update(actions=list(update.actions), condition=update.when)
        except UpdateError as error:
            if is_transient(error):
                continue
            if error.cause_response_code == "ConditionalCheckFailedException":
                raise ConditionFailed({}) from error
            raise
        else:
            return update.row
    raise Busy


def _raise_condition_failed(
    writes: Sequence[Write], reasons: Sequence[CancellationReason | None], error: Exception
) -> None:
    """Raise what the reasons of a cancelled transaction mean, unless they are transient."""
    codes = {reason.code for reason in reasons if reason}
    if codes & _TRANSIENT_CODES:
        return
    if codes != {_CONDITION_FAILED}:
        raise error
    old_rows: dict[type[Model], Any] = {}
    for write, reason in zip(writes, reasons, strict=True):
        if reason:
            item = reason.raw_item
            old_rows[write.model] = write.model.from_raw_data(item) if item else None
    raise ConditionFailed(old_rows)
