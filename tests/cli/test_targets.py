"""Targets: a stack, whose names are those that its functions read, or the local run."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import boto3
import pytest
from botocore.stub import Stubber

from infra.cli.commands import openhour
from infra.cli.output import CommandError
from infra.cli.stack import read_stack
from infra.cli.targets import enter_local
from infra.local import template
from infra.local.environment import TABLES

ROOT = Path(__file__).parents[2]
NAMED_TYPES = (
    "AWS::DynamoDB::Table",
    "AWS::Cognito::UserPool",
    "AWS::Scheduler::ScheduleGroup",
)


def physical_id(logical_id):
    return f"openhour-{logical_id}-1A2B3C"


def a_page(resources, **more):
    summaries = [
        {
            "LogicalResourceId": name,
            "PhysicalResourceId": physical_id(name),
            "ResourceType": resource["Type"],
            "LastUpdatedTimestamp": "2026-11-23T14:00:00Z",
            "ResourceStatus": "CREATE_COMPLETE",
        }
        for name, resource in resources
    ]
    return {"StackResourceSummaries": summaries, **more}


def a_stack(**parameters):
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


def test_a_stack_has_the_names_that_its_functions_read(cloudformation):
    client, stub = cloudformation
    resources = list(template.load().resources.items())
    first, rest = resources[:20], resources[20:]
    stub.add_response("list_stack_resources", a_page(first, NextToken="20"))
    stub.add_response("list_stack_resources", a_page(rest))
    stub.add_response("describe_stacks", a_stack(AuditRetentionDays="30", DomainName="x.example"))
    stack = read_stack(client, "openhour")
    types = {name: resource["Type"] for name, resource in resources}
    expected = {
        (variable, physical_id(value["Ref"]))
        for function in template.load().of_type("AWS::Lambda::Function").values()
        for variable, value in function["Environment"]["Variables"].items()
        if isinstance(value, dict) and "Ref" in value and types.get(value["Ref"]) in NAMED_TYPES
    }
    assert set(stack.environment.items()) == expected | {("AUDIT_RETENTION_DAYS", "30")}
    assert len(expected) >= 8
    assert set(stack.tables) == set(TABLES)
    assert set(stack.functions) == set(template.load().handlers())
    assert set(stack.queues) == set(template.load().of_type("AWS::SQS::Queue"))


def test_another_stack_is_refused(cloudformation):
    client, stub = cloudformation
    stub.add_response("list_stack_resources", a_page([("Bucket", {"Type": "AWS::S3::Bucket"})]))
    stub.add_response("describe_stacks", a_stack())
    with pytest.raises(CommandError, match="not Openhour's"):
        read_stack(client, "elsewhere")


def test_a_missing_stack_is_refused(cloudformation):
    client, stub = cloudformation
    message = "Stack with id elsewhere does not exist"
    stub.add_client_error("list_stack_resources", "ValidationError", message)
    with pytest.raises(CommandError, match=message):
        read_stack(client, "elsewhere")


class FirstRequest(BaseHTTPRequestHandler):
    """Records what each request is signed for, and refuses it."""

    signed: ClassVar[list[str]] = []

    def do_POST(self):
        self.signed.append(self.headers["Authorization"])
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Write nothing."""


@pytest.fixture
def aws():
    FirstRequest.signed.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), FirstRequest) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def list_therapists(**environment):
    """Run the command in a process with that environment and without configuration files."""
    return subprocess.run(
        [sys.executable, "-m", "infra.cli", "therapists", "list", "--stack", "openhour"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "PYTHONPATH": "shared",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "regions",
    [
        pytest.param({"AWS_REGION": "eu-west-3"}, id="AWS_REGION"),
        pytest.param({"AWS_DEFAULT_REGION": "eu-west-3"}, id="AWS_DEFAULT_REGION"),
        pytest.param(
            {"AWS_REGION": "eu-west-3", "AWS_DEFAULT_REGION": "eu-west-1"}, id="AWS_REGION first"
        ),
    ],
)
def test_a_stack_is_looked_up_in_the_region_of_either_variable(aws, regions):
    keys = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"}
    done = list_therapists(AWS_ENDPOINT_URL=aws, **keys, **regions)
    assert done.returncode == 1
    assert {each.split("/")[2] for each in FirstRequest.signed} == {"eu-west-3"}


def test_without_a_region_no_stack_is_looked_up():
    done = list_therapists()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("No AWS region is set. Set AWS_REGION")


def test_a_name_that_no_region_can_have_is_told():
    done = list_therapists(AWS_REGION="us east", AWS_ACCESS_KEY_ID="id", AWS_SECRET_ACCESS_KEY="s")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "us east is not an AWS region. Correct AWS_REGION.\n"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "http://127.0.0.1:9/", "127.0.0.1:9", "no address"]
)
def test_a_missing_local_run_is_reported(url):
    before = dict(os.environ)
    with pytest.raises(CommandError, match="No local run answers"):
        enter_local(url)
    assert dict(os.environ) == before


def test_a_command_without_its_target_fails(capsys):
    with pytest.raises(SystemExit) as exited:
        openhour(["therapists", "list", "--local", "--url", "http://127.0.0.1:9"])
    assert exited.value.code == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("No local run answers")
