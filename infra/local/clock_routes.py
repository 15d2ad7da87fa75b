"""`/local/clock`: tells the practice's clock, moves it forward, and starts over."""

import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from werkzeug import Response

from infra.local.events import Request
from infra.local.gateway import Gateway, Page
from infra.local.own_origin import ForeignOrigin, require_own_origin
from infra.local.practice_clock import FarInstant, PastInstant, PracticeClock, RowsOutside

PATH = "/local/clock"
_EXAMPLE = '{"now": "2026-11-27T17:58:00-05:00"}'


class InvalidInstant(Exception):
    """The body names no instant. The message says what to send."""


class NotJson(Exception):
    """The body is not declared as JSON."""


@dataclass(frozen=True, slots=True)
class _Problem:
    status: HTTPStatus
    name: str
    detail: str


_PROBLEMS: dict[type[Exception], _Problem] = {
    PastInstant: _Problem(
        HTTPStatus.BAD_REQUEST,
        "past-instant",
        "The clock only moves forward, and it has passed this instant. To go back, start over.",
    ),
    FarInstant: _Problem(
        HTTPStatus.BAD_REQUEST,
        "far-instant",
        "The clock moves at most two years at once. Choose an earlier instant.",
    ),
    RowsOutside: _Problem(
        HTTPStatus.CONFLICT,
        "rows-outside",
        "The rows are in a DynamoDB outside this run (ENDPOINT=), and starting over would delete"
        " them. Nothing was changed. Empty that DynamoDB yourself, then start this run again.",
    ),
    ForeignOrigin: _Problem(
        HTTPStatus.FORBIDDEN,
        "foreign-origin",
        "Only a page of this local run, or a program without a page, may change the clock.",
    ),
    NotJson: _Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "not-json",
        "Send the content type application/json.",
    ),
    TimeoutError: _Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "unfinished",
        "Some stream records could not be handled, so the clock stopped on its way."
        " The terminal says why.",
    ),
}
_FAILED = _Problem(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "clock-failed",
    "Something failed on the way. The terminal says what. If it fails again, restart this run.",
)


def clock_routes(
    clock: PracticeClock, gateway: Gateway, tell: Callable[[], dict[str, Any]]
) -> dict[str, Page]:
    """Return the pages of `/local/clock`, by method and path. They answer what `tell` returns."""

    def get(_: Request) -> Response:
        with gateway.lock.shared():
            return _json_response(tell())

    def put(request: Request) -> Response:
        if _media_type(request) != "application/json":
            raise NotJson
        clock.advance(parse_instant(request.body))
        return get(request)

    def delete(request: Request) -> Response:
        clock.start_over()
        return get(request)

    return {
        f"GET {PATH}": get,
        f"PUT {PATH}": _guarded(put),
        f"DELETE {PATH}": _guarded(delete),
    }


def parse_instant(body: bytes) -> datetime:
    """Read the instant in a body such as `{"now": "2026-11-27T17:58:00-05:00"}`.

    Raises:
        InvalidInstant: It is anything else.
    """
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidInstant(f"The body is not JSON. Send {_EXAMPLE}.") from None
    if not isinstance(fields, dict) or fields.keys() != {"now"}:
        raise InvalidInstant(f"Send an object with `now` and nothing else, such as {_EXAMPLE}.")
    try:
        instant = datetime.fromisoformat(fields["now"])
    except (TypeError, ValueError):
        raise InvalidInstant(f"`now` is not an instant. Send {_EXAMPLE}.") from None
    if instant.tzinfo is None:
        raise InvalidInstant(f"`now` has no offset from UTC. Send {_EXAMPLE}.")
    return instant


def _guarded(page: Page) -> Page:
    """Refuse requests of other origins, and answer every error with a problem."""

    def answer(request: Request) -> Response:
        try:
            require_own_origin(request)
            return page(request)
        except Exception as error:  # noqa: BLE001 - whatever the seed or a function raises
            return _problem_response(_problem_of(error), request)

    return answer


def _problem_of(error: Exception) -> _Problem:
    if isinstance(error, InvalidInstant):
        return _Problem(HTTPStatus.BAD_REQUEST, "invalid", str(error))
    if type(error) not in _PROBLEMS or isinstance(error, TimeoutError):
        traceback.print_exception(error, file=sys.stderr)
    return _PROBLEMS.get(type(error), _FAILED)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _json_response(body: dict[str, Any]) -> Response:
    response = Response(json.dumps(body), content_type="application/json")
    response.headers["cache-control"] = "no-store"
    return response


def _problem_response(problem: _Problem, request: Request) -> Response:
    body = {
        "type": f"/problems/{problem.name}",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
        "request_id": request.request_id,
    }
    return Response(json.dumps(body), problem.status, content_type="application/problem+json")
