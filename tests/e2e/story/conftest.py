"""The server on which the whole story runs, with the demo's practice in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.local.demo import THERAPIST, seed
from infra.local.server import running
from tests.e2e.people import Person, sign_in
from tests.e2e.story.town import TUESDAY, Town


@pytest.fixture(scope="package")
def town() -> Iterator[Town]:
    with running(now=TUESDAY) as local:
        seed(local)
        therapist = sign_in(local.base_url, THERAPIST)
        yield Town(local, therapist, Person(local.base_url), {})
