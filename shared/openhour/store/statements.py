"""Prepared updates: expressions that PynamoDB writes once, with placeholders that each call fills.

Writing the same expressions for every call takes a fifth of the time of a booking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action, Update

from openhour.store.tables import Row

RETURN_OLD_ITEM = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
"""Ask DynamoDB for the item as it was when the condition fails."""
_KEY = "?"


class _Placeholder(str):
    """The name under which a value of `column` is bound."""

    __slots__ = ("column",)
    column: Attribute[Any]


def placeholder(column: Attribute[Any], name: str | None = None) -> Any:
    """Return a placeholder for a value of `column`, bound under the column's name or `name`."""
    value = _Placeholder(name or column.attr_name)
    value.column = column
    return {column.attr_type: value}


def key_placeholder(name: str) -> str:
    """Return a placeholder for a key of a map attribute, bound under `name`."""
    return _KEY + name


@dataclass(frozen=True, kw_only=True)
class PreparedUpdate:
    """An update of any row of one model, under a condition."""

    model: type[Row]
    actions: Sequence[Action]
    when: Condition
    _expressions: dict[str, Any] = field(init=False)
    _keys: dict[str, str] = field(init=False)
    _placeholders: dict[str, _Placeholder] = field(init=False)

    def __post_init__(self) -> None:
        expressions = _expressions(self.when, *self.actions)
        names = expressions["ExpressionAttributeNames"]
        values = expressions["ExpressionAttributeValues"]
        keys = {alias: name[1:] for alias, name in names.items() if name.startswith(_KEY)}
        typed = ((alias, next(iter(value.values()))) for alias, value in values.items())
        placeholders = {alias: value for alias, value in typed if isinstance(value, _Placeholder)}
        object.__setattr__(self, "_expressions", expressions)
        object.__setattr__(self, "_keys", keys)
        object.__setattr__(self, "_placeholders", placeholders)

    def bind(self, owner: str, name: str, **values: Any) -> BoundUpdate:
        """Return the update of the row with these keys, with its placeholders filled."""
        return BoundUpdate(statement=self, owner=owner, name=name, values=values)

    def request(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters of the update except the key."""
        keys = {alias: values[name] for alias, name in self._keys.items()}
        bound = {
            alias: {name.column.attr_type: name.column.serialize(values[name])}
            for alias, name in self._placeholders.items()
        }
        names = self._expressions["ExpressionAttributeNames"]
        return {
            **self._expressions,
            "TableName": self.model.Meta.table_name,
            "ExpressionAttributeNames": {**names, **keys},
            "ExpressionAttributeValues": {
                **self._expressions["ExpressionAttributeValues"],
                **bound,
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundUpdate:
    """A prepared update of one row."""

    statement: PreparedUpdate
    owner: str
    name: str
    values: Mapping[str, Any]

    @property
    def model(self) -> type[Row]:
        """The model of the row."""
        return self.statement.model

    @property
    def when(self) -> Condition:
        """The condition, with its placeholders."""
        return self.statement.when

    def request(self) -> dict[str, Any]:
        """Return the write as DynamoDB expects it."""
        key = self.model.key_of(self.owner, self.name)
        return {"Update": {"Key": key, **self.statement.request(self.values), **RETURN_OLD_ITEM}}


def write_expressions(model: type[Row], when: Condition | None, *actions: Action) -> dict[str, Any]:
    """Return a condition on a row, if any, and the actions on it as DynamoDB expects them."""
    expressions = _expressions(when, *actions) if when is not None else {}
    return {"TableName": model.Meta.table_name, **expressions}


def _expressions(when: Condition, *actions: Action) -> dict[str, Any]:
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    texts: dict[str, Any] = {"ConditionExpression": when.serialize(names, values)}
    if actions:
        texts["UpdateExpression"] = Update(*actions).serialize(names, values)
    texts["ExpressionAttributeNames"] = {alias: name for name, alias in names.items()}
    if values:
        texts["ExpressionAttributeValues"] = values
    return texts
