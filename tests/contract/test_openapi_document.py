"""The template, the functions and the OpenAPI document describe the same API."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from infra import openapi
from infra.local import template
from openhour.rules.refusals import Refusal

DOCUMENT = json.loads(openapi.DOCUMENT.read_text())
OPERATIONS = {
    (method.upper(), path): operation
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}
EVERY = [pytest.param(*route, id=" ".join(route)) for route in sorted(OPERATIONS)]
ROUTES = {(route.method, route.path): route for route in template.load().routes()}


def _problems(operation):
    """Return an operation's refusals, by status."""
    problems = {}
    for status, response in operation["responses"].items():
        content = response["content"].get("application/problem+json")
        if content and status != "500":
            types = content["schema"]["allOf"][1]["properties"]["type"]["enum"]
            problems[int(status)] = {each.removeprefix("/problems/") for each in types}
    return problems


def test_each_figure_of_conduct_is_defined_in_one_sentence():
    figures = openapi.make_document()["components"]["schemas"]["Conduct"]["properties"]
    for name, figure in figures.items():
        assert figure["description"].count(".") == 1, name
        assert figure["description"].endswith("."), name


def test_the_document_is_up_to_date():
    fresh = openapi.to_text(openapi.make_document())
    assert openapi.DOCUMENT.read_text() == fresh, "run `python -m infra.openapi`"


def test_the_document_has_openapi_version_3_1():
    assert DOCUMENT["openapi"].startswith("3.1.")


def test_the_template_and_the_document_have_the_same_routes():
    assert set(ROUTES) == set(OPERATIONS)


def test_each_function_has_the_routes_of_the_template():
    modules = template.load().handlers()
    by_template = {(modules[route.function].split(".")[1], *key) for key, route in ROUTES.items()}
    by_function = {
        (name, route.method, route.openapi_path)
        for name, resolver in openapi.resolvers().items()
        for route in resolver.routes()
    }
    assert by_function == by_template


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_only_public_routes_require_no_token(method, path):
    operation = OPERATIONS[method, path]
    public = operation.get("security") == []
    assert public is ROUTES[method, path].public
    assert ("401" in operation["responses"]) is not public
    assert ("forbidden" in _problems(operation).get(403, ())) is not public


def test_there_is_one_security_scheme():
    assert DOCUMENT["security"] == [{"login": []}]
    assert list(DOCUMENT["components"]["securitySchemes"]) == ["login"]


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_every_refusal_has_its_status_and_media_type(method, path):
    status = {refusal.name: refusal.status for refusal in Refusal.__subclasses__()}
    problems = _problems(OPERATIONS[method, path])
    assert all(status[name] == code for code, names in problems.items() for name in names)
    assert "busy" in problems[503]
    for code, response in OPERATIONS[method, path]["responses"].items():
        gateway = int(code) in {401, 429}
        kind = "application/json" if gateway or int(code) < 300 else "application/problem+json"
        assert list(response["content"]) == [kind]


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_routes_with_a_body_document_422_and_415(method, path):
    operation = OPERATIONS[method, path]
    takes = "requestBody" in operation
    assert takes is (method in {"POST", "PUT", "PATCH"} and path not in BODILESS)
    assert ("unsupported-media-type" in _problems(operation).get(415, ())) is takes
    in_query = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
    assert not (takes or in_query) or "invalid" in _problems(operation)[422]


BODILESS = {
    "/practice/release",
    "/practice/clients/{client_id}/invitation",
    "/practice/appointments/{appointment_id}/confirmation",
}


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_every_route_has_a_summary_and_its_path_parameters(method, path):
    operation = OPERATIONS[method, path]
    assert operation["summary"].endswith(".")
    in_path = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", path))


def test_every_refusal_is_documented():
    named = {
        name for each in OPERATIONS.values() for names in _problems(each).values() for name in names
    }
    assert named == {refusal.name for refusal in Refusal.__subclasses__()}


def test_every_referenced_schema_exists_and_is_valid():
    schemas = DOCUMENT["components"]["schemas"]
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(DOCUMENT)))
    assert named <= set(schemas)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_operation_ids_are_unique():
    ids = Counter(operation["operationId"] for operation in OPERATIONS.values())
    assert set(ids.values()) == {1}


def test_the_document_contains_no_schemas_of_the_framework():
    assert "HTTPValidationError" not in json.dumps(DOCUMENT)
