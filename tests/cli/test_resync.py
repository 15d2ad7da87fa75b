"""Resynchronizing logins and the schedule with the rows, without a stream."""

import pytest

from infra.cli.output import FAILED, TRY_AGAIN
from infra.cli.resync import resync
from openhour import cognito, schedules
from openhour.rules.refusals import UnknownTherapist
from openhour.store.models import ContactRow
from openhour.use_cases import clients
from tests.cli.cli_runner import logins, run, scheduled
from tests.unit.builders import NOW

pytestmark = pytest.mark.usefixtures("stack")


def test_logins_and_schedule_are_restored_from_the_rows(outbox):
    before, mails = logins(), len(outbox.mails)
    cognito.CLIENTS.delete("t1/ann@example.org")
    cognito.CLIENTS.disable("t1/bob@example.org")
    schedules.remove("t1")
    list(resync("t1"))
    assert set(logins()) == set(before)
    assert logins()["t1/bob@example.org"][0] is True
    assert "t1" in scheduled()
    assert len(outbox.mails) == mails + 1  # a first password for the new login


def test_nothing_changes_if_everything_is_in_sync(outbox):
    before, mails = (logins(), scheduled()), len(outbox.mails)
    list(resync("t1"))
    assert (logins(), scheduled()) == before
    assert len(outbox.mails) == mails


def test_a_login_name_conflict_does_not_stop_the_others():
    """The client's login name belongs to a user who was added by hand."""
    shared = "ada@example.org"
    clients.add_client("t1", name="Eve", email=shared, phone=None, login=None, invite=True, now=NOW)
    cognito.CLIENTS.create("t1/ada@example.org", {"custom:therapist_id": "t1"})
    cognito.CLIENTS.disable("t1/bob@example.org")
    schedules.remove("t1")
    result = list(resync("t1"))
    assert [each.kind for each in result if each.exit_code == FAILED] == ["conflict"]
    assert logins()["t1/bob@example.org"][0] is True
    assert "t1" in scheduled()


def test_a_discharged_clients_login_is_deleted():
    assert "t1/bob@example.org" in logins()
    clients.discharge("t1", "bob", now=NOW)
    list(resync("t1"))
    assert "t1/bob@example.org" not in logins()


def test_a_failure_of_cognito_is_reported_as_temporary(monkeypatch):
    def refuse(*_):
        raise ConnectionError

    monkeypatch.setattr(cognito.UserPool, "find", refuse)
    result = [each for each in resync("t1") if each.exit_code]
    assert {(each.kind, each.exit_code, each.facts["error"]) for each in result} == {
        ("failed", TRY_AGAIN, "ConnectionError")
    }


def test_an_unknown_therapist_is_refused():
    with pytest.raises(UnknownTherapist):
        list(resync("nobody"))


@pytest.mark.usefixtures("stack")
def test_contacts_of_clients_older_than_contacts_are_written():
    contacts = _contacts()
    assert contacts
    for key in contacts:
        ContactRow("t1", key).delete()
    assert run("check", "t1").exit_code == 0, "an earlier version's rows are in order"
    for _ in range(2):
        list(resync("t1"))
        assert _contacts() == contacts


def _contacts():
    listed = ContactRow.client_id.startswith(ContactRow.key_prefix)
    return [row.client_id for row in ContactRow.query("t1", listed)]
