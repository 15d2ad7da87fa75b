"""Unsubscribing: the links in reminders by which whoever reads them gets no more.

A link's token is good for that alone. It names the practice, and its hash is stored.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from openhour.rules.clients import Mail, Privilege
from openhour.store.clients import find_client, update_client
from openhour.store.messages import find_subscriber
from openhour.store.tenancy import restrict_to
from openhour.store.transactions import retry_on_conflict, write
from openhour.tokens import new_secret

_TOKEN = re.compile(r"([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{43}")


def new_unsubscribe_token(therapist_id: str) -> str:
    """Return the token of a link that ends a client's reminders."""
    return f"{therapist_id}.{new_secret()}"


@retry_on_conflict()
def unsubscribe(token: str, *, now: datetime) -> None:
    """Have the client of a token get mails about changes alone. Repeating it changes nothing.

    A client who wants no mail at all gets none. An unknown token changes nothing.

    Raises:
        Busy: No attempt succeeded.
    """
    named = _TOKEN.fullmatch(token)
    if named is None:
        return
    therapist_id = named[1]
    restrict_to(therapist_id)
    client_id = find_subscriber(therapist_id, token, now=now)
    client = find_client(therapist_id, client_id) if client_id else None
    if client and client.mail is Mail.ALL and client.privilege is not Privilege.ENDED:
        write(update_client(therapist_id, client, replace(client, mail=Mail.CHANGES)))
