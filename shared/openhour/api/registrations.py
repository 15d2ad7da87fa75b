"""Registrations: request models, and the answers to people who are not signed in."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from openhour.api.me import LanguageName
from openhour.api.request_fields import Address, Name, Phone, RequestModel, SignInName
from openhour.rules.settings import Language


class RegistrationRequest(RequestModel):
    """Somebody who wants to become a client."""

    name: Name
    email: Address
    phone: Phone
    language: LanguageName | None = None
    """The language of mails to them; null stands for the practice's."""

    @property
    def given(self) -> dict[str, Any]:
        """The fields as rules have them."""
        return {**self.model_dump(), "language": Language(self.language) if self.language else None}


class ConfirmationRequest(RequestModel):
    """Whoever follows the mailed link."""

    token: Annotated[str, Field(max_length=200)]
    """The token of the link."""


class InvitationRequest(RequestModel):
    """A client who has lost the first password, or let it expire."""

    email: SignInName
    """The address with which the client signs in, or the login that replaces it."""


class ReceivedView(TypedDict):
    """The answer to everyone who registers, asks for a first password or ends reminders."""

    message: str
    """A sentence, the same for everybody."""


class ConfirmedView(TypedDict):
    """A confirmed registration."""

    email: str
    """The address, with which the client signs in, and to which a first password is mailed."""


RECEIVED: ReceivedView = {
    "message": "Thank you. Please look at your mail, and confirm within 72 hours."
}
UNSUBSCRIBED: ReceivedView = {"message": "No more reminders come to this address."}
RESENT: ReceivedView = {
    "message": "If you have not signed in here before, another first password is on its way to you."
}


def confirmed_view(email: str) -> ConfirmedView:
    """Return the view of a confirmed registration."""
    return {"email": email}
