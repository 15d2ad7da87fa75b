"""Upgrades: rows that an earlier version wrote, brought into today's form.

A row's `schema` numbers the form in which it was written; without one it is 1, the first. Each kind
of row lists the upgrades that have changed its form since, and its number is one more than there are.
Whatever is read in an older form goes through the upgrades that it lacks, in memory, before anything
else sees it, and every row is put in today's form; `migration` rewrites those that nobody touches.

While a deployment is taken over bit by bit, and after one that is taken back, old code reads what
new code wrote. So a step only adds columns: what old code reads stays as it was, until a later
version drops it, when none runs that reads it. An update of single columns must hold for rows in
any form, and sets the number only where it leaves the row in today's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from openhour.rules.intake import expires_at
from openhour.rules.weeks import Week

Item = Mapping[str, Any]
"""A row as DynamoDB gives it: columns by name, each with its type."""
Upgrade = Callable[[Item], Item]
"""From one form to the next; pure, and the same however often it is asked."""
_NUMBER = "schema"


def is_outdated(item: Item, upgrades: tuple[Upgrade, ...]) -> bool:
    """Whether the row is in an older form."""
    return _number(item) <= len(upgrades)


def upgrade(item: Item, upgrades: tuple[Upgrade, ...]) -> Item:
    """The row in today's form. One in a newer form, which a later version wrote, stays so."""
    for step in upgrades[_number(item) - 1 :]:
        item = step(item)
    return stamp(item, upgrades) if is_outdated(item, upgrades) else item


def stamp(item: Item, upgrades: tuple[Upgrade, ...]) -> dict[str, Any]:
    """The row with the number of today's form, in which it is."""
    return {**item, _NUMBER: {"N": str(len(upgrades) + 1)}}


def add_expiry(item: Item) -> Item:
    """Counts of registrations were kept for ever, one a week; now each goes with its week."""
    week = Week.parse(item["client_id"]["S"].rpartition("#")[2])
    return {**item, "expires_at": {"N": f"{expires_at(week).timestamp():.0f}"}}


def _number(item: Item) -> int:
    return int(item[_NUMBER]["N"]) if _NUMBER in item else 1
