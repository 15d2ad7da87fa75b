"""The same seed brings the same operations, and the same faults for them, in every run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from tests.stress import calendar, operations
from tests.stress.fault_injection import NO_OPERATION, SHARES, Fault, fault_of

SCHEDULE = """
from tests.stress import calendar, operations
from tests.stress.fault_injection import fault_of

for number in range(300):
    deed = operations.draw("7", number, now=calendar.clock("7", number // 100))
    print(deed.kind, deed.client_id, deed.slot_id, deed.now)
    print([fault_of("7", number, request) for request in range(10)])
"""


def test_two_processes_with_one_seed_draw_the_same(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    one, other = (
        subprocess.run((sys.executable, "-c", SCHEDULE), capture_output=True, check=True).stdout
        for _ in range(2)
    )
    assert len(one.splitlines()) == 600
    assert one == other


def test_another_seed_draws_others():
    assert [fault_of("1", n, 0) for n in range(300)] != [fault_of("2", n, 0) for n in range(300)]
    random = [
        [operations.draw(seed, n, now=calendar.clock(seed, 0)).kind for n in range(300)]
        for seed in ("1", "2")
    ]
    assert random[0] != random[1]


@pytest.fixture(scope="module")
def befallen():
    """What befalls the first three requests of thirty thousand operations."""
    return Counter(fault_of("1", n, request)[0] for n in range(30_000) for request in range(3))


@pytest.mark.parametrize("fault", SHARES)
def test_each_fault_comes_as_often_as_it_should(befallen, fault):
    wanted = 90_000 * SHARES[fault]
    assert wanted / 2 < befallen[fault] < wanted * 2


def test_every_fault_that_there_is_may_come():
    assert {Fault.NONE, *SHARES} == set(Fault)


def test_nothing_befalls_those_who_prepare():
    assert {fault_of("1", NO_OPERATION, request)[0] for request in range(1000)} == {Fault.NONE}
