"""The audit log: it records the operator's acts, and the operator reads it."""

import pytest

from infra.cli.removal import TOKENS_OUTLIVE
from openhour import clock
from openhour.rules.audit_log import AuditAction
from openhour.store.audit_log import acting_as, audit_entry, read_audit_log
from openhour.store.transactions import commit
from tests.cli.cli_runner import refused, run, run_text
from tests.unit.builders import NOW, hours

ADD = ("therapists", "add", "tess", "--email", "tess@example.org")
AFTER_THAT = NOW + TOKENS_OUTLIVE + hours(1)


def acts():
    return [(entry.actor, entry.act.value) for entry in read_audit_log("tess")]


@pytest.mark.parametrize(
    ("operator", "actor"),
    [
        pytest.param((), "operator:jo", id="the AWS identity"),
        pytest.param(("--as", "Mary Ann"), "operator:Mary-Ann", id="a name"),
        pytest.param(("--as", "jo@example.org"), "operator:jo-example-org", id="an address"),
        pytest.param(("--as", "¿?"), "operator:unnamed", id="no usable character"),
    ],
)
def test_the_audit_log_names_the_operator(operator, actor):
    assert run(*ADD, *operator).exit_code == 0
    assert {who for who, _ in acts()} == {actor}


def test_every_act_of_the_operator_is_recorded(consume_streams):
    run(*ADD)
    consume_streams()
    run(*ADD, "--resend-invitation")
    run("therapists", "remove", "tess")
    clock.set_now(NOW + hours(1))
    run(*ADD, "--reopen")
    run("therapists", "remove", "tess")
    clock.set_now(AFTER_THAT + hours(1))
    run("therapists", "erase", "tess", "--confirm", "tess")
    assert [act for _, act in acts()] == [
        "open-practice",
        "add-login",
        "invite",
        "remove-practice",
        "reopen-practice",
        "invite",
        "remove-practice",
        "erase-practice",
    ]


def test_a_verb_that_changes_nothing_is_not_recorded():
    run(*ADD)
    run("therapists", "remove", "tess")
    before = acts()
    run("therapists", "remove", "tess")
    run("therapists", "erase", "tess", "--confirm", "tess")
    run("therapists", "list")
    run("audit-log", "tess")
    assert acts() == before


def test_acts_are_printed_without_names():
    run(*ADD)
    with acting_as("therapist:ada", request_id="req-1"):
        commit([audit_entry("tess", AuditAction.SUSPEND, now=NOW + hours(1), client_id="ann")])
    result = run("audit-log", "tess", "--since", "2026-11-23T09:30:00-05:00").lines
    assert result == [
        {
            "kind": "act",
            "at": "2026-11-23T15:00:00+00:00",
            "actor": "therapist:ada",
            "act": "suspend",
            "client_id": "ann",
            "target": None,
            "details": [],
            "request_id": "req-1",
        }
    ]
    assert "2026-11-23 15:00:00Z therapist:ada" in run_text("audit-log", "tess")


@pytest.mark.parametrize("since", [(), ("--since", "2026-11-23T09:30Z")])
def test_an_unknown_therapist_has_no_audit_log(since):
    assert refused("audit-log", "tes", *since).startswith("There is no therapist tes. ")


def test_an_erased_therapist_has_an_audit_log():
    run(*ADD)
    run("therapists", "remove", "tess")
    clock.set_now(AFTER_THAT)
    run("therapists", "erase", "tess", "--confirm", "tess")
    assert "erase-practice" in [each["act"] for each in run("audit-log", "tess").lines]
    assert run("audit-log", "tess", "--until", "2026-11-23T08:59:00-05:00").exit_code == 0


def test_an_empty_part_of_the_audit_log_is_reported():
    run(*ADD)
    result = run("audit-log", "tess", "--until", "2026-11-23T08:59:00-05:00")
    assert (result.lines, result.error) == ([], "There are no entries in this time.\n")


def test_the_audit_log_is_read_until_an_instant():
    run(*ADD)
    assert run("audit-log", "tess", "--until", "2026-11-23T08:59:00-05:00").lines == []


@pytest.mark.parametrize("instant", ["yesterday", "2026-11-23T09:00:00"])
def test_an_instant_without_its_offset_is_refused(instant):
    assert run("audit-log", "tess", "--since", instant).exit_code == 2
