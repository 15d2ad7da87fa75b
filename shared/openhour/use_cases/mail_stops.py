"""Mail stops: written when a mail comes back or is unwanted, lifted by the therapist or office."""

from __future__ import annotations

from datetime import datetime

from openhour.rules.audit_log import AuditAction
from openhour.rules.booking import require_client
from openhour.rules.clients import Client
from openhour.rules.mail_events import MailEvent
from openhour.rules.reachability import with_mail_resumed, with_mail_stopped
from openhour.store.audit_log import audit_entry
from openhour.store.clients import find_client, update_client
from openhour.store.transactions import commit, retry_on_conflict, write


@retry_on_conflict()
def stop_mail(event: MailEvent, *, now: datetime) -> bool:
    """Stop mail to a client whose mail came back or was unwanted. Return whether that changes it.

    The row is written only as it was read, so the address is still the same. Repeating it changes
    nothing.

    Raises:
        Busy: No attempt succeeded.
    """
    if event.reason is None or event.client_id is None:
        return False
    before = find_client(event.therapist_id, event.client_id)
    if before is None:
        return False
    after = before
    for address in event.addresses:
        after = with_mail_stopped(
            after, event.reason, address=address, sent_at=event.sent_at, now=now
        )
    if after == before:
        return False
    write(update_client(event.therapist_id, before, after))
    return True


@retry_on_conflict()
def resume_mail(therapist_id: str, client_id: str, *, now: datetime) -> Client:
    """Mail a client again.

    Raises:
        UnknownClient: There is no such client, or they were discharged.
        MailNotStopped: Mail goes to the client already.
        Busy: No attempt succeeded.
    """
    before = require_client(find_client(therapist_id, client_id))
    after = with_mail_resumed(before, now=now)
    entry = audit_entry(therapist_id, AuditAction.RESUME_MAIL, now=now, client_id=client_id)
    commit([update_client(therapist_id, before, after), entry])
    return after
