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

from openhour.api.identity import audit_actor, principal_from_claims, read_request_id
from openhour.api.observability import log_error, log_refusal
from openhour.api.openapi import responses_for
from openhour.api.origin_verification import is_from_distribution
from openhour.api.problems import internal_error_response, problem_response
from openhour.api.responses import JsonResponse
from openhour.api.validation import invalid_request, reject_unknown_parameters
from openhour.rules.appointments import Party
from openhour.rules.refusals import Invalid, Refusal, UnsupportedMediaType
from openhour.store.audit_log import acting_as

Handler = TypeVar("Handler", bound=Callable[..., JsonResponse])
_MAX_BODY_LENGTH = 64 * 1024
"""Characters: five times the largest hours."""


class Resolver(APIGatewayHttpResolver):
    """Powertools' resolver, for the routes of one party (None for the public)."""

    def __init__(self, party: Party | None) -> None:
        super().__init__(enable_validation=True)
        self.party = party
        self._request_validation_middleware = _RequestValidation()  # type: ignore[no-untyped-call]  # Powertools' own
        # Answers are JSON already, of shapes that the type checker has seen to.
        del self._response_validation_middleware
        self.exception_handler(Refusal)(self.refusal_response)
        self.exception_handler(RequestValidationError)(self._refuse_invalid)
        self.exception_handler(NotFoundError)(_not_found_response)
        self.exception_handler(Exception)(self._fail)

    def routes(self) -> list[Route]:
        """Every route there is."""
        return [*self._static_routes, *self._dynamic_routes]

    def responses(
        self,
        shape: str,
        *refusals: type[Refusal],
        status: int = 200,
        or_status: int | None = None,
    ) -> dict[int, Any]:
        """What the document says of a route's answers; see `describe`."""
        return responses_for(self.party, shape, *refusals, status=status, or_status=or_status)

    def exception_handler(
        self, exc_class: type[Exception] | list[type[Exception]]
    ) -> Callable[[Handler], Handler]:
        """Answer such an exception with what the decorated function makes of it."""
        decorate: Callable[[Handler], Handler] = super().exception_handler(exc_class)
        return decorate

    def refusal_response(self, refusal: Refusal) -> JsonResponse:
        """Answer with a refusal."""
        event = self.current_event.raw_event
        log_refusal(refusal, event)
        return problem_response(refusal, event, party=self.party)

    def _refuse_invalid(self, error: RequestValidationError) -> JsonResponse:
        return self.refusal_response(invalid_request(error.errors()))

    def _fail(self, error: Exception) -> JsonResponse:
        event = self.current_event.raw_event
        log_error(error, event)
        return internal_error_response(event)

    @staticmethod
    def _compile_regex(rule: str, base_regex: str = "") -> re.Pattern[str]:  # noqa: ARG004 - Powertools' signature
        """Match what the gateway matches: a parameter is anything within one segment."""
        return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", rule) + r"\Z")


def resolver(party: Party | None) -> Resolver:
    """A resolver for the routes of one party, or with None for the public's."""
    return Resolver(party)


class _RequestValidation(OpenAPIRequestValidationMiddleware):
    """Powertools' validation, with the token looked at first, and nothing taken for JSON that
    isn't."""

    def handler(self, app: Any, next_middleware: Any) -> Response[Any]:
        """Check the request, then go on."""
        event = app.current_event.raw_event
        if app.party is not None:
            app.append_context(signed_in=principal_from_claims(event, app.party))
        elif not is_from_distribution(event):
            raise NotFoundError
        if app.party is not Party.THERAPIST:
            return self._go_on(app, next_middleware)
        with acting_as(audit_actor(event), request_id=read_request_id(event)):
            return self._go_on(app, next_middleware)

    def _go_on(self, app: Any, next_middleware: Any) -> Response[Any]:
        reject_unknown_parameters(
            app.current_event.query_string_parameters or {}, app.context["_route"]
        )
        answer: Response[Any] = super().handler(app, next_middleware)
        return answer

    def _get_body(self, app: Any) -> dict[str, Any]:
        event = app.current_event
        kind = event.headers.get("content-type", "application/json")
        if event.body and kind.partition(";")[0].strip().lower() != "application/json":
            raise UnsupportedMediaType
        try:
            text = event.decoded_body or ""
            if len(text) > _MAX_BODY_LENGTH:
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


def _not_found_response(_: NotFoundError) -> JsonResponse:
    """What the gateway says of a route that isn't there."""
    return Response(
        status_code=404, content_type="application/json", body='{"message":"Not Found"}'
    )
