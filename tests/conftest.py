"""Set-up of every test: moto with atomic transactions, or DynamoDB Local with `--engine`.

Functions that the local run invokes are held to their permissions.
"""

import gc
from contextlib import ExitStack

import pytest
from xdist.scheduler import LoadFileScheduling

from functions.web import built_files
from infra.dynamodb_local import DynamoDBLocalUnavailable, running
from infra.local.environment import enter_local_environment
from infra.local.moto.dynamodb import patch_dynamodb
from infra.local.permissions import enforce_permissions
from openhour.store.audit_log import acting_as
from tests import small_pages
from tests.dynamodb_backends import use_engine

enter_local_environment()
patch_dynamodb()
enforce_permissions()


def pytest_addoption(parser):
    parser.addoption("--engine", action="store_true", help="use DynamoDB Local instead of moto")


def pytest_configure(config):
    """Run one DynamoDB Local for all tests; without it, end the run with a message."""
    if config.getoption("engine"):
        stack = ExitStack()
        try:
            use_engine(stack.enter_context(running()))
        except DynamoDBLocalUnavailable as missing:
            pytest.exit(f"DynamoDB Local is not available: {missing}.", returncode=0)
        config.add_cleanup(stack.close)


def pytest_collection_modifyitems(config, items):
    """Deselect tests that need DynamoDB Local, unless it is requested."""
    if not config.getoption("engine"):
        left_out = [item for item in items if "engine" in item.fixturenames]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    assert len({item.nodeid for item in items}) == len(items), "two tests have one name"


def pytest_collection_finish():
    """Keep the garbage collector from traversing all that was imported, again and again."""
    gc.collect()
    gc.freeze()


def pytest_itemcollected(item):
    """Give schemathesis's tests distinct ids; xdist would run only one of those with equal ids."""
    if not item.nodeid.endswith(item.name):
        item._id = type(item.id).parse(f"{item.nodeid.partition('::')[0]}::{item.name}")


class _FileScheduling(LoadFileScheduling):  # type: ignore[misc]  # it has no types
    """Sends a file to one process, and all files of the story, or of the fuzz tests, to one.

    Browser tests go one by one: each is long, and has all that it needs to itself.
    """

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        folder = file.rpartition("/")[0]
        if folder.endswith("/browser"):
            return nodeid
        return folder if folder.endswith(("/story", "/fuzz")) else file


def pytest_xdist_make_scheduler(config, log):
    """Choose how tests are distributed over processes."""
    return _FileScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def built_pages(tmp_path_factory):
    """Serve small pages in place of the built ones, which need the pages' tools."""
    folder = tmp_path_factory.mktemp("pages") / "built"
    small_pages.build(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(built_files, "BUILT", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def _audit_actor():
    """Set the audit actor of direct store calls; invoked functions don't see it."""
    with acting_as("therapist:ada"):
        yield
