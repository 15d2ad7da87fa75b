"""The template, translated from SAM to CloudFormation without network access."""

import json
import logging
import os
import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from infra.local.environment import PARAMETERS, REGION
from infra.local.intrinsics import Intrinsics

TEMPLATE = Path(__file__).resolve().parents[1] / "template.yaml"

# It warns about feature flags that only SAM's authors can set.
logging.getLogger("samtranslator").setLevel(logging.ERROR)

_TRANSLATOR_PARAMETERS = {"Deployment", "WatchedDeployment"}
"""The parameters whose values the translator itself needs."""
_GREEDY = "+}"
"""The end of a path whose last variable matches any number of segments."""
_ISSUER = re.compile(r"https://cognito-idp\.\$\{AWS::Region\}\.amazonaws\.com/\$\{(\w+)\}")
_INVOCATION_URI = re.compile(r"functions/\$\{(\w+)\}/invocations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of the HTTP API, with the logical id of its function.

    `authorizer` is the name of the authorizer that checks its tokens; None for a public route.
    """

    method: str
    path: str
    function: str
    authorizer: str | None

    @property
    def public(self) -> bool:
        """Whether the route needs no token."""
        return self.authorizer is None

    @property
    def key(self) -> str:
        """The route key, as in `GET /slots`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSourceMapping:
    """A function's event source: a table's stream, and how it is batched, filtered and retried."""

    table: str
    function: str
    batch_size: int
    window: timedelta
    attempts: int
    filters: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueMapping:
    """A function's event source: a queue, and how many messages a batch has."""

    queue: str
    function: str
    batch_size: int


@dataclass(frozen=True, slots=True)
class Template:
    """The translated template."""

    resources: dict[str, dict[str, Any]]

    def properties(self, name: str) -> dict[str, Any]:
        """Return the properties of the resource with the logical id `name`."""
        properties: dict[str, Any] = self.resources[name]["Properties"]
        return properties

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the properties of every resource of one type, by logical id."""
        return {
            name: resource["Properties"]
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def handlers(self) -> dict[str, str]:
        """Return each function's dotted handler, by logical id."""
        functions = self.of_type("AWS::Lambda::Function")
        return {name: properties["Handler"] for name, properties in functions.items()}

    def routes(self) -> list[Route]:
        """Return every route of the HTTP API, except those that catch unknown paths."""
        return [route for route in self._every_route() if _GREEDY not in route.path]

    def catch_all_routes(self) -> list[Route]:
        """Return the routes of the HTTP API that catch unknown paths."""
        return [route for route in self._every_route() if _GREEDY in route.path]

    def _every_route(self) -> list[Route]:
        return [
            Route(
                method=method.upper(),
                path=path,
                function=self._function_of(_invoked_alias(operation)),
                authorizer=_authorizer(operation),
            )
            for path, operations in self.properties("Api")["Body"]["paths"].items()
            for method, operation in operations.items()
        ]

    def _function_of(self, alias: str) -> str:
        """Return the logical id of an alias's function."""
        function: str = self.properties(alias)["FunctionName"]["Ref"]
        return function

    def statements(self, function: str) -> list[dict[str, Any]]:
        """Return the policy statements of a function's role."""
        policies = self.properties(f"{function}Role")["Policies"]
        return [each for policy in policies for each in policy["PolicyDocument"]["Statement"]]

    def authorizers(self) -> dict[str, tuple[str, str]]:
        """Return, by authorizer, the logical ids of the user pool and app client it accepts."""
        schemes = self.properties("Api")["Body"]["components"]["securitySchemes"]
        found = {}
        for name, scheme in schemes.items():
            jwt = scheme["x-amazon-apigateway-authorizer"]["jwtConfiguration"]
            (audience,) = jwt["audience"]
            pool = _ISSUER.fullmatch(jwt["issuer"]["Fn::Sub"])
            if pool is None:
                raise ValueError(f"{name} names no user pool")
            found[name] = (pool[1], audience["Ref"])
        return found

    def cors(self) -> dict[str, Any]:
        """Return the HTTP API's CORS settings."""
        cors: dict[str, Any] = self.properties("Api")["Body"]["x-amazon-apigateway-cors"]
        return cors

    def event_source_mappings(self) -> list[EventSourceMapping]:
        """Return the event source mappings of the tables' streams."""
        return [
            EventSourceMapping(
                table=mapping["EventSourceArn"]["Fn::GetAtt"][0],
                function=self._function_of(mapping["FunctionName"]["Ref"]),
                batch_size=mapping["BatchSize"],
                window=timedelta(seconds=mapping["MaximumBatchingWindowInSeconds"]),
                attempts=mapping["MaximumRetryAttempts"] + 1,
                filters=tuple(
                    json.loads(each["Pattern"])
                    for each in mapping.get("FilterCriteria", {}).get("Filters", [])
                ),
            )
            for mapping in self._mappings()
            if mapping["EventSourceArn"]["Fn::GetAtt"][1] == "StreamArn"
        ]

    def queue_mappings(self) -> list[QueueMapping]:
        """Return the event source mappings of queues."""
        return [
            QueueMapping(
                queue=mapping["EventSourceArn"]["Fn::GetAtt"][0],
                function=self._function_of(mapping["FunctionName"]["Ref"]),
                batch_size=mapping["BatchSize"],
            )
            for mapping in self._mappings()
            if mapping["EventSourceArn"]["Fn::GetAtt"][1] == "Arn"
        ]

    def _mappings(self) -> list[dict[str, Any]]:
        return list(self.of_type("AWS::Lambda::EventSourceMapping").values())


@cache
def load(**parameters: str) -> Template:
    """Read and translate the template, for `parameters` and those of the local run."""
    needed = _TRANSLATOR_PARAMETERS & parameters.keys()
    document, resources = _translate(frozenset((name, parameters[name]) for name in needed))
    intrinsics = Intrinsics(document, {**PARAMETERS, **parameters})
    return Template(
        {
            name: intrinsics.resolve(resource)
            for name, resource in resources.items()
            if "Condition" not in resource or intrinsics.holds(resource["Condition"])
        }
    )


@cache
def _translate(
    translator_parameters: frozenset[tuple[str, str]],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the document as written, and its resources in CloudFormation's form.

    Most parameters are still references in the latter.
    """
    document = yaml_parse(TEMPLATE.read_text())
    # The translator requires a region, and code in a bucket.
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    document["Globals"]["Function"]["CodeUri"] = "s3://local/code"
    without_defaults = deepcopy(document)
    for parameter in without_defaults["Parameters"].values():
        parameter.pop("Default", None)
    defaults = {name: document["Parameters"][name]["Default"] for name in _TRANSLATOR_PARAMETERS}
    values = defaults | dict(translator_parameters)
    return document, transform(without_defaults, values, _ManagedPolicies())["Resources"]


class _ManagedPolicies:
    """The managed policies that the translator may use, in place of IAM's list."""

    def load(self) -> dict[str, str]:
        name = "AWSLambdaBasicExecutionRole"
        return {name: f"arn:aws:iam::aws:policy/service-role/{name}"}


def _authorizer(operation: dict[str, Any]) -> str | None:
    """Return the name of the one authorizer of an operation, or None."""
    ((name, _),) = operation["security"][0].items()
    return None if name == "NONE" else name


def _invoked_alias(operation: dict[str, Any]) -> str:
    uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    match = _INVOCATION_URI.search(uri)
    if match is None:
        raise ValueError(f"no function in {uri}")
    return match[1]
