"""The functions' permissions, kept on this machine: what the template doesn't allow is denied.

moto's own enforcement refuses every policy that names a table. Here each call that a function makes
is held to the statements of its role in the translated template before it leaves botocore.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import wraps
from typing import Any

from botocore import handlers
from botocore.exceptions import ClientError
from moto.iam.access_control import IAMPolicy, PermissionResult

from infra.local.environment import (
    ACCOUNT,
    REGION,
    RELEASE_FUNCTION_ARN,
    SCHEDULE_GROUP,
    SCHEDULER_ROLE_ARN,
    TABLES,
    VARIABLES,
)
from infra.local.template import Template

_USER_POOL = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{VARIABLES['USER_POOL_ID']}"
_SCHEDULES = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule"
_ARNS = {
    "UserPool": _USER_POOL,
    "SchedulerRole": SCHEDULER_ROLE_ARN,
    "ReleaseFunctionAliaslive": RELEASE_FUNCTION_ARN,
}
_TRANSACTED = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}

Deed = tuple[str, str]
"""An action, and the ARN of what it is performed on."""


class Permissions:
    """What one function may do, by the statements of its role."""

    def __init__(self, template: Template, function: str) -> None:
        self.function = function
        self.statements = [
            {**statement, "Resource": [arn_of(each) for each in _listed(statement["Resource"])]}
            for policy in template.properties(f"{function}Role")["Policies"]
            for statement in policy["PolicyDocument"]["Statement"]
        ]
        document = {"Version": "2012-10-17", "Statement": self.statements}
        self._policy = IAMPolicy(json.dumps(document))
        self._known: dict[Deed, bool] = {}

    def allow(self, action: str, resource: str) -> bool:
        """Tell whether the function may perform `action` on `resource`."""
        asked = (action, resource)
        if asked not in self._known:
            result = self._policy.is_action_permitted(action, resource)
            self._known[asked] = result is PermissionResult.PERMITTED
        return self._known[asked]

    @property
    def used(self) -> set[Deed]:
        """All that the function has done so far."""
        return {deed for deed, allowed in self._known.items() if allowed}


_held: ContextVar[Permissions | None] = ContextVar("permissions", default=None)
"""Whose call it is. Calls outside of any function, as those of tests and pumps, are free."""


@contextmanager
def held_to(permissions: Permissions | None) -> Iterator[None]:
    """Hold the calls made within to `permissions`."""
    token = _held.set(permissions)
    try:
        yield
    finally:
        _held.reset(token)


def enforce() -> None:
    """Check the calls of every client that this process makes from now on."""
    hook = ("provide-client-params", _check)
    if hook not in handlers.BUILTIN_HANDLERS:
        handlers.BUILTIN_HANDLERS.append(hook)
        # What a function starts in threads of its own is the function too.
        setattr(ThreadPoolExecutor, "submit", _in_context(ThreadPoolExecutor.submit))  # noqa: B010 - a method can't be assigned


def _check(params: dict[str, Any], model: Any, **_: Any) -> None:
    permissions = _held.get()
    if permissions is None:
        return
    for action, resource in _touched(model.service_model.signing_name, model.name, params):
        if not permissions.allow(action, resource):
            denied = f"{permissions.function} may not perform {action} on {resource}"
            raise ClientError(
                {"Error": {"Code": "AccessDeniedException", "Message": denied}}, model.name
            )


def _touched(service: str, operation: str, params: dict[str, Any]) -> Iterator[Deed]:
    """Tell every action that a call comes to, and on what."""
    if service == "cognito-idp":
        yield f"cognito-idp:{operation}", _USER_POOL
    elif service == "scheduler":
        yield f"scheduler:{operation}", f"{_SCHEDULES}/{params.get('GroupName')}/{params['Name']}"
        if "Target" in params:
            yield "iam:PassRole", params["Target"]["RoleArn"]
    elif service == "lambda":
        yield "lambda:InvokeFunction", params["FunctionName"]
    else:
        for action, table in _rows_touched(operation, params):
            yield f"dynamodb:{action}", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}"


def _rows_touched(operation: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Tell every operation that a call of DynamoDB comes to, and on which table."""
    for item in params.get("TransactItems", ()):
        yield from ((_TRANSACTED[kind], each["TableName"]) for kind, each in item.items())
    if "TransactItems" not in params:
        yield from (
            (operation, each) for each in params.get("RequestItems") or [params["TableName"]]
        )


def _table(name: str) -> str:
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}"


def arn_of(resource: Any) -> str:
    """Write a resource of the template as the ARN that it has on this machine."""
    if resource == "*":
        return "*"
    if "Fn::Sub" in resource:
        return f"{_SCHEDULES}/{SCHEDULE_GROUP}/*"
    name, attribute = resource.get("Fn::GetAtt") or (resource["Ref"], "Arn")
    if name in _ARNS:
        return _ARNS[name]
    if name in TABLES and attribute == "Arn":
        return _table(TABLES[name])
    return f"arn:aws:local:{REGION}:{ACCOUNT}:{name}/{attribute}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _in_context(submit: Callable[..., Future[Any]]) -> Callable[..., Future[Any]]:
    @wraps(submit)
    def call(pool: ThreadPoolExecutor, act: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return submit(pool, copy_context().run, act, *given, **named)

    return call
