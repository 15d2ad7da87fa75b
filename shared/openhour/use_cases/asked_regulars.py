"""Asked regulars: a client asks that a session repeat, and the therapist declines or enters it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from openhour.rules.asked_regulars import AskedRegular, AskedState
from openhour.rules.asking import is_repeated_request, request_regular, require_request
from openhour.rules.audit_log import AuditAction
from openhour.rules.booking import require_client, require_privilege
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.refusals import UnknownRegularRequest
from openhour.store.appointments import get_appointments, read_appointment_and_client
from openhour.store.audit_log import audit_entry
from openhour.store.clients import find_client, update_client
from openhour.store.practices import cached_practice
from openhour.store.transactions import commit, retry_on_conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedResult:
    """What a client asks for, or None."""

    practice: Practice
    asked: AskedRegular | None


@retry_on_conflict()
def ask(
    therapist_id: str, client_id: str, appointment_id: str, *, every_weeks: int, now: datetime
) -> AskedResult:
    """Ask, for the client, that a session repeat. Repeating it returns the first outcome.

    The client's row must be as it was read. So a session that ends meanwhile, a regular that is
    entered or a suspension is seen.

    Raises:
        Refusal: As `request_regular` raises.
        Busy: No attempt succeeded.
    """
    practice = cached_practice(therapist_id)
    appointment, _, found = read_appointment_and_client(therapist_id, client_id, appointment_id)
    client = require_client(found)
    if is_repeated_request(client, appointment, every_weeks, now=now):
        return AskedResult(practice=practice, asked=client.asked_regular)
    asked = request_regular(practice, client, appointment, every_weeks=every_weeks, now=now)
    commit([update_client(therapist_id, client, replace(client, asked_regular=asked))])
    return AskedResult(practice=practice, asked=asked)


@retry_on_conflict()
def withdraw(therapist_id: str, client_id: str) -> AskedResult:
    """Withdraw what the client asks for, declined or not. Repeating it changes nothing.

    Raises:
        UnknownClient: There is no such client.
        PrivilegeSuspended: The client may not self-schedule.
        Busy: No attempt succeeded.
    """
    client = require_client(find_client(therapist_id, client_id))
    if client.asked_regular:
        require_privilege(client)
        commit([update_client(therapist_id, client, replace(client, asked_regular=None))])
    return AskedResult(practice=cached_practice(therapist_id), asked=None)


@retry_on_conflict()
def decline(therapist_id: str, client_id: str, *, now: datetime) -> Client:
    """Decline, for the therapist, what a client asks for. Repeating it changes nothing.

    Raises:
        UnknownClient: There is no such client.
        UnknownRegularRequest: The client asks for nothing, or not any more.
        Busy: No attempt succeeded.
    """
    client = require_client(find_client(therapist_id, client_id))
    if client.asked_regular is None:
        raise UnknownRegularRequest
    appointment_id = client.asked_regular.appointment_id
    (appointment,) = get_appointments(therapist_id, [(client_id, appointment_id)]) or (None,)
    asked = require_request(client, appointment, now=now)
    if asked.state is AskedState.DECLINED:
        return client
    after = replace(client, asked_regular=replace(asked, state=AskedState.DECLINED))
    entry = audit_entry(
        therapist_id,
        AuditAction.DECLINE_REGULAR,
        now=now,
        client_id=client_id,
        target=appointment_id,
    )
    commit([update_client(therapist_id, client, after), entry])
    return after
