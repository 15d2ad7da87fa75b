"""Empty tables for every test."""

from __future__ import annotations

import pytest

from tests.dynamodb_backends import fresh_tables


@pytest.fixture(autouse=True)
def _tables():
    """What every test of the store stands on; a test that wants fresh ones for each of its rounds
    enters `fresh_tables` itself."""
    with fresh_tables():
        yield
