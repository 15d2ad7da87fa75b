"""The clock of the local run over HTTP: forward through what is due, and back to the start."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from infra.local.demo import LOGINS, PASSWORD, THERAPIST, seed
from infra.local.environment import TABLES
from infra.local.server import RunningServer, running
from openhour import clock, schedules
from openhour.rules.refusals import Busy
from openhour.store.audit_log import acting_as
from openhour.store.practices import find_practice, read_practice
from openhour.use_cases import releases as releases_use_case
from openhour.use_cases.therapists import open_practice, remove_therapist
from tests.dynamodb_backends import rows, written
from tests.e2e.http_client import TIMEOUT_SECONDS, cognito, sign_in, try_to_sign_in
from tests.store.invariants import find_faults, read_tables
from tests.unit.builders import a_practice

pytestmark = pytest.mark.timeout(300)

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
SATURDAY = "2026-11-28T10:00:00-05:00"
TWO_WEEKS_LATER = "2026-12-08T09:00:00-05:00"
RELEASES = [
    ("2026-W49", "2026-11-27T18:00:00-05:00"),
    ("2026-W50", "2026-12-04T18:00:00-05:00"),
]
"""The weeks that two releases open, and their instants."""
MOMENT = timedelta(minutes=1)
DAN = "demo/client4@openhour.example"
SLOT = "20261130T1500Z"
PRIME = "20261203T2330Z"


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running(now=TUESDAY, prepare=seed) as server:
        yield server


@pytest.fixture
def local(server: RunningServer) -> RunningServer:
    """The server, started over."""
    answer = start_over(server)
    assert answer.status_code == 200, answer.text
    return server


def ask(
    local: RunningServer, method: str, *, headers: dict[str, str] | None = None, data: Any = None
) -> requests.Response:
    url = f"{local.base_url}/local/clock"
    return requests.request(method, url, headers=headers, data=data, timeout=60)


def put(local: RunningServer, now: Any, **headers: str) -> requests.Response:
    sent = {"content-type": "application/json", **headers}
    return ask(local, "PUT", headers=sent, data=json.dumps({"now": now}))


def start_over(local: RunningServer) -> requests.Response:
    return ask(local, "DELETE")


def told(local: RunningServer) -> dict[str, Any]:
    answer = ask(local, "GET")
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def assert_about(text: str, instant: str | datetime) -> None:
    """Require that an instant is at most a minute after another: the clock runs on."""
    expected = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    assert timedelta(seconds=-1) < datetime.fromisoformat(text) - expected < MOMENT


def releases() -> list[tuple[str, datetime]]:
    """Return the weeks that releases have opened since the start, in order, and when they ran."""
    images = [record["dynamodb"] for record in written(TABLES["PracticesTable"])]
    ran = (each["NewImage"] for each in images if "NewImage" in each)
    return sorted(
        {
            (image["released_through"]["S"], datetime.fromisoformat(image["released_at"]["S"]))
            for image in ran
            if "released_at" in image
        },
        key=lambda release: release[1],
    )


def assert_released(expected: list[tuple[str, str]]) -> None:
    ran = releases()
    assert [week for week, _ in ran] == [week for week, _ in expected]
    for (_, at), (_, due) in zip(ran, expected, strict=True):
        assert_about(at.isoformat(), due)


def test_each_button_moves_the_clock_which_runs_on(local: RunningServer) -> None:
    for button, instant in (
        ("in_one_hour", "2026-11-24T10:00:00-05:00"),
        ("in_one_day", "2026-11-25T10:00:00-05:00"),
        ("before_release", "2026-11-27T17:58:00-05:00"),
    ):
        assert_about(told(local)[button], instant)
        answer = put(local, told(local)[button])
        assert answer.status_code == 200
        assert_about(answer.json()["now"], instant)
        assert_about(told(local)["now"], instant)
    assert told(local)["before_release"] == "2026-12-04T17:58:00-05:00"
    assert sign_in(local.base_url, DAN).call("GET", "/slots").status == 200
    assert releases() == []


def test_the_button_follows_the_setting_of_the_release(local: RunningServer) -> None:
    therapist = sign_in(local.base_url, THERAPIST, pool="therapists")
    change = {"release": {"weekday": "thursday", "time": "17:00"}}
    assert therapist.call("PATCH", "/practice", change).status == 200
    assert told(local)["before_release"] == "2026-11-26T16:58:00-05:00"


def test_a_release_in_between_is_carried_out_once_and_at_its_instant(local: RunningServer) -> None:
    client = sign_in(local.base_url, DAN)
    booking = {"slot_id": PRIME}
    assert client.call("POST", "/appointments", booking).refusal == "slot-taken"
    answer = put(local, SATURDAY)
    assert_about(answer.json()["now"], SATURDAY)
    assert client.call("POST", "/appointments", booking).status == 201
    put(local, "2026-11-28T11:00:00-05:00")
    assert_released(RELEASES[:1])
    assert find_faults(read_tables(), now=clock.now()) == []


def test_two_weeks_in_one_step_carry_out_two_releases_in_order(local: RunningServer) -> None:
    assert put(local, TWO_WEEKS_LATER).status_code == 200
    assert_released(RELEASES)
    assert find_faults(read_tables(), now=clock.now()) == []


def test_the_monitor_runs_a_release_that_has_no_schedule_within_two_hours(
    local: RunningServer,
) -> None:
    schedules.remove("demo")
    assert put(local, SATURDAY).status_code == 200
    ((week, at),) = releases()
    assert week == "2026-W49"
    # It runs an hour after the last time, or when the clock stops for something else after that.
    due = datetime.fromisoformat("2026-11-27T18:00:00-05:00")
    assert timedelta(hours=1) <= at - due <= timedelta(hours=2, minutes=1)


def test_a_release_that_fails_is_repeated_before_the_clock_moves_on(
    local: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = 0
    release_week = releases_use_case.release_week

    def fail_first(*args: Any, **when: Any) -> Any:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise Busy
        return release_week(*args, **when)

    monkeypatch.setattr(releases_use_case, "release_week", fail_first)
    assert put(local, SATURDAY).status_code == 200
    assert attempts == 2
    assert_released(RELEASES[:1])


def test_clocks_moved_at_once_move_one_after_the_other(local: RunningServer) -> None:
    with ThreadPoolExecutor(4) as pool:
        targets = [SATURDAY, TWO_WEEKS_LATER, TWO_WEEKS_LATER, SATURDAY]
        answers = list(pool.map(lambda now: put(local, now), targets))
    assert {answer.status_code for answer in answers} <= {200, 400}
    assert 200 in {answers[1].status_code, answers[2].status_code}
    assert_about(told(local)["now"], TWO_WEEKS_LATER)
    assert_released(RELEASES)


INVALID = "invalid", 400
PAST = "past-instant", 400
FAR = "far-instant", 400
REFUSED: dict[str, tuple[Any, tuple[str, int]]] = {
    "an hour ago": ({"now": "2026-11-24T08:00:00-05:00"}, PAST),
    "the first year": ({"now": "0001-01-01T00:00:00+23:59"}, PAST),
    "three years away": ({"now": "2029-11-24T09:00:00-05:00"}, FAR),
    "the last year": ({"now": "9999-12-31T23:59:59-23:59"}, FAR),
    "no offset": ({"now": "2026-11-24T10:00:00"}, INVALID),
    "a date": ({"now": "2026-11-25"}, INVALID),
    "a word": ({"now": "tomorrow"}, INVALID),
    "no such day": ({"now": "2026-11-31T10:00:00-05:00"}, INVALID),
    "no such offset": ({"now": "2026-11-25T10:00:00-25:00"}, INVALID),
    "nothing": ({"now": ""}, INVALID),
    "a surrogate": ({"now": "\ud800"}, INVALID),
    "null": ({"now": None}, INVALID),
    "a number": ({"now": 1795528800}, INVALID),
    "a list": ({"now": [SATURDAY]}, INVALID),
    "another field": ({"instant": SATURDAY}, INVALID),
    "one field more": ({"now": SATURDAY, "by": "me"}, INVALID),
    "no object": ([SATURDAY], INVALID),
    "only a text": (SATURDAY, INVALID),
}


@pytest.mark.parametrize(("body", "problem"), REFUSED.values(), ids=REFUSED)
def test_other_instants_are_refused(
    server: RunningServer, body: Any, problem: tuple[str, int]
) -> None:
    refuses(server, json.dumps(body), problem)


@pytest.mark.parametrize("body", ["", "{", "now=2026-11-28", b"\xff\xfe", "[" * 100_000])
def test_a_body_that_is_not_json_is_refused(server: RunningServer, body: str | bytes) -> None:
    refuses(server, body, INVALID)


def refuses(server: RunningServer, body: str | bytes, problem: tuple[str, int]) -> None:
    before = told(server)["now"]
    answer = ask(server, "PUT", headers={"content-type": "application/json"}, data=body)
    assert answer.headers["content-type"] == "application/problem+json"
    name, status = problem
    assert (answer.json()["type"], answer.status_code) == (f"/problems/{name}", status)
    assert answer.json()["request_id"] == answer.headers["apigw-requestid"]
    assert answer.json()["detail"].endswith(".")
    assert_about(told(server)["now"], before)


FOREIGN = {
    "another site": {"origin": "https://evil.example"},
    "another port": {"origin": "http://127.0.0.1:1"},
    "another scheme": {"origin": "https://{host}"},
    "a sandboxed frame": {"origin": "null"},
    "a site that the browser names": {"sec-fetch-site": "cross-site"},
    "another port that the browser names": {"sec-fetch-site": "same-site"},
    "a name that leads to this machine": {"host": "evil.example", "origin": "http://evil.example"},
    "a name with a port": {"host": "evil.example:8000", "sec-fetch-site": "same-origin"},
    "no name": {"host": "[", "origin": "http://["},
}


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_pages_of_other_origins_are_refused(
    server: RunningServer, method: str, headers: dict[str, str]
) -> None:
    host = urlsplit(server.base_url).netloc
    sent = {name: value.replace("{host}", host) for name, value in headers.items()}
    client = sign_in(server.base_url, DAN)
    before = told(server)["now"]
    answer = ask(
        server,
        method,
        headers={"content-type": "application/json", **sent},
        data=json.dumps({"now": SATURDAY}),
    )
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/foreign-origin")
    assert_about(told(server)["now"], before)
    assert client.call("GET", "/me").status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_own_page_may_move_the_clock(server: RunningServer, host: str) -> None:
    netloc = f"{host}:{urlsplit(server.base_url).port}"
    headers = {"host": netloc, "origin": f"http://{netloc}", "sec-fetch-site": "same-origin"}
    assert put(server, told(server)["in_one_hour"], **headers).status_code == 200


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_what_a_form_can_send_is_refused(server: RunningServer, kind: str) -> None:
    answer = put(server, SATURDAY, **{"content-type": kind})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/not-json")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_the_content_type_may_have_parameters(server: RunningServer, kind: str) -> None:
    assert put(server, told(server)["in_one_hour"], **{"content-type": kind}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_no_other_method_reaches_the_clock(server: RunningServer, method: str) -> None:
    assert ask(server, method, data=json.dumps({"now": SATURDAY})).status_code == 404


def test_starting_over_leaves_nothing_of_before(local: RunningServer) -> None:
    first = row_counts()
    client, therapist = (
        sign_in(local.base_url, DAN),
        sign_in(local.base_url, THERAPIST, pool="therapists"),
    )
    put(local, SATURDAY)
    assert client.call("POST", "/appointments", {"slot_id": SLOT}).status == 201
    added = {"name": "Gina", "email": "gina@openhour.example", "invite": True}
    assert therapist.call("POST", "/practice/clients", added).status == 201
    with acting_as("operator:o1"):
        open_practice(a_practice(therapist_id="other", hours=()), now=clock.now())
    local.wait_for_streams()
    (mail,) = (mail for mail in local.outbox.mails if mail.to == added["email"])
    begun = try_to_sign_in(local.base_url, mail.login, mail.password).json()

    answer = start_over(local)
    assert answer.status_code == 200
    assert_about(answer.json()["now"], TUESDAY)
    assert find_practice("other") is None
    assert schedules.last_modified("other") is None
    assert local.outbox.mails == []
    assert client.call("GET", "/me").status == 401
    assert therapist.call("GET", "/practice").status == 401
    assert try_to_sign_in(local.base_url, mail.login, mail.password).status_code == 400
    assert finish_sign_in(local, mail.login, begun["Session"]).status_code == 400
    for login in LOGINS:
        pool = "therapists" if login == THERAPIST else "clients"
        assert try_to_sign_in(local.base_url, login, pool=pool).status_code == 200
    assert sign_in(local.base_url, DAN).get("/me")["appointments"] == []
    assert row_counts() == first


def finish_sign_in(local: RunningServer, login: str, session: str) -> requests.Response:
    return cognito(
        local.base_url,
        "RespondToAuthChallenge",
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=session,
        ChallengeResponses={"USERNAME": login, "NEW_PASSWORD": PASSWORD},
    )


def row_counts() -> dict[str, int]:
    """Return how many rows each table has."""
    return {name: len(keyed) for name, keyed in rows().items()}


def test_after_starting_over_a_release_is_carried_out_again(local: RunningServer) -> None:
    for _ in range(2):
        put(local, SATURDAY)
        assert_released(RELEASES[:1])
        start_over(local)
        assert releases() == []
        assert read_practice("demo").released_at is None


def test_requests_meanwhile_wait_and_find_one_of_the_two_states(local: RunningServer) -> None:
    token = sign_in(local.base_url, DAN)
    stop = Event()

    def call() -> set[int]:
        statuses = set()
        while not stop.is_set():
            for path in ("/me", "/slots"):
                statuses.add(
                    requests.get(
                        local.base_url + path,
                        headers={"authorization": f"Bearer {token.token}"},
                        timeout=TIMEOUT_SECONDS,
                    ).status_code
                )
        return statuses

    with ThreadPoolExecutor(4) as pool:
        tasks = [pool.submit(call) for _ in range(3)]
        try:
            put(local, SATURDAY)
            start_over(local)
        finally:
            stop.set()
        statuses = set().union(*(task.result() for task in tasks))
    assert statuses == {200, 401}


def test_a_clock_without_a_practice_is_told_in_utc(local: RunningServer) -> None:
    with acting_as("operator:o1"):
        remove_therapist("demo", now=clock.now())
    view = told(local)
    assert (view["timezone"], view["before_release"]) == ("UTC", None)
    assert datetime.fromisoformat(view["now"]).tzinfo == UTC
    assert put(local, SATURDAY).status_code == 200
    assert requests.get(f"{local.base_url}/", timeout=TIMEOUT_SECONDS).status_code == 200
