"""The operator's command, a process of its own, against the running server."""

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
from infra.local.server import Local, running
from tests.e2e.people import sign_in_first, try_to_sign_in

pytestmark = pytest.mark.timeout(300)
ROOT = Path(__file__).parents[2]
TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
Operate = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def local() -> Iterator[Local]:
    with running(now=TUESDAY) as local:
        seed(local)
        yield local


@pytest.fixture
def operate(local: Local) -> Operate:
    """Give the command as the README does, without an environment of ours; what it told."""

    def act(*arguments: str) -> list[dict[str, Any]]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        place = ("--local", "--json", "--url", local.base_url)
        done = subprocess.run(
            [sys.executable, "-m", "infra.operate", *arguments, *place],
            cwd=ROOT,
            env=kept,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return act


def test_a_therapist_is_added_signs_in_and_is_removed(local: Local, operate: Operate) -> None:
    told = operate("add", "tess", "--email", "tess@example.org", "--timezone", "Europe/Berlin")
    assert [each["what"] for each in told] == ["practice", "login", "schedule"]
    mail = next(mail for mail in local.outbox.mails if mail.login == "tess/tess@example.org")
    tess = sign_in_first(local.base_url, mail.login, mail.password)
    assert tess.get("/practice")["timezone"] == "Europe/Berlin"
    told = operate("add", "tess", "--email", "tess@example.org", "--wait", "30")
    assert [each.get("done") for each in told[:2]] == ["nothing", "nothing"]
    assert told[2]["there"] is True
    assert {each["therapist_id"] for each in operate("list")} == {"demo", "tess"}
    operate("remove", "tess")
    listed = {each["therapist_id"]: each["removed_at"] for each in operate("list")}
    assert listed["demo"] is None
    assert listed["tess"].startswith("2026-11-24T14:")


def test_a_clients_login_is_locked_and_opened_again(local: Local, operate: Operate) -> None:
    login = "demo/client6@openhour.example"
    assert operate("suspend", "demo", "client6")[0]["privilege"] == "suspended"
    local.settle()
    assert try_to_sign_in(local.base_url, login).status_code != 200
    operate("restore", "demo", "client6")
    local.settle()
    assert try_to_sign_in(local.base_url, login).status_code == 200


def test_a_practice_is_exported(operate: Operate, tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    (told,) = operate("export", "demo", "--to", str(path))
    document = json.loads(path.read_text())
    assert {client["name"] for client in document["clients"]} >= {"Ada", "Finn"}
    assert told["rows"] > 100


def test_the_demo_is_sound(operate: Operate) -> None:
    (audited, counted) = operate("audit", "demo")
    assert audited["found"] == counted["faults"] == counted["unsettled"] == 0
    assert audited["clients"] == 6
    assert audited["slots"] > 100
