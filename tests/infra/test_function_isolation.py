"""Concurrent invocations in one process are isolated from each other."""

import json
from concurrent.futures import ThreadPoolExecutor

from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.powertools import isolate_invocations_per_thread
from infra.local.template import Route
from tests.infra.handlers import AT_ONCE

ROUTE = Route(method="GET", path="/slots/{slot_id}", function="barrier", public=False)


def ask(number):
    request = Request(method="GET", path=f"/slots/s{number}")
    event = http_event(
        request, ROUTE, {"slot_id": f"s{number}"}, {"custom:client_id": f"client{number}"}
    )
    answer = Function("barrier", "tests.infra.handlers.wait_for_others").invoke(event)
    return answer["statusCode"], json.loads(answer["body"])


def test_concurrent_invocations_see_their_own_event_and_context():
    isolate_invocations_per_thread()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(ask, range(AT_ONCE)))
    for number, (status, body) in enumerate(answers):
        assert status == 200
        assert body["slot_id"] == body["appended"] == f"s{number}"
        assert body["client_id"] == f"client{number}"
    assert len({body["request_id"] for _, body in answers}) == AT_ONCE


def test_a_function_gets_a_copy_of_its_event():
    event = {"body": '{"answer": {"statusCode": 200}}', "list": [1]}
    handler = Function("echo", "tests.infra.handlers.echo")
    assert handler.invoke(event) == {"statusCode": 200}
    assert event == {"body": '{"answer": {"statusCode": 200}}', "list": [1]}
