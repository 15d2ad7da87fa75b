"""Writes that happen together or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pynamodb.constants import ALL_OLD
from pynamodb.exceptions import CancellationReason, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from openhour.rules.refusals import Busy
from openhour.store.connections import connection
from openhour.store.faults import attempts, is_passing

MOST_WRITES = 100
"""Actions in one transaction (DynamoDB Developer Guide, "Amazon DynamoDB Transactions")."""
_ATTEMPTS = 6
_REFUSED = "ConditionalCheckFailed"
_PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})


class Refused(Exception):
    """A condition did not hold, and nothing was written. `found` has, for each table whose
    condition failed, the row as it was, or None where there was none (and for a check, which
    can't tell)."""

    def __init__(self, found: dict[type[Model], Any]) -> None:
        super().__init__("a condition did not hold")
        self.found = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A condition on a row that is not written: `name` is its range key, where it has one."""

    model: type[Model]
    owner: str
    name: str | None = None
    when: Condition

    def add_to(self, transaction: TransactWrite) -> None:
        """Make it part of a transaction."""
        transaction.condition_check(self.model, self.owner, self.name, condition=self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """A row to be deleted, under a condition."""

    row: Model
    when: Condition

    def add_to(self, transaction: TransactWrite) -> None:
        """Make it part of a transaction."""
        transaction.delete(self.row, condition=self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A whole row to be written, under a condition."""

    row: Model
    when: Condition

    def add_to(self, transaction: TransactWrite) -> None:
        """Make it part of a transaction."""
        transaction.save(self.row, condition=self.when, return_values=ALL_OLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Some columns of a row to be written, under a condition."""

    row: Model
    actions: Sequence[Action]
    when: Condition

    def add_to(self, transaction: TransactWrite) -> None:
        """Make it part of a transaction."""
        transaction.update(self.row, list(self.actions), condition=self.when, return_values=ALL_OLD)


Write = Check | Delete | Put | Update
_ORDER: tuple[type, ...] = (Check, Delete, Put, Update)
"""The order in which PynamoDB sends a transaction's writes, and so that of the reasons."""


def commit(writes: Sequence[Write]) -> None:
    """Write all or nothing. Conflicts with other transactions, throttling and lost answers are
    tried again, with jitter, before anything is decided. Raises Refused where a condition did
    not hold, Busy where no attempt came through."""
    ordered = sorted(writes, key=lambda write: _ORDER.index(type(write)))
    token = str(uuid4())
    for _ in attempts(_ATTEMPTS):
        try:
            with TransactWrite(connection=connection, client_request_token=token) as transaction:
                for write in ordered:
                    write.add_to(transaction)
        except TransactWriteError as error:
            reasons = error.cancellation_reasons
            if not reasons and not is_passing(error):
                raise
            if reasons:
                _refuse(ordered, reasons, error)
                token = str(uuid4())
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
            if is_passing(error):
                continue
            if error.cause_response_code == "ConditionalCheckFailedException":
                raise Refused({}) from error
            raise
        else:
            return update.row
    raise Busy


def _refuse(
    writes: Sequence[Write], reasons: Sequence[CancellationReason | None], error: Exception
) -> None:
    """Raise what the reasons of a cancelled transaction come to, unless they pass."""
    codes = {reason.code for reason in reasons if reason}
    if codes & _PASSING:
        return
    if codes != {_REFUSED}:
        raise error
    found: dict[type[Model], Any] = {}
    for write, reason in zip(writes, reasons, strict=True):
        if reason:
            model = write.model if isinstance(write, Check) else type(write.row)
            found[model] = model.from_raw_data(reason.raw_item) if reason.raw_item else None
    raise Refused(found)
