"""One server for all fuzz tests, restored after each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.server import Server, seeded_server


@pytest.fixture(scope="package")
def shared_server() -> Iterator[Server]:
    with seeded_server() as server:
        yield server


@pytest.fixture
def server(shared_server: Server) -> Iterator[Server]:
    yield shared_server
    assert shared_server.violations() == []
    shared_server.restore()
