"""Openings: the slots that a client may book now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from openhour.rules.booking import (
    reasons_against_client,
    reasons_against_practice,
    require_client,
    require_privilege,
    require_self_scheduling,
)
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import Refusal
from openhour.rules.slots import Opening
from openhour.store.clients import find_client
from openhour.store.practices import cached_practice
from openhour.store.slots import open_slots, open_slots_and_client


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """The open slots of a practice."""

    practice: Practice
    slots: tuple[Opening, ...]


def list_open(
    therapist_id: str, *, since: date | None, until: date | None, now: datetime
) -> Openings:
    """Return the slots that are open and far enough away to book, by one query.

    `since` and `until` are local dates, half open. The query reads the rows of that span alone.

    Raises:
        SelfSchedulingOff: The practice's switch is off.
    """
    practice = cached_practice(therapist_id)
    require_self_scheduling(practice)
    first, last = _span(practice, since, until, now=now)
    slots = tuple(open_slots(therapist_id, first, last)) if first < last else ()
    return Openings(practice=practice, slots=slots)


def list_open_for(
    therapist_id: str,
    client_id: str,
    *,
    since: date | None,
    until: date | None,
    now: datetime,
) -> Openings:
    """Return what `list_open` does to a client who may book. Their row is read at the same time.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
        PrivilegeSuspended: The client may not self-schedule.
        SelfSchedulingOff: The practice's switch is off.
    """
    openings, client = _read_for(therapist_id, client_id, since, until, now=now)
    require_privilege(client)
    require_self_scheduling(openings.practice)
    return openings


def list_as_client_sees(
    therapist_id: str,
    client_id: str,
    *,
    since: date | None,
    until: date | None,
    now: datetime,
) -> tuple[Openings, tuple[Refusal, ...]]:
    """Return what `list_open_for` does, for the therapist, or why the client sees no slot at all.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
    """
    openings, client = _read_for(therapist_id, client_id, since, until, now=now)
    require_client(client)
    refusals = (*reasons_against_client(client), *reasons_against_practice(openings.practice))
    return replace(openings, slots=()) if refusals else openings, refusals


def _read_for(
    therapist_id: str, client_id: str, since: date | None, until: date | None, *, now: datetime
) -> tuple[Openings, Client | None]:
    """Return the open slots and a client, read at the same time."""
    practice = cached_practice(therapist_id)
    first, last = _span(practice, since, until, now=now)
    slots: tuple[Opening, ...] = ()
    if practice.self_scheduling and first < last:
        slots, client = open_slots_and_client(therapist_id, client_id, first, last)
    else:
        client = find_client(therapist_id, client_id)
    return Openings(practice=practice, slots=slots), client


def _span(
    practice: Practice, since: date | None, until: date | None, *, now: datetime
) -> tuple[datetime, datetime]:
    """Return the span between two local dates in which slots may still be booked."""
    first = now + practice.booking_notice
    if since is not None:
        first = max(first, datetime.combine(since, time.min, tzinfo=practice.zone))
    last = datetime.max.replace(tzinfo=UTC)
    if until is not None:
        last = datetime.combine(until, time.min, tzinfo=practice.zone)
    return first, last
