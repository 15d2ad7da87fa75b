"""The weekly release, as each therapist's schedule asks for it."""

from typing import Any

from openhour import clock
from openhour.api.calendars import ReleasedView, released_view
from openhour.api.observability import count_released
from openhour.api.request_fields import Instant, RequestModel, TherapistId
from openhour.rules.release import require_due
from openhour.use_cases import releases


class ReleaseEvent(RequestModel):
    """Whose release it is, and the instant for which it was scheduled."""

    therapist_id: TherapistId
    scheduled_at: Instant


def lambda_handler(event: dict[str, Any], _context: object) -> ReleasedView:
    """Release the week after the scheduled instant's. Raises for an event of another form or before
    its time, an unknown therapist and a busy database: it is tried again, then put with the dead
    letters."""
    due, now = ReleaseEvent.model_validate(event), clock.now()
    require_due(due.scheduled_at, now=now)
    released = releases.release_week(due.therapist_id, scheduled_at=due.scheduled_at, now=now)
    count_released(len(released.opened))
    return released_view(released)
