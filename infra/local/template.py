"""The template, translated from SAM to CloudFormation on this machine, and what it says."""

import json
import os
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from infra.local.environment import REGION

TEMPLATE = Path(__file__).resolve().parents[1] / "template.yaml"

_FUNCTION = re.compile(r"functions/\$\{(\w+)\.Arn\}/invocations")


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
                function=_function_behind(operation),
                public=operation["security"] == [{"NONE": []}],
            )
            for path, operations in self.properties("Api")["Body"]["paths"].items()
            for method, operation in operations.items()
        ]

    def cors(self) -> dict[str, Any]:
        """Tell what the HTTP API allows to other origins."""
        cors: dict[str, Any] = self.properties("Api")["Body"]["x-amazon-apigateway-cors"]
        return cors

    def mappings(self) -> list[Mapping]:
        """Tell what follows the tables' streams."""
        return [
            Mapping(
                table=mapping["EventSourceArn"]["Fn::GetAtt"][0],
                function=mapping["FunctionName"]["Ref"],
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
def load() -> Template:
    """Read and translate the template; no network is asked."""
    document = yaml_parse(TEMPLATE.read_text())
    # The translator wants a region, and code in a bucket.
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    document["Globals"]["Function"]["CodeUri"] = "s3://local/code"
    return Template(transform(document, {}, _ManagedPolicies())["Resources"])


class _ManagedPolicies:
    """The names of the managed policies that the translator may use, in place of IAM's list."""

    def load(self) -> dict[str, str]:
        name = "AWSLambdaBasicExecutionRole"
        return {name: f"arn:aws:iam::aws:policy/service-role/{name}"}


def _function_behind(operation: dict[str, Any]) -> str:
    uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    found = _FUNCTION.search(uri)
    if found is None:
        raise ValueError(f"no function behind {uri}")
    return found[1]
