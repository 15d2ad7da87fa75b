"""The pages: the client's page, the widget's script, the console, and what they need to start."""

import os
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.web.built_files import NotBuilt, built_files, document
from functions.web.responding import REVALIDATED, PageResponse, file_response, page_response
from functions.web.security import content_security_policy, policy_of_mails
from functions.web.words import words_for
from openhour.api.openapi import file_responses, page_responses
from openhour.api.public import config_view
from openhour.api.request_fields import TherapistId
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.refusals import Busy, UnknownTherapist
from openhour.store import practices

app = resolver(None, ignores_unknown_parameters=True)

_FOR_AN_HOUR = "public, max-age=3600"
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@app.get("/", responses=page_responses())
def read_home_page() -> PageResponse:
    """Return a page that tells clients to use their therapist's link."""
    return _page("index.html")


@app.get("/book/<therapist_id>", responses=page_responses(refuses=True))
def read_booking_page(therapist_id: TherapistId) -> PageResponse:
    """Return the client's page of a practice, which only the practice's sites may embed."""
    practice = practices.cached_practice(therapist_id)
    policy = content_security_policy(
        _cognito_url(), embedded_by=("'self'", *practice.embed_origins)
    )
    words = words_for(practice)
    return page_response("book.html", _headers(), policy, words=words)


@app.get("/console", responses=page_responses())
def read_console_page() -> PageResponse:
    """Return the therapist's console."""
    policy = content_security_policy(_cognito_url(), embeds="'self'")
    return page_response("console.html", _headers(), policy)


@app.get("/console/mail", responses=page_responses())
def read_mail_page() -> PageResponse:
    """Return the empty page into which the console writes a mail."""
    return page_response("mail.html", _headers(), policy_of_mails())


@app.get("/widget.js", responses=file_responses("text/javascript"))
def read_widget() -> PageResponse:
    """Return the script that embeds the client's page in a site."""
    # The only file that other sites load.
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return file_response(built_files().get("/widget.js"), _headers(), _FOR_AN_HOUR, headers)


@app.get("/assets/<name>", responses=file_responses("text/javascript", "text/css", "image/svg+xml"))
def read_asset(name: str) -> PageResponse:
    """Return a script, a style sheet or an image. Its name changes with its content."""
    return file_response(built_files().get(f"/assets/{name}"), _headers(), _FOR_A_YEAR)


@app.get("/config.json", responses=app.responses("Config"))
def read_config() -> JsonResponse:
    """Return where to sign in."""
    return json_response(config_view())


@app.get("/openapi.json", responses=file_responses(shape="Document"))
def read_document() -> PageResponse:
    """Return the OpenAPI document."""
    return file_response(document(), _headers(), REVALIDATED)


@app.exception_handler(UnknownTherapist)
def answer_unknown_therapist(_: UnknownTherapist) -> PageResponse:
    """Return the page for an address that no practice has."""
    return _page("not_found.html", status=404)


@app.exception_handler(Busy)
def answer_busy(_: Busy) -> PageResponse:
    """Return the page that asks to try again."""
    return _page("busy.html", status=503, retry_after="2")


@app.exception_handler(NotBuilt)
def answer_not_built(_: NotBuilt) -> PageResponse:
    """Tell whoever serves the API without its pages."""
    return PageResponse(
        status_code=503, content_type="text/plain", body=b"The pages were not built.\n"
    )


def _page(name: str, *, status: int = 200, retry_after: str = "") -> PageResponse:
    policy = content_security_policy(_cognito_url())
    headers = {"Retry-After": retry_after} if retry_after else {}
    return page_response(name, _headers(), policy, status=status, headers=headers)


def _headers() -> dict[str, str]:
    return app.current_event.headers


def _cognito_url() -> str:
    return os.environ["COGNITO_URL"]


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
