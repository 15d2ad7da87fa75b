"""Notices: what clients read on their page while the therapist is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A text for clients, and the half-open span of instants in which they see it."""

    begins: datetime
    ends: datetime
    text: str

    def lasts_at(self, now: datetime) -> bool:
        """Return whether clients see it now."""
        return self.begins <= now < self.ends
