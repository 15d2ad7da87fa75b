"""The OpenAPI document, merged from the functions' resolvers.

`python -m infra.openapi` writes it beside the function that serves it.
"""

import importlib
import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge
from pydantic import ConfigDict, TypeAdapter

from infra.openapi_components import (
    ABOUT,
    DOCUMENT_SCHEMA,
    GATEWAY_MESSAGE,
    HEADERS,
    PROBLEM,
    SECURITY,
)
from infra.openapi_descriptions import (
    COMMON,
    field_descriptions,
    one_line,
    refusals_description,
)
from infra.openapi_examples import add_examples, refusals_in
from openhour.api.callers import CALLERS
from openhour.api.identity import Role
from openhour.api.resolver import Resolver

DOCUMENT = Path(__file__).resolve().parents[1] / "functions" / "web" / "openapi.json"
FUNCTIONS = (
    *("availability", "booking", "cancellation", "confirmation", "notifications", "practice"),
    *("privileges", "registration", "web"),
)
_API_MODULES = (
    *("appointments", "asked_regulars", "audit_log", "booking_checks", "calendar_weeks"),
    *("calendars", "clients", "contacts", "intake", "logins", "mail_previews", "me", "names"),
    *("openings", "public", "registrations", "regulars", "settings", "time_off"),
)
"""The modules that define requests and responses, the latter as classes named `…View`."""
_VIEW = "View"
_REF = "#/components/schemas/{model}"
_POWERTOOLS_SCHEMAS = ("HTTPValidationError", "ValidationError", "ResponseValidationError")


def resolvers() -> dict[str, Resolver]:
    """Return each function's resolver, by the function's name."""
    return {name: importlib.import_module(f"functions.{name}.handler").app for name in FUNCTIONS}


def make_document() -> dict[str, Any]:
    """Merge the documents of all functions, and complete the result."""
    merge = OpenAPIMerge(
        title="Openhour",
        version="1.0.0",
        description=ABOUT,
        on_conflict="error",
    )
    roles = {}
    for resolver in resolvers().values():
        for route in resolver.routes():
            _describe(route)
            roles[route.operation_id] = resolver.role
        schema = resolver.get_openapi_schema()
        merge.add_schema(schema.model_dump(mode="json", by_alias=True, exclude_none=True))
    document = json.loads(json.dumps(merge.get_openapi_schema()))
    document["tags"] = _tags()
    return _complete(document, roles)


def _describe(route: Route) -> None:
    """Name and describe an operation after the function that handles it."""
    summary, _, more = (inspect.getdoc(route.func) or "").partition("\n\n")
    callers = CALLERS.get(f"{route.method} {route.openapi_path}")
    said = (one_line(more), callers.words if callers else "")
    route.summary = one_line(summary)
    route.description = " ".join(filter(None, said)) or route.summary
    route.operation_id = route.func.__name__
    route.tags = [_tag(route)]


def _tag(route: Route) -> str:
    """Return the name of an operation's tag, which is that of the module that handles it."""
    parts = route.func.__module__.removeprefix("functions.").removesuffix(".handler")
    return parts.replace(".", " ").replace("_", " ")


def _tags() -> list[dict[str, str]]:
    """Return the tags, described as the modules are."""
    modules = {
        _tag(route): inspect.getmodule(route.func)
        for resolver in resolvers().values()
        for route in resolver.routes()
    }
    return [
        {"name": name, "description": one_line((inspect.getdoc(module) or "").partition("\n\n")[0])}
        for name, module in sorted(modules.items())
    ]


def write() -> None:
    """Write the document to `DOCUMENT`."""
    DOCUMENT.write_text(to_text(make_document()))


def to_text(document: dict[str, Any]) -> str:
    """Return the document as text, in a stable order."""
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _complete(document: dict[str, Any], roles: Mapping[str, Role | None]) -> dict[str, Any]:
    """Add schemas, headers, examples and security schemes; remove Powertools' own errors."""
    components = document["components"]
    components["securitySchemes"] = SECURITY
    components["headers"] = {
        name: {"description": said, "required": True, "schema": {"type": "string"}}
        for name, said in HEADERS.items()
    }
    schemas = components["schemas"]
    for name in _POWERTOOLS_SCHEMAS:
        schemas.pop(name, None)
    schemas |= {"Problem": PROBLEM, "GatewayMessage": GATEWAY_MESSAGE, "Document": DOCUMENT_SCHEMA}
    schemas |= view_schemas()
    _describe_fields(schemas)
    components["examples"] = {}
    for operation in _operations(document):
        role = roles[operation["operationId"]]
        operation["security"] = [{f"{role.capitalize()}Login": []}] if role else []
        _complete_operation(operation, schemas)
        add_examples(operation, components, role)
    return document


def _complete_operation(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Complete an operation's parameters and responses."""
    responses = operation["responses"]
    if "HTTPValidationError" in json.dumps(responses.get("422", {})):
        del responses["422"]
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _without_null(parameter["schema"])
        if parameter["name"] in COMMON:
            parameter.setdefault("description", COMMON[parameter["name"]])
    name = "Apigw-Requestid"
    for response in responses.values():
        response.setdefault("headers", {})[name] = {"$ref": f"#/components/headers/{name}"}
        if refusals := refusals_in(response):
            response["description"] = refusals_description(refusals)
        elif body := response["content"].get("application/json"):
            shape = body["schema"]["$ref"].rpartition("/")[2]
            response["description"] += f" {schemas[shape]['description']}"


def _describe_fields(schemas: dict[str, Any]) -> None:
    """Add what docstrings say of schemas and their fields."""
    for name, cls in api_classes().items():
        descriptions = COMMON | field_descriptions(cls)
        schema = schemas.get(name, {})
        if "description" in schema:
            schema["description"] = one_line(schema["description"])
        for field, about in schema.get("properties", {}).items():
            if field in descriptions:
                about.setdefault("description", descriptions[field])


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Remove null from a parameter's types: an optional parameter is omitted, not null."""
    types = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    return types[0] if len(types) == 1 else schema


def view_schemas() -> dict[str, Any]:
    """Return the schemas of the responses, by name."""
    views = [cls for cls in api_classes().values() if cls.__name__.endswith(_VIEW)]
    for view in views:
        view.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]  # pydantic reads it
    return {name: schema for view in views for name, schema in _schemas(view).items()}


def api_classes() -> dict[str, type]:
    """Return the request models and views, by the names of their schemas."""
    modules = [importlib.import_module(f"openhour.api.{name}") for name in _API_MODULES]
    return {
        name.removesuffix(_VIEW): cls
        for module in modules
        for name, cls in vars(module).items()
        if isinstance(cls, type) and cls.__module__ == module.__name__ and name[0] != "_"
    }


def _schemas(view: Any) -> dict[str, Any]:
    """Return the schemas of a view and its nested views, named without `View`."""
    schema = TypeAdapter(view).json_schema(ref_template=_REF, mode="serialization")
    schemas = {**schema.pop("$defs", {}), view.__name__: schema}
    text = json.dumps({name.removesuffix(_VIEW): each for name, each in schemas.items()})
    renamed: dict[str, Any] = json.loads(text.replace(f'{_VIEW}"', '"'))
    return renamed


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for path in document["paths"].values() for each in path.values()]


if __name__ == "__main__":
    write()
