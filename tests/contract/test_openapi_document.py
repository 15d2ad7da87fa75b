"""The template, the functions and the OpenAPI document describe the same API."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from infra import openapi
from infra.local import template
from infra.openapi_descriptions import COMMON
from openhour.api.request_fields import RequestModel
from openhour.rules.refusals import Refusal

DOCUMENT = json.loads(openapi.DOCUMENT.read_text())
OPERATIONS = {
    (method.upper(), path): operation
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}
EVERY = [pytest.param(*route, id=" ".join(route)) for route in sorted(OPERATIONS)]
HTML = {"/", "/book/{therapist_id}", "/console", "/console/mail"}
PAGES = {("GET", path) for path in (*HTML, "/widget.js", "/assets/{name}", "/openapi.json")}
"""The routes that serve files and pages, and refuse with pages."""
API = [each for each in EVERY if each.values not in PAGES]
ROUTES = {(route.method, route.path): route for route in template.load().routes()}


def _problems(operation):
    """Return an operation's refusals, by status."""
    problems = {}
    for status, response in operation["responses"].items():
        content = response["content"].get("application/problem+json")
        if content and "allOf" in content["schema"]:
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
    public = operation["security"] == []
    assert public is ROUTES[method, path].public
    assert ("401" in operation["responses"]) is not public
    assert ("forbidden" in _problems(operation).get(403, ())) is not public


@pytest.mark.parametrize(("method", "path"), EVERY)
def test_an_operation_names_the_authorizer_of_its_route(method, path):
    authorizer = ROUTES[method, path].authorizer
    wanted: list[dict[str, list[str]]] = [{authorizer: []}] if authorizer else []
    assert OPERATIONS[method, path]["security"] == wanted


def test_there_is_a_security_scheme_for_each_authorizer():
    schemes = DOCUMENT["components"]["securitySchemes"]
    assert set(schemes) == set(template.load().authorizers())
    assert DOCUMENT.get("security") is None


@pytest.mark.parametrize(("method", "path"), API)
def test_every_refusal_has_its_status_and_media_type(method, path):
    status = {refusal.name: refusal.status for refusal in Refusal.__subclasses__()}
    problems = _problems(OPERATIONS[method, path])
    assert all(status[name] == code for code, names in problems.items() for name in names)
    assert "busy" in problems[503]
    for code, response in OPERATIONS[method, path]["responses"].items():
        if code == "304":
            assert response["content"] == {}
            continue
        gateway = int(code) in {401, 429}
        kind = "application/json" if gateway or int(code) < 300 else "application/problem+json"
        assert list(response["content"]) == [kind]


@pytest.mark.parametrize(("method", "path"), sorted(PAGES))
def test_pages_and_files_protect_themselves_and_are_kept_by_their_etag(method, path):
    responses = OPERATIONS[method, path]["responses"]
    for status in ("200", "304"):
        headers = set(responses[status]["headers"])
        assert headers > {"ETag", "Cache-Control", "Strict-Transport-Security"}
        assert ("Content-Security-Policy" in headers) is (path in HTML)
    assert responses["304"]["content"] == {}


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
    "/unsubscribe/{token}",
    "/practice/clients/{client_id}/invitation",
    "/practice/clients/{client_id}/welcome",
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


def test_operation_ids_are_unique_and_are_the_names_of_the_handlers():
    ids = Counter(operation["operationId"] for operation in OPERATIONS.values())
    assert set(ids.values()) == {1}
    handlers = {
        (route.method, route.openapi_path): route.func.__name__
        for resolver in openapi.resolvers().values()
        for route in resolver.routes()
    }
    assert {key: each["operationId"] for key, each in OPERATIONS.items()} == handlers
    for name in ids:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+|register", name), name


def test_every_operation_has_one_of_the_described_tags():
    tags = {tag["name"]: tag["description"] for tag in DOCUMENT["tags"]}
    assert {tag for each in OPERATIONS.values() for tag in each["tags"]} == set(tags)
    assert all(len(each["tags"]) == 1 for each in OPERATIONS.values())
    assert all(map(is_sentence, tags.values()))


def is_sentence(text):
    return len(text) > 9 and text[0] == text[0].upper() and text.endswith(".")


def _described(schema, where):
    """Yield every schema and field of a schema, with its place."""
    if schema.get("type") == "object":
        yield where, schema
    for name, field in schema.get("properties", {}).items():
        yield f"{where}.{name}", field
        inside = field.get("items", {})
        if inside.get("properties"):
            yield from list(_described(inside, f"{where}.{name}"))[1:]


FIELDS = dict(
    each
    for name, schema in DOCUMENT["components"]["schemas"].items()
    for each in _described(schema, name)
)
PARAMETERS = {
    (*key, parameter["name"]): parameter
    for key, operation in OPERATIONS.items()
    for parameter in operation.get("parameters", ())
}


def test_every_route_parameter_field_response_and_header_is_described_in_sentences():
    described = {
        **OPERATIONS,
        **PARAMETERS,
        **FIELDS,
        **DOCUMENT["components"]["headers"],
        **{(*key, status): each for *key, status, each in _responses()},
    }
    undescribed = {
        where for where, each in described.items() if not is_sentence(each.get("description", ""))
    }
    lists = {
        where for where in undescribed if described[where].get("description", "").startswith("- `")
    }
    assert undescribed - lists == set()
    assert {where[-1] for where in lists} <= {str(each.status) for each in Refusal.__subclasses__()}


def _responses():
    for key, operation in OPERATIONS.items():
        for status, response in operation["responses"].items():
            yield *key, status, response


def test_every_shared_description_is_of_a_field_or_parameter():
    fields = {where.rpartition(".")[2] for where in FIELDS} | {key[-1] for key in PARAMETERS}
    assert set(COMMON) <= fields


def test_headers_are_named_where_responses_have_them():
    headers = DOCUMENT["components"]["headers"]
    named = {header for *_, response in _responses() for header in response["headers"]}
    assert named == set(headers)
    for method, path, status, response in _responses():
        if (method, path) in PAGES:
            continue
        expected = {"Apigw-Requestid"}
        expected |= {"Location"} if status == "201" else set()
        expected |= {"Retry-After"} if status == "503" else set()
        expected |= {"WWW-Authenticate"} if status == "401" else set()
        takes = [name for *key, name in PARAMETERS if key == [method, path]]
        reads = (method, path) == ("GET", "/practice")
        tagged = reads or {"if-match", "if-none-match"} & set(takes)
        expected |= {"ETag"} if status in {"200", "304"} and tagged else set()
        assert set(response["headers"]) == expected, (method, path, status)


def _bodies():
    """Yield every body of a request or response, with its operation's id."""
    for operation in OPERATIONS.values():
        responses = operation["responses"].values()
        for body in (*filter(None, [operation.get("requestBody")]), *responses):
            for content in body["content"].values():
                yield operation["operationId"], content


def test_every_example_is_valid_and_every_body_has_one():
    components = DOCUMENT["components"]
    used = set()
    for operation, content in _bodies():
        schema = {**content["schema"], "components": components}
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert content["examples"], operation
        for name, reference in content["examples"].items():
            assert reference == {"$ref": f"#/components/examples/{name}"}
            used.add(name)
            errors = [
                each.message
                for each in validator.iter_errors(components["examples"][name]["value"])
            ]
            assert errors == [], (operation, name)
    assert used == set(components["examples"])


@pytest.mark.parametrize(("method", "path"), API)
def test_every_refusal_has_an_example(method, path):
    for status, names in _problems(OPERATIONS[method, path]).items():
        content = OPERATIONS[method, path]["responses"][str(status)]["content"]
        examples = content["application/problem+json"]["examples"]
        assert {each.partition(".")[2] for each in examples} == names


def test_request_examples_are_accepted_by_the_request_models():
    examples = DOCUMENT["components"]["examples"]
    models = {
        name: cls
        for name, cls in openapi.api_classes().items()
        if issubclass(cls, RequestModel) and name in examples
    }
    assert len(models) > 10
    for name, model in models.items():
        model.model_validate(examples[name]["value"])


def test_the_document_contains_no_schemas_of_the_framework():
    assert "HTTPValidationError" not in json.dumps(DOCUMENT)
