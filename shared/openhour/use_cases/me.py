"""A client's own page: their row and sessions, read at once, and their own choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from openhour.rules.appointments import Appointment, Status
from openhour.rules.asked_regulars import AskedRegular, standing
from openhour.rules.booking import require_client
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.regulars import Regular, copies_for
from openhour.store.appointments import coming_appointments
from openhour.store.clients import find_client, update_client
from openhour.store.practices import cached_practice
from openhour.store.regulars import all_regulars
from openhour.store.simultaneous_reads import at_once
from openhour.store.transactions import commit, retry_on_conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """A client, what they have ahead, what of that has ended, and their regulars that last.

    `asked` is the regular that they ask for, if its session is ahead.
    """

    practice: Practice
    client: Client
    booked: tuple[Appointment, ...]
    ended: tuple[Appointment, ...]
    regulars: tuple[Regular, ...]
    asked: AskedRegular | None


def read_own_page(therapist_id: str, client_id: str, *, now: datetime) -> OwnPage:
    """Return a client's own page, by two reads at once.

    Only for a row to which no regulars were copied yet, these are read as well.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
        Busy: DynamoDB can't answer.
    """
    practice = cached_practice(therapist_id)
    found, coming = at_once(
        partial(find_client, therapist_id, client_id),
        partial(coming_appointments, therapist_id, client_id, now=now),
    )
    client = require_client(found)
    regulars = client.regulars
    if regulars is None:
        regulars = copies_for(client_id, all_regulars(therapist_id))
    today = now.astimezone(practice.zone).date()
    booked = tuple(each for each in coming if each.status is Status.BOOKED)
    return OwnPage(
        practice=practice,
        client=client,
        booked=booked,
        ended=tuple(each for each in coming if each.status is not Status.BOOKED),
        regulars=tuple(each for each in regulars if each.lasts(today)),
        asked=standing(client.asked_regular, booked),
    )


@retry_on_conflict()
def change_preferences(therapist_id: str, client_id: str, changes: Mapping[str, Any]) -> Client:
    """Change the client's language, mail or calendar entries. Repeating it changes nothing.

    A suspended client may do so, too: it books nothing, and their sessions go on.

    Raises:
        UnknownClient: There is no such client.
        Busy: No attempt succeeded.
    """
    before = require_client(find_client(therapist_id, client_id))
    after = replace(before, **changes)
    if after != before:
        commit([update_client(therapist_id, before, after)])
    return after
