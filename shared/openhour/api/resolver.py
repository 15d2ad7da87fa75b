"""The resolver: it checks requests before routes see them, and turns refusals into responses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
)
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from openhour.api.callers import require_caller, visible_to
from openhour.api.identity import Principal, Role, principal_from_claims
from openhour.api.observability import log_error, log_refusal
from openhour.api.openapi import responses_for
from openhour.api.origin_verification import is_from_distribution
from openhour.api.problems import (
    internal_error_response,
    not_found_response,
    problem_response,
)
from openhour.api.responses import JsonResponse
from openhour.api.validation import invalid_request, reject_unknown_parameters
from openhour.rules.logins import LoginRole
from openhour.rules.refusals import Forbidden, Invalid, Refusal, UnsupportedMediaType
from openhour.store.audit_log import act_as
from openhour.store.practices import cached_practice, read_practice
from openhour.store.tenancy import restrict_to

Handler = TypeVar("Handler", bound=Callable[..., Response[Any]])
_MAX_BODY_LENGTH = 64 * 1024
"""In characters: five times the size of the largest hours."""


class Resolver(APIGatewayHttpResolver):
    """Powertools' resolver for the routes of one role, or of the public (None)."""

    def __init__(self, role: Role | None, *, ignores_unknown_parameters: bool = False) -> None:
        super().__init__(enable_validation=True)
        self.role = role
        self.ignores_unknown_parameters = ignores_unknown_parameters
        self._request_validation_middleware = _RequestValidation()  # type: ignore[no-untyped-call]  # Powertools' own
        # Responses are JSON already, of shapes that the type checker has checked.
        del self._response_validation_middleware
        self.exception_handler(Refusal)(self.refusal_response)
        self.exception_handler(RequestValidationError)(self._invalid_response)
        self.exception_handler(NotFoundError)(self._not_found_response)
        self.exception_handler(Exception)(self._internal_error_response)

    def routes(self) -> list[Route]:
        """Return every route."""
        return [*self._static_routes, *self._dynamic_routes]

    def signed_in_client(self) -> tuple[str, str]:
        """Return the therapist id and the client id of the signed-in client.

        Raises:
            Forbidden: The routes are not a client's.
        """
        principal = self._principal(Role.CLIENT)
        return principal.therapist_id, principal.client_id

    def signed_in_therapist(self) -> str:
        """Return the id of the signed-in therapist.

        Raises:
            Forbidden: The routes are not a therapist's.
        """
        return self._principal(Role.THERAPIST).therapist_id

    def signed_in_login(self) -> str:
        """Return the id of the login of the practice that makes the request.

        Raises:
            Forbidden: The routes are not a therapist's.
        """
        return self._principal(Role.THERAPIST).login_id

    def require_therapist(self) -> None:
        """Check that it is not the office that makes the request.

        Raises:
            Forbidden: It is.
        """
        if self.context.get("login_role") is not LoginRole.THERAPIST:
            raise Forbidden

    def responses(
        self,
        shape: str,
        *refusals: type[Refusal],
        status: int = 200,
        or_status: int | None = None,
        etag: bool = False,
        or_unchanged: bool = False,
    ) -> dict[int, Any]:
        """Describe a route's responses for the OpenAPI document. See `responses_for`."""
        return responses_for(
            self.role,
            shape,
            *refusals,
            status=status,
            or_status=or_status,
            etag=etag,
            or_unchanged=or_unchanged,
        )

    def exception_handler(
        self, exc_class: type[Exception] | list[type[Exception]]
    ) -> Callable[[Handler], Handler]:
        """Return a decorator that makes a function the handler of an exception."""
        decorate: Callable[[Handler], Handler] = super().exception_handler(exc_class)
        return decorate

    def refusal_response(self, refusal: Refusal) -> JsonResponse:
        """Log a refusal and return its response."""
        event = self.current_event.raw_event
        log_refusal(refusal, event)
        return problem_response(refusal, event, role=self.role)

    def _principal(self, role: Role) -> Principal:
        principal = self.context.get("principal")
        if not isinstance(principal, Principal) or principal.role is not role:
            raise Forbidden
        return principal

    def _invalid_response(self, error: RequestValidationError) -> JsonResponse:
        return self.refusal_response(invalid_request(error.errors()))

    def _not_found_response(self, _: NotFoundError) -> JsonResponse:
        return not_found_response(self.current_event.raw_event)

    def _internal_error_response(self, error: Exception) -> JsonResponse:
        event = self.current_event.raw_event
        log_error(error, event)
        return internal_error_response(event)

    @staticmethod
    def _compile_regex(rule: str, base_regex: str = "") -> re.Pattern[str]:  # noqa: ARG004 - Powertools' signature
        """Match paths as the gateway does: a parameter is any text within one segment."""
        return re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", rule) + r"\Z")


def resolver(role: Role | None, *, ignores_unknown_parameters: bool = False) -> Resolver:
    """Return a resolver for the routes of one role, or of the public (None).

    A page's address may carry query parameters of others, such as a search engine's.
    """
    return Resolver(role, ignores_unknown_parameters=ignores_unknown_parameters)


class _RequestValidation(OpenAPIRequestValidationMiddleware):
    """Powertools' validation, after the token is checked and the tenant is set."""

    def handler(self, app: Any, next_middleware: Any) -> Response[Any]:
        """Check the request, then call the route.

        The tenant and the actor are set in a context of the request's own.
        """
        return copy_context().run(self._handle, app, next_middleware)

    def _handle(self, app: Any, next_middleware: Any) -> Response[Any]:
        """Check the request, then call the route.

        From here on, DynamoDB requests may name only the tenant's rows, and acts of a login of the
        practice are recorded as its own. A removed practice has no routes, and a removed login may
        call none: a token outlives both. The office may call some routes, and sees some fields.
        """
        event, route = app.current_event.raw_event, app.context["_route"]
        role: LoginRole | None = None
        # The path is decoded: what the gateway's catch-all routes pass may look like a known route.
        if event.get("routeKey") != f"{route.method} {route.openapi_path}":
            raise NotFoundError
        if app.role is None:
            if not is_from_distribution(event):
                raise NotFoundError
            if tenant := (event.get("pathParameters") or {}).get("therapist_id"):
                restrict_to(tenant)
        else:
            principal = principal_from_claims(event, app.role)
            app.append_context(principal=principal)
            restrict_to(principal.therapist_id)
            if principal.role is Role.THERAPIST:
                role = _role_of_login(principal)
                require_caller(event["routeKey"], role)
                app.append_context(login_role=role)
                act_as(f"{role}:{principal.login_id}", request_id=principal.request_id)
        if not app.ignores_unknown_parameters:
            reject_unknown_parameters(event.get("queryStringParameters") or {}, route)
        response: Response[Any] = super().handler(app, next_middleware)
        return visible_to(role, event["routeKey"], response) if role else response

    def _get_body(self, app: Any) -> dict[str, Any]:
        event = app.current_event
        # The gateway writes the names of headers in lower case.
        kind = event.raw_event["headers"].get("content-type", "application/json")
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


def _role_of_login(principal: Principal) -> LoginRole:
    """Return the role of a login of the practice, also of one that was added a moment ago.

    Raises:
        Forbidden: The practice has no such login.
        UnknownTherapist: There is no such practice, or it was removed.
        Busy: DynamoDB can't answer.
    """
    therapist_id, login_id = principal.therapist_id, principal.login_id
    role = cached_practice(therapist_id).role_of(login_id)
    role = role or read_practice(therapist_id).role_of(login_id)
    if role is None:
        raise Forbidden
    return role


def _read_number(text: str) -> int | float:
    """Read 6.0 as an integer, as JSON has one type of number."""
    number = float(text)
    return int(number) if number.is_integer() else number
