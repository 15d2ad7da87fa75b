"""Logins of the practice: the therapist's, and those of the office."""

from functions.practice.app import app
from openhour import clock
from openhour.api.logins import LoginRequest, login_view, logins_view
from openhour.api.openapi import BODY_REFUSALS
from openhour.api.request_fields import LoginId
from openhour.api.responses import JsonResponse, created, json_response
from openhour.rules.refusals import KnownLogin, LoginKept, UnknownLogin
from openhour.use_cases import logins


@app.get("/practice/logins", responses=app.responses("Logins"))
def list_logins() -> JsonResponse:
    """List the logins of the practice, the oldest first."""
    practice, listed = logins.list_logins(app.signed_in_therapist())
    return json_response(logins_view(listed, practice, by=app.signed_in_login()))


@app.post(
    "/practice/logins",
    responses=app.responses("Login", KnownLogin, *BODY_REFUSALS, status=201, or_status=200),
)
def add_login(request: LoginRequest) -> JsonResponse:
    """Add a login, to which a first password is mailed.

    For an address that has a login already, another first password is mailed, unless one was
    chosen or the last one was asked for within a minute.
    """
    added = logins.add_login(
        app.signed_in_therapist(),
        name=request.name,
        email=request.email,
        role=request.login_role,
        now=clock.now(),
    )
    view = login_view(added.login, added.practice, by=app.signed_in_login())
    path = f"/practice/logins/{added.login.login_id}"
    return created(view, path) if added.new else json_response(view)


@app.delete(
    "/practice/logins/<login_id>",
    responses=app.responses("Logins", UnknownLogin, LoginKept),
)
def remove_login(login_id: LoginId) -> JsonResponse:
    """Remove a login, and return those that are left.

    Nobody removes their own login, and only the operator the first therapist's, so that one always
    stays. The login's tokens are refused within ten seconds.
    """
    therapist_id, by = app.signed_in_therapist(), app.signed_in_login()
    logins.remove_login(therapist_id, login_id, by=by, now=clock.now())
    return list_logins()
