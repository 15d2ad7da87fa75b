"""Audit entries hold ids and safe tokens, and no names."""

import pytest

from openhour.rules.audit_log import AuditAction, AuditEntry
from tests.unit.builders import NOW


def an_entry(**but):
    return AuditEntry(**{"at": NOW, "actor": "therapist:5b0c", "act": AuditAction.SUSPEND, **but})


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"actor": "operator:jo"}, id="an operator"),
        pytest.param({"client_id": "c0123456789abcde"}, id="a client"),
        pytest.param({"target": "20261124T2230Z-ann-0b1c"}, id="an appointment"),
        pytest.param({"target": "2026-W49"}, id="a week"),
        pytest.param({"details": ("office_phone", "max_per_week")}, id="names of columns"),
    ],
)
def test_ids_and_words_are_kept(said):
    entry = an_entry(**said)
    assert {name: getattr(entry, name) for name in said} == said


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"actor": "therapist:ada@example.org"}, id="an address for an actor"),
        pytest.param({"actor": "ada"}, id="an actor of no kind"),
        pytest.param({"client_id": "ann@example.org"}, id="an address for a client"),
        pytest.param({"details": ("Ann Example",)}, id="a name"),
        pytest.param({"details": ("+1 212 555 0199",)}, id="a phone"),
        pytest.param({"details": ("Third late change.",)}, id="a reason"),
        pytest.param({"target": "demo/ann@example.org"}, id="a login name"),
    ],
)
def test_names_addresses_and_what_was_typed_are_not(said):
    with pytest.raises(ValueError, match="only ids and safe tokens"):
        an_entry(**said)
