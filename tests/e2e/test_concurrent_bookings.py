"""Thirty-two clients book one slot at once, over HTTP, each with a token."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from infra.local.demo import PASSWORD, THERAPIST_ID, seed
from infra.local.server import RunningServer, running
from openhour import clock
from openhour.use_cases.clients import add_client
from openhour.use_cases.settings import change_settings
from tests.e2e.http_client import HttpClient, Response
from tests.store.invariants import find_faults, read_tables

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
CLIENTS = 32
SLOTS = ("20261201T1500Z", "20261202T1500Z", "20261203T1500Z")


@pytest.fixture(scope="module")
def clients() -> Iterator[list[HttpClient]]:
    with running(now=TUESDAY, prepare=seed) as local:
        change_settings(THERAPIST_ID, {"max_per_week": 7}, if_match=None, now=clock.now())
        yield [_add_client(local, f"booker{n}") for n in range(CLIENTS)]


def _add_client(local: RunningServer, client_id: str) -> HttpClient:
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
    return HttpClient(local.base_url, local.sign_in(login, PASSWORD))


@pytest.mark.parametrize("slot_id", SLOTS)
def test_exactly_one_of_the_concurrent_bookings_succeeds(
    clients: list[HttpClient], slot_id: str
) -> None:
    barrier = threading.Barrier(CLIENTS)

    def book(client: HttpClient) -> Response:
        barrier.wait()
        return client.call("POST", "/appointments", {"slot_id": slot_id})

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(book, clients))
    assert Counter(answer.status for answer in answers) == {201: 1, 409: CLIENTS - 1}
    assert {a.refusal for a in answers if a.status == 409} == {"slot-taken"}
    assert find_faults(read_tables(), now=clock.now()) == []
