"""Functions: as many at once as there are threads, and none sees another's event."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from infra.local.events import Request, http_event
from infra.local.functions import Function, let_threads_be_environments
from infra.local.template import Route
from tests.infra import whoami

ROUTE = Route(method="GET", path="/slots/{slot_id}", function="whoami", public=False)


def ask(number):
    request = Request(method="GET", path=f"/slots/s{number}")
    event = http_event(
        request, ROUTE, {"slot_id": f"s{number}"}, {"custom:client_id": f"client{number}"}
    )
    answer = Function("whoami", "tests.infra.whoami.lambda_handler").invoke(event)
    return answer["statusCode"], json.loads(answer["body"])


def test_each_of_many_at_once_sees_its_own_event_and_context():
    let_threads_be_environments()
    with ThreadPoolExecutor(whoami.AT_ONCE) as threads:
        answers = list(threads.map(ask, range(whoami.AT_ONCE)))
    for number, (status, body) in enumerate(answers):
        assert status == 200
        assert body["slot_id"] == body["noted"] == f"s{number}"
        assert body["client_id"] == f"client{number}"
    assert len({body["request_id"] for _, body in answers}) == whoami.AT_ONCE


def test_a_function_gets_a_copy_of_its_event():
    event = {"body": '{"answer": {"statusCode": 200}}', "list": [1]}
    handler = Function("echo", "tests.infra.echo.lambda_handler")
    assert handler.invoke(event) == {"statusCode": 200}
    assert event == {"body": '{"answer": {"statusCode": 200}}', "list": [1]}


def test_a_function_without_its_handler_says_so():
    with pytest.raises(AttributeError):
        Function("echo", "tests.infra.echo.nobody").invoke({})
