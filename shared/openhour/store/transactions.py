"""Writes that happen together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import CancellationReason, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from openhour.rules.refusals import Busy
from openhour.store.connections import Row, connection
from openhour.store.retries import attempts, is_transient
from openhour.store.statements import RETURN_OLD_ITEM, BoundUpdate, write_expressions

MAX_WRITES = 100
"""Actions in one transaction (DynamoDB Developer Guide, "Amazon DynamoDB Transactions")."""
_ATTEMPTS = 6
_CONDITION_FAILED = "ConditionalCheckFailed"
_TRANSIENT_CODES = frozenset(
    {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
)


class ConditionFailed(Exception):
    """A condition did not hold, and nothing was written. `found` has, for each table whose
    condition failed, the row as it was, or None where there was none (and for a check, which
    can't tell)."""

    def __init__(self, old_rows: dict[type[Model], Any]) -> None:
        super().__init__("a condition did not hold")
        self.old_rows = old_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition on a row that is not written: `name` is its range key, where it has one."""

    model: type[Row]
    owner: str
    name: str | None = None
    when: Condition

    def request(self) -> dict[str, Any]:
        """The check, as DynamoDB reads it."""
        key = self.model.key_of(self.owner, self.name)
        return {"ConditionCheck": {"Key": key, **write_expressions(self.model, self.when)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """A row to be deleted, under a condition."""

    row: Row
    when: Condition

    @property
    def model(self) -> type[Row]:
        """The kind of row."""
        return type(self.row)

    def request(self) -> dict[str, Any]:
        """The write, as DynamoDB reads it."""
        return {"Delete": {"Key": self.row.key, **write_expressions(self.model, self.when)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A whole row to be written, under a condition."""

    row: Row
    when: Condition

    @property
    def model(self) -> type[Row]:
        """The kind of row."""
        return type(self.row)

    def request(self) -> dict[str, Any]:
        """The write, as DynamoDB reads it."""
        item = self.row.serialize()
        return {
            "Put": {"Item": item, **write_expressions(self.model, self.when), **RETURN_OLD_ITEM}
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Some columns of a row to be written, under a condition."""

    row: Row
    actions: Sequence[Action]
    when: Condition

    @property
    def model(self) -> type[Row]:
        """The kind of row."""
        return type(self.row)

    def request(self) -> dict[str, Any]:
        """The write, as DynamoDB reads it."""
        texts = write_expressions(self.model, self.when, *self.actions)
        return {"Update": {"Key": self.row.key, **texts, **RETURN_OLD_ITEM}}


Write = Check | Delete | Put | Update | BoundUpdate


def commit(writes: Sequence[Write]) -> None:
    """Write all or nothing. Conflicts with other transactions, throttling and lost answers are
    tried again, with jitter, before anything is decided. All attempts bear one token: an earlier
    one that succeeded unheard of is then the answer, and nothing is written twice (DynamoDB
    Developer Guide, "Amazon DynamoDB Transactions", idempotency). Raises Refused where a
    condition did not hold, Busy where no attempt came through."""
    items = [write.request() for write in writes]
    request = {"TransactItems": items, "ClientRequestToken": str(uuid4())}
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
    """Update one row alone, and give it as it then is. Raises Refused where the condition did not
    hold (`found` is empty), Busy where no attempt came through."""
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
    """Raise what the reasons of a cancelled transaction come to, unless they pass."""
    codes = {reason.code for reason in reasons if reason}
    if codes & _TRANSIENT_CODES:
        return
    if codes != {_CONDITION_FAILED}:
        raise error
    found: dict[type[Model], Any] = {}
    for write, reason in zip(writes, reasons, strict=True):
        if reason:
            item = reason.raw_item
            found[write.model] = write.model.from_raw_data(item) if item else None
    raise ConditionFailed(found)
