"""The resolver: requests checked before a route sees them, and every refusal answered alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
)
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from openhour.api.answers import Answer
from openhour.api.document import describe
from openhour.api.front_door import is_through_front_door
from openhour.api.identity import identify, name_actor, read_request_id
from openhour.api.journal import note_failure, note_refusal
from openhour.api.problems import apologize, explain
from openhour.api.validation import invalid, refuse_unknown
from openhour.rules.appointments import Party
from openhour.rules.refusals import Invalid, Refusal, UnsupportedMediaType
from openhour.store.trail import acting

Handler = TypeVar("Handler", bound=Callable[..., Answer])
_LONGEST_BODY = 64 * 1024
"""Characters: five times the largest hours."""


class Resolver(APIGatewayHttpResolver):
    """Powertools' resolver, for the routes of one party (None for the public)."""

    def __init__(self, party: Party | None) -> None:
        super().__init__(enable_validation=True)
        self.party = party
        self._request_validation_middleware = _Requests()  # type: ignore[no-untyped-call]  # Powertools' own
        # Answers are JSON already, of shapes that the type checker has seen to.
        del self._response_validation_middleware
        self.exception_handler(Refusal)(self.refuse)
        self.exception_handler(RequestValidationError)(self._refuse_invalid)
        self.exception_handler(NotFoundError)(_answer_unrouted)
        self.exception_handler(Exception)(self._fail)

    def routes(self) -> list[Route]:
        """Every route there is."""
        return [*self._static_routes, *self._dynamic_routes]

    def answers(
        self,
        shape: str,
        *refusals: type[Refusal],
        status: int = 200,
        or_status: int | None = None,
    ) -> dict[int, Any]:
        """What the document says of a route's answers; see `describe`."""
        return describe(self.party, shape, *refusals, status=status, or_status=or_status)

    def exception_handler(
        self, exc_class: type[Exception] | list[type[Exception]]
    ) -> Callable[[Handler], Handler]:
        """Answer such an exception with what the decorated function makes of it."""
        decorate: Callable[[Handler], Handler] = super().exception_handler(exc_class)
        return decorate

    def refuse(self, refusal: Refusal) -> Answer:
        """Answer with a refusal."""
        event = self.current_event.raw_event
        note_refusal(refusal, event)
        return explain(refusal, event, party=self.party)

    def _refuse_invalid(self, error: RequestValidationError) -> Answer:
        return self.refuse(invalid(error.errors()))

    def _fail(self, error: Exception) -> Answer:
        event = self.current_event.raw_event
        note_failure(error, event)
        return apologize(event)

    @staticmethod
    def _compile_regex(rule: str, base_regex: str = "") -> re.Pattern[str]:  # noqa: ARG004 - Powertools' signature
        """Match what the gateway matches: a parameter is anything within one segment."""
        return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", rule) + r"\Z")


def resolver(party: Party | None) -> Resolver:
    """A resolver for the routes of one party, or with None for the public's."""
    return Resolver(party)


class _Requests(OpenAPIRequestValidationMiddleware):
    """Powertools' validation, with the token looked at first, and nothing taken for JSON that
    isn't."""

    def handler(self, app: Any, next_middleware: Any) -> Response[Any]:
        """Check the request, then go on."""
        event = app.current_event.raw_event
        if app.party is not None:
            app.append_context(signed_in=identify(event, app.party))
        elif not is_through_front_door(event):
            raise NotFoundError
        if app.party is not Party.THERAPIST:
            return self._go_on(app, next_middleware)
        with acting(name_actor(event), request_id=read_request_id(event)):
            return self._go_on(app, next_middleware)

    def _go_on(self, app: Any, next_middleware: Any) -> Response[Any]:
        refuse_unknown(app.current_event.query_string_parameters or {}, app.context["_route"])
        answer: Response[Any] = super().handler(app, next_middleware)
        return answer

    def _get_body(self, app: Any) -> dict[str, Any]:
        event = app.current_event
        kind = event.headers.get("content-type", "application/json")
        if event.body and kind.partition(";")[0].strip().lower() != "application/json":
            raise UnsupportedMediaType
        try:
            text = event.decoded_body or ""
            if len(text) > _LONGEST_BODY:
                raise Invalid.field("body", "Too long.")
            body = json.loads(text, parse_float=_read_number)
        except (ValueError, RecursionError) as error:
            raise Invalid.field("body", "Must be JSON.") from error
        if not isinstance(body, dict):
            raise Invalid.field("body", "Must be a JSON object.")
        return body


def _read_number(text: str) -> int | float:
    """JSON has one kind of number: 6.0 is as whole as 6."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _answer_unrouted(_: NotFoundError) -> Answer:
    """What the gateway says of a route that isn't there."""
    return Response(
        status_code=404, content_type="application/json", body='{"message":"Not Found"}'
    )
