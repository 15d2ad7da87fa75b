"""Targets: a deployed stack or the local run.

Entering a target sets this process's environment to its tables, its user pool and its schedules.
"""

from __future__ import annotations

import getpass
import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from urllib.request import urlopen

import boto3
from botocore.exceptions import InvalidRegionError

from infra.cli.output import CommandError
from infra.cli.stack import Stack, read_stack
from infra.local.environment import TARGET_PATH, enter_local_environment
from openhour import clock

_TIMEOUT_SECONDS = 10
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
"""Characters that the audit log does not take in an actor's name."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target that this process has entered, and the operator's name; no stack if local."""

    operator: str
    stack: Stack | None = None

    @property
    def actor(self) -> str:
        """The operator as the audit log names them."""
        return f"operator:{_UNSAFE.sub('-', self.operator).strip('-_') or 'unnamed'}"


def enter_stack(name: str) -> Target:
    """Enter a stack of the current AWS account and region.

    Raises:
        CommandError: no region is set or it is none, or the stack is none of Openhour's.
    """
    # boto3 itself reads only AWS_DEFAULT_REGION; AWS's other tools prefer AWS_REGION.
    region = os.environ.get("AWS_REGION") or boto3.Session().region_name
    if region is None:
        raise CommandError("No AWS region is set. Set AWS_REGION, then run the command again.")
    os.environ.update({"AWS_REGION": region, "AWS_DEFAULT_REGION": region})
    try:
        cloudformation = boto3.client("cloudformation")
    except InvalidRegionError as error:
        raise CommandError(f"{region} is not an AWS region. Correct AWS_REGION.") from error
    stack = read_stack(cloudformation, name)
    os.environ.update(stack.environment)
    arn: str = boto3.client("sts").get_caller_identity()["Arn"]
    return Target(arn.partition("/")[2] or arn, stack)


def enter_local(url: str) -> Target:
    """Enter the local run that serves `url`, and take over its clock.

    Raises:
        CommandError: nothing answers at `url`.
    """
    try:
        scheme = "" if "://" in url else "http://"
        address = f"{scheme}{url.rstrip('/')}{TARGET_PATH}"
        with urlopen(address, timeout=_TIMEOUT_SECONDS) as page:  # noqa: S310 - as given
            local = json.load(page)
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        text = f"No local run answers at {url}: {reason}. Start it with `make run`, or give --url."
        raise CommandError(text) from error
    enter_local_environment()
    os.environ["AWS_ENDPOINT_URL"] = local["aws_url"]
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = local["dynamodb_url"]
    clock.set_now(datetime.fromisoformat(local["now"]))
    return Target(getpass.getuser())
