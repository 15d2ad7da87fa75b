"""Mail events: what the mail service says has become of a mail that it took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openhour.rules.audit_log import is_safe_token
from openhour.rules.mail_stops import StopReason
from openhour.rules.mails import MailKind

_PERMANENT = "Permanent"
_NOT_UNWANTED = "not-spam"
"""A reader has taken a mail out of the unwanted ones (SES Developer Guide, "Complaint object")."""


class UnreadableEvent(ValueError):
    """The event has another form than the documented one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailEvent:
    """What has become of one mail, whose tags name the practice, the client and the kind.

    `reason` says why nothing more goes to the addresses; none where more may. A mail about a
    registration has no client id.
    """

    kind: MailKind
    therapist_id: str
    client_id: str | None
    sent_at: datetime
    addresses: tuple[str, ...]
    reason: StopReason | None


def read_mail_event(event: Mapping[str, Any]) -> MailEvent:
    """Read an event of the mail service, as EventBridge delivers it.

    Raises:
        UnreadableEvent: It has another form. The error holds nothing of it.
    """
    try:
        return _read(event["detail"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UnreadableEvent("another form") from None


def _read(detail: Mapping[str, Any]) -> MailEvent:
    mail = detail["mail"]
    tags = mail["tags"]
    reason, recipients = _reason_and_recipients(detail)
    sent_at = datetime.fromisoformat(mail["timestamp"])
    if sent_at.tzinfo is None:
        raise ValueError
    return MailEvent(
        kind=MailKind(_tag(tags, "kind")),
        therapist_id=_tag(tags, "therapist_id"),
        client_id=_tag(tags, "client_id") if "client_id" in tags else None,
        sent_at=sent_at,
        addresses=tuple(_text(each["emailAddress"]) for each in recipients),
        reason=reason,
    )


def _reason_and_recipients(detail: Mapping[str, Any]) -> tuple[StopReason | None, Any]:
    """Return why nothing more is mailed, if so, and to whom."""
    if detail["eventType"] == "Bounce":
        bounce = detail["bounce"]
        is_final = bounce["bounceType"] == _PERMANENT
        return StopReason.BOUNCED if is_final else None, bounce["bouncedRecipients"]
    if detail["eventType"] == "Complaint":
        complaint = detail["complaint"]
        is_unwanted = complaint.get("complaintFeedbackType") != _NOT_UNWANTED
        return StopReason.COMPLAINED if is_unwanted else None, complaint["complainedRecipients"]
    return None, ()


def _tag(tags: Mapping[str, Any], name: str) -> str:
    """Return the value of a tag. SES gives a list for each."""
    (value,) = tags[name]
    if not is_safe_token(_text(value)):
        raise ValueError
    return str(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
