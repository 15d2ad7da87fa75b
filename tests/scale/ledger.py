"""The ledger: what has been asked of AWS, and by how many people."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.scale.operations import Operation

THERAPIST = "the therapist"


@dataclass
class Ledger:
    """Operations by kind, those in the rush after a release apart, and whom Cognito has seen in
    each month."""

    rush: timedelta
    counts: Counter[Operation] = field(default_factory=Counter)
    rushed: Counter[Operation] = field(default_factory=Counter)
    active: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    releases: int = 0
    released_at: datetime | None = None

    def note(self, operation: Operation, *, now: datetime, times: int = 1) -> None:
        """Count an operation."""
        self.counts[operation] += times
        if self.released_at and now - self.released_at < self.rush:
            self.rushed[operation] += times

    def begin_rush(self, *, now: datetime) -> None:
        """A release has run: those who waited for it come now."""
        self.releases += 1
        self.released_at = now

    def see(self, person: str, *, now: datetime) -> None:
        """Cognito has had to do with somebody, who is active this month."""
        self.active[now.year, now.month].add(person)
