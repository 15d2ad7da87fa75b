"""The start times of every function, with bytecode and with sources."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import pytest

from infra.build.builds import HOST, HOST_SOURCES
from tests.artifacts.emulator import Artifact, Emulator, FunctionError

BUILDS = {"bytecode": HOST, "sources": HOST_SOURCES}


@pytest.mark.parametrize("build", BUILDS)
def test_every_function_starts(
    function: str, build: str, start_times: dict[str, dict[str, float]]
) -> None:
    shortest = min(start(BUILDS[build] / function) for _ in range(3))
    start_times.setdefault(function, {})[build] = shortest


def start(directory: Path) -> float:
    """Measure one start in milliseconds; the first invocation may fail."""
    artifact = Artifact(function=directory.name, directory=directory)
    with closing(Emulator(artifact, AWS_ENDPOINT_URL="http://127.0.0.1:9")) as emulator:
        with suppress(FunctionError):
            emulator.invoke({})
        assert "INIT RTDONE(status: success)" in emulator.log(), emulator.log()
        return emulator.init_ms()
