"""An action and its audit entry are one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import TransactWriteError

from openhour.rules.audit_log import AuditAction
from openhour.rules.refusals import Busy, KnownClient, UnknownClient
from openhour.store import audit_log
from openhour.store.audit_log import audit_entry, read_audit_log
from openhour.store.transactions import commit
from tests.dynamodb_backends import rows
from tests.store import use_case_calls
from tests.store.seed import THERAPIST
from tests.store.transport import Request, Serve, Transport, in_process
from tests.unit.builders import NOW


def restore_suspended() -> use_case_calls.Act:
    use_case_calls.suspend()()
    return use_case_calls.restore()


RECORDED = {
    **use_case_calls.OF_THE_THERAPIST,
    **{name: ready for name, ready in use_case_calls.PLANNING.items() if name != "releases"},
    "restores": restore_suspended,
    "releases early": use_case_calls.release_early,
}
"""What the therapist does."""
UNRECORDED = {**use_case_calls.OF_CLIENTS, "the schedule releases": use_case_calls.release}
"""What others do."""
AUDIT = "openhour-audit"


@pytest.fixture
def transport(restore_practice, monkeypatch) -> Iterator[Transport]:
    restore_practice()
    monkeypatch.setattr("time.sleep", lambda _: None)
    with in_process() as transport:
        yield transport


def table_of(item: dict[str, Any]) -> str:
    (write,) = item.values()
    table: str = write["TableName"]
    return table


@pytest.mark.parametrize("ready", RECORDED.values(), ids=RECORDED)
def test_the_entry_is_part_of_the_first_transaction(transport, ready):
    act = ready()
    before = list(read_audit_log(THERAPIST))
    transport.clear()
    act()
    first = next(request for request in transport.requests if request.is_write)
    assert [each for each in transport.requests if AUDIT in each.tables] == [first]
    assert first.operation == "TransactWriteItems"
    items = first.body["TransactItems"]
    (entry,) = (item["Put"] for item in items if table_of(item) == AUDIT)
    assert entry["ConditionExpression"].startswith("attribute_not_exists")
    assert {table_of(item) for item in items if "ConditionCheck" not in item} > {AUDIT}
    assert len(list(read_audit_log(THERAPIST))) == len(before) + 1


@pytest.mark.parametrize("ready", UNRECORDED.values(), ids=UNRECORDED)
def test_other_actions_do_not_touch_the_audit_log(transport, ready):
    act = ready()
    transport.clear()
    act()
    assert not [each for each in transport.requests if AUDIT in each.tables]


def denied(request: Request, _: Serve) -> Any:
    raise ClientError({"Error": {"Code": "AccessDeniedException"}}, request.operation)


@pytest.mark.parametrize("ready", RECORDED.values(), ids=RECORDED)
def test_an_action_without_permission_to_record_changes_nothing(transport, ready):
    act = ready()
    before = rows()
    transport.fault_for = lambda request: denied if AUDIT in request.tables else None
    with pytest.raises(TransactWriteError):
        act()
    assert rows() == before


@pytest.mark.parametrize(
    "name", ["books for a client", "suspends", "adds a client", "switches off", "ends a regular"]
)
def test_an_action_whose_entry_is_refused_changes_nothing(transport, monkeypatch, name):
    """All entries draw the same id, and one with that id is there."""
    act = RECORDED[name]()
    monkeypatch.setattr(audit_log, "new_token", lambda length: length * "0")
    commit([audit_entry(THERAPIST, AuditAction.SET_SLOT, now=NOW)])
    before = rows()
    with pytest.raises((Busy, KnownClient)):
        act()
    assert rows() == before


def test_client_discharged_meanwhile_is_not_recorded_as_suspended(transport):
    kept = list(read_audit_log(THERAPIST))
    transport.run_before(
        lambda request: request.operation == "TransactWriteItems", use_case_calls.discharge("ann")
    )
    with pytest.raises(UnknownClient):
        use_case_calls.suspend()()
    assert [each.act for each in read_audit_log(THERAPIST) if each not in kept] == [
        AuditAction.DISCHARGE
    ]
