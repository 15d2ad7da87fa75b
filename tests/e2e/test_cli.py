"""The command `openhour` in a process of its own, against the running server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from infra.local.demo import seed
from infra.local.server import RunningServer, running
from tests.e2e.http_client import sign_in_first, try_to_sign_in

pytestmark = pytest.mark.timeout(300)
ROOT = Path(__file__).parents[2]
TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
RunCli = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def local() -> Iterator[RunningServer]:
    with running(now=TUESDAY) as local:
        seed(local)
        yield local


@pytest.fixture
def openhour(local: RunningServer) -> RunCli:
    """A function that runs a verb, without this process's environment, and returns its lines."""

    def run(*arguments: str) -> list[dict[str, Any]]:
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        target = ("--local", "--json", "--url", local.base_url)
        done = subprocess.run(
            [sys.executable, "-m", "infra.cli", *arguments, *target],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


def test_a_therapist_is_added_signs_in_and_is_removed(
    local: RunningServer, openhour: RunCli
) -> None:
    add = ("therapists", "add", "tess", "--email", "tess@example.org")
    lines = openhour(*add, "--timezone", "Europe/Berlin")
    assert [each["kind"] for each in lines] == ["practice", "login", "schedule"]
    mail = next(mail for mail in local.outbox.mails if mail.login == "tess/tess@example.org")
    tess = sign_in_first(local.base_url, mail.login, mail.password)
    assert tess.get("/practice")["timezone"] == "Europe/Berlin"
    lines = openhour(*add, "--wait", "30")
    assert [each.get("action") for each in lines[:2]] == ["none", "none"]
    assert lines[2]["scheduled"] is True
    assert {each["therapist_id"] for each in openhour("therapists", "list")} == {"demo", "tess"}
    openhour("therapists", "remove", "tess")
    listed = {each["therapist_id"]: each["removed_at"] for each in openhour("therapists", "list")}
    assert listed["demo"] is None
    assert listed["tess"].startswith("2026-11-24T14:")


def test_a_clients_login_is_disabled_and_enabled_again(
    local: RunningServer, openhour: RunCli
) -> None:
    login = "demo/client6@openhour.example"
    assert openhour("clients", "suspend", "demo", "client6")[0]["privilege"] == "suspended"
    local.wait_for_streams()
    assert try_to_sign_in(local.base_url, login).status_code != 200
    openhour("clients", "restore", "demo", "client6")
    local.wait_for_streams()
    assert try_to_sign_in(local.base_url, login).status_code == 200


def test_a_practice_is_exported(openhour: RunCli, tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    (line,) = openhour("export", "demo", "--to", str(path))
    document = json.loads(path.read_text())
    assert {client["name"] for client in document["clients"]} >= {"Ada", "Finn"}
    assert line["rows"] > 100


def test_the_demo_has_no_violations(openhour: RunCli) -> None:
    (checked, total) = openhour("check", "demo")
    assert checked["violations"] == total["violations"] == total["unsettled"] == 0
    assert checked["clients"] == 6
    assert checked["slots"] > 100
