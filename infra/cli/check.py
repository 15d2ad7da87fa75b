"""The integrity check: invariants of every therapist's rows, checked while the tables are in use.

It only reads, and can continue from any therapist.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.cli.invariants import Rule, Violation, find_violations
from infra.cli.output import FAILED, TRY_AGAIN, Line, counted, unknown_therapist
from infra.cli.snapshot import Row, Snapshot
from infra.cli.table_reader import RateLimiter, TableReader, key_of, parse, plain
from openhour import clock

_MAX_ATTEMPTS = 8
"""How often a therapist's rows are read again to tell a violation from a concurrent act."""
_PAUSE_SECONDS = 0.2


@dataclass
class _Reading:
    """One reading of one therapist's rows. A row that cannot be parsed is a violation itself."""

    reader: TableReader
    violations: list[Violation] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)

    def rows_of(self, table: str, owner: str) -> Sequence[Row]:
        rows = []
        for item in self.reader.owned_by(table, owner):
            row = parse(table, item)
            if row is not None:
                rows.append(row)
            else:
                text = f"a row of {table} cannot be read: {key_of(table, item)}"
                violation = Violation(rule=Rule.FORMAT, text=text, rows=(plain(item),))
                self.violations.append(violation)
        return rows


def check(
    *, therapist_ids: Sequence[str], after: str | None, units_per_second: float
) -> Iterator[Line]:
    """Check the integrity of the tables, while they are in use.

    Checks all therapists unless some are named. Only reads.
    """
    reader = TableReader(RateLimiter(units_per_second))
    totals: Counter[str] = Counter()
    last = after
    try:
        for therapist_id in therapist_ids or reader.therapist_ids(after=after):
            violations, unsettled, counts = check_therapist(reader, therapist_id)
            if therapist_ids and not counts and not violations:
                raise unknown_therapist(therapist_id)
            yield from _report(therapist_id, violations, unsettled, counts)
            last = therapist_id
            totals.update(therapists=1, violations=len(violations), unsettled=len(unsettled))
    except (BotoCoreError, ClientError) as error:
        text = f"Interrupted by {type(error).__name__}. Continue with --after {last}."
        yield Line("interrupted", text, {"after": last}, TRY_AGAIN)
        return
    facts = {name: totals[name] for name in ("therapists", "violations", "unsettled")}
    found = [counted(totals["violations"], "violation")]
    if totals["unsettled"]:
        found.append(f"{totals['unsettled']} unsettled, as rows kept changing: check again")
    text = f"Checked {counted(totals['therapists'], 'therapist')}: {', '.join(found)}."
    yield Line("check", text, facts)


def check_therapist(
    reader: TableReader, therapist_id: str
) -> tuple[Sequence[Violation], Sequence[Violation], dict[str, Any]]:
    """Return confirmed violations, unsettled ones, and how many rows were checked.

    Rows are read one after the other, so that an act may come between two reads. A violation that
    two whole readings find in the same, unchanged rows is confirmed: each of these rows had that
    content from before the end of the first reading until after the start of the second.
    """
    reading = _read(reader, therapist_id)
    suspected, confirmed = reading.violations, []
    for attempt in range(_MAX_ATTEMPTS):
        if not suspected:
            break
        time.sleep(_PAUSE_SECONDS * attempt)
        again = _read(reader, therapist_id).violations
        confirmed += [each for each in again if each in suspected and each not in confirmed]
        suspected = [each for each in again if each not in confirmed]
    return confirmed, suspected, reading.counts


def _read(reader: TableReader, therapist_id: str) -> _Reading:
    """Read all rows of one therapist, and check them."""
    reading = _Reading(reader)
    for practice in reading.rows_of("PracticesTable", therapist_id):
        rows = Snapshot(practice, reading)
        reading.counts = {
            "slots": len(rows.slots),
            "clients": len(rows.clients),
            "appointments": len(rows.appointments),
            "regulars": len(rows.regulars),
            "time_off": len(rows.time_off),
            "planned": rows.planned,
            "removed": "removed_at" in practice,
        }
        reading.violations += find_violations(rows, now=clock.now())
    return reading


def _report(
    therapist_id: str,
    confirmed: Sequence[Violation],
    unsettled: Sequence[Violation],
    counts: Mapping[str, Any],
) -> Iterator[Line]:
    for kind, violations, code in (
        ("violation", confirmed, FAILED),
        ("unsettled", unsettled, TRY_AGAIN),
    ):
        for each in violations:
            facts = {"therapist_id": therapist_id, "rule": each.rule.name, "text": each.text}
            yield Line(kind, f"{therapist_id}: {kind.upper()} {each.text}", facts, code)
    if counts:
        number = len(confirmed) + len(unsettled)
        nouns = ("slot", "appointment", "client")
        rows = ", ".join(counted(counts[f"{noun}s"], noun) for noun in nouns)
        state = "" if counts["planned"] else "; planning is not complete"
        if counts["removed"]:
            state = "; removed, so that nothing is planned"
        found = counted(number, "violation") if number else "no violations"
        text = f"{therapist_id}: {found} in {rows}{state}"
        ids = {"therapist_id": therapist_id}
        yield Line("checked", text, {**ids, "violations": number, **counts})
