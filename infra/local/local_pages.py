"""Pages of the local run for people and programs: the outgoing mail, and the addresses of AWS."""

import json

from werkzeug import Response

from infra.local.aws import LocalAws
from infra.local.events import Request
from infra.local.gateway import Gateway, Page
from infra.local.outbox import Outbox
from openhour import clock


def target_page(aws: LocalAws, gateway: Gateway) -> Page:
    """Make the page that gives the operator's command the addresses of AWS and the clock."""

    def page(_: Request) -> Response:
        urls = {"aws_url": aws.cognito_url, "dynamodb_url": aws.endpoint or aws.cognito_url}
        with gateway.lock.shared():
            body = json.dumps({**urls, "now": clock.now().isoformat()})
        return Response(body, content_type="application/json")

    return page


def outbox_page(outbox: Outbox) -> Page:
    """Make the page that shows `outbox`: as HTML to a browser, as JSON otherwise."""

    def page(request: Request) -> Response:
        if "text/html" in request.headers.get("accept", ""):
            return Response(outbox.as_html(), content_type="text/html; charset=utf-8")
        return Response(outbox.as_json(), content_type="application/json")

    return page
