"""Migrating: rows that an earlier version wrote, rewritten in today's form."""

from __future__ import annotations

from collections.abc import Iterator

from infra.operate.told import Told
from openhour import clock
from openhour.store.migration import Progress, migrate


def migrate_rows(*, cursor: str | None, rows_per_second: float) -> Iterator[Told]:
    """Rewrite them, beside all that goes on, and tell page by page how far it has come."""
    read = upgraded = 0
    for page in migrate(cursor=cursor, rows_per_second=rows_per_second, now=clock.now()):
        read, upgraded = read + page.read, upgraded + page.upgraded
        facts = {"table": page.table, "rows": page.read, "upgraded": page.upgraded}
        yield Told("page", _written(page), {**facts, "cursor": page.cursor})
    text = f"{upgraded} of {read} rows were rewritten; all are in today's form."
    yield Told("migrated", text, {"rows": read, "upgraded": upgraded})


def _written(page: Progress) -> str:
    text = f"{page.table}: {page.read} rows read, {page.upgraded} rewritten."
    return f"{text} If cut short: --cursor {page.cursor}" if page.cursor else text
