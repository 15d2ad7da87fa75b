"""The calendar: weeks, slots, conflicts and the release."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.practice.app import IfNoneMatch, app
from openhour import clock
from openhour.api.calendar_weeks import week_or_current, week_response
from openhour.api.calendars import (
    ExtraRequest,
    ReturnedSlotView,
    SlotRequest,
    SlotView,
    conflict_views,
    released_view,
    slot_view,
    upcoming_release_view,
)
from openhour.api.observability import count_released
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.request_fields import SlotId, WeekName
from openhour.api.responses import JsonResponse, created, json_response
from openhour.rules.refusals import (
    AlreadyStarted,
    Invalid,
    NotReady,
    Overlap,
    SlotTaken,
    UnknownSlot,
)
from openhour.rules.slots import Slot
from openhour.store import practices
from openhour.use_cases import calendars, releases
from openhour.use_cases.names import names_in_result


@app.get("/practice/calendar", responses=app.responses("Calendar", etag=True, or_unchanged=True))
def read_calendar(
    week: Annotated[
        WeekName | None, Query(description="The week. Left out: the current one.")
    ] = None,
    if_none_match: IfNoneMatch = None,
) -> JsonResponse:
    """Return one week of the calendar, by default the current one.

    With its ETag in `If-None-Match` the answer to an unchanged week is 304, without a body. A page
    may ask every minute.
    """
    therapist_id, now = app.signed_in_therapist(), clock.now()
    wanted = week_or_current(week, practices.cached_practice(therapist_id), now=now)
    calendar = calendars.read_week(therapist_id, wanted, now=now)
    return week_response(calendar, if_none_match, now=now)


@app.post(
    "/practice/slots",
    responses=app.responses("Slot", AlreadyStarted, Overlap, *BODY_REFUSALS, status=201),
)
def add_slot(request: ExtraRequest) -> JsonResponse:
    """Open a slot outside the hours. Only a therapist leaves a note."""
    therapist_id = app.signed_in_therapist()
    if request.note is not None:
        app.require_therapist()
    slot = calendars.open_extra(
        therapist_id,
        start=request.start,
        minutes=request.minutes,
        prime=request.prime,
        note=request.note,
        now=clock.now(),
    )
    return created(_slot_view(therapist_id, slot), f"/practice/slots/{slot.slot_id}")


@app.put(
    "/practice/slots/<slot_id>",
    responses=app.responses("Slot", UnknownSlot, AlreadyStarted, SlotTaken, *BODY_REFUSALS),
)
def set_slot(slot_id: SlotId, request: SlotRequest) -> JsonResponse:
    """Set a free slot by hand. If a regular waits for it, it becomes the regular's.

    Only a therapist changes the note.
    """
    therapist_id = app.signed_in_therapist()
    wanted, notes, now = request.wanted, request.notes, clock.now()
    if notes:
        app.require_therapist()
    slot = calendars.set_slot(therapist_id, slot_id, wanted, **notes, now=now)
    return json_response(_slot_view(therapist_id, slot))


@app.get("/practice/slots/<slot_id>", responses=app.responses("Slot", UnknownSlot))
def read_slot(slot_id: SlotId) -> JsonResponse:
    """Return a slot."""
    therapist_id = app.signed_in_therapist()
    return json_response(_slot_view(therapist_id, calendars.read_slot(therapist_id, slot_id)))


@app.delete(
    "/practice/slots/<slot_id>",
    responses=app.responses("ReturnedSlot", UnknownSlot, AlreadyStarted, SlotTaken),
)
def return_slot_to_plan(slot_id: SlotId) -> JsonResponse:
    """Undo what was done by hand: remove an extra opening, or let the plan decide again."""
    therapist_id = app.signed_in_therapist()
    returned = calendars.return_to_plan(therapist_id, slot_id, now=clock.now())
    view: ReturnedSlotView = {
        **_slot_view(therapist_id, returned.slot),
        "removed": returned.removed,
    }
    return json_response(view)


@app.get("/practice/conflicts", responses=app.responses("Conflicts"))
def list_conflicts() -> JsonResponse:
    """List every conflict that nobody has settled, in order of time."""
    therapist_id = app.signed_in_therapist()
    found = calendars.list_conflicts(therapist_id, now=clock.now())
    names = names_in_result(therapist_id, conflicts=found)
    practice = practices.cached_practice(therapist_id)
    return json_response({"conflicts": conflict_views(found, practice, names)})


@app.get("/practice/release", responses=app.responses("UpcomingRelease", Invalid))
def preview_release() -> JsonResponse:
    """Return what the next release will open, and the usual clients without a session then."""
    return json_response(
        upcoming_release_view(releases.preview_release(app.signed_in_therapist(), now=clock.now()))
    )


@app.post("/practice/release", responses=app.responses("Released", Invalid, NotReady))
def release_week() -> JsonResponse:
    """Release the week now."""
    released = releases.release_early(app.signed_in_therapist(), now=clock.now())
    count_released(len(released.opened))
    return json_response(released_view(released))


def _slot_view(therapist_id: str, slot: Slot) -> SlotView:
    """Return the view of a slot, which a regular may have by now."""
    names = calendars.names_in(therapist_id, (slot,))
    return slot_view(slot, practices.cached_practice(therapist_id).zone, names)
