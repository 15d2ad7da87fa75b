"""The stack: which tables, queues and functions are its own, by their names in the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from infra.operate.told import Declined

TRAIL = "AuditTable"
"""The one table whose rows nobody writes or takes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """What a stack has: for each logical id a table's or function's name, or a queue's address."""

    tables: Mapping[str, str]
    queues: Mapping[str, str]
    functions: Mapping[str, str]


def read_stack(cloudformation: Any, name: str) -> Stack:
    """Read what there is. Raises Declined where there is no such stack of Openhour's."""
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=name)
    found: dict[str, dict[str, str]] = {}
    try:
        for resource in (each for page in pages for each in page["StackResourceSummaries"]):
            of_kind = found.setdefault(resource["ResourceType"], {})
            of_kind[resource["LogicalResourceId"]] = resource["PhysicalResourceId"]
    except ClientError as error:
        raise Declined(error.response["Error"]["Message"]) from error
    stack = Stack(
        tables=found.get("AWS::DynamoDB::Table", {}),
        queues=found.get("AWS::SQS::Queue", {}),
        functions=found.get("AWS::Lambda::Function", {}),
    )
    if "PracticesTable" not in stack.tables:
        raise Declined(f"The stack {name} has no practices.")
    return stack


def names_of_copy(environment: Mapping[str, str], suffix: str) -> dict[str, str]:
    """The names of a copy's tables, as the functions know tables by their environment."""
    return {
        variable: f"{table}-{suffix}"
        for variable, table in environment.items()
        if variable.endswith("_TABLE") and variable != "AUDIT_TABLE"
    }


def read_environment(functions: Any, name: str) -> dict[str, str]:
    """What a function finds in its environment."""
    configuration = functions.get_function_configuration(FunctionName=name)
    variables: dict[str, str] = configuration["Environment"]["Variables"]
    return variables
