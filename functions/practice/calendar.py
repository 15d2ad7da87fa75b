"""The calendar: weeks, slots, conflicts and the release."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.practice.routes import app
from openhour import clock
from openhour.api.answers import Answer, create, tell
from openhour.api.bodies import SlotId, WeekName
from openhour.api.calendars import (
    ExtraRequest,
    SlotRequest,
    SlotView,
    show_coming_release,
    show_conflicts,
    show_released,
    show_slot,
    show_week,
    week_in,
)
from openhour.api.document import BODY
from openhour.api.identity import signed_in_therapist
from openhour.api.journal import count_released
from openhour.rules.refusals import AlreadyStarted, Invalid, Overlap, SlotTaken, UnknownSlot
from openhour.rules.slots import Slot
from openhour.store import calendars, practices, releases


@app.get("/practice/calendar", responses=app.answers("Calendar"))
def read_week(week: Annotated[WeekName | None, Query()] = None) -> Answer:
    """One week of the calendar; the current one where none is named."""
    therapist_id, now = signed_in_therapist(app), clock.now()
    wanted = week_in(week, practices.settings(therapist_id), now=now)
    return tell(show_week(calendars.read_week(therapist_id, wanted, now=now)))


@app.post(
    "/practice/slots",
    responses=app.answers("Slot", AlreadyStarted, Overlap, *BODY, status=201),
)
def open_extra(request: ExtraRequest) -> Answer:
    """Open a slot outside the hours."""
    therapist_id = signed_in_therapist(app)
    slot = calendars.open_extra(
        therapist_id,
        start=request.start,
        minutes=request.minutes,
        prime=request.prime,
        now=clock.now(),
    )
    return create(_show(therapist_id, slot), f"/practice/slots/{slot.slot_id}")


@app.put(
    "/practice/slots/<slot_id>",
    responses=app.answers("Slot", UnknownSlot, AlreadyStarted, SlotTaken, *BODY),
)
def set_slot(slot_id: SlotId, request: SlotRequest) -> Answer:
    """Set a free slot by hand. One that a regular waits for becomes the regular's."""
    therapist_id = signed_in_therapist(app)
    slot = calendars.set_slot(therapist_id, slot_id, request.wanted, now=clock.now())
    return tell(_show(therapist_id, slot))


@app.get("/practice/conflicts", responses=app.answers("Conflicts"))
def list_conflicts() -> Answer:
    """Every conflict that isn't settled."""
    found = calendars.list_conflicts(signed_in_therapist(app), now=clock.now())
    return tell({"conflicts": show_conflicts(found)})


@app.get("/practice/release", responses=app.answers("ComingRelease", Invalid))
def foresee_release() -> Answer:
    """What the next release will open, and which usual clients have no session that week."""
    return tell(
        show_coming_release(releases.foresee_release(signed_in_therapist(app), now=clock.now()))
    )


@app.post("/practice/release", responses=app.answers("Released", Invalid))
def release_early() -> Answer:
    """Release the week now."""
    released = releases.release_early(signed_in_therapist(app), now=clock.now())
    count_released(len(released.opened))
    return tell(show_released(released))


def _show(therapist_id: str, slot: Slot) -> SlotView:
    """The slot; a regular may have it by now."""
    names = calendars.names_in(therapist_id, (slot,))
    return show_slot(slot, practices.settings(therapist_id).zone, names)
