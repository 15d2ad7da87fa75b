"""The check of a new version: every function answers by reading, and CodeDeploy gets the result."""

from __future__ import annotations

import json

import boto3
import pytest

from functions.deployment_check.checks import CHECKS
from infra.local import template
from infra.local.environment import FUNCTIONS, SCHEDULE_GROUP
from infra.local.permissions import Permissions
from infra.local.user_pools import CLIENTS
from infra.seed import seed_client, seed_practice
from openhour.deployment_check import NOBODY
from openhour.store import practices
from tests.dynamodb_backends import rows
from tests.functions.deployments import HANDLERS, HOOK, UNVERSIONED, Aws, app_spec, the_hook
from tests.functions.streams import Stream
from tests.unit.builders import a_practice, an_entry

BROKEN = "tests.functions.test_deployment_check"


def raising(_event, _context):
    raise RuntimeError("it can't start")


def failing(_event, _context):
    return {"statusCode": 500, "body": "{}"}


def partly_failing(event, _context):
    return {"batchItemFailures": [{"itemIdentifier": "1"}]}


def silent(_event, _context):
    return None


@pytest.fixture(autouse=True)
def two_practices(outbox):
    """Practices with clients and a release that is overdue."""
    for therapist_id in ("t1", "t2"):
        practice = a_practice(therapist_id=therapist_id, released_through="2026-W40")
        seed_practice(practice, [an_entry("tuesday 10:00")])
        seed_client(therapist_id, "ann", email="ann@example.org")


def everything():
    """Every row, user and schedule."""
    users = boto3.client("cognito-idp").list_users(UserPoolId=CLIENTS.pool_id)["Users"]
    schedules = boto3.client("scheduler").list_schedules(GroupName=SCHEDULE_GROUP)["Schedules"]
    return rows(), [user["Username"] for user in users], [each["Name"] for each in schedules]


def test_every_deployed_function_has_a_check():
    deployed = set(HANDLERS) - UNVERSIONED
    assert set(CHECKS) == deployed
    variables = template.load().properties(HOOK)["Environment"]["Variables"]
    pairs = variables["CHECKED_FUNCTIONS"]["Fn::Sub"].split()
    assert sorted(pairs) == sorted(f"{name}=${{{name}}}" for name in deployed)


@pytest.mark.parametrize("function", CHECKS)
def test_a_sound_version_passes_reads_a_table_and_writes_nothing(function):
    aws = Aws(function)
    before, stream = everything(), Stream("PracticesTable")
    stream.new()
    assert aws.check(the_hook()) == "Succeeded", aws.answers
    assert aws.invoked == [(function, "7")]
    assert everything() == before
    assert stream.new() == []


def test_a_deployment_may_name_its_function_by_the_arn():
    aws = Aws("BookingFunction")
    aws.content = json.dumps(app_spec(f"{FUNCTIONS}:BookingFunction"))
    assert aws.check(the_hook()) == "Succeeded"


def test_the_public_function_passes_behind_cloudfront_whose_key_the_hook_has_not(monkeypatch):
    monkeypatch.setenv("ORIGIN_VERIFY_KEY", "secret")
    assert Aws("RegistrationFunction").check(the_hook()) == "Succeeded"


@pytest.mark.parametrize("function", CHECKS)
def test_a_version_that_may_not_read_its_tables_fails(function, monkeypatch):
    aws = Aws(function)
    practices.invalidate()
    allow = Permissions.allow

    def deny_tables(self, action, resource):
        return not action.startswith("dynamodb:") and allow(self, action, resource)

    monkeypatch.setattr(Permissions, "allow", deny_tables)
    assert aws.check(the_hook()) == "Failed", aws.answers


@pytest.mark.parametrize("handler_name", ["raising", "failing", "partly_failing", "silent"])
@pytest.mark.parametrize("function", CHECKS)
def test_a_broken_version_fails(function, handler_name):
    aws = Aws(function)
    aws.handler = f"{BROKEN}.{handler_name}"
    assert aws.check(the_hook()) == "Failed", aws.answers
    assert aws.invoked == [(function, "7")]


@pytest.mark.parametrize("content", ["", "{}", '{"Resources": []}', json.dumps(app_spec("Other"))])
def test_a_deployment_that_cannot_be_understood_fails_at_once(content):
    aws = Aws("BookingFunction")
    aws.content = content
    assert aws.check(the_hook()) == "Failed", aws.answers
    assert aws.invoked == []


def test_the_id_in_a_check_is_no_therapists():
    """Their ids are in lowercase letters."""
    assert NOBODY.lower() != NOBODY


def test_the_hook_may_invoke_any_version_and_nothing_else():
    statements = template.load().statements(HOOK)
    invoking, *reporting = statements
    assert invoking["Action"] == ["lambda:InvokeFunction"]
    assert sorted(each["Fn::Sub"] for each in invoking["Resource"]) == sorted(
        f"${{{name}.Arn}}:*" for name in CHECKS
    )
    actions = [action for each in reporting for action in [each["Action"]]]
    assert actions == [
        ["codedeploy:GetDeployment", "codedeploy:PutLifecycleEventHookExecutionStatus"],
        "codedeploy:GetApplicationRevision",
    ]
