"""`make run` in a process of its own: from the first answer to Ctrl-C."""

from __future__ import annotations

import http.server
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from infra.local import demo
from infra.local.environment import TARGET_PATH
from infra.local.function_output import FunctionOutput
from infra.local.maple import seed as maple
from infra.local.options import HOST, bound_socket
from openhour.api.observability import count_booking
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


def start_and_fail(*options: str) -> tuple[int, str]:
    """Start with options that do not work; return the exit code and the last line of output."""
    command = [sys.executable, "-m", "infra.local", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(("shared", "."))}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=20, check=False
    )
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(("--port", "99999"), "99999 is not a port", id="a port beyond the last"),
        pytest.param(("--port", "http"), "http is not a port", id="no port"),
        pytest.param(("--now", "9999-12-31T23:00:00Z"), "is not between the years", id="far off"),
        pytest.param(("--now", "tomorrow"), "tomorrow is not a time", id="no time"),
        pytest.param(("--now", "2026-11-27T17:58:00"), "has no UTC offset", id="no offset"),
        pytest.param(("--endpoint", "localhost:8001"), "is not a URL", id="no scheme"),
        pytest.param(("--endpoint", "http://127.0.0.1:x"), "is not a URL", id="no port in it"),
    ],
)
def test_options_that_are_wrong_are_named(options: tuple[str, ...], message: str) -> None:
    exit_code, last_line = start_and_fail(*options)
    assert exit_code == 2
    assert message in last_line


def test_a_port_in_use_is_named() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        exit_code, last_line = start_and_fail("--port", str(port))
    assert exit_code == 1
    assert f"port {port}: Address already in use" in last_line


def test_an_endpoint_where_nothing_answers_is_named() -> None:
    exit_code, last_line = start_and_fail("--port", "0", "--endpoint", "http://127.0.0.1:9")
    assert exit_code == 1
    assert "Cannot connect to DynamoDB at http://127.0.0.1:9" in last_line


def test_an_endpoint_that_is_not_dynamodb_is_named() -> None:
    handler = http.server.BaseHTTPRequestHandler
    with http.server.ThreadingHTTPServer((HOST, 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        url = f"http://{HOST}:{other.server_port}"
        exit_code, last_line = start_and_fail("--port", "0", "--endpoint", url)
        other.shutdown()
    assert exit_code == 1
    assert f"{url} is not DynamoDB" in last_line


def test_options_are_checked_before_what_takes_long_to_import() -> None:
    code = "import infra.local.options, sys; print(*sorted(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(("shared", "."))}
    done = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=environment)
    assert not {b"boto3", b"moto", b"werkzeug", b"pydantic"} & set(done.split())


def test_metrics_go_to_their_file_and_log_lines_to_the_terminal() -> None:
    terminal, metrics = io.StringIO(), io.StringIO()
    with redirect_stdout(FunctionOutput(terminal, metrics=metrics)):
        count_booking()
        sys.stdout.write("a log line\n")
    assert json.loads(metrics.getvalue())["Bookings"] == 1
    assert terminal.getvalue() == "a log line\n"


def test_output_that_nobody_reads_any_more_is_discarded() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as terminal:
        output = FunctionOutput(terminal, metrics=io.StringIO())
        for _ in range(2):
            output.write("a log line\n")
            output.flush()


@pytest.mark.timeout(300)
def test_the_first_answer_finds_every_login_and_ctrl_c_stops_the_server() -> None:
    with bound_socket(0) as reserved:
        port = str(reserved.getsockname()[1])
    base_url = f"http://{HOST}:{port}"
    with local_run("--port", port, "--now", NOW.isoformat()) as process:
        target = first_answer(process, base_url + TARGET_PATH)
        assert timedelta() <= datetime.fromisoformat(target["now"]) - NOW < timedelta(minutes=1)
        for login in (*demo.LOGINS, *maple.LOGINS):
            pool = "therapists" if login in {demo.THERAPIST, maple.THERAPIST} else "clients"
            assert try_to_sign_in(base_url, login, pool=pool).status_code == 200
        requests.get(f"{base_url}/therapists/nobody", timeout=20)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stdout is not None
        output = process.stdout.read()
    assert output.startswith("Starting.")
    assert f" {base_url}/." in output.splitlines()[0], "the first line names the demo's page"
    printed = re.findall(r"^Login +(\S+) ", output, re.MULTILINE)
    assert printed == [*demo.LOGINS, *maple.LOGINS]
    (refused,) = (json.loads(line) for line in output.splitlines() if "refused" in line)
    assert refused["function_name"] == "RegistrationFunction"
    (metrics,) = re.findall(r"^Metrics +(.+)$", output, re.MULTILINE)
    written = map(json.loads, Path(metrics).read_text().splitlines())
    (metric,) = (each for each in written if not each.keys() & {"Mails", "MailsTooOld"})
    assert metric["refusal"] == "unknown-therapist"
    Path(metrics).unlink()


@pytest.mark.timeout(300)
def test_the_demo_alone_may_be_served() -> None:
    with local_run("--port", "0", "--demo-alone") as process:
        assert process.stdout is not None
        output = list(iter(process.stdout.readline, "Ready. Press Ctrl-C to stop.\n"))
    printed = re.findall(r"^Login +(\S+) ", "".join(output), re.MULTILINE)
    assert printed == [*demo.LOGINS]
    (metrics,) = re.findall(r"^Metrics +(.+)$", "".join(output), re.MULTILINE)
    Path(metrics).unlink()
