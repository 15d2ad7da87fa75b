"""What every test stands on: the environment that `infra.local` sets, an atomic moto or, with
`--engine`, AWS's own DynamoDB engine; functions held to their permissions wherever the local run
invokes them; and somebody who acts."""

from contextlib import ExitStack

import pytest
from xdist.scheduler import LoadFileScheduling

from infra.local.environment import enter_local_environment
from infra.local.moto.dynamodb import patch_dynamodb
from infra.local.permissions import enforce_permissions
from openhour.store.audit_log import acting_as
from tests.engine.dynamodb import NoEngine, serving
from tests.tables import stand_on

enter_local_environment()
patch_dynamodb()
enforce_permissions()


def pytest_addoption(parser):
    parser.addoption("--engine", action="store_true", help="stand on DynamoDB Local, not on moto")


def pytest_configure(config):
    """Serve one engine for the whole run. Where it can't be had, that is said, and no failure."""
    if config.getoption("engine"):
        stack = ExitStack()
        try:
            stand_on(stack.enter_context(serving()))
        except NoEngine as missing:
            pytest.exit(f"No tests on the engine: {missing}.", returncode=0)
        config.add_cleanup(stack.close)


def pytest_collection_modifyitems(config, items):
    """Leave out what needs an engine of its own, unless one was asked for."""
    if not config.getoption("engine"):
        left_out = [item for item in items if "engine" in item.fixturenames]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    assert len({item.nodeid for item in items}) == len(items), "two tests have one name"


def pytest_itemcollected(item):
    """Tell the tests of schemathesis apart, which it names alike for all operations: of those that
    are named alike one alone would be dealt out."""
    if not item.nodeid.endswith(item.name):
        item._id = type(item.id).parse(f"{item.nodeid.partition('::')[0]}::{item.name}")


class _Dealing(LoadFileScheduling):  # type: ignore[misc]  # it has no types
    """A file goes to one process whole, and so does a story, however many files it has."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        folder = file.rpartition("/")[0]
        return folder if folder.endswith("/story") else file


def pytest_xdist_make_scheduler(config, log):
    """How tests are dealt out to several processes."""
    return _Dealing(config, log)


@pytest.fixture(scope="session", autouse=True)
def _somebody_acts():
    """Whoever calls the store from a test. Functions that are invoked know nothing of it."""
    with acting_as("therapist:ada"):
        yield
