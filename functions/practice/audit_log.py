"""The audit log: who did what in the practice."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.practice.app import app
from openhour.api.audit_log import audit_log_view
from openhour.api.request_fields import Cursor, InstantOrDate
from openhour.api.responses import JsonResponse, json_response
from openhour.use_cases.audit_log import read_audit_page


@app.get("/practice/audit-log", responses=app.responses("AuditLog"))
def read_audit_log(
    since: Annotated[
        InstantOrDate | None,
        Query(description="From when on: an instant with its offset, or a local date."),
    ] = None,
    cursor: Annotated[Cursor | None, Query()] = None,
) -> JsonResponse:
    """Return who did what in the practice, newest first, by pages of 50.

    Clients' own acts are on their appointments.
    """
    page = read_audit_page(app.signed_in_therapist(), since=since, cursor=cursor)
    return json_response(audit_log_view(page))
