"""The template's tables, fresh for every test, in an AWS that lives in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import boto3
import pytest
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from infra.local import template
from infra.local.environment import ACCOUNT, REGION
from infra.local.tables import create_tables
from openhour.store import practices

_dynamodb = cache(lambda: boto3.client("dynamodb"))


@contextmanager
def fresh_tables() -> Iterator[None]:
    """Empty tables, and nothing remembered of those before."""
    with mock_aws():
        # moto itself begins anew only where this is the outermost.
        dynamodb_backends[ACCOUNT][REGION].reset()
        create_tables(template.load(), _dynamodb())
        practices.forget()
        yield
    practices.forget()


@pytest.fixture(autouse=True)
def _tables():
    """What every test of the store stands on; a test that wants fresh ones for each of its rounds
    enters `fresh_tables` itself."""
    with fresh_tables():
        yield
