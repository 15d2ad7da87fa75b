"""Migration: old rows are rewritten, and an interrupted run continues."""

import pytest

from openhour.rules.audit_log import AuditAction
from openhour.store import migration
from openhour.store.audit_log import ALL_THERAPISTS, read_audit_log
from tests.cli.cli_runner import everything_stored, refused, rows, run, run_text
from tests.store.old_rows import put_first_rows

MIGRATE = ("migrate", "--rows-per-second", "100000")


@pytest.fixture(autouse=True)
def _old_rows(monkeypatch):
    monkeypatch.setattr(migration, "_PAGE", 6)
    put_first_rows()


def versions():
    """The versions of the rows whose form has changed: counts, regulars, appointments."""
    counts = [row for row in rows()["ClientsTable"] if "registered" in row]
    changed = [*counts, *rows()["RegularsTable"], *rows()["AppointmentsTable"]]
    return {row.get("schema", {"N": "1"})["N"] for row in changed}


def test_old_rows_are_rewritten_once():
    assert versions() == {"1"}
    result = run(*MIGRATE)
    assert result.exit_code == 0
    assert result.line("migrated") == {"kind": "migrated", "rows": 27, "upgraded": 13}
    assert versions() == {"2"}
    assert run(*MIGRATE).line("migrated")["upgraded"] == 0


def test_an_interrupted_migration_continues():
    *_, last, end, _ = run(*MIGRATE).lines
    assert end["cursor"] is None
    again = run(*MIGRATE, "--cursor", last["cursor"]).line("migrated")
    assert 0 < again["rows"] < 27


def test_a_dry_run_counts_the_old_rows():
    before = everything_stored()
    result = run(*MIGRATE, "--dry-run")
    assert sum(each["upgraded"] for each in result.of_kind("page")) == 13
    assert everything_stored() == before


def test_an_invalid_cursor_is_refused():
    assert refused(*MIGRATE, "--cursor", "x") == "cursor: Not a cursor.\n"


def test_the_audit_log_names_the_operator():
    run(*MIGRATE)
    assert [(e.actor, e.act) for e in read_audit_log(ALL_THERAPISTS)] == [
        ("operator:jo", AuditAction.MIGRATE)
    ]


def test_the_output_names_nobody():
    text = run_text(*MIGRATE)
    assert "Rewrote 13 of 27 rows" in text
    assert "@" not in text
