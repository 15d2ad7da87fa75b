"""A local run whose functions are the built artifacts, each in Lambda's emulator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from infra.build.builds import HOST
from infra.local import template
from infra.local.server import running
from tests.artifacts.deployed_practice import DeployedPractice, open_practice_and_sign_in
from tests.artifacts.emulator import Artifact, Emulator

_START_TIMES = pytest.StashKey[dict[str, dict[str, float]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_START_TIMES] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests with the argument `function` for every function of the template."""
    if "function" in metafunc.fixturenames:
        metafunc.parametrize("function", sorted(template.load().handlers()))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print a table of the start times, if any were measured."""
    start_times = config.stash[_START_TIMES]
    if start_times:
        terminalreporter.write_line(f"{'starts, in ms':24}{'bytecode':>10}{'sources':>10}")
    for function, by_build in sorted(start_times.items()):
        cells = (by_build.get(build) for build in ("bytecode", "sources"))
        figures = "".join(f"{'' if each is None else round(each):>10}" for each in cells)
        terminalreporter.write_line(f"{function:24}{figures}")


@pytest.fixture
def start_times(pytestconfig: pytest.Config) -> dict[str, dict[str, float]]:
    """The shortest start of each function in milliseconds, by function and build."""
    return pytestconfig.stash[_START_TIMES]


@pytest.fixture
def artifact(function: str) -> Artifact:
    return Artifact(function=function, directory=HOST / function)


@pytest.fixture(scope="session")
def practice() -> Iterator[DeployedPractice]:
    """A new practice in a local run that invokes the artifacts. Schedules do not run."""
    with running() as local, ExitStack() as stack:
        local.scheduler_thread.close()
        emulators = {}
        for name, function in local.functions.items():
            artifact = Artifact(function=name, directory=HOST / name)
            emulator = Emulator(artifact, AWS_ENDPOINT_URL=local.cognito_url.rstrip("/"))
            emulators[name] = stack.enter_context(closing(emulator))
            function.handler = emulator.invoke
        yield open_practice_and_sign_in(local, emulators)
