"""Mail stops: addresses to which nothing more is mailed, since a mail came back or was unwanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StopReason(StrEnum):
    """Why nothing more is mailed to an address."""

    BOUNCED = "bounced"
    """The address takes no mail."""
    COMPLAINED = "complained"
    """Whoever reads it has marked a mail as unwanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStop:
    """Why and since when nothing is mailed to a client's address."""

    reason: StopReason
    at: datetime
