"""API Gateway's HTTP API on one machine: the template's routes, authorizers and CORS settings."""

import base64
import json
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from werkzeug import Request as WsgiRequest
from werkzeug import Response
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound, Unauthorized
from werkzeug.routing import Map, Rule

from infra.local.authorizer import Authorizer, InvalidToken
from infra.local.events import Request, http_event
from infra.local.functions import Function
from infra.local.readers_writer_lock import ReadersWriterLock
from infra.local.template import Route, Template

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MAX_BODY = 10 * 1024 * 1024
"""Bytes; the gateway answers a larger body with 413."""

Page = Callable[[Request], Response]


class Gateway:
    """A WSGI application that routes requests to functions, as the template says."""

    def __init__(
        self,
        template: Template,
        functions: Mapping[str, Function],
        authorizers: Mapping[str, Authorizer],
        pages: Mapping[str, Page],
    ) -> None:
        """Take the authorizers by name, and `pages` by method and path.

        The local run adds those pages to the API.
        """
        routes = (*template.routes(), *template.catch_all_routes())
        self._rules = Map(map(_rule, routes), merge_slashes=False).bind("localhost")
        self._cors = template.cors()
        self._functions = functions
        self._authorizers = authorizers
        self.pages = dict(pages)
        self.lock = ReadersWriterLock()
        """Shared while a function handles a request."""
        self.tokens_since = 0
        """Tokens that were issued earlier are rejected. In seconds since 1970."""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        try:
            request = _read_request(environ)
            response = self._respond(request)
            response.headers["apigw-requestid"] = request.request_id
            if "origin" in request.headers:
                self._allow_origin(request, response)
        except HTTPException as error:
            response = _error_response(error)
        return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status=204)
        page = self.pages.get(f"{request.method} {request.path}")
        if page:
            return page(request)
        try:
            with self.lock.shared():
                return self._invoke(request)
        except HTTPException as error:
            return _error_response(error)

    def _invoke(self, request: Request) -> Response:
        route, parameters = self._match(request)
        claims = self._claims(request, route.authorizer) if route.authorizer else None
        event = http_event(request, route, parameters, claims)
        try:
            return _function_response(self._functions[route.function].invoke(event))
        except Exception:  # noqa: BLE001 - API Gateway answers any error of a function with 500
            traceback.print_exc(file=sys.stderr)
            raise InternalServerError from None

    def _match(self, request: Request) -> tuple[Route, dict[str, str]]:
        """Find the route, and the parameters in its path; the most literal route wins."""
        try:
            route, parameters = self._rules.match(request.path, request.method)
        except HTTPException:  # an HTTP API has no 405
            raise NotFound from None
        if request.method != route.method:  # werkzeug answers HEAD where there is GET
            raise NotFound
        return route, dict(parameters)

    def _claims(self, request: Request, authorizer: str) -> dict[str, str]:
        try:
            claims = self._authorizers[authorizer].claims(request.headers.get("authorization"))
        except InvalidToken:
            raise Unauthorized from None
        if float(claims.get("iat", 0)) < self.tokens_since:
            raise Unauthorized
        return claims

    def _allow_origin(self, request: Request, response: Response) -> None:
        cors = self._cors
        response.headers["access-control-allow-origin"] = ",".join(cors["allowOrigins"])
        response.headers["access-control-expose-headers"] = ",".join(cors["exposeHeaders"])
        if request.method == "OPTIONS":
            response.headers["access-control-allow-methods"] = ",".join(cors["allowMethods"])
            response.headers["access-control-allow-headers"] = ",".join(cors["allowHeaders"])
            response.headers["access-control-max-age"] = str(cors["maxAge"])


def _rule(route: Route) -> Rule:
    path = re.sub(r"{(\w+)\+}", r"<path:\1>", route.path)
    path = re.sub(r"{(\w+)}", r"<\1>", path)
    return Rule(path, methods=[route.method], endpoint=route)


def _read_request(environ: "WSGIEnvironment") -> Request:
    """Read a request whole.

    Raises:
        RequestEntityTooLarge: The body is larger than `MAX_BODY`.
    """
    request = WsgiRequest(environ)
    request.max_content_length = MAX_BODY
    return Request(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("latin-1"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(),
        source=request.remote_addr or "",
        protocol=environ["SERVER_PROTOCOL"],
    )


def _error_response(error: HTTPException) -> Response:
    """Make one of the gateway's own responses, in API Gateway's format."""
    body = json.dumps({"message": error.name}, separators=(",", ":"))
    response = Response(body, error.code, content_type="application/json")
    if isinstance(error, Unauthorized):
        response.headers["www-authenticate"] = "Bearer"
    return response


def _function_response(result: Any) -> Response:
    """Read what a function returned; a value without a status is a body, as in AWS."""
    if not isinstance(result, dict) or "statusCode" not in result:
        return Response(json.dumps(result), content_type="application/json")
    body = result.get("body") or ""
    headers = {name.lower(): str(value) for name, value in (result.get("headers") or {}).items()}
    content_type = headers.pop("content-type", "text/plain;charset=UTF-8")
    response = Response(
        base64.b64decode(body) if result.get("isBase64Encoded") else body,
        int(result["statusCode"]),
        headers,
        content_type=content_type,
    )
    for cookie in result.get("cookies") or ():
        response.headers.add("set-cookie", cookie)
    return response
