"""Registering over HTTP, with what the mailed link does."""

from __future__ import annotations

from typing import Any

from openhour import clock
from tests.functions.http import ANYBODY, Reply
from tests.registering import mailed, mailed_token


def ask(person: dict[str, Any], therapist_id: str = "t1") -> Reply:
    """Register; what the address is already is found out, as from the stream."""
    reply = ANYBODY(f"POST /therapists/{therapist_id}/registrations", person)
    if reply.status == 202:
        mailed(therapist_id, person["email"].strip(), now=clock.now())
    return reply


def confirm(token: str, therapist_id: str = "t1") -> Reply:
    """Confirm a registration as the page does."""
    return ANYBODY(f"POST /therapists/{therapist_id}/registrations/confirm", {"token": token})


def join(person: dict[str, Any], therapist_id: str = "t1") -> Reply:
    """Register, and confirm it by the mailed link."""
    reply = ANYBODY(f"POST /therapists/{therapist_id}/registrations", person)
    assert reply.status == 202
    token = mailed_token(therapist_id, person["email"].strip(), now=clock.now())
    return confirm(token, therapist_id)
