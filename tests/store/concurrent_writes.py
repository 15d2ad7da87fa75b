"""Runs another action between an action's reads and its writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from openhour.store.audit_log import acting_as


@contextmanager
def interrupted(module: ModuleType, meanwhile: Callable[[], Any]) -> Iterator[None]:
    """Run `meanwhile` before the module's first write."""
    writes: tuple[str, ...] = ("commit", "write")
    kept = {name: vars(module)[name] for name in writes if name in vars(module)}

    def before(name: str) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            vars(module).update(kept)
            with acting_as("therapist:ada"):
                meanwhile()
            return kept[name](*given)

        return call

    vars(module).update({name: before(name) for name in kept})
    yield
    vars(module).update(kept)
