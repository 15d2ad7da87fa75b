"""The rows of the tables as PynamoDB models.

Table names and region bind when they are used, not when this module is imported.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    MapAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.models import Model

from openhour.store.connections import region, share
from openhour.store.row_versions import Upgrade, add_expiry, stamp, upgrade

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


def _meta(table: Table) -> Any:
    """Return PynamoDB's `Meta` of a table."""

    class Meta:
        """The table's name and region."""

        table_name = _FromEnvironment(lambda: table.name)
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
        """Return the row of a DynamoDB item in today's form."""
        return super().from_raw_data(dict(upgrade(data, cls.upgrades)) if cls.upgrades else data)

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


class PracticeRow(Row):
    """A practice: its settings, and counters on which planning writes are conditional."""

    table = Table("practices")
    Meta = _meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute()
    timezone = UnicodeAttribute(null=True)
    office_phone = UnicodeAttribute(null=True)
    self_scheduling = BooleanAttribute()
    hours = JSONAttribute()
    settings = JSONAttribute()
    released_through = UnicodeAttribute(null=True)
    released_at = UTCDateTimeAttribute(null=True)
    published_through = UnicodeAttribute(null=True)
    version = NumberAttribute()
    plan = NumberAttribute()
    planned = NumberAttribute()
    discharging = UnicodeSetAttribute(null=True)
    sick_days = UnicodeSetAttribute(null=True)
    removed_at = UTCDateTimeAttribute(null=True)


class SlotRow(Row):
    """A slot of a calendar."""

    table = Table("slots")
    Meta = _meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    slot_id = UnicodeAttribute(range_key=True)
    week = UnicodeAttribute()
    minutes = NumberAttribute()
    state = UnicodeAttribute()
    returns_to = UnicodeAttribute()
    prime = BooleanAttribute()
    extra = BooleanAttribute(null=True)
    manual_state = UnicodeAttribute(null=True)
    manual_state_at = UTCDateTimeAttribute(null=True)
    client_id = UnicodeAttribute(null=True)
    appointment_id = UnicodeAttribute(null=True)
    regular_id = UnicodeAttribute(null=True)
    revision = NumberAttribute()


class ClientRow(Row):
    """A client of a therapist."""

    table = Table("clients")
    Meta = _meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    login = UnicodeAttribute(null=True)
    invited_at = UTCDateTimeAttribute(null=True)
    privilege = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    restored_at = UTCDateTimeAttribute(null=True)
    usual = BooleanAttribute()
    max_per_week = NumberAttribute(null=True)
    weeks: MapAttribute[str, Any] = MapAttribute()  # type: ignore[no-untyped-call]  # PynamoDB's
    strikes = JSONAttribute()
    notices = JSONAttribute()
    booked = NumberAttribute()
    cancelled = NumberAttribute()
    late_cancelled = NumberAttribute()
    moved = NumberAttribute()
    no_shows = NumberAttribute()
    cancelled_by_therapist = NumberAttribute()
    revision = NumberAttribute()


class LoginRow(Row):
    """A login name in use, in the clients table. Its key makes the name unique."""

    key_prefix = "#login#"

    table = ClientRow.table
    Meta = ClientRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    owner = UnicodeAttribute()


class IntakeRow(Row):
    """The number of registrations in one week, in the clients table."""

    key_prefix = "#intake#"
    upgrades = (add_expiry,)

    table = ClientRow.table
    Meta = ClientRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    registered = NumberAttribute()
    expires_at = TTLAttribute()


class AppointmentRow(Row):
    """An appointment, past ones included."""

    table = Table("appointments")
    Meta = _meta(table)

    owner = UnicodeAttribute(hash_key=True)
    appointment_id = UnicodeAttribute(range_key=True)
    week = UnicodeAttribute()
    minutes = NumberAttribute()
    made_at = UTCDateTimeAttribute()
    status = UnicodeAttribute()
    regular_id = UnicodeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)
    ended_by = UnicodeAttribute(null=True)
    late = BooleanAttribute(null=True)
    strike = BooleanAttribute(null=True)
    waived = BooleanAttribute(null=True)
    by_plan = BooleanAttribute(null=True)
    moved_to = UnicodeAttribute(null=True)


class RegularRow(Row):
    """A regular, ended ones included."""

    table = Table("regulars")
    Meta = _meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    regular_id = UnicodeAttribute(range_key=True)
    client_id = UnicodeAttribute()
    weekday = UnicodeAttribute()
    start = UnicodeAttribute()
    every_weeks = NumberAttribute()
    first = UnicodeAttribute()
    until = UnicodeAttribute(null=True)
    skips = UnicodeSetAttribute(null=True)
    ended = BooleanAttribute()


class TimeOffRow(Row):
    """A span of time off."""

    table = Table("time_off")
    Meta = _meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    time_off_id = UnicodeAttribute(range_key=True)
    begins = UTCDateTimeAttribute()
    ends = UTCDateTimeAttribute()
    made_at = UTCDateTimeAttribute()
    cancel_booked = BooleanAttribute()
    message = UnicodeAttribute(null=True)


class AuditRow(Row):
    """An entry of a practice's audit log."""

    table = Table("audit")
    Meta = _meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    entry_id = UnicodeAttribute(range_key=True)
    actor = UnicodeAttribute()
    act = UnicodeAttribute()
    client_id = UnicodeAttribute(null=True)
    target = UnicodeAttribute(null=True)
    details = UnicodeSetAttribute(null=True)
    request_id = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


MODELS: tuple[type[Row], ...] = (
    PracticeRow,
    SlotRow,
    ClientRow,
    LoginRow,
    IntakeRow,
    AppointmentRow,
    RegularRow,
    TimeOffRow,
)
"""Every model except the audit log's, whose rows are never rewritten."""


def main_models() -> tuple[type[Row], ...]:
    """Return the model after which each table is named, without the audit log's."""
    return tuple(model for model in MODELS if not model.key_prefix)


def tables() -> tuple[Table, ...]:
    """Return every table, the audit log's included."""
    models: tuple[type[Row], ...] = (*main_models(), AuditRow)
    return tuple(model.table for model in models)


def model_of(table: Table, range_key: str) -> type[Row]:
    """Return the model of a row: the one of its table with the longest prefix of the range key."""
    models = (model for model in MODELS if model.table == table)
    fitting = (model for model in models if range_key.startswith(model.key_prefix))
    return max(fitting, key=lambda model: len(model.key_prefix))
