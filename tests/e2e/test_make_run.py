"""`make run` in a process of its own: from the first answer to Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from infra.local.demo import LOGINS
from infra.local.environment import TARGET_PATH
from infra.local.http_server import HOST, bound_socket
from tests.e2e.http_client import try_to_sign_in

ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-11-27T17:58:00-05:00")
READY_SECONDS = 120
"""A generous limit, since the machine may be busy."""


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


def first_answer(process: subprocess.Popen[str], url: str) -> dict[str, str]:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        assert process.poll() is None
        assert time.monotonic() < deadline
        try:
            answer: dict[str, str] = requests.get(url, timeout=READY_SECONDS).json()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return answer


@pytest.mark.timeout(300)
def test_the_first_answer_finds_every_login_and_ctrl_c_stops_the_server() -> None:
    with bound_socket(0) as reserved:
        port = str(reserved.getsockname()[1])
    base_url = f"http://{HOST}:{port}"
    with local_run("--port", port, "--now", NOW.isoformat()) as process:
        target = first_answer(process, base_url + TARGET_PATH)
        assert timedelta() <= datetime.fromisoformat(target["now"]) - NOW < timedelta(minutes=1)
        for login in LOGINS:
            assert try_to_sign_in(base_url, login).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
