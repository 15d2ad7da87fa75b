"""The template, the functions and the document say the same of the interface."""

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
    """The statuses under which a route refuses, with the refusals' names."""
    found = {}
    for status, response in operation["responses"].items():
        content = response["content"].get("application/problem+json")
        if content and status != "500":
            types = content["schema"]["allOf"][1]["properties"]["type"]["enum"]
            found[int(status)] = {each.removeprefix("/problems/") for each in types}
    return found


def test_the_document_is_up_to_date():
    fresh = openapi.to_text(openapi.make_document())
    assert openapi.DOCUMENT.read_text() == fresh, "run `python -m infra.openapi`"


def test_it_is_written_to_the_version_it_names():
    assert DOCUMENT["openapi"].startswith("3.1.")


def test_the_template_and_the_document_have_the_same_routes():
    assert set(ROUTES) == set(OPERATIONS)


def test_each_function_has_the_routes_that_the_template_leads_to_it():
    modules = template.load().handlers()
    by_template = {(modules[route.function].split(".")[1], *key) for key, route in ROUTES.items()}
    by_function = {
        (name, route.method, route.openapi_path)
        for name, resolver in openapi.resolvers().items()
        for route in resolver.routes()
    }
    assert by_function == by_template


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_what_is_public_needs_no_token_and_all_else_does(method, path):
    operation = OPERATIONS[method, path]
    public = operation.get("security") == []
    assert public is ROUTES[method, path].public
    assert ("401" in operation["responses"]) is not public
    assert ("forbidden" in _problems(operation).get(403, ())) is not public


def test_every_token_is_the_one_kind_there_is():
    assert DOCUMENT["security"] == [{"login": []}]
    assert list(DOCUMENT["components"]["securitySchemes"]) == ["login"]


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_every_refusal_stands_under_its_status_and_in_our_form(method, path):
    status = {refusal.name: refusal.status for refusal in Refusal.__subclasses__()}
    problems = _problems(OPERATIONS[method, path])
    assert all(status[name] == code for code, names in problems.items() for name in names)
    assert "busy" in problems[503]
    for code, response in OPERATIONS[method, path]["responses"].items():
        gateway = int(code) in {401, 429}
        kind = "application/json" if gateway or int(code) < 300 else "application/problem+json"
        assert list(response["content"]) == [kind]


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_what_takes_a_body_may_find_it_invalid_or_no_json(method, path):
    operation = OPERATIONS[method, path]
    takes = "requestBody" in operation
    assert takes is (method in {"POST", "PUT", "PATCH"} and path not in BODILESS)
    assert ("unsupported-media-type" in _problems(operation).get(415, ())) is takes
    in_query = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
    assert not (takes or in_query) or "invalid" in _problems(operation)[422]


BODILESS = {"/practice/release", "/practice/clients/{client_id}/invitation"}


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_a_route_is_described_with_all_its_parameters(method, path):
    operation = OPERATIONS[method, path]
    assert operation["summary"].endswith(".")
    in_path = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", path))


def test_every_refusal_is_somewhere():
    named = {
        name for each in OPERATIONS.values() for names in _problems(each).values() for name in names
    }
    assert named == {refusal.name for refusal in Refusal.__subclasses__()}


def test_every_shape_that_is_named_is_there_and_can_be_checked():
    schemas = DOCUMENT["components"]["schemas"]
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(DOCUMENT)))
    assert named <= set(schemas)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_no_two_operations_share_an_id():
    ids = Counter(operation["operationId"] for operation in OPERATIONS.values())
    assert set(ids.values()) == {1}


def test_the_framework_says_nothing_of_its_own():
    assert "HTTPValidationError" not in json.dumps(DOCUMENT)
