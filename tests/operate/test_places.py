"""Where the operator works: in a stack, whose names are those that its functions know, or in the
local run."""

import os

import boto3
import pytest
from botocore.stub import Stubber

from infra.local import template
from infra.operate.command import main
from infra.operate.places import enter_local, names_in
from infra.operate.told import Declined

KINDS = ("AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::Scheduler::ScheduleGroup")


def physical(logical_id):
    return f"openhour-{logical_id}-1A2B3C"


def a_page(resources, **more):
    """A page of a stack's resources."""
    summaries = [
        {
            "LogicalResourceId": name,
            "PhysicalResourceId": physical(name),
            "ResourceType": resource["Type"],
            "LastUpdatedTimestamp": "2026-11-23T14:00:00Z",
            "ResourceStatus": "CREATE_COMPLETE",
        }
        for name, resource in resources
    ]
    return {"StackResourceSummaries": summaries, **more}


def a_stack(**parameters):
    """A stack and its parameters."""
    stack = {
        "StackName": "openhour",
        "CreationTime": "2026-11-23T14:00:00Z",
        "StackStatus": "CREATE_COMPLETE",
        "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
    }
    return {"Stacks": [stack]}


@pytest.fixture
def cloudformation():
    client = boto3.client("cloudformation")
    with Stubber(client) as stub:
        yield client, stub


def test_a_stacks_names_are_those_that_its_functions_know(cloudformation):
    client, stub = cloudformation
    resources = list(template.load().resources.items())
    first, rest = resources[:20], resources[20:]
    stub.add_response("list_stack_resources", a_page(first, NextToken="20"))
    stub.add_response("list_stack_resources", a_page(rest))
    stub.add_response("describe_stacks", a_stack(AuditRetentionDays="30", DomainName="x.example"))
    found = names_in(client, "openhour")
    kinds = {name: resource["Type"] for name, resource in resources}
    wanted = {
        (variable, physical(value["Ref"]))
        for function in template.load().of_type("AWS::Lambda::Function").values()
        for variable, value in function["Environment"]["Variables"].items()
        if isinstance(value, dict) and "Ref" in value and kinds.get(value["Ref"]) in KINDS
    }
    assert set(found.items()) == wanted | {("AUDIT_RETENTION_DAYS", "30")}
    assert len(wanted) >= 8


def test_a_stack_of_something_else_is_refused(cloudformation):
    client, stub = cloudformation
    stub.add_response("list_stack_resources", a_page([("Bucket", {"Type": "AWS::S3::Bucket"})]))
    stub.add_response("describe_stacks", a_stack())
    with pytest.raises(Declined, match="no practices"):
        names_in(client, "elsewhere")


def test_a_stack_that_is_not_there_is_refused(cloudformation):
    client, stub = cloudformation
    told = "Stack with id elsewhere does not exist"
    stub.add_client_error("list_stack_resources", "ValidationError", told)
    with pytest.raises(Declined, match=told):
        names_in(client, "elsewhere")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://127.0.0.1:9/", "no address"])
def test_where_nothing_answers_the_operator_is_told(url):
    before = dict(os.environ)
    with pytest.raises(Declined, match="No local run answers"):
        enter_local(url)
    assert dict(os.environ) == before


def test_the_command_ends_with_what_is_wrong(capsys):
    assert main(["list", "--local", "--url", "http://127.0.0.1:9"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("No local run answers")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["list"], id="nowhere"),
        pytest.param(["list", "--local", "--stack", "openhour"], id="in two places"),
        pytest.param(["--local"], id="nothing"),
        pytest.param(["fly", "--local"], id="something else"),
        pytest.param(["add", "--local", "--email", "t@example.org"], id="nobody"),
        pytest.param(["add", "tess", "--local"], id="without an address"),
    ],
)
def test_what_makes_no_sense_is_not_begun(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
