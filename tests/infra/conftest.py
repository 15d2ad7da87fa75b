"""The template, and an AWS in this process with its tables and user pool."""

import pytest

from infra.local import template
from infra.local.cloud import standing
from openhour import clock


@pytest.fixture(scope="session")
def translated():
    return template.load()


@pytest.fixture(scope="module")
def cloud(translated):
    with standing(translated) as cloud:
        yield cloud


@pytest.fixture(autouse=True)
def _real_time():
    yield
    clock.reset()
