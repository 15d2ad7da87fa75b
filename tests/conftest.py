"""What every test stands on: the environment that `infra.local` sets, an atomic moto, functions
held to their permissions wherever the local run invokes them, and somebody who acts."""

import pytest

from infra.local.atomic import make_atomic
from infra.local.permissions import enforce
from openhour.store.trail import acting

make_atomic()
enforce()


@pytest.fixture(scope="session", autouse=True)
def _somebody_acts():
    """Whoever calls the store from a test. Functions that are invoked know nothing of it."""
    with acting("therapist:ada"):
        yield
