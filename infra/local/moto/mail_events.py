"""Events of SES in EventBridge's form, which moto never sends: for its mailbox simulator's mail.

`bounce@simulator.amazonses.com` takes no mail, and `complaint@simulator.amazonses.com` marks it as
unwanted. A label after `+` tells several people's addresses apart (SES Developer Guide, "Using the
mailbox simulator").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from infra.local.environment import ACCOUNT, MAIL_CONFIGURATION_SET, REGION
from openhour import clock

Invoke = Callable[[dict[str, Any]], Any]
"""Invokes the function that handles events."""
_SIMULATOR = re.compile(r"(bounce|complaint)(\+[^@]*)?@simulator\.amazonses\.com")
_invokers: list[Invoke] = []


@contextmanager
def patch_mail_events(invoke: Invoke) -> Iterator[None]:
    """Pass events to `invoke` meanwhile."""
    _invokers.append(invoke)
    try:
        yield
    finally:
        _invokers.remove(invoke)


def report(address: str, tags: Mapping[str, str]) -> None:
    """Send what becomes of a mail, if its address is the simulator's."""
    simulated = _SIMULATOR.fullmatch(address)
    if simulated is None:
        return
    event = bounce_event if simulated[1] == "bounce" else complaint_event
    for invoke in _invokers:
        invoke(event(address, tags))


def bounce_event(
    address: str, tags: Mapping[str, str], *, kind: str = "Permanent", sent_at: str | None = None
) -> dict[str, Any]:
    """Return the event of a mail that came back."""
    return _event(
        "Email Bounced",
        address,
        tags,
        sent_at,
        eventType="Bounce",
        bounce={
            "feedbackId": "0100019ac-000000",
            "bounceType": kind,
            "bounceSubType": "General",
            "bouncedRecipients": [
                {
                    "emailAddress": address,
                    "action": "failed",
                    "status": "5.1.1",
                    "diagnosticCode": f"smtp; 550 5.1.1 <{address}>: no such user",
                }
            ],
            "timestamp": _now(),
            "reportingMTA": "dns; a8-70.smtp-out.amazonses.com",
        },
    )


def complaint_event(
    address: str,
    tags: Mapping[str, str],
    *,
    feedback: str | None = "abuse",
    sent_at: str | None = None,
) -> dict[str, Any]:
    """Return the event of a mail that was marked as unwanted."""
    complaint = {
        "feedbackId": "0100019ad-000000",
        "complaintSubType": None,
        "complainedRecipients": [{"emailAddress": address}],
        "timestamp": _now(),
        "userAgent": "Yahoo!-Mail-Feedback/2.0",
    }
    if feedback:
        complaint["complaintFeedbackType"] = feedback
    return _event(
        "Email Complaint Received",
        address,
        tags,
        sent_at,
        eventType="Complaint",
        complaint=complaint,
    )


def _event(
    detail_type: str, address: str, tags: Mapping[str, str], sent_at: str | None, **detail: Any
) -> dict[str, Any]:
    """Return an event (SES Developer Guide, "Event record contents")."""
    configuration = f"arn:aws:ses:{REGION}:{ACCOUNT}:configuration-set/{MAIL_CONFIGURATION_SET}"
    mail = {
        "timestamp": sent_at or _now(),
        "source": "appointments@openhour.example",
        "sendingAccountId": ACCOUNT,
        "messageId": "0100019ab-000000",
        "destination": [address],
        "headersTruncated": False,
        "headers": [{"name": "To", "value": address}],
        "commonHeaders": {"to": [address], "subject": "Appointment confirmed"},
        "tags": {
            "ses:configuration-set": [MAIL_CONFIGURATION_SET],
            "ses:operation": ["SendRawEmail"],
            **{name: [value] for name, value in tags.items()},
        },
    }
    return {
        "version": "0",
        "id": "12345678-1234-1234-1234-123456789012",
        "detail-type": detail_type,
        "source": "aws.ses",
        "account": ACCOUNT,
        "time": _now(),
        "region": REGION,
        "resources": [configuration],
        "detail": {**detail, "mail": mail},
    }


def _now() -> str:
    return f"{clock.now():%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
