"""Concurrent invocations in one process are isolated from each other."""

import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.powertools import isolate_invocations_per_thread
from infra.local.template import Route
from tests.infra import handlers
from tests.infra.handlers import AT_ONCE

ROUTE = Route(method="GET", path="/slots/{slot_id}", function="barrier", authorizer="ClientLogin")


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


@pytest.fixture
def logged():
    """The lines that the test's functions log, parsed."""
    (handler,) = handlers.logger.handlers
    assert isinstance(handler, logging.StreamHandler)
    terminal = handler.setStream(io.StringIO())
    yield lambda: list(map(json.loads, handler.stream.getvalue().splitlines()))
    handler.setStream(terminal)


def test_a_log_line_names_the_function_that_wrote_it(logged):
    isolate_invocations_per_thread()
    for name, handler in (("one", "log_with_context"), ("two", "log_plainly")):
        Function(name, f"tests.infra.handlers.{handler}").invoke({"text": name})
    lines = logged()
    assert [(each["message"], each["function_name"]) for each in lines] == [
        ("one", "one"),
        ("two", "two"),
    ]
    assert "function_request_id" in lines[0]
    assert "function_request_id" not in lines[1]


def test_a_function_gets_a_copy_of_its_event():
    event = {"body": '{"answer": {"statusCode": 200}}', "list": [1]}
    handler = Function("echo", "tests.infra.handlers.echo")
    assert handler.invoke(event) == {"statusCode": 200}
    assert event == {"body": '{"answer": {"statusCode": 200}}', "list": [1]}
