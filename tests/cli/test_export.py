"""Exports: all data of one therapist, and of nobody else, as one document."""

import json
import re
import stat

import pytest

from openhour.rules.clients import Privilege
from openhour.rules.settings import Intake
from openhour.store.audit_log import read_audit_log
from openhour.store.connections import connection
from openhour.use_cases import clients, registrations, settings
from openhour.use_cases.therapists import remove_therapist
from tests.cli.cli_runner import refused, rows, run, run_text
from tests.cli.practices import BOBS_SLOT
from tests.functions.streams import listening
from tests.registering import become_client, mailed
from tests.unit.builders import NOW

pytestmark = pytest.mark.usefixtures("two_practices")


def exported(therapist_id="t1"):
    return json.loads(run_text("export", therapist_id))


def test_a_document_names_its_format():
    document = exported()
    assert {name: document[name] for name in ("format", "version", "therapist_id")} == {
        "format": "openhour-export",
        "version": 1,
        "therapist_id": "t1",
    }
    assert document["exported_at"].startswith("2026-11-23T09:0")


def test_every_row_is_in_it(two_practices):
    settings.change_settings("t1", {"intake": Intake.OPEN}, if_match=None, now=NOW)
    become_client("t1", name="Gus", email="gus@example.org", phone="555 0199", now=NOW)
    clients.set_privilege("t1", "bob", Privilege.SUSPENDED, reason=None, now=NOW)
    registrations.register("t1", name="B", email="bob+2@example.org", phone="555 0198", now=NOW)
    mailed("t1", "bob+2@example.org", now=NOW)
    document = exported()
    stored = rows("t1")
    marked = [row for row in stored["ClientsTable"] if row["client_id"]["S"].startswith("#")]
    intake = [row for row in marked if row["client_id"]["S"].startswith("#intake#")]

    def count(prefix):
        return sum(row["client_id"]["S"].startswith(prefix) for row in marked)

    assert {name: len(document[name]) for name in document if isinstance(document[name], list)} == {
        "clients": len(stored["ClientsTable"]) - len(marked),
        "appointments": len(stored["AppointmentsTable"]),
        "regulars": len(stored["RegularsTable"]),
        "time_off": len(stored["TimeOffTable"]),
        "slots": len(stored["SlotsTable"]),
        "logins": len(stored["LoginsTable"]),
        "registrations": len(intake),
        "returning_registrations": count("#returning#"),
        "contacts": count("#contact#"),
        "entries": count("#entry#"),
        "audit_log": len(list(read_audit_log("t1"))),
    }
    assert document["registrations"] == [{"week": "2026-W48", "registered": 1}]
    (returning,) = document["returning_registrations"]
    assert (returning["client_id"], returning["email"]) == ("bob", "bob+2@example.org")
    assert document["contacts"]


ELSEWHERE = {
    "PracticesTable": {"settings"},
    "SlotsTable": {"therapist_id"},
    "ClientsTable": {
        *("therapist_id", "owner", "registered", "at"),
        *("booked", "cancelled", "late_cancelled", "moved", "no_shows", "cancelled_by_therapist"),
    },
    "AppointmentsTable": {"owner", "therapist_id"},
    "RegularsTable": {"therapist_id"},
    "TimeOffTable": {"therapist_id", "begins", "ends"},
    "LoginsTable": {"therapist_id"},
}
"""Columns that the document has under other names, such as each setting, `from` and `to`."""


@pytest.mark.parametrize("table", ELSEWHERE)
def test_every_column_is_in_it(table, two_practices):
    clients.set_privilege("t1", "bob", Privilege.SUSPENDED, reason="private", now=NOW)
    document = exported()
    noun = {"PracticesTable": "practice", "TimeOffTable": "time_off"}.get(
        table, table.removesuffix("Table").lower()
    )
    values = document[noun] if isinstance(document[noun], list) else [document[noun]]
    columns = {name for row in rows("t1")[table] for name in row}
    assert columns - ELSEWHERE[table] - {"schema", "expires_at"} <= {
        name for value in values for name in value
    }


def test_fields_are_named_as_in_the_http_interface():
    document = exported()
    (booked,) = (a for a in document["appointments"] if a["client_id"] == "bob")
    assert booked["appointment_id"].startswith(f"{BOBS_SLOT}-bob-")
    del booked["appointment_id"]
    assert booked.pop("made_at").startswith("2026-11-23T09:0")
    assert booked.pop("promised_free_until") == "2026-11-23T10:00:00-05:00"
    assert booked == {
        "client_id": "bob",
        "slot_id": BOBS_SLOT,
        "start": "2026-11-24T10:00:00-05:00",
        "end": "2026-11-24T10:50:00-05:00",
        "minutes": 50,
        "local_start": "2026-11-24T10:00",
        "time_off_id": None,
        "made_by": "client",
        "uid": None,
        "sequence": 0,
        "moved_from": None,
        "week": "2026-W48",
        "status": "booked",
        "regular_id": None,
        "ended_at": None,
        "ended_by": None,
        "late": False,
        "strike": False,
        "waived": False,
        "by_plan": False,
        "moved_to": None,
        "message": None,
        "moved_late_at": None,
        "move_strike": False,
        "told_at": None,
        "notify": True,
    }
    assert document["practice"]["release"] == {"weekday": "friday", "time": "18:00"}
    assert document["practice"]["released_through"] == "2026-W48"
    assert document["practice"]["hours"][0] == {
        "weekday": "tuesday",
        "start": "10:00",
        "minutes": 50,
        "prime": False,
    }
    (off,) = document["time_off"]
    assert (off["from"], off["to"]) == ("2026-12-08T00:00:00-05:00", "2026-12-09T00:00:00-05:00")
    (regular,) = document["regulars"]
    assert (regular["weekday"], regular["start"], regular["first"]) == (
        "tuesday",
        "17:30",
        "2026-09-01",
    )
    ann = next(client for client in document["clients"] if client["client_id"] == "ann")
    assert (ann["name"], ann["email"], ann["login"]) == (
        "Ann",
        "ann@example.org",
        "t1/ann@example.org",
    )


def test_nothing_of_the_neighbours_is_in_it():
    assert not re.search(r"\bt10\b", run_text("export", "t1"))
    assert exported("t10")["therapist_id"] == "t10"


def test_the_export_is_in_the_audit_log():
    document = exported()
    assert ("operator:jo", "export") in {
        (each["actor"], each["act"]) for each in document["audit_log"]
    }


def test_only_its_owner_can_read_the_file(tmp_path):
    path = tmp_path / "t1.json"
    result = run("export", "t1", "--to", str(path))
    assert result.exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    document = json.loads(path.read_text())
    assert result.line("exported")["rows"] == 1 + sum(
        len(part) for part in document.values() if isinstance(part, list)
    )


def test_no_file_is_overwritten(tmp_path):
    path = tmp_path / "t1.json"
    path.write_text("mine")
    result = run("export", "t1", "--to", str(path))
    assert (result.exit_code, path.read_text()) == (1, "mine")
    assert "exists" in result.error


@pytest.mark.parametrize("worktree", [False, True])
def test_no_file_is_written_into_a_git_repository(tmp_path, worktree):
    repository, inner = tmp_path / "repository", tmp_path / "repository" / "inner"
    inner.mkdir(parents=True)
    git = repository / ".git"
    if worktree:
        git.write_text("gitdir: elsewhere")
    else:
        git.mkdir()
    for path in (repository / "t1.json", inner / "t1.json", inner / ".." / "t1.json"):
        assert "git repository" in refused("export", "t1", "--to", str(path))
        assert not path.exists()
    assert run("export", "t1", "--to", str(tmp_path / "t1.json")).exit_code == 0


def test_a_file_that_cannot_be_created_is_reported(tmp_path):
    result = run("export", "t1", "--to", str(tmp_path / "nowhere" / "t1.json"))
    assert result.exit_code == 1
    assert "No such file" in result.error


def test_an_incomplete_document_is_deleted(tmp_path):
    path = tmp_path / "t1.json"
    with listening(connection.client, limit=5) as calls:
        result = run("export", "t1", "--to", str(path))
    assert calls.refused
    assert result.exit_code == 75
    assert not path.exists()
    assert run("export", "t1", "--to", str(path)).exit_code == 0


def test_a_removed_therapist_can_be_exported():
    remove_therapist("t1", now=NOW)
    document = exported()
    assert document["practice"]["removed_at"].startswith("2026-11-23T09:0")
    assert document["clients"]


def test_an_unknown_therapist_is_refused():
    assert refused("export", "nobody").startswith("Refused: unknown-therapist.")
