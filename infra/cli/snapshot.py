"""A snapshot of one therapist's rows, and facts derived from it.

Independent of the store and the rules, so that a bug shared with them cannot hide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]
LIVE = frozenset({"booked", "no_show"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KEYS = {
    "PracticesTable": ("therapist_id",),
    "SlotsTable": ("therapist_id", "slot_id"),
    "ClientsTable": ("therapist_id", "client_id"),
    "AppointmentsTable": ("owner", "appointment_id"),
    "RegularsTable": ("therapist_id", "regular_id"),
    "TimeOffTable": ("therapist_id", "time_off_id"),
    "LoginsTable": ("therapist_id", "login_id"),
}
"""The key attributes of each table, by its logical id in the template."""
_LOGIN, _CONTACT = "#login#", "#contact#"


class RowSource(Protocol):
    """A source of rows."""

    def rows_of(self, table: str, owner: str) -> Sequence[Row]:
        """Return a table's rows whose partition key is `owner`, in the order of their sort key.

        `table` is the logical id in the template.
        """


@dataclass(frozen=True)
class Snapshot:
    """One therapist's rows. Each table is read when it is first needed."""

    practice: Row
    tables: RowSource

    @property
    def therapist_id(self) -> str:
        """The therapist's id."""
        therapist_id: str = self.practice["therapist_id"]
        return therapist_id

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone, UTC if it has none yet."""
        return ZoneInfo(self.practice.get("timezone") or "UTC")

    @property
    def planned(self) -> bool:
        """Whether every planning act so far has been carried out."""
        return bool(self.practice["planned"] == self.practice["plan"])

    @cached_property
    def slots(self) -> dict[str, Row]:
        """Every slot by its id."""
        return {row["slot_id"]: row for row in self._of("SlotsTable")}

    @cached_property
    def _clients_table(self) -> Sequence[Row]:
        return self._of("ClientsTable")

    @cached_property
    def clients(self) -> dict[str, Row]:
        """Every client by id, discharged ones included."""
        return {row["client_id"]: row for row in self._clients_table if "privilege" in row}

    @cached_property
    def logins(self) -> dict[str, str]:
        """The client id of each reserved login name."""
        marked = (row for row in self._clients_table if row["client_id"].startswith(_LOGIN))
        return {row["client_id"].removeprefix(_LOGIN): row["owner"] for row in marked}

    @cached_property
    def practice_logins(self) -> dict[str, Row]:
        """The practice's own logins by id, without removed ones."""
        return {row["login_id"]: row for row in self._of("LoginsTable") if "removed_at" not in row}

    @cached_property
    def contacts(self) -> set[tuple[str, str]]:
        """The digest of each listed contact, with the client's id."""
        marked = (row for row in self._clients_table if row["client_id"].startswith(_CONTACT))
        return {(row["client_id"].split("#")[2], row["owner"]) for row in marked}

    @cached_property
    def owned(self) -> list[Row]:
        """The rows of the clients' table that belong to a client."""
        return [row for row in self._clients_table if "owner" in row]

    @cached_property
    def appointments(self) -> dict[str, Row]:
        """Every appointment by its id, ended ones included, with its slot's and client's ids."""
        return {
            row["appointment_id"]: {
                **row,
                "slot_id": row["appointment_id"].partition("-")[0],
                "client_id": client_id,
            }
            for client_id in self.clients
            for row in self.tables.rows_of("AppointmentsTable", f"{self.therapist_id}#{client_id}")
        }

    @cached_property
    def regulars(self) -> dict[str, Row]:
        """Every regular by its id, ended ones included."""
        return {row["regular_id"]: row for row in self._of("RegularsTable")}

    @cached_property
    def time_off(self) -> dict[str, Row]:
        """Every time off by its id."""
        return {row["time_off_id"]: row for row in self._of("TimeOffTable")}

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The settings that are numbers or choices."""
        settings: dict[str, Any] = json.loads(self.practice["settings"])
        return settings

    @cached_property
    def hours(self) -> list[tuple[str, str, int, bool]]:
        """The hours as tuples of weekday, local start, minutes and prime."""
        return [(w, s, m, p) for w, s, m, p in json.loads(self.practice["hours"])]

    def week_of(self, instant: datetime) -> str:
        """Return the ISO week of an instant in the practice's time zone."""
        return format_week(instant.astimezone(self.zone).date())

    def ahead(self, now: datetime) -> list[Row]:
        """Return the slots that start after `now`."""
        return [slot for slot in self.slots.values() if start_of(slot) > now]

    def _of(self, table: str) -> Sequence[Row]:
        return self.tables.rows_of(table, self.therapist_id)


def start_of(row: Row) -> datetime:
    """Return the start of a slot or an appointment."""
    return datetime.strptime(row["slot_id"], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)


def end_of(row: Row) -> datetime:
    """Return the end of a slot or an appointment."""
    return start_of(row) + timedelta(minutes=int(row["minutes"]))


def overlap(one: Row, other: Row) -> bool:
    """Return whether two slots or appointments share any time."""
    return start_of(one) < end_of(other) and start_of(other) < end_of(one)


def format_week(day: date) -> str:
    """Return the ISO week of a date, as in 2026-W48."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def instant(text: str) -> datetime:
    """Parse an instant as the store writes it."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def is_exception(regular: Row, day: date) -> bool:
    """Return whether the client's occurrence on that date was cancelled or moved.

    Rows of the first form name no client with the dates.
    """
    dates = regular.get("skips", ()) if regular.get("schema", 1) == 1 else ()
    named = f"{day.isoformat()}#{regular['client_id']}" in regular.get("exceptions", ())
    return named or day.isoformat() in dates


def occurs_on(regular: Row, day: date) -> bool:
    """Return whether the regular falls on `day`, skipped occurrences included."""
    if regular["weekday"] != WEEKDAYS[day.weekday()]:
        return False
    first = date.fromisoformat(regular["first"])
    anchor = first + timedelta((WEEKDAYS.index(regular["weekday"]) - first.weekday()) % 7)
    until = date.fromisoformat(regular["until"]) if regular.get("until") else date.max
    interval_days = 7 * int(regular["every_weeks"])
    in_rhythm = (day - anchor).days % interval_days == 0
    return not regular["ended"] and anchor <= day <= until and in_rhythm
