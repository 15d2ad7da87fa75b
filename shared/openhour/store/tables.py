"""Tables: their names, and the base of the rows in them.

Table names and region bind when they are used, not when this module is imported.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pynamodb.attributes import MapAttribute, NumberAttribute
from pynamodb.models import Model

from openhour.store.connections import region, share
from openhour.store.row_versions import Upgrade, stamp, upgrade

if TYPE_CHECKING:
    from pynamodb.connection import TableConnection


@dataclass(frozen=True, slots=True)
class Table:
    """A table, by the noun after which it and everything about it is named."""

    noun: str

    @property
    def logical_id(self) -> str:
        """The id in the template, such as `TimeOffTable`."""
        return f"{self.noun.title().replace('_', '')}Table"

    @property
    def variable(self) -> str:
        """The environment variable with the table's name, such as `TIME_OFF_TABLE`."""
        return f"{self.noun.upper()}_TABLE"

    @property
    def default_name(self) -> str:
        """The name where the environment has none, such as `openhour-time-off`."""
        return f"openhour-{self.noun.replace('_', '-')}"

    @property
    def name(self) -> str:
        """The name as the environment has it now."""
        return os.environ.get(self.variable, self.default_name)


class _FromEnvironment:
    """A value of `Meta` that is read from the environment whenever it is needed."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read

    def __get__(self, *_: object) -> str:
        return self._read()


def meta(table: Table) -> Any:
    """Return PynamoDB's `Meta` of a table. Every request reads its name."""
    variable, default = table.variable, table.default_name

    class Meta:
        """The table's name and region."""

        table_name = _FromEnvironment(lambda: os.environ.get(variable, default))
        region = _FromEnvironment(region)

    return Meta


class Row(Model):
    """A row of a table.

    The keys of every table are strings. `upgrades` have changed the row's form since the first
    version, and `schema` is the number of the form in which it was written (see `row_versions`).
    Models that share one table differ by `key_prefix`, with which the range key begins.
    """

    table: ClassVar[Table]
    upgrades: ClassVar[tuple[Upgrade, ...]] = ()
    key_prefix: ClassVar[str] = ""

    schema = NumberAttribute(null=True)

    @classmethod
    def current_version(cls) -> int:
        """Return the number of today's form."""
        return len(cls.upgrades) + 1

    @classmethod
    def from_raw_data(cls, data: Any) -> Self:
        """Return the row of a DynamoDB item in today's form.

        PynamoDB would visit the columns that the item lacks as well, and set each one through its
        descriptor, which takes three times as long. Only a map's descriptor changes what it is set
        to.
        """
        item = upgrade(data, cls.upgrades) if cls.upgrades else data
        columns = cls.get_attributes()
        row = cls.__new__(cls)
        row.attribute_values = values = {}
        for name, value in item.items():
            column = columns.get(name)
            if column is None or "NULL" in value:
                continue
            values[name] = column.deserialize(column.get_value(value))
            if isinstance(column, MapAttribute):
                setattr(row, name, values[name])
        return row

    def serialize(self, null_check: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - PynamoDB's signature
        """Return the DynamoDB item, with the number of its form."""
        return stamp(super().serialize(null_check), self.upgrades)

    @classmethod
    @cache
    def key_names(cls) -> tuple[str, ...]:
        """Return the names of the hash key and, where the table has one, the range key."""
        columns = cls.get_attributes().items()
        hashed = tuple(name for name, column in columns if column.is_hash_key)
        return hashed + tuple(name for name, column in columns if column.is_range_key)

    @classmethod
    def key_of(cls, owner: str, name: str | None = None) -> dict[str, dict[str, str]]:
        """Return the DynamoDB key with these values."""
        keys = (owner,) if name is None else (owner, name)
        return {key: {"S": text} for key, text in zip(cls.key_names(), keys, strict=True)}

    @property
    def key(self) -> dict[str, dict[str, str]]:
        """The row's key as DynamoDB expects it."""
        return self.key_of(*(self.attribute_values[name] for name in self.key_names()))

    @classmethod
    def _get_connection(cls) -> TableConnection:
        return share(super()._get_connection())
