"""The lock that requests share, and that the clock holds alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from infra.local.readers_writer_lock import ReadersWriterLock

SECONDS = 10
A_MOMENT = 0.1


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def test_many_share_the_lock_at_once(pool):
    lock, together = ReadersWriterLock(), Barrier(8)

    def share():
        with lock.shared():
            together.wait(SECONDS)

    for each in [pool.submit(share) for _ in range(8)]:
        each.result(SECONDS)


def test_who_holds_the_lock_alone_waits_for_those_who_share_it_and_goes_before_later_ones(pool):
    lock, order = ReadersWriterLock(), []
    shared, release = Event(), Event()

    def share_first():
        with lock.shared():
            shared.set()
            release.wait(SECONDS)
            order.append("first")

    def hold_alone():
        with lock.exclusive():
            order.append("alone")

    def share_later():
        with lock.shared():
            order.append("later")

    tasks = [pool.submit(share_first)]
    assert shared.wait(SECONDS)
    tasks.append(pool.submit(hold_alone))
    while not lock._exclusive:
        pass
    tasks.append(pool.submit(share_later))
    with pytest.raises(TimeoutError):
        tasks[-1].result(A_MOMENT)
    release.set()
    for each in tasks:
        each.result(SECONDS)
    assert order == ["first", "alone", "later"]


def test_only_one_holds_the_lock_alone(pool):
    lock, inside = ReadersWriterLock(), []

    def hold_alone():
        for _ in range(200):
            with lock.exclusive():
                inside.append(1)
                assert len(inside) == 1
                inside.pop()

    for each in [pool.submit(hold_alone) for _ in range(8)]:
        each.result(SECONDS)


def test_an_error_releases_the_lock():
    lock = ReadersWriterLock()
    for hold in (lock.shared, lock.exclusive):
        with pytest.raises(RuntimeError), hold():
            raise RuntimeError
    with lock.exclusive():
        pass
    with lock.shared():
        pass
