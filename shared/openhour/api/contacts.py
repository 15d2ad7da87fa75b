"""Contacts: the clients' names and phones, which the office sees."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from openhour.api.me import MailStopView, PreferencesView, mail_stop_view, preferences_view
from openhour.rules.clients import Client
from openhour.rules.practice import Practice


class ContactView(PreferencesView):
    """A client's name and phone, and what they want by mail."""

    client_id: str
    name: str
    phone: str | None
    mail_stopped: MailStopView | None
    """Why nothing is mailed to the client's address, or null."""


class ContactsView(TypedDict):
    """The clients' names and phones."""

    contacts: list[ContactView]
    """The clients, by name."""


def contacts_view(clients: Iterable[Client], practice: Practice) -> ContactsView:
    """Return the view of clients' names and phones."""
    return {
        "contacts": [
            {
                "client_id": each.client_id,
                "name": each.name,
                "phone": each.phone,
                **preferences_view(each),
                "mail_stopped": mail_stop_view(each.mail_stopped, practice),
            }
            for each in clients
        ]
    }
