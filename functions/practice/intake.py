"""Intake: whether new clients may register."""

from functions.practice.app import app
from openhour import clock
from openhour.api.intake import intake_view
from openhour.api.responses import JsonResponse, json_response
from openhour.use_cases import intake


@app.get("/practice/intake", responses=app.responses("Intake"))
def read_intake() -> JsonResponse:
    """Return what decides now whether new clients may register, and who did so this week."""
    now = clock.now()
    status = intake.read_intake(app.signed_in_therapist(), now=now)
    return json_response(intake_view(status, now=now))
