"""Settings, hours and the switch."""

from functions.practice.app import IfMatch, Preview, app
from openhour import clock
from openhour.api.logins import signed_in_view
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.responses import JsonResponse
from openhour.api.settings import (
    HoursRequest,
    SettingsPatch,
    SwitchRequest,
    hours_response,
    parse_if_match,
    practice_response,
    settings_response,
)
from openhour.rules.refusals import Forbidden, NotReady, Stale, ZoneInUse
from openhour.use_cases import hours, settings
from openhour.use_cases.logins import read_practice_and_login


@app.get("/practice", responses=app.responses("Practice", etag=True))
def read_settings() -> JsonResponse:
    """Return the settings, with their version as the ETag, and who is signed in."""
    login_id = app.signed_in_login()
    practice, login = read_practice_and_login(app.signed_in_therapist(), login_id)
    signed_in = signed_in_view(login_id, login, practice)
    if signed_in is None:
        raise Forbidden
    return practice_response(practice, signed_in, now=clock.now())


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
