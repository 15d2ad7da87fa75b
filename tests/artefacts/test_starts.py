"""How long each function takes to start, with bytecode and without: the table at the end says."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import pytest

from infra.build.builds import HERE, HERE_SOURCES
from tests.artefacts.emulator import Artefact, Emulator, FunctionError
from tests.artefacts.starts import Starts

TIMES = 3
BUILDS = {"bytecode": HERE, "sources": HERE_SOURCES}


@pytest.mark.parametrize("build", BUILDS)
def test_every_function_starts(function: str, build: str, starts: Starts) -> None:
    starts.note(function, build, [start(BUILDS[build] / function) for _ in range(TIMES)])


def start(directory: Path) -> float:
    """How long one start takes, in milliseconds, whatever the first event comes to."""
    artefact = Artefact(function=directory.name, directory=directory)
    with closing(Emulator(artefact, AWS_ENDPOINT_URL="http://127.0.0.1:9")) as emulator:
        with suppress(FunctionError):
            emulator.invoke({})
        assert "INIT RTDONE(status: success)" in emulator.log(), emulator.log()
        return emulator.init_ms()
