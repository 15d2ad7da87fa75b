"""The command, in a stack as CloudFormation tells of it."""

from __future__ import annotations

import contextlib
import io
import json

import boto3
import pytest
from botocore.stub import Stubber

from infra.local import template
from infra.local.environment import TABLES, VARIABLES
from infra.operate import places
from infra.operate.told import Declined
from infra.recovery import command
from infra.recovery.stack import names_of_copy, read_environment, read_stack
from tests.operate.desk import entries, scheduled

SECOND, SUFFIX = "2025-11-23T14:00:00Z", "20251123T140000Z"


@pytest.fixture
def given(stack, functions, monkeypatch):
    """Give the command, in the stack: its exit code, and what it told."""
    monkeypatch.setattr(places, "enter_stack", lambda _: "jo")
    monkeypatch.setattr(command, "read_stack", lambda *_: stack)

    def give(*arguments):
        out, complaint = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(complaint):
            code = command.main([*arguments, "--stack", "openhour", "--json"])
        return code, [json.loads(line)["what"] for line in out.getvalue().splitlines()]

    return give


def test_the_stack_is_what_the_template_makes():
    cloudformation = boto3.client("cloudformation")
    resources = [
        {
            "LogicalResourceId": name,
            "PhysicalResourceId": f"openhour-{name}",
            "ResourceType": resource["Type"],
            "LastUpdatedTimestamp": "2026-11-23T14:00:00Z",
            "ResourceStatus": "CREATE_COMPLETE",
        }
        for name, resource in template.load().resources.items()
    ]
    with Stubber(cloudformation) as stub:
        stub.add_response("list_stack_resources", {"StackResourceSummaries": resources})
        found = read_stack(cloudformation, "openhour")
    assert set(found.tables) == set(TABLES)
    assert set(found.functions) == set(template.load().handlers())
    assert set(found.queues) == set(template.load().of_type("AWS::SQS::Queue"))


@pytest.mark.parametrize("resources", [[], None], ids=["another's", "none"])
def test_another_stack_is_declined(resources):
    cloudformation = boto3.client("cloudformation")
    with Stubber(cloudformation) as stub:
        if resources is None:
            stub.add_client_error("list_stack_resources", "ValidationError", "no stack")
        else:
            stub.add_response("list_stack_resources", {"StackResourceSummaries": resources})
        with pytest.raises(Declined):
            read_stack(cloudformation, "openhour")


def test_tables_are_put_right_only_while_traffic_is_held_and_the_trail_tells(given):
    assert given("copy", "--at", SECOND)[0] == 0
    assert given("write-back", "--copy", SUFFIX, "--rehearse")[0] == 0
    assert given("write-back", "--copy", SUFFIX)[0] == 1
    assert "write-back" not in {entry["act"]["S"] for entry in entries()}
    assert given("hold")[0] == 0
    assert given("write-back", "--copy", SUFFIX, "--therapist", "t1")[0] == 0
    assert given("let-go")[0] == 0
    told = [entry for entry in entries() if entry["act"]["S"] == "write-back"]
    assert [(e["therapist_id"]["S"], e["actor"]["S"], e["target"]["S"]) for e in told] == [
        ("t1", "operator:jo", SUFFIX)
    ]


def test_everyones_trail_tells_when_everything_is_written_back(given):
    given("copy", "--at", SECOND)
    given("hold")
    assert given("write-back", "--copy", SUFFIX)[0] == 0
    told = {e["therapist_id"]["S"] for e in entries() if e["act"]["S"] == "write-back"}
    assert told == {"t1", "t10"}


def test_a_therapist_is_followed_by_what_the_functions_know(given, stack, functions, monkeypatch):
    functions.update_function_configuration(
        FunctionName=stack.functions["PracticeFollower"], Environment={"Variables": VARIABLES}
    )
    read = read_environment(functions, stack.functions["PracticeFollower"])
    assert read == VARIABLES
    assert given("follow", "t1") == (0, ["logins", "schedule"])
    assert "t1" in scheduled()
    assert given("follow", "nobody")[0] == 1


def test_a_copy_is_audited_in_its_own_tables():
    names = names_of_copy({**VARIABLES, "HOME": "/"}, SUFFIX)
    assert set(names.values()) == {
        f"{table}-{SUFFIX}" for name, table in TABLES.items() if name != "AuditTable"
    }
    assert all(VARIABLES[name] == table.removesuffix(f"-{SUFFIX}") for name, table in names.items())


def test_an_audit_finds_the_practices_of_the_copy_well(given, monkeypatch):
    """The store has bound its tables' names by now; they are those of the copy's original."""
    monkeypatch.setattr(command, "names_of_copy", lambda *_: {})
    code, told = given("audit", "--copy", SUFFIX)
    assert code == 0
    assert told


def test_with_nothing_in_the_queues_there_is_nothing_to_replay(given):
    assert given("replay") == (0, ["end"])


@pytest.mark.parametrize("instant", ["yesterday", "2026-11-23T14:00:00"])
def test_an_instant_has_an_offset(given, instant):
    with pytest.raises(SystemExit):
        given("copy", "--at", instant)
