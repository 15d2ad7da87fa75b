"""A deployed stack: its resources by their logical ids in the template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from infra.cli.output import CommandError

AUDIT_TABLE = "AuditTable"
"""The audit log's table, whose rows are never changed or removed."""
_TABLE = "AWS::DynamoDB::Table"
_VARIABLES = {
    "ClientsUserPool": "CLIENTS_USER_POOL_ID",
    "TherapistsUserPool": "THERAPISTS_USER_POOL_ID",
    "Schedules": "SCHEDULE_GROUP",
}
_PARAMETERS = frozenset({"AUDIT_RETENTION_DAYS"})
_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Table names, queue addresses and function names by logical id.

    `environment` holds the names that the functions read from their environment: `SLOTS_TABLE` is
    the stack's `SlotsTable`.
    """

    tables: Mapping[str, str]
    queues: Mapping[str, str]
    functions: Mapping[str, str]
    environment: Mapping[str, str] = field(default_factory=dict)


def read_stack(cloudformation: Any, name: str) -> Stack:
    """Read the resources and parameters of a stack.

    Raises:
        CommandError: the stack does not exist, or is none of Openhour's.
    """
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=name)
    by_type: dict[str, dict[str, str]] = {}
    try:
        for resource in (each for page in pages for each in page["StackResourceSummaries"]):
            ids = by_type.setdefault(resource["ResourceType"], {})
            ids[resource["LogicalResourceId"]] = resource["PhysicalResourceId"]
        (described,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        message = error.response["Error"]["Message"]
        raise CommandError(f"{message}. Check --stack, the region and the account.") from error
    if "PracticesTable" not in by_type.get(_TABLE, {}):
        raise CommandError(f"The stack {name} has no table of practices: it is not Openhour's.")
    return Stack(
        tables=by_type[_TABLE],
        queues=by_type.get("AWS::SQS::Queue", {}),
        functions=by_type.get("AWS::Lambda::Function", {}),
        environment=_environment(by_type, described.get("Parameters", ())),
    )


def _environment(by_type: Mapping[str, Mapping[str, str]], parameters: Any) -> dict[str, str]:
    named = {name: each for ids in by_type.values() for name, each in ids.items()}
    values = {variable_name(each["ParameterKey"]): each["ParameterValue"] for each in parameters}
    return {
        **{name: values[name] for name in _PARAMETERS & values.keys()},
        **{variable_name(name): table for name, table in by_type[_TABLE].items()},
        **{variable: named[name] for name, variable in _VARIABLES.items() if name in named},
    }


def variable_name(name: str) -> str:
    """Return the environment variable of a logical id: SLOTS_TABLE for SlotsTable."""
    return _WORD_START.sub("_", name).upper()


def copied_tables(environment: Mapping[str, str], suffix: str) -> dict[str, str]:
    """Return the variables that name tables, with the names of their copies."""
    return {
        variable: f"{table}-{suffix}"
        for variable, table in environment.items()
        if variable.endswith("_TABLE") and variable != "AUDIT_TABLE"
    }


def read_environment(functions: Any, name: str) -> dict[str, str]:
    """Read the environment variables of a function."""
    configuration = functions.get_function_configuration(FunctionName=name)
    variables: dict[str, str] = configuration["Environment"]["Variables"]
    return variables
