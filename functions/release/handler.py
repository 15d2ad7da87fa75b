"""The weekly release, invoked by each therapist's schedule."""

from typing import Any

from openhour import clock
from openhour.api.calendars import ReleasedView, released_view
from openhour.api.observability import count_released
from openhour.api.request_fields import Instant, RequestModel, TherapistId
from openhour.deployment_check import CHECK, CHECKED, NOBODY
from openhour.rules.release import require_due
from openhour.store.practices import find_practice
from openhour.use_cases import releases


class ReleaseEvent(RequestModel):
    """The therapist, and the instant for which the release was scheduled."""

    therapist_id: TherapistId
    scheduled_at: Instant


def lambda_handler(event: dict[str, Any], _context: object) -> ReleasedView | dict[str, Any]:
    """Release the week after the one of the scheduled instant, or answer the check of a deployment.

    A run that raises is retried, then put with the dead letters.

    Raises:
        ValidationError: The event has another form.
        Invalid: Its time has not come.
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
    """
    if event == CHECK:
        find_practice(NOBODY)
        return CHECKED
    due, now = ReleaseEvent.model_validate(event), clock.now()
    require_due(due.scheduled_at, now=now)
    released = releases.release_week(due.therapist_id, scheduled_at=due.scheduled_at, now=now)
    count_released(len(released.opened))
    return released_view(released)
