"""Mail to a client comes back, as the mail service reports it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from infra.local.moto.mail_events import bounce_event
from openhour import clock
from openhour.rules.mail_events import read_mail_event
from openhour.store.clients import find_client
from openhour.use_cases.mail_stops import stop_mail


def tags_of(therapist_id: str, client_id: str, kind: str = "booked") -> dict[str, str]:
    """Return the tags of a mail to a client."""
    return {"therapist_id": therapist_id, "client_id": client_id, "kind": kind}


def bounce(therapist_id: str, client_id: str) -> None:
    """Have a mail to a client's present address come back, which was sent a moment ago."""
    client = find_client(therapist_id, client_id)
    assert client is not None
    address = client.email or ""
    event: dict[str, Any] = bounce_event(address, tags_of(therapist_id, client_id))
    assert stop_mail(read_mail_event(event), now=clock.now() - timedelta(seconds=1))
