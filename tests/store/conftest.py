"""Tables for each module, and the practice of `seed` in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.dynamodb_backends import fresh_tables, remember
from tests.store.seed import seed


@pytest.fixture(scope="module", autouse=True)
def _tables() -> Iterator[None]:
    with fresh_tables():
        yield


@pytest.fixture(scope="module")
def restore_practice(_tables) -> Callable[[], None]:
    """Store the practice of `seed`, and return a function that restores it."""
    seed()
    return remember()
