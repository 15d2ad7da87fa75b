"""Time off, taken and given back by the therapist."""

from functions.practice.app import Preview, app
from openhour import clock
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.request_fields import TimeOffId
from openhour.api.responses import JsonResponse, created_or_preview, json_response
from openhour.api.time_off import TimeOffRequest, time_off_result_view, time_off_view
from openhour.rules.refusals import UnknownTimeOff
from openhour.store import practices
from openhour.use_cases import time_off


@app.get("/practice/time-off", responses=app.responses("AllTimeOff"))
def list_time_off() -> JsonResponse:
    """List all time off."""
    therapist_id = app.signed_in_therapist()
    practice = practices.cached_practice(therapist_id)
    every = time_off.list_time_off(therapist_id)
    return json_response({"time_off": [time_off_view(each, practice) for each in every]})


@app.post(
    "/practice/time-off",
    responses=app.responses("TimeOffResult", *BODY_REFUSALS, status=201, or_status=200),
)
def take_time_off(request: TimeOffRequest, *, preview: Preview = False) -> JsonResponse:
    """Take time off."""
    therapist_id, now = app.signed_in_therapist(), clock.now()
    taken = time_off.take_time_off(therapist_id, request.to_time_off(now), preview=preview, now=now)
    view = time_off_result_view(taken, practices.cached_practice(therapist_id))
    location = f"/practice/time-off/{taken.time_off.time_off_id}"
    return created_or_preview(view, location, preview=preview)


@app.get("/practice/time-off/<time_off_id>", responses=app.responses("TimeOff", UnknownTimeOff))
def read_time_off(time_off_id: TimeOffId) -> JsonResponse:
    """Return one span of time off."""
    therapist_id = app.signed_in_therapist()
    found = time_off.read_time_off(therapist_id, time_off_id)
    return json_response(time_off_view(found, practices.cached_practice(therapist_id)))


@app.delete(
    "/practice/time-off/<time_off_id>",
    responses=app.responses("TimeOffResult", UnknownTimeOff),
)
def end_time_off(time_off_id: TimeOffId, *, preview: Preview = False) -> JsonResponse:
    """Give time off back."""
    therapist_id = app.signed_in_therapist()
    ended = time_off.end_time_off(therapist_id, time_off_id, preview=preview, now=clock.now())
    return json_response(time_off_result_view(ended, practices.cached_practice(therapist_id)))
