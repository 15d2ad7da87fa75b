"""Validation: the errors of a request, field by field, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from openhour.rules.refusals import Invalid

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.api_gateway import Route

_MAX_ERRORS = 50
_MAX_FIELD_LENGTH = 100
_MESSAGES = {
    "missing": "Required.",
    "extra_forbidden": "Unknown field.",
    "string_type": "Must be text.",
    "string_unicode": "Must be text.",
    "string_too_short": "Must have at least {least}.",
    "string_too_long": "Must have at most {most}.",
    "int_type": "Must be a whole number.",
    "int_from_float": "Must be a whole number.",
    "int_parsing": "Must be a whole number.",
    "float_type": "Must be a number.",
    "float_parsing": "Must be a number.",
    "finite_number": "Must be a number.",
    "bool_type": "Must be true or false.",
    "bool_parsing": "Must be true or false.",
    "list_type": "Must be a list.",
    "too_long": "Must have at most {most}.",
    "too_short": "Must have at least {least}.",
    "model_type": "Must be an object.",
    "model_attributes_type": "Must be an object.",
    "dict_type": "Must be an object.",
    "greater_than_equal": "Must be {ge:g} or more.",
    "less_than_equal": "Must be {le:g} or less.",
    "literal_error": "Must be one of {expected}.",
}
"""By pydantic's type of error, with the values of its bound, never with what was sent."""


def invalid_request(errors: Sequence[Mapping[str, Any]]) -> Invalid:
    """Return the refusal of a request with these errors of pydantic's."""
    errors_by_field = [{"field": _field(each["loc"]), "message": _message(each)} for each in errors]
    return Invalid(errors=errors_by_field[:_MAX_ERRORS])


def reject_unknown_parameters(parameters: Mapping[str, str], route: Route) -> None:
    """Require that the route knows every query parameter.

    Otherwise a mistyped `preview` would be the act itself.

    Raises:
        Invalid: With the unknown parameters.
    """
    known = {parameter.alias for parameter in route.dependant.query_params}
    unknown = sorted(parameters.keys() - known)
    if unknown:
        raise invalid_request(
            [{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown]
        )


def _field(loc: Sequence[str | int]) -> str:
    """Return the field's path, such as `hours.0.minutes`, or `body`."""
    inside = loc[1:] if len(loc) > 1 else loc
    return ".".join(map(str, inside))[:_MAX_FIELD_LENGTH]


def _message(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        return str(context["error"])
    if error["type"] == "literal_error":
        context = {"expected": context["expected"].replace("'", "")}
    # The length of text that is checked after it was stripped counts as that of any value.
    is_text = "string" in error["type"] or isinstance(error.get("input"), str)
    if is_text and error["type"].endswith("too_short") and context["min_length"] == 1:
        return "Must not be empty."
    units = ("character", "characters") if is_text else ("entry", "entries")
    context = {
        **context,
        "least": _counted(context.get("min_length"), *units),
        "most": _counted(context.get("max_length"), *units),
    }
    return _MESSAGES.get(error["type"], "Can't be used.").format_map(context)


def _counted(number: int | None, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
