"""What must always hold, read from the tables' own rows: neither the store nor the rules are asked,
so that they can't excuse themselves.

`find_faults` gives one sentence for everything that is wrong. What must hold of an act, rather than
of a moment, compares the tables before it and after it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import boto3
from boto3.dynamodb.types import TypeDeserializer

from infra.local.environment import TABLES

Row = Mapping[str, Any]
LIVE = frozenset({"booked", "no_show"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KEYS = {
    "PracticesTable": ("therapist_id",),
    "SlotsTable": ("therapist_id", "slot_id"),
    "ClientsTable": ("therapist_id", "client_id"),
    "AppointmentsTable": ("owner", "appointment_id"),
    "RegularsTable": ("therapist_id", "regular_id"),
    "TimeOffTable": ("therapist_id", "time_off_id"),
}
_read = TypeDeserializer().deserialize


@dataclass(frozen=True)
class Tables:
    """Every row of every table, as DynamoDB gives them, by table and key."""

    raw: Mapping[str, Mapping[str, Any]]

    @cached_property
    def therapists(self) -> dict[str, Rows]:
        """The rows of each therapist."""
        return {
            row["therapist_id"]: Rows(row, self) for row in self.rows_of("PracticesTable", None)
        }

    def rows_of(self, table: str, owner: str | None) -> list[dict[str, Any]]:
        """The rows whose first key is `owner`, or begins with it, in the order of their keys."""
        keys = (k for k in self.raw[table] if owner is None or k.split("|")[0] == owner)
        return [{n: _read(v) for n, v in self.raw[table][key].items()} for key in sorted(keys)]

    def of(self, therapist_id: str) -> Mapping[str, Mapping[str, Any]]:
        """The raw rows of one therapist, to be compared."""
        return {
            table: {k: row for k, row in rows.items() if re.split("[|#]", k)[0] == therapist_id}
            for table, rows in self.raw.items()
        }


def read_tables(scan: Callable[[str], Iterable[Mapping[str, Any]]] | None = None) -> Tables:
    """Read all tables, with `scan` if it is quicker than a scan through boto3."""
    scan = scan or _scan
    return Tables({name: {_key_of(name, i): i for i in scan(TABLES[name])} for name in _KEYS})


def _scan(table: str) -> Iterator[Mapping[str, Any]]:
    pages = boto3.client("dynamodb").get_paginator("scan")
    for page in pages.paginate(TableName=table, ConsistentRead=True):
        yield from page["Items"]


def _key_of(table: str, item: Mapping[str, Any]) -> str:
    return "|".join(item[name]["S"] for name in _KEYS[table])


@dataclass(frozen=True)
class Rows:
    """One therapist's rows."""

    practice: Row
    tables: Tables

    @property
    def therapist_id(self) -> str:
        name: str = self.practice["therapist_id"]
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.practice.get("timezone") or "UTC")

    @property
    def planned(self) -> bool:
        """Whether every planning act so far has been carried out."""
        return bool(self.practice["planned"] == self.practice["plan"])

    @cached_property
    def slots(self) -> dict[str, Row]:
        return {r["slot_id"]: r for r in self.tables.rows_of("SlotsTable", self.therapist_id)}

    @cached_property
    def clients(self) -> dict[str, Row]:
        rows = self.tables.rows_of("ClientsTable", self.therapist_id)
        return {row["client_id"]: row for row in rows if "privilege" in row}

    @cached_property
    def logins(self) -> dict[str, str]:
        """Who has which login name."""
        rows = self.tables.rows_of("ClientsTable", self.therapist_id)
        marked = (row for row in rows if row["client_id"].startswith("#login#"))
        return {row["client_id"].removeprefix("#login#"): row["owner"] for row in marked}

    @cached_property
    def appointments(self) -> dict[str, Row]:
        """Every appointment there ever was, with its client's id and its slot's."""
        found: dict[str, Row] = {}
        for client_id in self.clients:
            owner = f"{self.therapist_id}#{client_id}"
            for row in self.tables.rows_of("AppointmentsTable", owner):
                slot_id, named, _ = row["appointment_id"].split("-")
                found[row["appointment_id"]] = {**row, "slot_id": slot_id, "client_id": client_id}
                assert named == client_id, "an appointment's id names its client"
        return found

    @cached_property
    def regulars(self) -> dict[str, Row]:
        rows = self.tables.rows_of("RegularsTable", self.therapist_id)
        return {row["regular_id"]: row for row in rows}

    @cached_property
    def time_off(self) -> dict[str, Row]:
        rows = self.tables.rows_of("TimeOffTable", self.therapist_id)
        return {row["time_off_id"]: row for row in rows}

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The settings that are numbers and choices."""
        settings: dict[str, Any] = json.loads(self.practice["settings"])
        return settings

    @cached_property
    def hours(self) -> list[tuple[str, str, int, bool]]:
        """The hours: weekday, local start, minutes, prime or not."""
        return [(w, s, m, p) for w, s, m, p in json.loads(self.practice["hours"])]

    def week_of(self, instant: datetime) -> str:
        """The ISO week of an instant on this therapist's calendar."""
        return week_named(instant.astimezone(self.zone).date())

    def ahead(self, now: datetime) -> list[Row]:
        """The slots that have not started."""
        return [slot for slot in self.slots.values() if start_of(slot) > now]


def start_of(row: Row) -> datetime:
    """The start of a slot or an appointment."""
    return datetime.strptime(row["slot_id"], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)


def end_of(row: Row) -> datetime:
    """The end of a slot or an appointment."""
    return start_of(row) + timedelta(minutes=int(row["minutes"]))


def overlap(one: Row, other: Row) -> bool:
    """Whether two slots share any real time."""
    return start_of(one) < end_of(other) and start_of(other) < end_of(one)


def week_named(day: date) -> str:
    """The ISO week of a date, as in 2026-W48."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def instant(text: str) -> datetime:
    """An instant as PynamoDB writes it."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def find_faults(tables: Tables, *, now: datetime) -> list[str]:
    """Everything that is wrong, whoever's calendar it is in, in the midst of a planning act as well
    as after it."""
    checks = (_pointing, _overlapping, _counted, _struck, _recorded, _unambiguous)
    return [
        f"{rows.therapist_id}: {fault}"
        for rows in tables.therapists.values()
        for check in checks
        for fault in check(rows, now)
    ]


def _pointing(rows: Rows, _: datetime) -> Iterator[str]:
    """A: a booked slot and its appointment point at each other, and agree."""
    for slot_id, slot in rows.slots.items():
        claim = rows.appointments.get(slot.get("appointment_id", ""))
        if slot["state"] != "booked":
            if {"client_id", "appointment_id", "regular_id"} & slot.keys():
                yield f"{slot_id} is {slot['state']}, yet names somebody"
            if slot["state"] != slot["returns_to"]:
                yield f"{slot_id} is {slot['state']}, yet returns to {slot['returns_to']}"
        elif claim is None or claim["status"] not in LIVE:
            yield f"{slot_id} is booked for {slot.get('appointment_id')}, which is not live"
        elif claim["slot_id"] != slot_id or claim["client_id"] != slot["client_id"]:
            yield f"{slot_id} is booked for an appointment that is somewhere else"
        else:
            for name in ("minutes", "week", "regular_id"):
                if claim.get(name) != slot.get(name):
                    yield f"{slot_id} and its appointment differ in {name}"
        if slot["returns_to"] == "booked":
            yield f"{slot_id} returns to booked"
    for name, claim in rows.appointments.items():
        if claim["status"] in LIVE:
            slot = rows.slots.get(claim["slot_id"], {})
            if (slot.get("state"), slot.get("appointment_id")) != ("booked", name):
                yield f"{name} is live, yet its slot is {slot.get('state')}"


def _overlapping(rows: Rows, _: datetime) -> Iterator[str]:
    """A: no two slots share time, and so no two live appointments do."""
    live = (a for a in rows.appointments.values() if a["status"] in LIVE)
    for what, them in (("slots", rows.slots.values()), ("appointments", live)):
        for one, other in pairwise(sorted(them, key=start_of)):
            if overlap(one, other):
                yield f"the {what} at {one['slot_id']} and {other['slot_id']} overlap"


def _counted(rows: Rows, now: datetime) -> Iterator[str]:
    """E: `weeks` counts the live appointments of every week from the current one on."""
    live: Counter[tuple[str, str]] = Counter()
    for claim in rows.appointments.values():
        live[claim["client_id"], claim["week"]] += claim["status"] in LIVE
    current = rows.week_of(now)
    for client_id, client in rows.clients.items():
        counted = {week: int(n) for week, n in client["weeks"].items()}
        for week in sorted(counted.keys() | {week for who, week in live if who == client_id}):
            there = live[client_id, week]
            if week >= current and counted.get(week, 0) != there:
                yield f"{client_id} has {there} in {week}, and {counted.get(week, 0)} counted"


def _struck(rows: Rows, _: datetime) -> Iterator[str]:
    """F: each act that counts is one strike, and nothing else is."""
    struck = defaultdict(set)
    for name, claim in rows.appointments.items():
        late, strike, waived = (claim.get(n, False) for n in ("late", "strike", "waived"))
        if strike:
            struck[claim["client_id"]].add(name)
        if claim["status"] == "late_cancelled" and not (late and strike):
            yield f"{name} was cancelled late, which is a strike"
        if claim["status"] == "no_show" and strike == waived:
            yield f"{name} was missed, which is a strike or was waived"
        if strike and claim["status"] not in ("late_cancelled", "no_show", "moved"):
            yield f"{name} is a strike, though it is {claim['status']}"
        if strike and (waived or claim.get("ended_by") == "therapist"):
            yield f"{name} can't be a strike"
    for client_id, client in rows.clients.items():
        names = [name for name, _ in json.loads(client["strikes"])]
        if sorted(names) != sorted(struck[client_id]):
            yield f"{client_id} has strikes for {names}, and earned {sorted(struck[client_id])}"


def _recorded(rows: Rows, _: datetime) -> Iterator[str]:
    """The client's record is what their appointments say."""
    for client_id, client in rows.clients.items():
        own = [a for a in rows.appointments.values() if a["client_id"] == client_id]
        by = Counter(a["status"] for a in own)
        theirs = [a for a in own if a.get("ended_by") == "client"]
        said = {
            "cancelled": sum(a["status"] == "cancelled" for a in theirs),
            "late_cancelled": by["late_cancelled"],
            "moved": by["moved"],
            "no_shows": by["no_show"],
        }
        for name, count in said.items():
            if client[name] != count:
                yield f"{client_id} has {client[name]} {name} on record, and {count} in fact"
        ended = client["cancelled"] + client["late_cancelled"] + client["called_off"]
        if client["booked"] - ended != by["booked"] + by["no_show"]:
            yield f"{client_id}'s record doesn't add up to what is live"


def _unambiguous(rows: Rows, _: datetime) -> Iterator[str]:
    """A login name is one client's; the plan is never ahead of itself; two regulars never meet."""
    staying = ((i, c) for i, c in rows.clients.items() if c["privilege"] != "ended")
    names = {client["login"]: client_id for client_id, client in staying if client.get("login")}
    if names != rows.logins:
        yield f"logins {rows.logins}, clients {names}"
    if rows.practice["planned"] > rows.practice["plan"]:
        yield "more has been planned than was meant to be"
    if rows.planned and rows.practice.keys() & {"discharging", "sick_days"}:
        yield "all is planned, yet somebody is still to be called off"
    lines = defaultdict(list)
    for regular in rows.regulars.values():
        if not regular["ended"]:
            lines[regular["weekday"], regular["start"]].append(regular)
    for line in lines.values():
        for one, other in combinations(line, 2):
            days = (
                date.fromisoformat(max(one["first"], other["first"])) + timedelta(n)
                for n in range(7 * 13)
            )
            yield from (
                f"regulars {one['regular_id']} and {other['regular_id']} meet on {day}"
                for day in days
                if occurs_on(one, day) and occurs_on(other, day)
            )


def occurs_on(regular: Row, day: date) -> bool:
    """Whether a regular falls on that date, given up or not."""
    if regular["weekday"] != WEEKDAYS[day.weekday()]:
        return False
    first = date.fromisoformat(regular["first"])
    anchor = first + timedelta((WEEKDAYS.index(regular["weekday"]) - first.weekday()) % 7)
    until = date.fromisoformat(regular["until"]) if regular.get("until") else date.max
    apart = 7 * int(regular["every_weeks"])
    return not regular["ended"] and anchor <= day <= until and (day - anchor).days % apart == 0
