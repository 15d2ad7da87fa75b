"""IAM on one machine: a function may do only what its role in the template allows.

moto's own enforcement rejects every policy that contains the ARN of a table. Here each call of a
function is checked against the statements of its role before botocore sends it.
"""

import json
import re
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
    FUNCTIONS,
    MAIL_CONFIGURATION_SET,
    MAIL_QUEUE,
    NOTIFICATIONS_DEAD_LETTERS,
    PARAMETERS,
    PRIVILEGES_DEAD_LETTERS_URL,
    REGION,
    RELEASE_FUNCTION_ARN,
    SCHEDULE_GROUP,
    SCHEDULER_ROLE_ARN,
    TABLES,
    VARIABLES,
)
from infra.local.template import Template

_PLACEHOLDER = re.compile(r"\$\{([\w:.]+)\}")
_USER_POOLS = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool"
_SCHEDULES = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule"
_QUEUES = f"arn:aws:sqs:{REGION}:{ACCOUNT}"
_ARNS = {
    "PrivilegesDeadLetters": f"{_QUEUES}:{PRIVILEGES_DEAD_LETTERS_URL.rpartition('/')[2]}",
    "MailQueue": f"{_QUEUES}:{MAIL_QUEUE}",
    "NotificationsDeadLetters": f"{_QUEUES}:{NOTIFICATIONS_DEAD_LETTERS}",
    "ClientsUserPool": f"{_USER_POOLS}/{VARIABLES['CLIENTS_USER_POOL_ID']}",
    "TherapistsUserPool": f"{_USER_POOLS}/{VARIABLES['THERAPISTS_USER_POOL_ID']}",
    "SchedulerRole": SCHEDULER_ROLE_ARN,
    "ReleaseFunction": RELEASE_FUNCTION_ARN.removesuffix(":live"),
}
_NAMES = {
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::StackName": "openhour",
    "Schedules": SCHEDULE_GROUP,
    "MailConfiguration": MAIL_CONFIGURATION_SET,
}
_DEPLOYMENTS = f"arn:aws:codedeploy:{REGION}:{ACCOUNT}"
"""CodeDeploy's application of the stack, and its groups, have names that begin with the stack's."""
_TRANSACTION_ACTIONS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}

Access = tuple[str, str]
"""An action and the ARN of a resource."""


class Permissions:
    """The statements of one function's role."""

    def __init__(self, template: Template, function: str) -> None:
        self.function = function
        self.statements = [
            {**statement, "Resource": [arn_of(each) for each in as_list(statement["Resource"])]}
            for statement in template.statements(function)
        ]
        document = {"Version": "2012-10-17", "Statement": self.statements}
        self._policy = IAMPolicy(json.dumps(document))
        self._decisions: dict[Access, bool] = {}

    def allow(self, action: str, resource: str) -> bool:
        """Return whether the function may perform `action` on `resource`."""
        access = (action, resource)
        if access not in self._decisions:
            result = self._policy.is_action_permitted(action, resource)
            self._decisions[access] = result is PermissionResult.PERMITTED
        return self._decisions[access]

    @property
    def used(self) -> set[Access]:
        """What the function has accessed so far."""
        return {access for access, allowed in self._decisions.items() if allowed}


_current: ContextVar[Permissions | None] = ContextVar("permissions", default=None)
"""Those of the running function; None outside any function, where every call is allowed."""


@contextmanager
def restricted_to(permissions: Permissions | None) -> Iterator[None]:
    """Restrict the calls in the `with` block to `permissions`."""
    token = _current.set(permissions)
    try:
        yield
    finally:
        _current.reset(token)


def enforce_permissions() -> None:
    """Check the calls of every client created in this process from now on. Idempotent."""
    hook = ("provide-client-params", _check)
    if hook not in handlers.BUILTIN_HANDLERS:
        handlers.BUILTIN_HANDLERS.append(hook)
        # A function's permissions also apply in the threads it starts.
        setattr(ThreadPoolExecutor, "submit", _keep_context(ThreadPoolExecutor.submit))  # noqa: B010 - a method can't be assigned


def _check(params: dict[str, Any], model: Any, **_: Any) -> None:
    permissions = _current.get()
    if permissions is None:
        return
    for action, resource in _accesses(model.service_model.signing_name, model.name, params):
        if not permissions.allow(action, resource):
            denied = f"{permissions.function} may not perform {action} on {resource}"
            raise ClientError(
                {"Error": {"Code": "AccessDeniedException", "Message": denied}}, model.name
            )


def _accesses(service: str, operation: str, params: dict[str, Any]) -> Iterator[Access]:
    """Yield what a call accesses."""
    if service == "cognito-idp":
        yield f"cognito-idp:{operation}", f"{_USER_POOLS}/{params['UserPoolId']}"
    elif service == "scheduler":
        yield f"scheduler:{operation}", f"{_SCHEDULES}/{params.get('GroupName')}/{params['Name']}"
        if "Target" in params:
            yield "iam:PassRole", params["Target"]["RoleArn"]
    elif service in _OTHER_ACCESSES:
        yield from _OTHER_ACCESSES[service](operation, params)
    elif service == "lambda":
        yield "lambda:InvokeFunction", _function_arn(**params)
    else:
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        for action, table in _table_accesses(operation, params):
            yield f"dynamodb:{action}", f"{_table_arn(table)}{index}"


def _mail_accesses(operation: str, params: dict[str, Any]) -> Iterator[Access]:
    """Yield both actions that mail in MIME form requires, on the sender and the settings."""
    if operation != "SendEmail":
        yield f"ses:{operation}", "*"
        return
    configuration = f"configuration-set/{params['ConfigurationSetName']}"
    for action in ("ses:SendEmail", "ses:SendRawEmail"):
        yield action, PARAMETERS["MailIdentityArn"]
        yield action, f"arn:aws:ses:{REGION}:{ACCOUNT}:{configuration}"


def _queue_accesses(operation: str, params: dict[str, Any]) -> Iterator[Access]:
    """Yield what a call of SQS accesses. A batch requires the permission for one message."""
    queue = params["QueueUrl"].rpartition("/")[2]
    yield f"sqs:{operation.removesuffix('Batch')}", f"{_QUEUES}:{queue}"


def _deployment_accesses(operation: str, params: dict[str, Any]) -> Iterator[Access]:
    kind = (
        "application:openhour-x" if "applicationName" in params else "deploymentgroup:openhour-x/y"
    )
    yield f"codedeploy:{operation}", f"{_DEPLOYMENTS}:{kind}"


_OTHER_ACCESSES: dict[str, Callable[[str, dict[str, Any]], Iterator[Access]]] = {
    "ses": _mail_accesses,
    "sqs": _queue_accesses,
    "codedeploy": _deployment_accesses,
}
"""What calls of a service access, by the name with which they are signed."""


def _table_accesses(operation: str, params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the operations of a DynamoDB call, each with its table."""
    for item in params.get("TransactItems", ()):
        yield from ((_TRANSACTION_ACTIONS[kind], each["TableName"]) for kind, each in item.items())
    if "TransactItems" not in params:
        yield from (
            (operation, each) for each in params.get("RequestItems") or [params["TableName"]]
        )


def _table_arn(name: str) -> str:
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}"


def arn_of(resource: Any) -> str:
    """Return the ARN that a resource of the template has on this machine."""
    if isinstance(resource, str):
        return resource
    if "Fn::Sub" in resource:
        text: str = resource["Fn::Sub"]
        return _PLACEHOLDER.sub(lambda match: _substitute(match[1]), text)
    name, attribute = resource.get("Fn::GetAtt") or (resource["Ref"], "Arn")
    if name in _ARNS:
        return _ARNS[name]
    if name in TABLES and attribute == "Arn":
        return _table_arn(TABLES[name])
    if name.endswith(("Function", "Monitor")):
        return f"{FUNCTIONS}:{name}"
    return f"arn:aws:local:{REGION}:{ACCOUNT}:{name}/{attribute}"


def _substitute(name: str) -> str:
    """Return what a placeholder stands for on this machine: a name, or a resource's ARN."""
    return _NAMES.get(name) or arn_of({"Fn::GetAtt": name.split(".")})


def _function_arn(*, FunctionName: str, Qualifier: str = "", **_: Any) -> str:  # noqa: N803 - boto3's names
    """Return the ARN of an invoked function, which boto3 also takes by its name."""
    arn = FunctionName if FunctionName.startswith("arn:") else arn_of({"Ref": FunctionName})
    return f"{arn}:{Qualifier}" if Qualifier else arn


def as_list(value: Any) -> list[Any]:
    """Return the value of a policy element, which may be written without a list, as a list."""
    return value if isinstance(value, list) else [value]


def _keep_context(submit: Callable[..., Future[Any]]) -> Callable[..., Future[Any]]:
    @wraps(submit)
    def call(pool: ThreadPoolExecutor, task: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return submit(pool, copy_context().run, task, *args, **kwargs)

    return call
