"""Settings, hours and the switch."""

from functions.practice.routes import IfMatch, Preview, app
from openhour import clock
from openhour.api.answers import Answer
from openhour.api.document import BODY
from openhour.api.identity import signed_in_therapist
from openhour.api.settings import (
    HoursRequest,
    SettingsPatch,
    SwitchRequest,
    answer_hours,
    answer_settings,
    version_in,
)
from openhour.rules.refusals import NotReady, Stale, ZoneInUse
from openhour.store import hours, practices, settings


@app.get("/practice", responses=app.answers("Settings"))
def read_settings() -> Answer:
    """The settings, with their version as the ETag."""
    return answer_settings(practices.read_practice(signed_in_therapist(app)))


@app.patch("/practice", responses=app.answers("Settings", Stale, ZoneInUse, *BODY))
def change_settings(request: SettingsPatch, if_match: IfMatch = None) -> Answer:
    """Change some settings."""
    return answer_settings(
        settings.change_settings(
            signed_in_therapist(app),
            request.changes,
            if_match=version_in(if_match),
            now=clock.now(),
        )
    )


@app.put("/practice/hours", responses=app.answers("HoursSet", Stale, *BODY))
def set_hours(
    request: HoursRequest, *, if_match: IfMatch = None, preview: Preview = False
) -> Answer:
    """Replace the hours."""
    return answer_hours(
        hours.set_hours(
            signed_in_therapist(app),
            request.entries,
            if_match=version_in(if_match),
            preview=preview,
            now=clock.now(),
        )
    )


@app.put("/practice/self-scheduling", responses=app.answers("Settings", NotReady, Stale, *BODY))
def switch(request: SwitchRequest, if_match: IfMatch = None) -> Answer:
    """Let clients book, or no longer."""
    return answer_settings(
        settings.switch(
            signed_in_therapist(app),
            enabled=request.enabled,
            regulars_entered=request.regulars_entered,
            if_match=version_in(if_match),
            now=clock.now(),
        )
    )
