"""CodeDeploy: which version a deployment is about, and the result of its check."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a function."""

    function_name: str
    number: str


@cache
def codedeploy_client() -> Any:
    """Return the CodeDeploy client, created on first use."""
    return boto3.client("codedeploy")


def read_version(deployment_id: str) -> Version:
    """Return the version that a deployment shifts traffic to.

    The deployment itself does not say so, nor does its target before traffic shifts. Its revision
    does, which is an AppSpec file (CodeDeploy User Guide, "AppSpec file example for an AWS Lambda
    deployment").

    Raises:
        ClientError: CodeDeploy can't answer.
        ValueError, KeyError: The revision has another form.
    """
    client = codedeploy_client()
    deployment = client.get_deployment(deploymentId=deployment_id)["deploymentInfo"]
    revision = client.get_application_revision(
        applicationName=deployment["applicationName"], revision=deployment["revision"]
    )["revision"]
    content = revision.get("string") or revision["appSpecContent"]
    (resource,) = json.loads(content["content"])["Resources"]
    (function,) = resource.values()
    properties = function["Properties"]
    name = properties["Name"].rpartition(":function:")[2]  # It may be an ARN.
    return Version(function_name=name, number=str(properties["TargetVersion"]))


def report(deployment_id: str, execution_id: str, *, passed: bool) -> None:
    """Tell CodeDeploy whether to go on with a deployment.

    Raises:
        ClientError: CodeDeploy can't answer.
    """
    codedeploy_client().put_lifecycle_event_hook_execution_status(
        deploymentId=deployment_id,
        lifecycleEventHookExecutionId=execution_id,
        status="Succeeded" if passed else "Failed",
    )
