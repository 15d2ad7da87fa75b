"""Row versions: rows that an earlier version wrote are brought into today's form.

A row's `schema` is the number of the form in which it was written, 1 if it has none. Each model
lists the upgrades since its first form, and today's number is one more than there are upgrades. A
row that is read in an older form goes through the upgrades that it lacks, in memory, before
anything else sees it. Rows are always written in today's form, and `migration` rewrites those that
nobody writes.

During a gradual deployment, and after one that is rolled back, old code reads what new code wrote.
So an upgrade only adds columns. What old code reads stays, until a later version drops it when no
code reads it any more. An update of single columns must suit rows of any form, and sets the number
only if it leaves the row in today's form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from openhour.rules.intake import registrations_expire_at
from openhour.rules.weeks import Week

Item = Mapping[str, Any]
"""A row as DynamoDB returns it: columns by name, each with its type."""
Upgrade = Callable[[Item], Item]
"""A pure function from one form of a row to the next."""
_NUMBER = "schema"


def is_outdated(item: Item, upgrades: tuple[Upgrade, ...]) -> bool:
    """Return whether the row is in an older form."""
    return _number(item) <= len(upgrades)


def upgrade(item: Item, upgrades: tuple[Upgrade, ...]) -> Item:
    """Return the row in today's form. A row of a newer form stays as it is."""
    for step in upgrades[_number(item) - 1 :]:
        item = step(item)
    return stamp(item, upgrades) if is_outdated(item, upgrades) else item


def stamp(item: Item, upgrades: tuple[Upgrade, ...]) -> dict[str, Any]:
    """Return the row with the number of today's form."""
    return {**item, _NUMBER: {"N": str(len(upgrades) + 1)}}


def add_expiry(item: Item) -> Item:
    """Add the expiry to counts of registrations, which were once kept for ever."""
    week = Week.parse(item["client_id"]["S"].rpartition("#")[2])
    return {**item, "expires_at": {"N": f"{registrations_expire_at(week).timestamp():.0f}"}}


def name_clients_of_exceptions(item: Item) -> Item:
    """Name the client of each exception of a regular. Exceptions were once dates alone."""
    client_id = item["client_id"]["S"]
    named = {f"{day}#{client_id}" for day in item.get("skips", {}).get("SS", ())}
    named |= set(item.get("exceptions", {}).get("SS", ()))
    return {**item, "exceptions": {"SS": sorted(named)}} if named else item


def add_therapist(item: Item) -> Item:
    """Add the therapist of an appointment, by which an index finds it."""
    return {**item, "therapist_id": {"S": item["owner"]["S"].rpartition("#")[0]}}


def _number(item: Item) -> int:
    return int(item[_NUMBER]["N"]) if _NUMBER in item else 1
