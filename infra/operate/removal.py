"""Removing a therapist: first switched off and locked out, the rows deleted only later and when
asked for. Again, it goes on from where it was cut short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from infra.operate.told import Declined, Told
from infra.operate.trail import keep
from openhour import clock, cognito, schedules
from openhour.rules.audit_log import AuditAction
from openhour.rules.practice import Practice
from openhour.use_cases.erasure import erase_therapist
from openhour.use_cases.therapists import find_therapist, remove_therapist

TOKENS_OUTLIVE = timedelta(hours=1)
"""How long after a removal somebody may still hold a token that a function takes, and write."""


def remove(*, therapist_id: str, erase: bool, confirm: str | None) -> Iterator[Told]:
    """Remove the therapist, or with `erase` delete every row of one who was removed."""
    practice = find_therapist(therapist_id)
    if practice is None and not erase:
        raise Declined(f"There is no therapist {therapist_id}.")
    if erase:
        yield from _erase(therapist_id, practice, confirm=confirm)
    else:
        yield from _remove(therapist_id)


def _remove(therapist_id: str) -> Iterator[Told]:
    practice = remove_therapist(therapist_id, now=clock.now())
    text = f"{therapist_id} is removed: nobody finds the practice, and nothing is released."
    yield Told("practice", text, {"therapist_id": therapist_id, "removed_at": practice.removed_at})
    yield _take_logins(therapist_id)
    schedules.remove(therapist_id)
    yield Told("schedule", "The release is no longer scheduled.", {"therapist_id": therapist_id})
    yield Told(
        "rows", "Every row is still there: --erase deletes them.", {"therapist_id": therapist_id}
    )


def _take_logins(therapist_id: str) -> Told:
    """Delete the logins of the therapist and the clients. Each is locked first, and its tokens
    revoked: deleting alone would leave them good until they run out."""
    taken = 0
    for name in tuple(cognito.usernames_with_prefix(f"{therapist_id}/")):
        user = cognito.find(name)
        if user and user.therapist_id == therapist_id:
            cognito.disable(name)
            cognito.revoke_tokens(name)
            cognito.delete(name)
            taken += 1
    text = f"{taken} logins are gone." if taken else "No login was left."
    return Told("logins", text, {"therapist_id": therapist_id, "taken": taken})


def _erase(therapist_id: str, practice: Practice | None, *, confirm: str | None) -> Iterator[Told]:
    if confirm != therapist_id:
        raise Declined(f"This can't be undone: --confirm {therapist_id} says that you mean it.")
    if practice and practice.removed_at is None:
        raise Declined(f"{therapist_id} is at work: remove it first, without --erase.")
    if practice and practice.removed_at and clock.now() < practice.removed_at + TOKENS_OUTLIVE:
        until = practice.removed_at + TOKENS_OUTLIVE
        raise Declined(f"Tokens may still be in use: erase it after {until:%H:%M} UTC.")
    keep(therapist_id, AuditAction.ERASE_PRACTICE)
    yield _take_logins(therapist_id)
    for noun, count in erase_therapist(therapist_id):
        text = f"{count:>8} {noun.replace('_', ' ')}"
        yield Told("erased", text, {"therapist_id": therapist_id, "table": noun, "rows": count})
    text = (
        "Erased. The audit trail stays for as long as it is kept, the tables' backups for 35 days;"
        " exports, copies of the tables and what an earlier stack has left are yours to delete."
    )
    yield Told("kept", text, {"therapist_id": therapist_id})
