"""One server with the demo practice: its start, the README's calls, the operator, and a race.

The tests run in this order: the calls of the README expect the practice as the demo made it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.local.demo import LOGINS, PASSWORD, THERAPIST, THERAPIST_ID, seed
from infra.local.server import RunningServer, running
from infra.seed import seed_client
from openhour import clock
from openhour.use_cases.settings import change_settings
from tests.e2e.http_client import HttpClient, Response, sign_in_first
from tests.store.invariants import find_faults, read_tables

pytestmark = pytest.mark.timeout(300)
ROOT = Path(__file__).parents[2]
README = (ROOT / "functions" / "README.md").read_text()
EXPECTED_REFUSALS = ["/problems/privilege-suspended"]
AT_ONCE = 32


@pytest.fixture(scope="module")
def local() -> Iterator[RunningServer]:
    """The server, which refused connections until the demo was complete."""

    def prepare(server: RunningServer) -> None:
        seed(server)
        with pytest.raises(requests.ConnectionError):
            requests.get(server.base_url, timeout=5)

    now = re.search(r"make run NOW=(\S+?)`", README)
    assert now
    with running(now=datetime.fromisoformat(now[1]), prepare=prepare) as local:
        assert requests.get(f"{local.base_url}/config.json", timeout=5).ok
        yield local


def test_every_call_in_the_readme_succeeds(local: RunningServer) -> None:
    script = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**os.environ, "BASE": local.base_url},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.findall(r"/problems/[a-z-]+", done.stdout) == EXPECTED_REFUSALS, done.stdout
    assert "202 Accepted" in done.stdout


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/nowhere", "/config.json/", "/therapists/demo/more", "/a/b/c"])
def test_an_unknown_route_is_refused_like_everything_else(
    local: RunningServer, method: str, path: str
) -> None:
    answer = HttpClient(local.base_url).call(method, path)
    assert (answer.status, answer.refusal) == (404, "not-found")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body["request_id"] == answer.headers["apigw-requestid"]


def test_a_token_opens_the_routes_of_its_own_pool_alone(local: RunningServer) -> None:
    client = HttpClient(local.base_url, local.sign_in(LOGINS[1], PASSWORD))
    therapist = HttpClient(local.base_url, local.sign_in(THERAPIST, PASSWORD))
    assert client.get("/me")["client_id"] == "client1"
    assert therapist.get("/practice")["timezone"] == "America/New_York"
    assert client.call("GET", "/practice").status == 401
    assert therapist.call("GET", "/me").status == 401


def test_an_unchanged_week_is_answered_without_a_body(local: RunningServer) -> None:
    url = f"{local.base_url}/practice/calendar"
    token = {"authorization": f"Bearer {local.sign_in(THERAPIST, PASSWORD)}"}
    week = requests.get(url, headers=token, timeout=5)
    known = {"if-none-match": week.headers["etag"]}
    again = requests.get(url, headers=token | known, timeout=5)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == week.headers["etag"]


def run_command(local: RunningServer, *arguments: str) -> list[dict[str, Any]]:
    """Run a verb of `openhour` in a process with an environment of its own."""
    target = ("--local", "--json", "--url", local.base_url.removeprefix("http://"))
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", *arguments, *target],
        cwd=ROOT,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_operator_adds_and_removes_a_therapist(local: RunningServer) -> None:
    add = ("therapists", "add", "tess", "--email", "tess@example.org")
    lines = run_command(local, *add, "--timezone", "Europe/Berlin", "--wait", "30")
    assert [each["kind"] for each in lines] == ["practice", "login", "schedule"]
    assert lines[2]["scheduled"] is True
    mail = next(mail for mail in local.outbox.mails if mail.login == "tess/tess@example.org")
    tess = sign_in_first(local.base_url, mail.login, mail.password, pool="therapists")
    assert tess.get("/practice")["timezone"] == "Europe/Berlin"
    removed, *_ = run_command(local, "therapists", "remove", "tess")
    assert removed["removed_at"].startswith("2026-11-24 14:"), "by the server's clock"


@pytest.mark.parametrize(
    "arguments", [("audit-log", "demo"), ("export", "demo"), ("export", "tess"), ("check",)]
)
def test_a_reader_that_has_seen_enough_ends_the_command_quietly(
    local: RunningServer, arguments: tuple[str, ...]
) -> None:
    done = _write_to(_closed_pipe(), local, *arguments)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("arguments", [("audit-log", "demo"), ("export", "demo")])
def test_output_that_cannot_be_written_is_reported(
    local: RunningServer, arguments: tuple[str, ...]
) -> None:
    done = _write_to(os.open("/dev/full", os.O_WRONLY), local, *arguments)
    assert done.returncode == 1
    assert done.stderr == "The output cannot be written: No space left on device.\n"


def _closed_pipe() -> int:
    """Return the end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def _write_to(
    output: int, local: RunningServer, *arguments: str
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [sys.executable, "-m", "infra.cli", *arguments, "--local", "--url", local.base_url],
            cwd=ROOT,
            env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(output)


@pytest.fixture
def clients(local: RunningServer) -> list[HttpClient]:
    change_settings(THERAPIST_ID, {"max_per_week": 7}, if_match=None, now=clock.now())
    return [_add_client(local, f"booker{number}") for number in range(AT_ONCE)]


def _add_client(local: RunningServer, client_id: str) -> HttpClient:
    seed_client(THERAPIST_ID, client_id, email=None, invite=False, now=clock.now())
    login = f"demo/{client_id}"
    local.add_login(login, PASSWORD, therapist_id=THERAPIST_ID, client_id=client_id)
    return HttpClient(local.base_url, local.sign_in(login, PASSWORD))


def test_exactly_one_of_the_concurrent_bookings_succeeds(clients: list[HttpClient]) -> None:
    barrier = threading.Barrier(AT_ONCE)
    for slot_id in ("20261201T1500Z", "20261202T1500Z", "20261203T1500Z"):

        def book(client: HttpClient, slot_id: str = slot_id) -> Response:
            barrier.wait()
            return client.call("POST", "/appointments", {"slot_id": slot_id})

        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(book, clients))
        assert Counter(answer.status for answer in answers) == {201: 1, 409: AT_ONCE - 1}
        assert {a.refusal for a in answers if a.status == 409} == {"slot-taken"}
    assert find_faults(read_tables(), now=clock.now()) == []
