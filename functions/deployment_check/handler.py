"""CodeDeploy's hook: it calls the new version of a function before that takes traffic."""

import json
import os
from functools import cache
from traceback import format_tb
from typing import TYPE_CHECKING, Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config

from functions.deployment_check.checks import CHECKS, Check
from functions.deployment_check.deployments import Version, read_version, report

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

logger = Logger(service="openhour")


class CheckFailed(Exception):
    """The version raised an error, or its answer is not that of a sound one."""


@cache
def lambda_client() -> "LambdaClient":
    """Return the Lambda client, created on first use.

    A check takes a second or two. All functions are checked at once, twenty invocations, and a new
    account allows ten at a time.
    """
    config = Config(
        connect_timeout=2,
        read_timeout=20,
        retries={"mode": "standard", "total_max_attempts": 6},
    )
    return boto3.client("lambda", config=config)


@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], _context: LambdaContext) -> None:
    """Check the new version of a deployment, and tell CodeDeploy the result.

    Without a result, a deployment would wait for an hour, so that any error is one.

    Raises:
        ClientError: CodeDeploy does not accept the result.
    """
    deployment_id = event["DeploymentId"]
    passed = _passes(deployment_id)
    report(deployment_id, event["LifecycleEventHookExecutionId"], passed=passed)


def _passes(deployment_id: str) -> bool:
    """Return whether the new version passes its check. What went wrong is logged without values."""
    try:
        version = read_version(deployment_id)
        _call(version, _check_of(version))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, the version is not proved
        extra = {"error": type(error).__name__, "where": format_tb(error.__traceback__)}
        logger.error("a new version failed its check", extra={"deployment": deployment_id, **extra})  # noqa: TRY400 - no message
        return False
    logger.info("a new version passed its check", extra={"function": version.function_name})
    return True


def _check_of(version: Version) -> Check:
    """Return the check of a function. `CHECKED_FUNCTIONS` has the logical id of each name."""
    pairs = (pair.partition("=") for pair in os.environ["CHECKED_FUNCTIONS"].split())
    logical_ids = {name: logical_id for logical_id, _, name in pairs}
    return CHECKS[logical_ids[version.function_name]]


def _call(version: Version, check: Check) -> None:
    """Invoke a version with its check.

    Raises:
        CheckFailed: It does not answer as a sound version does.
    """
    response = lambda_client().invoke(
        FunctionName=version.function_name,
        Qualifier=version.number,
        Payload=json.dumps(check.event).encode(),
    )
    answer = json.loads(response["Payload"].read())
    if response.get("FunctionError") or not check.is_sound(answer):
        raise CheckFailed
