"""The calls in `functions/README.md` work as they stand."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from infra.local.demo import seed
from infra.local.server import running

README = Path(__file__).parents[2] / "functions" / "README.md"
pytestmark = pytest.mark.timeout(300)
EXPECTED_REFUSALS = ["/problems/privilege-suspended"]


def test_every_call_in_the_readme_succeeds() -> None:
    text = README.read_text()
    script = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    now = re.search(r"make run NOW=(\S+?)`", text)
    assert now
    with running(now=datetime.fromisoformat(now[1]), prepare=seed) as local:
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
