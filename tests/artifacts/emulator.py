"""AWS's Lambda emulator.

It runs a built function with only the runtime's Python, invokes it over HTTP, and measures its
start.
"""

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

from infra.build.builds import host_architecture
from infra.build.libraries import ROOT
from infra.local import template
from infra.local.environment import REGION

PYTHON = ROOT / ".venv" / "emulator" / "bin" / "python"
"""The runtime's Python, with Lambda's runtime interface client."""
_READY_SECONDS = 20
_INVOCATIONS = "/2015-03-31/functions/function/invocations"
_INIT = re.compile(r"INIT REPORT\(durationMs: ([\d.]+)\)")

Event = Mapping[str, Any]


class FunctionError(Exception):
    """The function raised an error; contains Lambda's description of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One built function: its directory and its properties in the template."""

    function: str
    directory: Path

    @property
    def handler(self) -> str:
        return template.load().handlers()[self.function]

    @property
    def properties(self) -> dict[str, Any]:
        return template.load().properties(self.function)

    @property
    def variables(self) -> dict[str, str]:
        """The template's environment variables, with the local run's values."""
        return {name: os.environ[name] for name in self.properties["Environment"]["Variables"]}


class Emulator:
    """A running artifact, until closed.

    Its environment variables are those of Lambda, those of the template, and `others`.
    """

    def __init__(self, artifact: Artifact, **others: str) -> None:
        self.artifact = artifact
        self._log = tempfile.TemporaryFile("a+")  # noqa: SIM115 - closed with the emulator
        self._port, api = _free_ports(2)
        self._lock = threading.Lock()
        command = [
            str(_program()),
            "--runtime-interface-emulator-address", f"127.0.0.1:{self._port}",
            "--runtime-api-address", f"127.0.0.1:{api}",
            str(PYTHON), "-m", "awslambdaric", artifact.handler,
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command,
            cwd=artifact.directory,
            env={**_lambda_environment(artifact), **artifact.variables, **others},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        _wait_for(self._port, self._process)

    def invoke(self, event: Event, _context: object = None) -> Any:
        """Invoke the function and return its result; invocations run one at a time.

        Raises:
            FunctionError: The function raised an error.

        """
        url = f"http://127.0.0.1:{self._port}{_INVOCATIONS}"
        request = urllib.request.Request(url, json.dumps(event).encode())
        with self._lock, urllib.request.urlopen(request, timeout=120) as response:
            answer = json.loads(response.read() or b"null")
        if isinstance(answer, dict) and "errorType" in answer:
            raise FunctionError(answer)
        return answer

    def log(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def init_ms(self) -> float:
        """Return the milliseconds that the start took, including the import of the handler."""
        (duration,) = _INIT.findall(self.log())
        return float(duration)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()


def _program() -> Path:
    (program,) = (ROOT / ".venv" / "build").glob(
        f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{host_architecture()}"
    )
    return program


def _lambda_environment(artifact: Artifact) -> dict[str, str]:
    """Return the environment variables that Lambda sets for every function."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "LAMBDA_TASK_ROOT": str(artifact.directory),
        "AWS_LAMBDA_FUNCTION_NAME": artifact.function,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(artifact.properties["Timeout"]),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(artifact.properties["MemorySize"]),
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_SESSION_TOKEN": "local",
        # Time zones come from the artifact, not from this machine.
        "PYTHONTZPATH": "",
        # Lambda's directory for artifacts is read-only.
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
