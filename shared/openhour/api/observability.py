"""Observability: logs and metrics, with ids only.

Names, addresses, slots and appointments, which would tell the hour of a session, are never logged.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.logging import Logger

from openhour.api.identity import is_id, read_claims, read_request_id
from openhour.api.responses import to_json
from openhour.rules.audit_log import is_safe_token
from openhour.rules.refusals import Refusal

_logger = Logger(service="openhour")
_THROTTLED = "TooManyRequestsException"


def count_booking() -> None:
    """Count a booking."""
    _write_metric("Bookings", 1)


def count_released(slots: int) -> None:
    """Count the slots that a release opened."""
    _write_metric("SlotsReleased", slots)


def count_overdue(releases: int) -> None:
    """Count the releases that should have run and didn't."""
    _write_metric("ReleasesOverdue", releases)


def count_mails_too_old(mails: int) -> None:
    """Count the acts that are told to nobody because they are too old."""
    if mails:
        _write_metric("MailsTooOld", mails)


def count_mail(outcome: str) -> None:
    """Count a message by its outcome."""
    _write_metric("Mails", 1, outcome=outcome)


def count_paused_mail(reason: str) -> None:
    """Count a mail that the mail service has not sent. A pause lasts until somebody ends it."""
    _write_metric("MailsThrottled" if reason == _THROTTLED else "MailsPaused", 1)


def count_stopped_mail(reason: str) -> None:
    """Count a client to whom nothing more is mailed, by the reason."""
    _write_metric("MailStops", 1, reason=reason)


def count_unreached_therapist() -> None:
    """Count a mail to a therapist that came back or was unwanted."""
    _write_metric("TherapistMailsLost", 1)


def count_unwritten_password_mail() -> None:
    """Count a mail with a password or code for which Cognito sends its own text."""
    _write_metric("PasswordMailsUnwritten", 1)


def log_refusal(refusal: Refusal, event: Mapping[str, Any]) -> None:
    """Log a refusal and count it under its name, or its cause where that tells more."""
    kind = refusal.cause or refusal.name
    _logger.info("refused", extra={"refusal": kind, **_ids_of(event)})
    _write_metric("Refusals", 1, refusal=kind)


def log_error(error: BaseException, event: Mapping[str, Any]) -> None:
    """Log an unexpected error: its class and where it was raised.

    Its message may quote what was sent, and is left out.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    _logger.error("failed", extra={"error": type(error).__name__, "where": where, **_ids_of(event)})
    _write_metric("Failures", 1)


def _ids_of(event: Mapping[str, Any]) -> dict[str, str]:
    """Return the ids by which to find the request again.

    The client is the signed-in one or the one in the path, unless that text might be an address.
    """
    claims = read_claims(event)
    parameters = event.get("pathParameters") or {}
    ids = {}
    for name in ("therapist_id", "client_id"):
        claim, in_path = claims.get(f"custom:{name}"), parameters.get(name)
        if isinstance(claim, str) and is_id(claim):
            ids[name] = claim
        elif isinstance(in_path, str) and is_safe_token(in_path):
            ids[name] = in_path
    return {"request_id": read_request_id(event), **ids, "route": event.get("routeKey", "")}


def _write_metric(name: str, value: int, **dimensions: str) -> None:
    """Write a metric to the namespace that the environment names.

    The line is in CloudWatch's embedded metric format (CloudWatch User Guide, "Specification:
    Embedded metric format"). Powertools' Metrics takes as long as the rules of a booking.
    """
    metrics = {
        "Namespace": os.environ["POWERTOOLS_METRICS_NAMESPACE"],
        "Dimensions": [list(dimensions)],
        "Metrics": [{"Name": name, "Unit": "Count"}],
    }
    about = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [metrics]}
    line = to_json({"_aws": about, **dimensions, name: value})
    sys.stdout.write(f"{line}\n")
