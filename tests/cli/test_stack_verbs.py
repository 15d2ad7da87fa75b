"""The verbs that work on a whole stack, as given on the command line."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
from types import SimpleNamespace

import pytest

from infra.cli import stack_verbs
from infra.cli.dead_letters import InvocationFailed
from infra.cli.stack import copied_tables
from infra.local.environment import TABLES, VARIABLES
from tests.cli.cli_runner import entries, run, scheduled

SECOND, SUFFIX = "2025-11-23T14:00:00Z", "20251123T140000Z"
COPY = ("--copy", SUFFIX)


@pytest.fixture
def run_verb(dynamodb, stack, functions, monkeypatch):
    """A function that runs a verb on the stack, with an environment of its own."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return functools.partial(run, stack=stack)


def restores():
    """Who restored which copy in which practice."""
    columns = ("therapist_id", "actor", "target")
    acts = [entry for entry in entries() if entry["act"]["S"] == "write-back"]
    return {tuple(entry[name]["S"] for name in columns) for entry in acts}


def reserved(functions, stack):
    """How many invocations at once are reserved for each function."""
    return {
        functions.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions")
        for name in stack.functions.values()
    }


def test_no_function_of_a_paused_stack_starts(run_verb, functions, stack):
    assert run_verb("pause").exit_code == 0
    assert reserved(functions, stack) == {0}
    assert run_verb("resume").kinds[-1] == "replay"
    assert reserved(functions, stack) == {None}


def test_every_function_has_to_be_paused(run_verb, functions):
    run_verb("pause")
    functions.delete_function_concurrency(FunctionName="openhour-PracticeStreamFunction")
    run_verb("backups", "copy", "--at", SECOND)
    refused = run_verb("backups", "restore", *COPY)
    assert (refused.exit_code, restores()) == (1, set())
    assert "PracticeStreamFunction is not paused" in refused.error
    assert "openhour pause" in refused.error


def test_tables_are_restored_only_while_the_stack_is_paused(run_verb):
    assert run_verb("backups", "copy", "--at", SECOND).exit_code == 0
    assert run_verb("backups", "restore", *COPY, "--dry-run").exit_code == 0
    assert run_verb("backups", "restore", *COPY).exit_code == 1
    assert restores() == set()
    assert run_verb("pause").exit_code == 0
    assert run_verb("backups", "restore", *COPY, "--therapist-id", "t1").exit_code == 0
    assert run_verb("resume").exit_code == 0
    assert restores() == {("t1", "operator:jo", SUFFIX)}


def test_restoring_everything_is_in_every_audit_log(run_verb):
    run_verb("backups", "copy", "--at", SECOND)
    run_verb("pause")
    assert run_verb("backups", "restore", *COPY, "--as", "kim").exit_code == 0
    assert restores() == {(name, "operator:kim", SUFFIX) for name in ("t1", "t10")}


def test_resync_reads_the_environment_of_the_functions(run_verb):
    assert run_verb("resync", "t1").kinds == ["logins", "schedule"]
    assert {name: os.environ[name] for name in VARIABLES} == VARIABLES
    assert "t1" in scheduled()
    assert run_verb("resync", "nobody").exit_code == 1


def test_a_copy_is_checked_in_its_own_tables(run_verb):
    assert run_verb("backups", "copy", "--at", SECOND).exit_code == 0
    result = run_verb("backups", "check", *COPY)
    assert (result.exit_code, result.line("check")["therapists"]) == (0, 2)
    copied = copied_tables({**VARIABLES, "HOME": "/"}, SUFFIX)
    assert {name: os.environ[name] for name in copied} == copied
    assert set(copied.values()) == {
        f"{table}-{SUFFIX}" for name, table in TABLES.items() if name != "AuditTable"
    }


def test_empty_queues_have_nothing_to_replay(run_verb):
    assert run_verb("dead-letters", "replay").kinds == ["end"]


@pytest.mark.parametrize(
    ("response", "failed"),
    [
        pytest.param({}, False, id="done"),
        pytest.param({"FunctionError": "Unhandled"}, True, id="an error"),
        pytest.param({"Payload": {"batchItemFailures": [{}]}}, True, id="a record that failed"),
        pytest.param({"Payload": {"batchItemFailures": []}}, False, id="no record that failed"),
    ],
)
def test_an_invocation_fails_with_its_function_or_a_record(response, failed):
    payload = io.BytesIO(json.dumps(response.get("Payload")).encode())
    functions = SimpleNamespace(invoke=lambda **_: {**response, "Payload": payload})
    outcome = pytest.raises(InvocationFailed) if failed else contextlib.nullcontext()
    with outcome:
        stack_verbs._invoke(functions, "PrivilegesStreamFunction", {"Records": []})
