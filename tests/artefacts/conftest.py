"""A practice whose functions are the built artefacts, each in Lambda's emulator. It is now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from infra.build.builds import HERE
from infra.local import template
from infra.local.server import running
from tests.artefacts.emulator import Artefact, Emulator
from tests.artefacts.office import Office, open_office
from tests.artefacts.starts import Starts

_STARTS = pytest.StashKey[Starts]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_STARTS] = Starts()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every function of the template is tested, whichever there are."""
    if "function" in metafunc.fixturenames:
        metafunc.parametrize("function", sorted(template.load().handlers()))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash[_STARTS].table():
        terminalreporter.write_line(line)


@pytest.fixture
def starts(pytestconfig: pytest.Config) -> Starts:
    """Where the times are noted that the table at the end shows."""
    return pytestconfig.stash[_STARTS]


@pytest.fixture
def artefact(function: str) -> Artefact:
    return Artefact(function=function, directory=HERE / function)


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """A practice that has just been opened. The local run's gateway and streams hand events to the
    artefacts, and its moto is the AWS that they find. No Friday comes by itself."""
    with running() as local, ExitStack() as until_then:
        local.ticking.close()
        emulators = {}
        for name, function in local.functions.items():
            artefact = Artefact(function=name, directory=HERE / name)
            emulator = Emulator(artefact, AWS_ENDPOINT_URL=local.cognito_url.rstrip("/"))
            emulators[name] = until_then.enter_context(closing(emulator))
            function.handler = emulator.invoke
        yield open_office(local, emulators)
