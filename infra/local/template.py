"""The template, translated from SAM to CloudFormation on this machine, and what it says."""

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

from infra.local.choices import Choices
from infra.local.environment import PARAMETERS, REGION

TEMPLATE = Path(__file__).resolve().parents[1] / "template.yaml"

# It warns of features that SAM's authors alone can switch.
logging.getLogger("samtranslator").setLevel(logging.ERROR)

_EARLY = {"Deployment", "WatchedDeployment"}
"""The parameters that the translator wants to know; it would leave the others as they are."""
_INVOKED = re.compile(r"functions/\$\{(\w+)\}/invocations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of the HTTP API, and the function behind it by its logical id."""

    method: str
    path: str
    function: str
    public: bool

    @property
    def key(self) -> str:
        """The route key, as in `GET /slots`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What a function follows: a table's stream, how it is batched, filtered and retried."""

    table: str
    function: str
    batch_size: int
    window: timedelta
    attempts: int
    patterns: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The translated template."""

    resources: dict[str, dict[str, Any]]

    def properties(self, name: str) -> dict[str, Any]:
        """Tell the properties of the resource with the logical id `name`."""
        properties: dict[str, Any] = self.resources[name]["Properties"]
        return properties

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Tell the properties of every resource of one type, by logical id."""
        return {
            name: resource["Properties"]
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def handlers(self) -> dict[str, str]:
        """Tell each function's dotted handler, by logical id."""
        functions = self.of_type("AWS::Lambda::Function")
        return {name: properties["Handler"] for name, properties in functions.items()}

    def routes(self) -> list[Route]:
        """Tell every route of the HTTP API."""
        return [
            Route(
                method=method.upper(),
                path=path,
                function=self._behind(_invoked(operation)),
                public=operation["security"] == [{"NONE": []}],
            )
            for path, operations in self.properties("Api")["Body"]["paths"].items()
            for method, operation in operations.items()
        ]

    def _behind(self, alias: str) -> str:
        """Tell the function, by its logical id, to which an alias leads."""
        function: str = self.properties(alias)["FunctionName"]["Ref"]
        return function

    def cors(self) -> dict[str, Any]:
        """Tell what the HTTP API allows to other origins."""
        cors: dict[str, Any] = self.properties("Api")["Body"]["x-amazon-apigateway-cors"]
        return cors

    def mappings(self) -> list[Mapping]:
        """Tell what follows the tables' streams."""
        return [
            Mapping(
                table=mapping["EventSourceArn"]["Fn::GetAtt"][0],
                function=self._behind(mapping["FunctionName"]["Ref"]),
                batch_size=mapping["BatchSize"],
                window=timedelta(seconds=mapping["MaximumBatchingWindowInSeconds"]),
                attempts=mapping["MaximumRetryAttempts"] + 1,
                patterns=tuple(
                    json.loads(each["Pattern"])
                    for each in mapping.get("FilterCriteria", {}).get("Filters", [])
                ),
            )
            for mapping in self.of_type("AWS::Lambda::EventSourceMapping").values()
        ]


@cache
def load(**parameters: str) -> Template:
    """Read and translate the template, for the `parameters` given and those that the local run has;
    no network is asked."""
    early = frozenset((name, parameters[name]) for name in _EARLY & parameters.keys())
    document, resources = _translate(early)
    choices = Choices(document, {**PARAMETERS, **parameters})
    return Template(
        {
            name: choices.settle(resource)
            for name, resource in resources.items()
            if "Condition" not in resource or choices.holds(resource["Condition"])
        }
    )


@cache
def _translate(
    early: frozenset[tuple[str, str]],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The template as it is written, and its resources as CloudFormation has them, with most
    parameters still open."""
    document = yaml_parse(TEMPLATE.read_text())
    # The translator wants a region, and code in a bucket.
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    document["Globals"]["Function"]["CodeUri"] = "s3://local/code"
    still_open = deepcopy(document)
    for parameter in still_open["Parameters"].values():
        parameter.pop("Default", None)
    given = {name: document["Parameters"][name]["Default"] for name in _EARLY} | dict(early)
    return document, transform(still_open, given, _ManagedPolicies())["Resources"]


class _ManagedPolicies:
    """The names of the managed policies that the translator may use, in place of IAM's list."""

    def load(self) -> dict[str, str]:
        name = "AWSLambdaBasicExecutionRole"
        return {name: f"arn:aws:iam::aws:policy/service-role/{name}"}


def _invoked(operation: dict[str, Any]) -> str:
    uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    found = _INVOKED.search(uri)
    if found is None:
        raise ValueError(f"no function behind {uri}")
    return found[1]
