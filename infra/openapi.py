"""The OpenAPI document, merged from the functions' resolvers.

`python -m infra.openapi` writes it beside the function that serves it.
"""

import importlib
import inspect
import json
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge
from pydantic import ConfigDict, TypeAdapter

from openhour.api.resolver import Resolver

DOCUMENT = Path(__file__).resolve().parents[1] / "functions" / "registration" / "openapi.json"
FUNCTIONS = ("availability", "booking", "cancellation", "practice", "privileges", "registration")
_VIEW_MODULES = (
    *("appointments", "calendars", "clients", "openings"),
    *("public", "regulars", "settings", "time_off"),
)
"""The modules that define the responses, as classes named `…View`."""
_VIEW = "View"
_REF = "#/components/schemas/{model}"
_POWERTOOLS_SCHEMAS = ("HTTPValidationError", "ValidationError", "ResponseValidationError")
_PROBLEM = {
    "type": "object",
    "description": "A refusal, as problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {
            "type": "string",
            "description": "Identifies the request in the logs.",
        },
        "office_phone": {"type": "string", "description": "Present for clients and the public."},
        "errors": {
            "type": "array",
            "description": "Present for `invalid`.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                "additionalProperties": False,
            },
        },
        "missing": {
            "type": "array",
            "description": "Present for `not-ready`.",
            "items": {
                "enum": [
                    *("hours", "timezone", "office_phone", "crisis_line"),
                    *("regulars_entered", "conflicts"),
                ]
            },
        },
        "week": {"type": "string", "description": "Present for `regular-conflict`."},
    },
}
_SECURITY = {
    "login": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A Cognito ID token of the groups `clients` or `therapists`.",
    }
}
_GATEWAY = {
    "type": "object",
    "description": "A response of the API gateway itself.",
    "properties": {"message": {"type": "string"}},
}


def resolvers() -> dict[str, Resolver]:
    """Return each function's resolver, by the function's name."""
    return {name: importlib.import_module(f"functions.{name}.handler").app for name in FUNCTIONS}


def make_document() -> dict[str, Any]:
    """Merge the documents of all functions, and complete the result."""
    merge = OpenAPIMerge(
        title="Openhour",
        version="1.0.0",
        description="Self-scheduling for a therapist's clients.",
        on_conflict="error",
    )
    public = set()
    for resolver in resolvers().values():
        for route in resolver.routes():
            route.summary = (inspect.getdoc(route.func) or "").partition("\n\n")[0]
            route.summary = " ".join(route.summary.split())
            if resolver.role is None:
                public.add((route.openapi_path, route.method.lower()))
        schema = resolver.get_openapi_schema()
        merge.add_schema(schema.model_dump(mode="json", by_alias=True, exclude_none=True))
    document = json.loads(json.dumps(merge.get_openapi_schema()))
    for path, method in public:
        document["paths"][path][method]["security"] = []
    return _complete(document)


def write() -> None:
    """Write the document to `DOCUMENT`."""
    DOCUMENT.write_text(to_text(make_document()))


def to_text(document: dict[str, Any]) -> str:
    """Return the document as text, in a stable order."""
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    """Add the schemas of responses and the security scheme; remove Powertools' own errors."""
    document["components"]["securitySchemes"] = _SECURITY
    document["security"] = [{name: []} for name in _SECURITY]
    schemas = document["components"]["schemas"]
    for name in _POWERTOOLS_SCHEMAS:
        schemas.pop(name, None)
    schemas |= {"Problem": _PROBLEM, "GatewayMessage": _GATEWAY, "Document": {"type": "object"}}
    schemas |= view_schemas()
    for operation in _operations(document):
        responses = operation["responses"]
        if "HTTPValidationError" in json.dumps(responses.get("422", {})):
            del responses["422"]
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _without_null(parameter["schema"])
    return document


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Remove null from a parameter's types: an optional parameter is omitted, not null."""
    types = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    return types[0] if len(types) == 1 else schema


def view_schemas() -> dict[str, Any]:
    """Return the schemas of the responses, by name."""
    modules = [importlib.import_module(f"openhour.api.{name}") for name in _VIEW_MODULES]
    views = [
        view
        for module in modules
        for name, view in vars(module).items()
        if name.endswith(_VIEW) and view.__module__ == module.__name__
    ]
    for view in views:
        view.__pydantic_config__ = ConfigDict(extra="forbid")
    return {name: schema for view in views for name, schema in _schemas(view).items()}


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
