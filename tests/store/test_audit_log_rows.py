"""The audit log: entries are added by an actor and read in order."""

from __future__ import annotations

import contextvars
from datetime import timedelta

import pytest

from openhour.rules.audit_log import AuditAction, AuditEntry
from openhour.store import audit_log
from openhour.store.audit_log import acting_as, audit_entry, read_audit_log
from openhour.store.models import AuditRow
from openhour.store.transactions import ConditionFailed, commit
from tests.dynamodb_backends import empty_tables, rows
from tests.store.seed import THERAPIST
from tests.unit.builders import NOW, hours


@pytest.fixture(autouse=True)
def _empty():
    empty_tables()


def record(act: AuditAction = AuditAction.SUSPEND, after: timedelta = timedelta(0), **said) -> None:
    commit([audit_entry(THERAPIST, act, now=NOW + after, **said)])


def test_an_entry_says_who_did_what_to_whom_and_when():
    with acting_as("operator:jo", request_id="req-1"):
        record(AuditAction.CHANGE_CLIENT, client_id="ann", details=("phone", "email"))
    assert list(read_audit_log(THERAPIST)) == [
        AuditEntry(
            at=NOW,
            actor="operator:jo",
            act=AuditAction.CHANGE_CLIENT,
            client_id="ann",
            details=("email", "phone"),
            request_id="req-1",
        )
    ]


def test_an_entry_is_kept_for_seven_years():
    record()
    ((_, row),) = rows()["openhour-audit"].items()
    kept = int(row["expires_at"]["N"]) - NOW.timestamp()
    assert timedelta(seconds=kept) == timedelta(days=2557)


def test_an_entry_needs_an_actor():
    with pytest.raises(LookupError):
        contextvars.Context().run(audit_entry, THERAPIST, AuditAction.SUSPEND, now=NOW)


def test_the_actor_is_reset_after_the_action():
    with acting_as("operator:jo"):
        record(after=hours(1))
    record(after=hours(2))
    assert [entry.actor for entry in read_audit_log(THERAPIST)] == ["operator:jo", "therapist:ada"]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        pytest.param(None, None, [1, 2, 3], id="all, oldest first"),
        pytest.param(2, None, [2, 3], id="from an instant on"),
        pytest.param(None, 2, [1], id="until before an instant"),
        pytest.param(2, 3, [2], id="a span"),
        pytest.param(4, None, [], id="nothing yet"),
    ],
)
def test_the_audit_log_is_read_by_time(since, until, found):
    for after in (3, 1, 2):
        record(after=hours(after))
    commit([audit_entry("t2", AuditAction.SUSPEND, now=NOW)])
    span = {
        name: NOW + hours(after)
        for name, after in (("since", since), ("until", until))
        if after is not None
    }
    assert [entry.at for entry in read_audit_log(THERAPIST, **span)] == [
        NOW + hours(after) for after in found
    ]


def test_an_entry_is_never_overwritten(monkeypatch):
    monkeypatch.setattr(audit_log, "new_token", lambda length: length * "0")
    record(AuditAction.SUSPEND)
    before = rows()
    with pytest.raises(ConditionFailed) as refused:
        record(AuditAction.RESTORE)
    assert refused.value.old_rows.keys() == {AuditRow}
    assert rows() == before
