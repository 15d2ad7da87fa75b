"""Regulars, entered, changed and ended by the therapist."""

from functions.practice.app import Notify, Preview, app
from openhour import clock
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.regulars import (
    RegularRequest,
    RegularResultView,
    regular_result_view,
    regular_view,
)
from openhour.api.request_fields import RegularId
from openhour.api.responses import JsonResponse, created_or_preview, json_response
from openhour.rules.refusals import Refusal, RegularConflict, UnknownClient, UnknownRegular
from openhour.store import practices
from openhour.use_cases import regulars
from openhour.use_cases.names import names_in_result
from openhour.use_cases.regulars import RegularResult

REFUSALS: tuple[type[Refusal], ...] = (UnknownClient, RegularConflict, *BODY_REFUSALS)


@app.get("/practice/regulars", responses=app.responses("Regulars"))
def list_regulars() -> JsonResponse:
    """List the regulars that have not ended, by weekday, start and client."""
    therapist_id = app.signed_in_therapist()
    found = regulars.list_regulars(therapist_id, now=clock.now())
    names = names_in_result(therapist_id, client_ids=(each.client_id for each in found))
    return json_response({"regulars": [regular_view(each, names) for each in found]})


@app.get("/practice/regulars/<regular_id>", responses=app.responses("Regular", UnknownRegular))
def read_regular(regular_id: RegularId) -> JsonResponse:
    """Return a regular, ended or not."""
    therapist_id = app.signed_in_therapist()
    found = regulars.read_regular(therapist_id, regular_id)
    names = names_in_result(therapist_id, client_ids=[found.client_id])
    return json_response(regular_view(found, names))


@app.post(
    "/practice/regulars",
    responses=app.responses("RegularResult", *REFUSALS, status=201, or_status=200),
)
def add_regular(request: RegularRequest, *, preview: Preview = False) -> JsonResponse:
    """Enter a regular."""
    added = regulars.add_regular(
        app.signed_in_therapist(), request.to_regular(), preview=preview, now=clock.now()
    )
    location = f"/practice/regulars/{added.regular.regular_id}"
    return created_or_preview(_result_view(added), location, preview=preview)


@app.put(
    "/practice/regulars/<regular_id>",
    responses=app.responses("RegularResult", UnknownRegular, *REFUSALS),
)
def change_regular(
    regular_id: RegularId, request: RegularRequest, *, preview: Preview = False
) -> JsonResponse:
    """Change a regular."""
    wanted, now = request.to_regular(regular_id), clock.now()
    therapist_id = app.signed_in_therapist()
    changed = regulars.change_regular(therapist_id, wanted, preview=preview, now=now)
    return json_response(_result_view(changed))


@app.delete(
    "/practice/regulars/<regular_id>", responses=app.responses("RegularResult", UnknownRegular)
)
def end_regular(
    regular_id: RegularId, *, preview: Preview = False, notify: Notify = True
) -> JsonResponse:
    """End a regular."""
    therapist_id = app.signed_in_therapist()
    ended = regulars.end_regular(
        therapist_id, regular_id, preview=preview, notify=notify, now=clock.now()
    )
    return json_response(_result_view(ended))


def _result_view(result: RegularResult) -> RegularResultView:
    practice = practices.cached_practice(app.signed_in_therapist())
    return regular_result_view(result, practice)
