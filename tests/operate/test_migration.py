"""Old rows are rewritten by a command, which may be cut short and given again."""

import pytest

from openhour.rules.audit_log import AuditAction
from openhour.store import migration
from openhour.store.audit_log import ALL_THERAPISTS, read_audit_log
from tests.operate.desk import operate, rows, say
from tests.store.old_rows import put_first_rows

MIGRATE = ("migrate", "--rows-per-second", "100000")


@pytest.fixture(autouse=True)
def _first_rows(monkeypatch):
    monkeypatch.setattr(migration, "_PAGE", 6)
    put_first_rows()


def forms():
    """The forms of the counts of registrations, which have changed theirs."""
    counts = (row for row in rows()["ClientsTable"] if "registered" in row)
    return [row.get("schema", {"N": "1"})["N"] for row in counts]


def test_old_rows_are_rewritten_once():
    assert forms() == ["1", "1"]
    outcome = operate(*MIGRATE)
    assert outcome.code == 0
    assert outcome.of("migrated") == {"what": "migrated", "rows": 16, "upgraded": 2}
    assert forms() == ["2", "2"]
    assert operate(*MIGRATE).of("migrated")["upgraded"] == 0


def test_it_goes_on_from_where_it_was_cut_short():
    *_, last, end, _ = operate(*MIGRATE).told
    assert end["cursor"] is None
    again = operate(*MIGRATE, "--cursor", last["cursor"]).of("migrated")
    assert 0 < again["rows"] < 16


def test_a_cursor_of_nothing_is_refused():
    outcome = operate(*MIGRATE, "--cursor", "x")
    assert (outcome.code, outcome.complaint) == (1, "cursor: Not a cursor.\n")


def test_the_trail_names_who_did_it():
    operate(*MIGRATE)
    assert [(e.actor, e.act) for e in read_audit_log(ALL_THERAPISTS)] == [
        ("operator:jo", AuditAction.MIGRATE)
    ]


def test_nobody_is_named():
    text = say(*MIGRATE)
    assert "2 of 16 rows were rewritten" in text
    assert "@" not in text
