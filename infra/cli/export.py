"""Export of all of one therapist's data as one JSON document: version 1 of `openhour-export`.

Fields are named as in the HTTP interface. Rows are written as they are read, so that a practice of
any size fits in memory.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from infra.cli.audit_log import record
from infra.cli.output import CommandError, Line, counted
from openhour import clock
from openhour.api.times import format_time
from openhour.rules.appointments import Appointment
from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot
from openhour.rules.weeks import Week
from openhour.store.audit_log import read_audit_log
from openhour.store.mapping import (
    appointment_from_row,
    client_from_row,
    login_from_row,
    owner_of,
    regular_from_row,
    slot_from_row,
    time_off_from_row,
)
from openhour.store.models import (
    AppointmentRow,
    ClientRow,
    ContactRow,
    EntryRow,
    IntakeRow,
    PracticeLoginRow,
    RegularRow,
    SlotRow,
    TimeOffRow,
)
from openhour.store.queries import query
from openhour.store.registrations import returning_registrations
from openhour.use_cases.therapists import read_therapist

FORMAT, VERSION = "openhour-export", 1
_INTAKE, _CONTACT, _ENTRY = "#intake#", "#contact#", "#entry#"
_RENAMED = {"begins": "from", "ends": "to"}
"""The HTTP interface's name of a field, where the rules have another."""


def export(*, therapist_id: str, to: str | None) -> Iterator[Line]:
    """Export all data of one therapist as JSON.

    A file within a git repository is refused, since a commit could take it in.
    """
    practice = read_therapist(therapist_id)
    if to is not None:
        _require_outside_repositories(Path(to))
    record(therapist_id, AuditAction.EXPORT)
    if to is None:
        _write(practice, sys.stdout)
        sys.stdout.flush()  # an error of the last write would come after the command's end
        return
    path = Path(to)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        text = f"{path}: {error.strerror}. Nothing was exported: give another file with --to."
        raise CommandError(text) from error
    try:
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            count = _write(practice, file)
    except BaseException:
        path.unlink()
        raise
    noun = counted(count, "row")
    text = f"Exported {noun} of {therapist_id} to {path}, which only you can read."
    yield Line("exported", text, {"therapist_id": therapist_id, "file": str(path), "rows": count})


def _require_outside_repositories(path: Path) -> None:
    for folder in path.resolve().parents:
        if (folder / ".git").exists():
            text = (
                f"{path} is in the git repository {folder}, where a commit could take it in."
                " Nothing was exported: give a file elsewhere with --to."
            )
            raise CommandError(text)


def _write(practice: Practice, file: TextIO) -> int:
    """Write the document, one row a line, and return the number of rows."""
    zone, count = practice.zone, 1
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": format_time(clock.now(), zone),
        "therapist_id": practice.therapist_id,
        "practice": to_json(practice, zone),
    }
    file.write(json.dumps(head, ensure_ascii=False)[:-1])
    for name, values in _parts(practice.therapist_id):
        file.write(f',\n"{name}": [')
        for number, value in enumerate(values):
            file.write(",\n" if number else "\n")
            json.dump(to_json(value, zone), file, ensure_ascii=False)
            count += 1
        file.write("]")
    file.write("}\n")
    return count


def _parts(therapist_id: str) -> Iterator[tuple[str, Iterable[Any]]]:
    """Yield each table's noun, and its values as they are read."""
    clients = [
        client_from_row(row) for row in query(ClientRow, therapist_id, ClientRow.client_id > "$")
    ]
    yield "clients", clients
    yield (
        "appointments",
        (
            {**_fields(appointment_from_row(row)), "week": row.week}
            for client in clients
            for row in query(AppointmentRow, owner_of(therapist_id, client.client_id))
        ),
    )
    yield "regulars", map(regular_from_row, query(RegularRow, therapist_id))
    yield "time_off", map(time_off_from_row, query(TimeOffRow, therapist_id))
    yield "logins", map(login_from_row, query(PracticeLoginRow, therapist_id))
    yield "slots", map(slot_from_row, query(SlotRow, therapist_id))
    counted = query(IntakeRow, therapist_id, IntakeRow.client_id.startswith(_INTAKE))
    yield (
        "registrations",
        (
            {"week": row.client_id.removeprefix(_INTAKE), "registered": int(row.registered)}
            for row in counted
        ),
    )
    yield "returning_registrations", returning_registrations(therapist_id)
    yield (
        "contacts",
        (
            {"contact": digest, "client_id": row.owner}
            for row in query(ContactRow, therapist_id, ContactRow.client_id.startswith(_CONTACT))
            for digest in [row.client_id.removeprefix(_CONTACT).partition("#")[0]]
        ),
    )
    yield (
        "entries",
        (
            {"entry": row.client_id.removeprefix(_ENTRY), "client_id": row.owner, "at": row.at}
            for row in query(EntryRow, therapist_id, EntryRow.client_id.startswith(_ENTRY))
        ),
    )
    yield "audit_log", read_audit_log(therapist_id)


def to_json(value: Any, zone: ZoneInfo) -> Any:
    """Convert a value of the rules to JSON: every field, and times with the practice's offset."""
    for kind, convert in _CONVERTERS:
        if isinstance(value, kind):
            return convert(value, zone)
    return to_json(_fields(value), zone) if is_dataclass(value) else value


def _format_instant(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant with the practice's offset, or a wall-clock time as it is."""
    return format_time(instant, zone) if instant.tzinfo else instant.isoformat(timespec="minutes")


_CONVERTERS: tuple[tuple[Any, Callable[[Any, ZoneInfo], Any]], ...] = (
    (Week, lambda week, _: str(week)),
    (Enum, lambda word, _: word.value),
    (datetime, _format_instant),
    (date, lambda day, _: day.isoformat()),
    (time, lambda at, _: f"{at:%H:%M}"),
    (Mapping, lambda mapping, zone: {key: to_json(each, zone) for key, each in mapping.items()}),
    (frozenset, lambda items, zone: sorted(to_json(each, zone) for each in items)),
    (tuple, lambda items, zone: [to_json(each, zone) for each in items]),
)


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by their names in the HTTP interface."""
    names = (each.name for each in fields(value))
    values = {_RENAMED.get(name, name): getattr(value, name) for name in names}
    if isinstance(value, Slot | Appointment):
        values |= {"slot_id": value.slot_id, "start": value.start, "end": value.end}
    return values
