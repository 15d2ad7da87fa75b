"""A seed determines the operations and their faults."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.stress import calendar, operations
from tests.stress.fault_injection import NO_OPERATION, SHARES, Fault, fault_of


def draws() -> Iterator[str]:
    for number in range(300):
        operation = operations.draw("7", number, now=calendar.clock("7", number // 100))
        yield f"{operation.kind} {operation.client_id} {operation.slot_id} {operation.now}"
        yield str([fault_of("7", number, request) for request in range(10)])


def test_two_processes_with_one_seed_draw_the_same(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    script = "from tests.stress.test_fault_injection import draws; print(*draws(), sep='\\n')"
    other = subprocess.run(
        (sys.executable, "-c", script), capture_output=True, check=True, text=True
    ).stdout
    assert other.splitlines() == list(draws())


def test_another_seed_draws_other_faults():
    assert [fault_of("1", n, 0) for n in range(300)] != [fault_of("2", n, 0) for n in range(300)]
    random = [
        [operations.draw(seed, n, now=calendar.clock(seed, 0)).kind for n in range(300)]
        for seed in ("1", "2")
    ]
    assert random[0] != random[1]


@pytest.fixture(scope="module")
def faults():
    """The faults of the first three requests of thirty thousand operations."""
    return Counter(fault_of("1", n, request)[0] for n in range(30_000) for request in range(3))


@pytest.mark.parametrize("fault", SHARES)
def test_each_fault_has_its_share(faults, fault):
    wanted = 90_000 * SHARES[fault]
    assert wanted / 2 < faults[fault] < wanted * 2


def test_every_fault_has_a_share():
    assert {Fault.NONE, *SHARES} == set(Fault)


def test_preparation_has_no_faults():
    assert {fault_of("1", NO_OPERATION, request)[0] for request in range(1000)} == {Fault.NONE}
