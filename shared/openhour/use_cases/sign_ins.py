"""Sign-ins: the first one of a client is recorded."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from openhour.store.clients import write_first_sign_in
from openhour.store.tenancy import restrict_to
from openhour.store.transactions import ConditionFailed, write


def record_first_sign_in(therapist_id: str, client_id: str, *, now: datetime) -> None:
    """Record that the client has signed in. Later sign-ins change nothing.

    Raises:
        Busy: No attempt succeeded.
    """
    restrict_to(therapist_id)
    with suppress(ConditionFailed):  # Recorded before, or there is no such client.
        write(write_first_sign_in(therapist_id, client_id, at=now))
