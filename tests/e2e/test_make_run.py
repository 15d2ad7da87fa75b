"""`make run`: when the server becomes ready, and what its clock sets off."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from infra.local.demo import LOGINS, THERAPIST, seed
from infra.local.http_server import HOST, bound_socket
from infra.local.server import RunningServer, running
from tests.e2e.http_client import sign_in, try_to_sign_in

ROOT = Path(__file__).parents[2]
BEFORE_RELEASE = "2026-11-27T17:59:50-05:00"
READY_SECONDS = 120
RELEASE_SECONDS = 60
"""Generous limits, since the machine may be busy."""
pytestmark = pytest.mark.timeout(300)


@contextmanager
def local_run(*options: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "infra.local", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(("shared", "."))}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until_ready(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Ready"):
            return lines
    raise AssertionError(f"the process ended: {lines}")


@pytest.fixture(scope="module")
def free_port() -> int:
    with bound_socket(0) as reserved:
        return int(reserved.getsockname()[1])


def test_the_first_request_that_is_answered_finds_every_login(free_port: int) -> None:
    base_url = f"http://{HOST}:{free_port}"
    with local_run("--port", str(free_port)) as process:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            assert process.poll() is None
            assert time.monotonic() < deadline
            try:
                assert requests.get(f"{base_url}/config.json", timeout=READY_SECONDS).ok
            except requests.ConnectionError:
                time.sleep(0.02)
            else:
                break
        for login in LOGINS:
            assert try_to_sign_in(base_url, login).status_code == 200


def test_the_port_refuses_connections_until_the_demo_is_complete() -> None:
    refused = []

    def prepare(server: RunningServer) -> None:
        seed(server)
        with pytest.raises(requests.ConnectionError):
            requests.get(server.base_url, timeout=5)
        refused.append(server.base_url)

    with running(prepare=prepare) as server:
        assert refused == [server.base_url]
        assert requests.get(f"{server.base_url}/config.json", timeout=5).ok


def test_the_release_runs_by_the_practices_clock_and_ctrl_c_stops_the_server() -> None:
    with local_run("--port", "0", "--now", BEFORE_RELEASE) as process:
        address = re.search(r"http://\S+", lines_until_ready(process)[0])
        assert address
        therapist = sign_in(address[0], THERAPIST)
        prime_slot = "20261204T2330Z"
        deadline = time.monotonic() + RELEASE_SECONDS

        def state() -> str:
            calendar = therapist.get("/practice/calendar?week=2026-W49")
            return next(str(s["state"]) for s in calendar["slots"] if s["slot_id"] == prime_slot)

        while state() != "open":
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert therapist.get("/practice")["released_through"] == "2026-W49"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
