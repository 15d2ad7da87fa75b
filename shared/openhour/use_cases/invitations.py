"""Invitations that clients ask for, before they have signed in for the first time."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from openhour.rules.clients import login_name
from openhour.rules.resending import may_resend, with_resend
from openhour.store.clients import find_client, find_login_owner, record_resend
from openhour.store.practices import cached_practice
from openhour.store.transactions import ConditionFailed, write
from openhour.use_cases.clients import new_client_id

_NO_LOGIN = "-"
"""Never a login name, as those contain a slash."""


def ask_for_invitation(therapist_id: str, *, email: str, now: datetime) -> None:
    """Record that whoever has this login name asks for another first password.

    Login sync mails it while the first one is unused. Two reads and one write are the same whether
    or not there is such a client, and whether or not they are mailed, so nobody learns who is one:
    where nothing is to be recorded, the write's condition never holds.

    Raises:
        UnknownTherapist: There is no such practice.
        Invalid: The address is too long for a login name.
        Busy: DynamoDB can't answer.
    """
    practice = cached_practice(therapist_id)
    login = login_name(therapist_id, email=email)
    client_id = find_login_owner(therapist_id, login) or new_client_id()
    client = find_client(therapist_id, client_id)
    asked = client.resend_asked_at if client else ()
    recorded = record_resend(
        therapist_id,
        client_id,
        login=login if may_resend(client, practice, now=now) else _NO_LOGIN,
        before=asked,
        after=with_resend(asked, now=now),
    )
    with suppress(ConditionFailed):
        write(recorded)
