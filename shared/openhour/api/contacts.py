"""Contacts: the clients' names and phones, which the office sees."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from openhour.rules.clients import Client


class ContactView(TypedDict):
    """A client's name and phone."""

    client_id: str
    name: str
    phone: str | None


class ContactsView(TypedDict):
    """The clients' names and phones."""

    contacts: list[ContactView]
    """The clients, by name."""


def contacts_view(clients: Iterable[Client]) -> ContactsView:
    """Return the view of clients' names and phones."""
    return {
        "contacts": [
            {"client_id": each.client_id, "name": each.name, "phone": each.phone}
            for each in clients
        ]
    }
