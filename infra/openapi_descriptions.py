"""Descriptions for the OpenAPI document, taken from the docstrings beside what they describe.

The functions never evaluate these docstrings, so they don't slow a cold start.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from types import ModuleType

from typing_extensions import get_original_bases

from openhour.rules.refusals import Refusal
from openhour.rules.settings import setting_specs

COMMON = {
    "appointment_id": "The appointment's id.",
    "appointments": "The appointments.",
    "cancel_booked": "Whether the sessions in it are cancelled. Otherwise they become conflicts.",
    "client_id": "The client's id.",
    "conflicts": "The conflicts that nobody has settled.",
    "cursor": "Where the page begins: the `next` of the page before it.",
    "discharge_reason": "Why the client was discharged; null unless they were.",
    "email": "The client's e-mail address.",
    "end": "When the slot ends.",
    "ended_by": "Who cancelled or moved the session; null if nobody did.",
    "every_weeks": "The number of weeks from one session to the next.",
    "first": "The date from which on the regular is placed.",
    "from": "The beginning, inclusive.",
    "full_weeks": "The weeks in which a client would have several sessions.",
    "hours": "The entries of the week, in order of time.",
    "late": "Whether the cancellation or move was late.",
    "login_id": "The login's id.",
    "message": "What clients are told whose sessions are cancelled.",
    "minutes": "The length in minutes.",
    "name": "The client's name.",
    "next": "The cursor of the next page; null after the last.",
    "note": "A note for the therapist alone.",
    "notice": "What clients see on their page while the time off lasts.",
    "notify": "Whether the clients concerned are told.",
    "phone": "The client's phone number.",
    "prime": "Whether slots of this time are held until their week is released.",
    "privilege": "Whether the client may book online; `ended` after a discharge.",
    "reason": "Why the client is discharged. The client never sees it.",
    "registration_id": "The registration's id.",
    "regular_id": "The regular's id.",
    "self_scheduling": "Whether clients may book.",
    "slot_id": "The slot's id, which is its start in UTC.",
    "slots": "The slots, in order of time.",
    "start": "When the slot starts: an instant, or the local time of day.",
    "strikes": "The client's strikes.",
    "therapist_id": "The practice's id.",
    "time_off_id": "The id of the time off.",
    "timezone": "The IANA time zone of the practice's times.",
    "to": "The end, exclusive.",
    "token": "The token of a mailed link.",
    "until": "The last date on which the regular may be placed; null for no end.",
    "week": "The week, as in ISO 8601.",
    "weekday": "The day of the week.",
}
"""What a field or parameter means wherever nothing else is said beside it."""
_WITH_SETTINGS = ("PracticeView", "SettingsPatch", "SettingsView", "TherapistView")
"""The classes whose fields are settings, described where the settings are declared."""


def field_descriptions(cls: type) -> dict[str, str]:
    """Return what a class's docstrings say of its fields and inherited ones, by name."""
    found: dict[str, str] = {}
    if cls.__name__ in _WITH_SETTINGS:
        found |= {name: spec.about for name, spec in setting_specs().items()}
    for base in get_original_bases(cls):
        if getattr(base, "__module__", "").startswith("openhour."):
            found |= field_descriptions(base)
    return found | dict(_own_descriptions(cls))


def _own_descriptions(cls: type) -> Iterator[tuple[str, str]]:
    """Yield the fields of a class that a docstring follows, by the names that JSON has."""
    body = _bodies(sys.modules[cls.__module__]).get(cls.__name__, [])
    for field, docstring in pairwise(body):
        match field, docstring:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                model_field = getattr(cls, "model_fields", {}).get(name)
                yield (model_field and model_field.alias) or name, one_line(text)


@cache
def _bodies(module: ModuleType) -> dict[str, list[ast.stmt]]:
    """Return the statements of a module's classes, by name."""
    parsed = ast.parse(inspect.getsource(module))
    return {each.name: each.body for each in parsed.body if isinstance(each, ast.ClassDef)}


def refusals_description(names: list[str]) -> str:
    """Return a list of refusals, each with its meaning."""
    meanings = {each.name: one_line(each.__doc__ or "") for each in Refusal.__subclasses__()}
    return "\n".join(f"- `{name}`: {meanings[name]}" for name in names)


def one_line(text: str) -> str:
    """Return the text without line breaks."""
    return " ".join(text.split())
