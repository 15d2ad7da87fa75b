"""The OpenAPI document: merged from the functions' own, and kept beside the one that serves it.

`python -m infra.openapi` writes it anew.
"""

import importlib
import inspect
import json
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge
from pydantic import ConfigDict, TypeAdapter

from openhour.api import (
    appointments,
    calendars,
    clients,
    openings,
    public,
    regulars,
    settings,
    time_off,
)
from openhour.api.resolver import Resolver

DOCUMENT = Path(__file__).resolve().parents[1] / "functions" / "registration" / "openapi.json"
FUNCTIONS = ("availability", "booking", "cancellation", "practice", "privileges", "registration")
SHAPES = (appointments, calendars, clients, openings, public, regulars, settings, time_off)
"""The modules in which the shapes of answers are."""

_VIEW = "View"
_REF = "#/components/schemas/{model}"
_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError", "ResponseValidationError")
_PROBLEM = {
    "type": "object",
    "description": "A refusal (RFC 9457), with what helps next.",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {
            "type": "string",
            "description": "Name it to the office: the logs have it too.",
        },
        "office_phone": {"type": "string", "description": "For a client and the public."},
        "errors": {
            "type": "array",
            "description": "With `invalid`.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                "additionalProperties": False,
            },
        },
        "missing": {
            "type": "array",
            "description": "With `not-ready`.",
            "items": {
                "enum": ["hours", "timezone", "office_phone", "regulars_entered", "conflicts"]
            },
        },
        "week": {"type": "string", "description": "With `regular-conflict`."},
        "nearest": {
            "type": "array",
            "description": "With `slot-taken`, for a client: the nearest open slots.",
            "items": {"$ref": _REF.format(model="Opening")},
        },
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
    "description": "An answer of the gateway's own.",
    "properties": {"message": {"type": "string"}},
}


def resolvers() -> dict[str, Resolver]:
    """Each function's resolver, by the function's name."""
    return {name: importlib.import_module(f"functions.{name}.handler").app for name in FUNCTIONS}


def make_document() -> dict[str, Any]:
    """Merge the functions' documents into one."""
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
    return _finish(document)


def write() -> None:
    """Write the document to its place."""
    DOCUMENT.write_text(to_text(make_document()))


def to_text(document: dict[str, Any]) -> str:
    """The document as it is kept."""
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _finish(document: dict[str, Any]) -> dict[str, Any]:
    """Put in the shapes of answers, and take out what the framework says of its own refusals."""
    document["components"]["securitySchemes"] = _SECURITY
    document["security"] = [{name: []} for name in _SECURITY]
    schemas = document["components"]["schemas"]
    for name in _FRAMEWORKS_OWN:
        schemas.pop(name, None)
    schemas |= {"Problem": _PROBLEM, "GatewayMessage": _GATEWAY, "Document": {"type": "object"}}
    schemas |= shapes()
    for operation in _operations(document):
        responses = operation["responses"]
        if "HTTPValidationError" in json.dumps(responses.get("422", {})):
            del responses["422"]
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _never_null(parameter["schema"])
    return document


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out, or text: what Python calls None can't be sent."""
    kinds = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    return kinds[0] if len(kinds) == 1 else schema


def shapes() -> dict[str, Any]:
    """The schemas of answers, by name."""
    views = [
        view
        for module in SHAPES
        for name, view in vars(module).items()
        if name.endswith(_VIEW) and view.__module__ == module.__name__
    ]
    for view in views:
        view.__pydantic_config__ = ConfigDict(extra="forbid")
    return {name: schema for view in views for name, schema in _schemas(view).items()}


def _schemas(view: Any) -> dict[str, Any]:
    """The schemas of a view and of those in it; the document knows them without `View`."""
    schema = TypeAdapter(view).json_schema(ref_template=_REF, mode="serialization")
    every = {**schema.pop("$defs", {}), view.__name__: schema}
    text = json.dumps({name.removesuffix(_VIEW): each for name, each in every.items()})
    plain: dict[str, Any] = json.loads(text.replace(f'{_VIEW}"', '"'))
    return plain


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for path in document["paths"].values() for each in path.values()]


if __name__ == "__main__":
    write()
