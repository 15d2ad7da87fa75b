"""One town for all of these tests, put back as it was for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.town import Town, standing


@pytest.fixture(scope="package")
def furnished() -> Iterator[Town]:
    with standing() as town:
        yield town


@pytest.fixture
def town(furnished: Town) -> Iterator[Town]:
    furnished.rewind()
    yield furnished
    assert furnished.faults() == []
