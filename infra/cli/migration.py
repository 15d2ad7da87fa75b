"""Migration: rewriting rows that an earlier version wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from infra.cli.output import Line, counted
from infra.cli.snapshot import KEYS
from infra.cli.table_reader import RateLimiter, TableReader, is_old_row
from openhour import clock
from openhour.store.migration import Progress, migrate


def migrate_rows(*, cursor: str | None, rows_per_second: float, dry_run: bool) -> Iterator[Line]:
    """Rewrite rows that an earlier version wrote.

    The tables stay in use meanwhile.
    """
    if dry_run:
        yield from _count_old_rows(rows_per_second)
        return
    read = upgraded = 0
    for page in migrate(cursor=cursor, rows_per_second=rows_per_second, now=clock.now()):
        read, upgraded = read + page.read, upgraded + page.upgraded
        facts = {"table": page.table, "rows": page.read, "upgraded": page.upgraded}
        yield Line("page", _describe(page), {**facts, "cursor": page.cursor})
    text = f"Rewrote {upgraded} of {counted(read, 'row')}. All rows have the current form."
    yield Line("migrated", text, {"rows": read, "upgraded": upgraded})


def _describe(page: Progress) -> str:
    text = f"{page.table}: read {counted(page.read, 'row')}, rewrote {page.upgraded}."
    return f"{text} To continue from here: --cursor {page.cursor}" if page.cursor else text


def _count_old_rows(rows_per_second: float) -> Iterator[Line]:
    """Count each table's old rows. Most rows take one read unit, so the two rates are close."""
    reader = TableReader(RateLimiter(rows_per_second))
    for table in KEYS:
        ages = Counter(is_old_row(table, item) for item in reader.scan(table))
        text = f"{table}: would rewrite {ages[True]} of {counted(ages.total(), 'row')}."
        facts = {"table": table, "rows": ages.total(), "upgraded": ages[True], "dry_run": True}
        yield Line("page", text, facts)
