"""Regulars."""

from functions.practice.app import Preview, app
from openhour import clock
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.regulars import RegularRequest, regular_result_view, regular_view
from openhour.api.request_fields import RegularId
from openhour.api.responses import JsonResponse, created, json_response
from openhour.rules.refusals import Refusal, RegularConflict, UnknownClient, UnknownRegular
from openhour.use_cases import regulars

REFUSALS: tuple[type[Refusal], ...] = (UnknownClient, RegularConflict, *BODY_REFUSALS)


@app.get("/practice/regulars", responses=app.responses("Regulars"))
def list_regulars() -> JsonResponse:
    """List every regular."""
    return json_response(
        {"regulars": list(map(regular_view, regulars.list_regulars(app.signed_in_therapist())))}
    )


@app.post("/practice/regulars", responses=app.responses("RegularResult", *REFUSALS, status=201))
def add_regular(request: RegularRequest, *, preview: Preview = False) -> JsonResponse:
    """Enter a regular."""
    added = regulars.add_regular(
        app.signed_in_therapist(), request.to_regular(), preview=preview, now=clock.now()
    )
    return created(regular_result_view(added), f"/practice/regulars/{added.regular.regular_id}")


@app.put(
    "/practice/regulars/<regular_id>",
    responses=app.responses("RegularResult", UnknownRegular, *REFUSALS),
)
def change_regular(
    regular_id: RegularId, request: RegularRequest, *, preview: Preview = False
) -> JsonResponse:
    """Change a regular."""
    return json_response(
        regular_result_view(
            regulars.change_regular(
                app.signed_in_therapist(),
                request.to_regular(regular_id),
                preview=preview,
                now=clock.now(),
            )
        )
    )


@app.delete(
    "/practice/regulars/<regular_id>", responses=app.responses("RegularResult", UnknownRegular)
)
def end_regular(regular_id: RegularId, *, preview: Preview = False) -> JsonResponse:
    """End a regular."""
    return json_response(
        regular_result_view(
            regulars.end_regular(
                app.signed_in_therapist(), regular_id, preview=preview, now=clock.now()
            )
        )
    )
