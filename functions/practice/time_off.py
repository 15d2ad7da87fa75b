"""Time off."""

from functions.practice.routes import Preview, app
from openhour import clock
from openhour.api.answers import Answer, create, tell
from openhour.api.bodies import TimeOffId
from openhour.api.document import BODY
from openhour.api.identity import signed_in_therapist
from openhour.api.time_off import TimeOffRequest, show_time_off, show_time_off_set
from openhour.rules.refusals import UnknownTimeOff
from openhour.store import practices, time_off


@app.get("/practice/time-off", responses=app.answers("AllTimeOff"))
def list_time_off() -> Answer:
    """All time off."""
    therapist_id = signed_in_therapist(app)
    practice = practices.settings(therapist_id)
    every = time_off.list_time_off(therapist_id)
    return tell({"time_off": [show_time_off(each, practice) for each in every]})


@app.post("/practice/time-off", responses=app.answers("TimeOffSet", *BODY, status=201))
def take_time_off(request: TimeOffRequest, *, preview: Preview = False) -> Answer:
    """Take time off."""
    therapist_id, now = signed_in_therapist(app), clock.now()
    taken = time_off.take_time_off(therapist_id, request.wish(now), preview=preview, now=now)
    return create(
        show_time_off_set(taken, practices.settings(therapist_id)),
        f"/practice/time-off/{taken.time_off.time_off_id}",
    )


@app.delete(
    "/practice/time-off/<time_off_id>",
    responses=app.answers("TimeOffSet", UnknownTimeOff),
)
def end_time_off(time_off_id: TimeOffId, *, preview: Preview = False) -> Answer:
    """Give time off back."""
    therapist_id = signed_in_therapist(app)
    ended = time_off.end_time_off(therapist_id, time_off_id, preview=preview, now=clock.now())
    return tell(show_time_off_set(ended, practices.settings(therapist_id)))
