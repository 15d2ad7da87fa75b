"""Places: the AWS stack, or the local run, in which the operator works. To enter one is to set this
process's environment to its tables, its user pool and its schedules."""

from __future__ import annotations

import getpass
import importlib
import json
import os
import re
from datetime import datetime
from typing import Any
from urllib.request import urlopen

import boto3
from botocore.exceptions import ClientError

from infra.operate.told import Declined

PAGE = "/operate.json"
"""Where the local run tells what an operator needs."""
_SECONDS = 10
_WORD = re.compile(r"(?<!^)(?=[A-Z])")
_NAMES = {
    "AWS::Cognito::UserPool": "USER_POOL_ID",
    "AWS::Scheduler::ScheduleGroup": "SCHEDULE_GROUP",
}
_TABLE = "AWS::DynamoDB::Table"
_PARAMETERS = frozenset({"AUDIT_RETENTION_DAYS"})


def enter_stack(name: str) -> str:
    """Enter a stack of this AWS account and region; who the operator is there. Raises Declined
    where no region is set, or there is no such stack of Openhour's."""
    region = boto3.Session().region_name
    if region is None:
        raise Declined("Which region? Set AWS_REGION.")
    os.environ["AWS_REGION"] = region
    os.environ.update(names_in(boto3.client("cloudformation"), name))
    identity: str = boto3.client("sts").get_caller_identity()["Arn"]
    return identity.partition("/")[2] or identity


def names_in(cloudformation: Any, stack: str) -> dict[str, str]:
    """What the functions know by their environment, as the stack has it: `SLOTS_TABLE` is its
    `SlotsTable`. Raises Declined where there is no such stack, or it has no tables."""
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    try:
        resources = [each for page in pages for each in page["StackResourceSummaries"]]
        (described,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        raise Declined(error.response["Error"]["Message"]) from error
    parameters = described.get("Parameters", ())
    set_to = {_variable(each["ParameterKey"]): each["ParameterValue"] for each in parameters}
    found = {name: set_to[name] for name in _PARAMETERS & set_to.keys()}
    for resource in resources:
        kind, name = resource["ResourceType"], resource["LogicalResourceId"]
        variable = _variable(name) if kind == _TABLE else _NAMES.get(kind)
        if variable:
            found[variable] = resource["PhysicalResourceId"]
    if "PRACTICES_TABLE" not in found:
        raise Declined(f"The stack {stack} has no practices.")
    return found


def _variable(name: str) -> str:
    return _WORD.sub("_", name).upper()


def enter_local(url: str) -> str:
    """Enter the local run that answers at `url`, and go by its clock; who the operator is here.
    Raises Declined where none answers."""
    try:
        with urlopen(f"{url.rstrip('/')}{PAGE}", timeout=_SECONDS) as page:  # noqa: S310 - as given
            told = json.load(page)
    except (OSError, ValueError) as problem:
        raise Declined(f"No local run answers at {url}: {problem}") from problem
    importlib.import_module("infra.local")  # sets the environment that its functions have
    os.environ["AWS_ENDPOINT_URL"] = told["aws_url"]
    os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = told["dynamodb_url"]
    clock = importlib.import_module("openhour.clock")
    clock.set_now(datetime.fromisoformat(told["now"]))
    return getpass.getuser()
