"""`make run` with `NOW=`: Friday evening comes by the clock."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.demo import THERAPIST
from tests.e2e.people import Person, sign_in

ROOT = Path(__file__).parents[2]
JUST_BEFORE = "2026-11-27T17:59:50-05:00"
READY_WITHIN = 120
OPEN_WITHIN = 60
"""Seconds, generous: the machine may be busy."""
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def office() -> Iterator[tuple[subprocess.Popen[str], Person]]:
    command = [sys.executable, "-m", "infra.local", "--port", "0", "--now", JUST_BEFORE]
    where = {**os.environ, "PYTHONPATH": os.pathsep.join(("shared", "."))}
    with subprocess.Popen(
        command, cwd=ROOT, env=where, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        lines: list[str] = []
        until = time.monotonic() + READY_WITHIN
        while not lines or not lines[-1].startswith("Ready"):
            assert process.poll() is None
            assert time.monotonic() < until
            lines.append(process.stdout.readline())
        address = re.search(r"http://\S+", lines[0])
        assert address
        yield process, sign_in(address[0], THERAPIST)
        process.kill()


def test_on_friday_at_six_next_weeks_prime_time_opens_by_itself(
    office: tuple[subprocess.Popen[str], Person],
) -> None:
    process, therapist = office
    prime = "20261204T2330Z"
    until = time.monotonic() + OPEN_WITHIN

    def state() -> str:
        calendar = therapist.get("/practice/calendar?week=2026-W49")
        return next(str(s["state"]) for s in calendar["slots"] if s["slot_id"] == prime)

    while state() != "open":
        assert time.monotonic() < until
        time.sleep(0.2)
    assert therapist.get("/practice")["released_through"] == "2026-W49"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0
