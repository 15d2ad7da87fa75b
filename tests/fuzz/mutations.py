"""Mutations of a valid event: parts removed, retyped, repeated, renamed, nested or extended."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]


def _nested(levels: int) -> Any:
    value: Any = "x"
    for level in range(levels):
        value = [value] if level % 2 else {"x": value}
    return value


ODD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        (
            *(None, True, False, 0, -1, 1.5, 10**30, 1e300, [], {}, [[]], {"": ""}),
            *("", " ", "\x00", "-", "..", "%2F", "é🙂", "\ud800", "null", "[]", "0" * 5_000),
            *("#login#here/ann@example.org", "#intake#2026-W48", "here#ann", "there", "ann"),
            *({"S": "ann"}, {"N": "x"}, {"M": {"S": "x"}}, {"NULL": True}, {"B": "x"}),
            "x" * 70_000,
            _nested(200),
        )
    ).map(copy.deepcopy),
    st.text(max_size=20),
    st.integers(),
)
"""What nobody expects, in any place."""


def paths_in(value: Any, inside: Path = ()) -> Iterator[Path]:
    """The places in an event, from the outside in."""
    if isinstance(value, dict | list):
        children = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in children:
            yield (*inside, key)
            yield from paths_in(child, (*inside, key))


@st.composite
def mutated(draw: st.DrawFn, valid: Any, most: int = 3) -> Any:
    """A copy of a valid value with one to `most` things wrong with it."""
    value = copy.deepcopy(valid)
    for _ in range(draw(st.integers(1, most))):
        places = list(paths_in(value))
        if not places:
            break
        _spoil(draw, value, draw(st.sampled_from(places)))
    return value


def _spoil(draw: st.DrawFn, value: Any, path: Path) -> None:
    *outer, key = path
    for each in outer:
        value = value[each]
    act = draw(st.sampled_from(("drop", "odd", "odd", "rename", "wrap", "add")))
    if act == "drop":
        del value[key]
    elif act == "odd":
        value[key] = draw(ODD)
    elif act == "wrap":
        value[key] = [value[key], value[key]]
    elif isinstance(value, dict):
        value[str(key).swapcase() if act == "rename" else draw(st.text(max_size=8))] = (
            value.pop(key) if act == "rename" else draw(ODD)
        )
