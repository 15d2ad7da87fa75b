"""Prepared updates: expressions that are written once, with blanks that each call fills in.

PynamoDB writes them and knows the columns, as everywhere in the store. To have it write the same
texts anew for every call is a fifth of the work of a booking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action, Update

from openhour.store.connections import Row

RETURN_OLD_ITEM = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
"""Where the condition does not hold, the row as it was comes with the refusal."""
_KEY = "?"


class _Placeholder(str):
    """The name under which a value of its column is filled in."""

    __slots__ = ("column",)
    column: Attribute[Any]


def placeholder(column: Attribute[Any], name: str | None = None) -> Any:
    """A blank for a value of `column`, filled in under the column's name or another."""
    mark = _Placeholder(name or column.attr_name)
    mark.column = column
    return {column.attr_type: mark}


def key_placeholder(name: str) -> str:
    """A blank for a key of a map, filled in under `name`."""
    return _KEY + name


@dataclass(frozen=True, kw_only=True)
class PreparedUpdate:
    """An update of any row of one kind, under a condition."""

    model: type[Row]
    actions: Sequence[Action]
    when: Condition
    _texts: dict[str, Any] = field(init=False)
    _keys: dict[str, str] = field(init=False)
    _blanks: dict[str, _Placeholder] = field(init=False)

    def __post_init__(self) -> None:
        texts = write_expressions(self.model, self.when, *self.actions)
        names, values = texts["ExpressionAttributeNames"], texts["ExpressionAttributeValues"]
        keys = {mark: name[1:] for mark, name in names.items() if name.startswith(_KEY)}
        marked = ((mark, next(iter(value.values()))) for mark, value in values.items())
        blanks = {mark: value for mark, value in marked if isinstance(value, _Placeholder)}
        for name, found in (("_texts", texts), ("_keys", keys), ("_blanks", blanks)):
            object.__setattr__(self, name, found)

    def bind(self, owner: str, name: str, **given: Any) -> BoundUpdate:
        """The update of the row with those keys, with what is given in its blanks."""
        return BoundUpdate(statement=self, owner=owner, name=name, given=given)

    def request(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The update of no row yet, as DynamoDB reads it."""
        keys = {mark: given[name] for mark, name in self._keys.items()}
        values = {
            mark: {blank.column.attr_type: blank.column.serialize(given[blank])}
            for mark, blank in self._blanks.items()
        }
        return {
            **self._texts,
            "ExpressionAttributeNames": {**self._texts["ExpressionAttributeNames"], **keys},
            "ExpressionAttributeValues": {**self._texts["ExpressionAttributeValues"], **values},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundUpdate:
    """A prepared update of one row."""

    statement: PreparedUpdate
    owner: str
    name: str
    given: Mapping[str, Any]

    @property
    def model(self) -> type[Row]:
        """The kind of row."""
        return self.statement.model

    @property
    def when(self) -> Condition:
        """The condition, with its blanks."""
        return self.statement.when

    def request(self) -> dict[str, Any]:
        """The write, as DynamoDB reads it."""
        key = self.model.key_of(self.owner, self.name)
        return {"Update": {"Key": key, **self.statement.request(self.given), **RETURN_OLD_ITEM}}


def write_expressions(model: type[Row], when: Condition, *actions: Action) -> dict[str, Any]:
    """A condition on a row of some kind, and what is to be done to it, as DynamoDB reads them."""
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    texts: dict[str, Any] = {
        "TableName": model.Meta.table_name,
        "ConditionExpression": when.serialize(names, values),
    }
    if actions:
        texts["UpdateExpression"] = Update(*actions).serialize(names, values)
    texts["ExpressionAttributeNames"] = {mark: name for name, mark in names.items()}
    if values:
        texts["ExpressionAttributeValues"] = values
    return texts
