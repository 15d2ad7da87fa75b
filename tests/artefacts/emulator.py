"""Lambda's own emulator: it runs a built function with the runtime's Python and nothing else, hands
it events over HTTP as Lambda does, and tells how long its start took."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.build.builds import processor
from infra.build.libraries import ROOT
from infra.local import template
from infra.local.environment import REGION

PYTHON = ROOT / ".venv" / "emulator" / "bin" / "python"
"""The runtime's Python, with the client that Lambda's runtime consists of."""
_READY_SECONDS = 20
_INVOCATIONS = "/2015-03-31/functions/function/invocations"
_INIT = re.compile(r"INIT REPORT\(durationMs: ([\d.]+)\)")

Event = Mapping[str, Any]


class FunctionError(Exception):
    """The function raised; what it raised, as Lambda tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """One built function, where it is and what the template says of it."""

    function: str
    directory: Path

    @property
    def handler(self) -> str:
        """The dotted path of its handler."""
        return template.load().handlers()[self.function]

    @property
    def properties(self) -> dict[str, Any]:
        """Its properties, translated."""
        return template.load().properties(self.function)

    @property
    def variables(self) -> dict[str, str]:
        """The environment that the template gives it, as the local run fills it in."""
        return {name: os.environ[name] for name in self.properties["Environment"]["Variables"]}


class Emulator:
    """One artefact, run from its first event until it is closed. It finds the environment that
    Lambda and the template give it, and `others`; nothing of this process's."""

    def __init__(self, artefact: Artefact, **others: str) -> None:
        self.artefact = artefact
        self._log = tempfile.TemporaryFile("a+")  # noqa: SIM115 - closed with the emulator
        self._port, api = _free_ports(2)
        self._turn = threading.Lock()
        command = [
            str(_program()),
            "--runtime-interface-emulator-address", f"127.0.0.1:{self._port}",
            "--runtime-api-address", f"127.0.0.1:{api}",
            str(PYTHON), "-m", "awslambdaric", artefact.handler,
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command,
            cwd=artefact.directory,
            env={**_given(artefact), **artefact.variables, **others},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        _wait_for(self._port, self._process)

    def invoke(self, event: Event, _context: object = None) -> Any:
        """Hand over one event, and wait for the answer; an environment has one at a time. Raises
        FunctionError."""
        url = f"http://127.0.0.1:{self._port}{_INVOCATIONS}"
        request = urllib.request.Request(url, json.dumps(event).encode())
        with self._turn, urllib.request.urlopen(request, timeout=120) as response:
            answer = json.loads(response.read() or b"null")
        if isinstance(answer, dict) and "errorType" in answer:
            raise FunctionError(answer)
        return answer

    def log(self) -> str:
        """What the function and the emulator have said so far."""
        self._log.seek(0)
        return self._log.read()

    def init_ms(self) -> float:
        """How long the start took, until the handler was imported."""
        (found,) = _INIT.findall(self.log())
        return float(found)

    def close(self) -> None:
        """End the function and its emulator."""
        self._process.terminate()
        self._process.wait()
        self._log.close()


def _program() -> Path:
    (found,) = (ROOT / ".venv" / "build").glob(
        f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{processor()}"
    )
    return found


def _given(artefact: Artefact) -> dict[str, str]:
    """What Lambda sets for every function."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "LAMBDA_TASK_ROOT": str(artefact.directory),
        "AWS_LAMBDA_FUNCTION_NAME": artefact.function,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(artefact.properties["Timeout"]),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(artefact.properties["MemorySize"]),
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_SESSION_TOKEN": "local",
        # Time zones come from the artefact, whatever the machine has.
        "PYTHONTZPATH": "",
        # Where Lambda unpacks an artefact, nothing can be written.
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("the emulator does not answer")
