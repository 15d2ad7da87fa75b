"""The audit: what must always hold of every therapist's rows, looked at in the tables as they are,
while they are in use. It writes nothing, and can be gone on with from any therapist."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.operate.integrity import Fault, Rule, find_faults
from infra.operate.reading import Budget, Library, key_of, plain, read
from infra.operate.rows import Row, Rows
from infra.operate.told import AGAIN, FAULT, Declined, Told
from openhour import clock

_READINGS = 8
"""How often a therapist's rows are read again, at most, to tell a fault from an act that came
between two reads."""
_PAUSE_SECONDS = 0.2


@dataclass
class _Reading:
    """One reading of one therapist's rows. What the store could not read is a fault, and left out
    of the rest."""

    library: Library
    faults: list[Fault] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def rows_of(self, table: str, owner: str) -> Sequence[Row]:
        rows = []
        for item in self.library.owned_by(table, owner):
            row = read(table, item)
            if row is not None:
                rows.append(row)
            else:
                text = f"a row of {table} can't be read: {key_of(table, item)}"
                self.faults.append(Fault(rule=Rule.FORM, text=text, rows=(plain(item),)))
        return rows


def audit(
    *, therapist_ids: Sequence[str], resume: str | None, units_per_second: float
) -> Iterator[Told]:
    """Audit those therapists, or all, or all that come behind `resume`."""
    library = Library(Budget(units_per_second))
    done: Counter[str] = Counter()
    last = resume
    try:
        for therapist_id in therapist_ids or library.therapist_ids(after=resume):
            faults, unsettled, facts = examine(library, therapist_id)
            if therapist_ids and not facts and not faults:
                raise Declined(f"There is no therapist {therapist_id}.")
            yield from _told(therapist_id, faults, unsettled, facts)
            last = therapist_id
            done.update(therapists=1, faults=len(faults), unsettled=len(unsettled))
    except (BotoCoreError, ClientError) as error:
        text = f"Cut short by {type(error).__name__}: go on with --resume {last}."
        yield Told("cut-short", text, {"resume": last}, AGAIN)
        return
    counts = {name: done[name] for name in ("therapists", "faults", "unsettled")}
    text = "{therapists} therapists audited: {faults} faults, {unsettled} unsettled."
    yield Told("audit", text.format(**counts), counts)


def examine(
    library: Library, therapist_id: str
) -> tuple[Sequence[Fault], Sequence[Fault], dict[str, Any]]:
    """What is wrong, what may be, and how much was looked at.

    Rows are read one after the other, and an act may come between. But a fault that two whole
    readings find in the same rows, unchanged, was there between the two: each of its rows was what
    it was from before the first reading's end until after the second's beginning.
    """
    reading = _read(library, therapist_id)
    suspected, faults = reading.faults, []
    for attempt in range(_READINGS):
        if not suspected:
            break
        time.sleep(_PAUSE_SECONDS * attempt)
        again = _read(library, therapist_id).faults
        faults += [fault for fault in again if fault in suspected and fault not in faults]
        suspected = [fault for fault in again if fault not in faults]
    return faults, suspected, reading.facts


def _read(library: Library, therapist_id: str) -> _Reading:
    """Read everything of one therapist; nothing is found where there is none."""
    reading = _Reading(library)
    for practice in reading.rows_of("PracticesTable", therapist_id):
        rows = Rows(practice, reading)
        reading.facts = {
            "slots": len(rows.slots),
            "clients": len(rows.clients),
            "appointments": len(rows.appointments),
            "regulars": len(rows.regulars),
            "time_off": len(rows.time_off),
            "planned": rows.planned,
        }
        reading.faults += find_faults(rows, now=clock.now())
    return reading


def _told(
    therapist_id: str,
    faults: Sequence[Fault],
    unsettled: Sequence[Fault],
    facts: Mapping[str, Any],
) -> Iterator[Told]:
    for what, them, code in (("fault", faults, FAULT), ("unsettled", unsettled, AGAIN)):
        for fault in them:
            named = {"therapist_id": therapist_id, "rule": fault.rule.name, "text": fault.text}
            yield Told(what, f"{therapist_id}: {what.upper()} {fault.text}", named, code)
    if facts:
        found = len(faults) + len(unsettled)
        much = ", ".join(f"{facts[name]} {name}" for name in ("slots", "appointments", "clients"))
        unfinished = "" if facts["planned"] else "; a plan is still to be carried out"
        text = f"{therapist_id}: {found or 'no'} faults in {much}{unfinished}"
        yield Told("audited", text, {"therapist_id": therapist_id, "found": found, **facts})
