"""The practice `maple` in the local run: its sign-ins, its place on the page, and starting over."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime

import pytest
import requests

from infra.local import demo
from infra.local.maple.practice import BY_NAME
from infra.local.maple.seed import LOGINS, THERAPIST, seed
from infra.local.server import RunningServer, running
from openhour import clock
from openhour.store.models import DueRow
from openhour.store.practices import read_practice
from tests.e2e.http_client import TIMEOUT_SECONDS, sign_in
from tests.store.invariants import find_faults, read_tables

WEDNESDAY = datetime.fromisoformat("2026-12-02T10:40:00-05:00")
WRITTEN = io.StringIO()
"""What the functions write while the practice is seeded."""
NORA, NOOR, PETER, ELENA, JONAS, THEO = LOGINS[1:]


@pytest.fixture(scope="module")
def local() -> Iterator[RunningServer]:
    def prepare(server: RunningServer) -> None:
        demo.seed(server)
        with redirect_stdout(WRITTEN):
            seed(server)

    with running(now=WEDNESDAY, prepare=prepare) as local:
        yield local


def test_seeding_tells_of_nothing_that_lies_in_the_past(local: RunningServer) -> None:
    assert "MailsTooOld" not in WRITTEN.getvalue()
    assert [mail for mail in local.outbox.mails if mail.tags.get("therapist_id") == "maple"] == []
    due = [row.entry for row in DueRow.scan() if row.intent and row.therapist_id == "maple"]
    assert [entry for entry in due if "#reminder#" in entry]
    assert [entry for entry in due if "#friday#" in entry]


def test_every_login_works_and_sees_its_own(local: RunningServer) -> None:
    therapist = sign_in(local.base_url, THERAPIST, pool="therapists")
    assert therapist.get("/practice")["name"] == "Maple Street Therapy"
    assert len(therapist.get("/practice/clients")["clients"]) == 24
    for login in LOGINS[1:]:
        me = sign_in(local.base_url, login).get("/me")
        assert f"maple/{BY_NAME[me['name']].email}" == login
    assert sign_in(local.base_url, NORA).get("/me")["appointments"]


def test_a_client_books_and_a_suspended_one_may_only_read(local: RunningServer) -> None:
    client = sign_in(local.base_url, JONAS)
    slots = client.get("/slots")["slots"]
    assert client.call("POST", "/appointments", {"slot_id": slots[-1]["slot_id"]}).status == 201
    suspended = sign_in(local.base_url, THEO)
    assert suspended.get("/me")["appointments"]
    assert suspended.call("GET", "/slots").refusal == "privilege-suspended"


def test_the_page_lists_both_practices(local: RunningServer) -> None:
    page = requests.get(f"{local.base_url}/", timeout=TIMEOUT_SECONDS).text
    assert page.index("/book/demo") < page.index("/book/maple")
    for text in (*LOGINS, *demo.LOGINS, "Every other Tuesday", "Maple Street Therapy"):
        assert text.lower() in page.lower()
    assert requests.get(f"{local.base_url}/book/maple", timeout=TIMEOUT_SECONDS).status_code == 200


def test_no_mail_is_left_and_the_rows_are_in_order(local: RunningServer) -> None:
    assert local.outbox.mails == []
    assert find_faults(read_tables(), now=clock.now()) == []


def test_the_release_is_scheduled_and_starting_over_seeds_both_again(local: RunningServer) -> None:
    url, headers = f"{local.base_url}/local/clock", {"content-type": "application/json"}
    later = '{"now": "2026-12-05T10:00:00-05:00"}'
    assert requests.put(url, data=later, headers=headers, timeout=60).status_code == 200
    practice = read_practice("maple")
    assert (str(practice.released_through), practice.released_at is not None) == ("2026-W50", True)
    assert find_faults(read_tables(), now=clock.now()) == []
    assert requests.delete(url, timeout=60).status_code == 200
    assert str(read_practice("maple").released_through) == "2026-W49"
    assert len(local.practices) == 2
    assert sign_in(local.base_url, NOOR).get("/me")["appointments"]
    assert find_faults(read_tables(), now=clock.now()) == []
