"""Public views: a practice's page, and where to sign in."""

from __future__ import annotations

import os
from typing import Literal

from typing_extensions import TypedDict

from openhour.rules.practice import Practice


class TherapistView(TypedDict):
    """A practice, for the public."""

    name: str
    timezone: str | None
    office_phone: str | None
    phone_note: str | None
    crisis_line: str | None
    privacy_url: str | None
    language: Literal["en", "es"]
    self_scheduling: bool
    accepting_new_clients: bool
    """Whether new clients may register now."""
    booking_notice_hours: int
    cancellation_notice_hours: int


class UserPoolView(TypedDict):
    """Where one kind of user signs in."""

    user_pool_id: str
    """The id of the Cognito user pool."""
    client_id: str
    """The id of the app client with which to sign in."""


class ConfigView(TypedDict):
    """Where to sign in."""

    region: str
    """The AWS region of the user pools."""
    cognito_url: str
    """The address to which requests to Cognito are sent."""
    clients: UserPoolView
    """Where clients sign in."""
    therapists: UserPoolView
    """Where therapists sign in."""


def therapist_view(practice: Practice, *, accepting: bool) -> TherapistView:
    """Return the public view of a practice."""
    return {
        "name": practice.name,
        "timezone": practice.timezone,
        "office_phone": practice.office_phone,
        "phone_note": practice.phone_note,
        "crisis_line": practice.crisis_line,
        "privacy_url": practice.privacy_url,
        "language": practice.language.value,
        "self_scheduling": practice.self_scheduling,
        "accepting_new_clients": accepting,
        "booking_notice_hours": practice.booking_notice_hours,
        "cancellation_notice_hours": practice.cancellation_notice_hours,
    }


def config_view() -> ConfigView:
    """Return where this deployment's clients and therapists sign in."""
    return {
        "region": os.environ["AWS_REGION"],
        "cognito_url": os.environ["COGNITO_URL"],
        "clients": {
            "user_pool_id": os.environ["CLIENTS_USER_POOL_ID"],
            "client_id": os.environ["CLIENTS_APP_CLIENT_ID"],
        },
        "therapists": {
            "user_pool_id": os.environ["THERAPISTS_USER_POOL_ID"],
            "client_id": os.environ["THERAPISTS_APP_CLIENT_ID"],
        },
    }
