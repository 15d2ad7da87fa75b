"""New conflicts: those that no act of the therapist's has shown them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from openhour.rules.conflicts import Conflict, Reason
from openhour.rules.mail_intents import MailIntent
from openhour.rules.mails import MailKind
from openhour.rules.practice import Practice


def may_bring_conflicts(before: Practice, after: Practice) -> bool:
    """Return whether weeks were published past those that were there, or the zone's data changed.

    A first zone or another one is the therapist's own act.
    """
    if before.published_through is None or before.timezone != after.timezone:
        return False
    return before.published_through != after.published_through or _has_new_data(before, after)


def conflicts_published(
    conflicts: Iterable[Conflict], before: Practice, after: Practice
) -> tuple[Conflict, ...]:
    """Return the conflicts that came with newly published weeks, or with new data of the zone.

    A therapist's act shows the conflicts of the weeks that are published. Of the conflicts of one
    regular for one reason, only the first is new: a regular without hours has one every week.
    """
    in_order = sorted(conflicts, key=lambda conflict: conflict.slot_id)
    new: list[Conflict] = []
    known: set[tuple[str | None, Reason]] = set()
    for each in in_order:
        cause = (each.regular_id, each.reason)
        if _is_new(each, before, after) and (each.regular_id is None or cause not in known):
            new.append(each)
        known.add(cause)
    return tuple(new)


def conflicts_of_late_slot(conflicts: Iterable[Conflict], slot_id: str) -> tuple[Conflict, ...]:
    """Return the conflict of a slot that its client left too late for the regular that waits."""
    return tuple(
        each for each in conflicts if each.slot_id == slot_id and each.reason is Reason.NO_NOTICE
    )


def conflict_intent(conflict: Conflict, *, seen_at: datetime) -> MailIntent:
    """Return what therapists are told of a conflict."""
    return MailIntent(
        kind=MailKind.CONFLICT,
        subject=conflict.slot_id,
        client_id=conflict.client_id or "",
        acted_at=seen_at,
        occasion="-".join(filter(None, (conflict.reason, conflict.regular_id))),
    )


def find_conflict(conflicts: Iterable[Conflict], intent: MailIntent) -> Conflict | None:
    """Return the conflict that an intent tells of, or None once it is settled."""
    for each in conflicts:
        its = conflict_intent(each, seen_at=intent.acted_at)
        if (its.subject, its.occasion) == (intent.subject, intent.occasion):
            return each
    return None


def _is_new(conflict: Conflict, before: Practice, after: Practice) -> bool:
    if conflict.reason is Reason.CLOCK_CHANGE and _has_new_data(before, after):
        return True
    published = before.published_through
    return published is not None and after.week_of(conflict.start) > published


def _has_new_data(before: Practice, after: Practice) -> bool:
    return before.zone_data is not None and before.zone_data != after.zone_data
