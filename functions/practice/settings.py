"""Settings, hours and the switch."""

from functions.practice.app import IfMatch, Preview, app
from openhour import clock
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.responses import JsonResponse
from openhour.api.settings import (
    HoursRequest,
    SettingsPatch,
    SwitchRequest,
    hours_response,
    parse_if_match,
    settings_response,
)
from openhour.rules.refusals import NotReady, Stale, ZoneInUse
from openhour.store import practices
from openhour.use_cases import hours, settings


@app.get("/practice", responses=app.responses("Settings", etag=True))
def read_settings() -> JsonResponse:
    """Return the settings, with their version as the ETag."""
    practice = practices.read_practice(app.signed_in_therapist())
    return settings_response(practice, now=clock.now())


@app.patch(
    "/practice", responses=app.responses("Settings", Stale, ZoneInUse, *BODY_REFUSALS, etag=True)
)
def change_settings(request: SettingsPatch, if_match: IfMatch = None) -> JsonResponse:
    """Change some settings."""
    now = clock.now()
    return settings_response(
        settings.change_settings(
            app.signed_in_therapist(),
            request.changes,
            if_match=parse_if_match(if_match),
            now=now,
        ),
        now=now,
    )


@app.put(
    "/practice/hours", responses=app.responses("HoursResult", Stale, *BODY_REFUSALS, etag=True)
)
def set_hours(
    request: HoursRequest, *, if_match: IfMatch = None, preview: Preview = False
) -> JsonResponse:
    """Replace the hours."""
    return hours_response(
        hours.set_hours(
            app.signed_in_therapist(),
            request.entries,
            if_match=parse_if_match(if_match),
            preview=preview,
            now=clock.now(),
        )
    )


@app.put(
    "/practice/self-scheduling",
    responses=app.responses("Settings", NotReady, Stale, *BODY_REFUSALS, etag=True),
)
def switch_self_scheduling(request: SwitchRequest, if_match: IfMatch = None) -> JsonResponse:
    """Switch self-scheduling on or off."""
    now = clock.now()
    return settings_response(
        settings.switch(
            app.signed_in_therapist(),
            enabled=request.enabled,
            regulars_entered=request.regulars_entered,
            if_match=parse_if_match(if_match),
            now=now,
        ),
        now=now,
    )
