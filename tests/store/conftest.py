"""The template's tables, fresh for every test, in an AWS that lives in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import pytest
from moto import mock_aws

from infra.local import template
from infra.local.tables import create_tables
from openhour.store import practices


@contextmanager
def fresh_tables() -> Iterator[None]:
    """Empty tables, and nothing remembered of those before."""
    with mock_aws():
        create_tables(template.load(), boto3.client("dynamodb"))
        practices.forget()
        yield
    practices.forget()


@pytest.fixture(autouse=True)
def _tables():
    """What every test of the store stands on; a test that wants fresh ones for each of its rounds
    enters `fresh_tables` itself."""
    with fresh_tables():
        yield
