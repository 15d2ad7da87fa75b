"""Thirty-two clients press at once, over HTTP, with tokens of their own."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from infra.local.demo import PASSWORD, THERAPIST_ID, seed
from infra.local.server import Local, running
from openhour import clock
from openhour.use_cases.clients import add_client
from openhour.use_cases.settings import change_settings
from tests.e2e.people import Answer, Person
from tests.store.invariants import find_faults, read_tables

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
CROWD = 32
SLOTS = ("20261201T1500Z", "20261202T1500Z", "20261203T1500Z")


@pytest.fixture(scope="module")
def crowd() -> Iterator[list[Person]]:
    with running(now=TUESDAY) as local:
        seed(local)
        change_settings(THERAPIST_ID, {"max_per_week": 7}, if_match=None, now=clock.now())
        yield [_newcomer(local, f"crowd{n}") for n in range(CROWD)]


def _newcomer(local: Local, client_id: str) -> Person:
    add_client(
        THERAPIST_ID,
        name=client_id,
        email=None,
        phone=None,
        login=None,
        invite=False,
        now=clock.now(),
        client_id=client_id,
    )
    login = f"demo/{client_id}"
    local.add_login(login, PASSWORD, therapist_id=THERAPIST_ID, client_id=client_id)
    return Person(local.base_url, local.sign_in(login, PASSWORD))


@pytest.mark.parametrize("slot_id", SLOTS)
def test_of_thirty_two_who_press_at_once_one_gets_the_slot(
    crowd: list[Person], slot_id: str
) -> None:
    gate = threading.Barrier(CROWD)

    def press(client: Person) -> Answer:
        gate.wait()
        return client.call("POST", "/appointments", {"slot_id": slot_id})

    with ThreadPoolExecutor(CROWD) as pool:
        answers = list(pool.map(press, crowd))
    assert Counter(answer.status for answer in answers) == {201: 1, 409: CROWD - 1}
    assert {a.refusal for a in answers if a.status == 409} == {"slot-taken"}
    assert find_faults(read_tables(), now=clock.now()) == []
