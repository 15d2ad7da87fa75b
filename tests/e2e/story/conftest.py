"""One server with the demo practice, shared by all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.local.demo import THERAPIST, seed
from infra.local.server import running
from tests.e2e.http_client import HttpClient, sign_in
from tests.e2e.story.context import TUESDAY, StoryContext


@pytest.fixture(scope="package")
def story() -> Iterator[StoryContext]:
    with running(now=TUESDAY, prepare=seed) as local:
        therapist = sign_in(local.base_url, THERAPIST, pool="therapists")
        yield StoryContext(local, therapist, HttpClient(local.base_url), {})
