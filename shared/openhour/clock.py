"""The practice's clock.

In AWS it is the real one. The local run and tests may set it going from another instant.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class _Clock:
    ahead: timedelta = timedelta(0)


_clock = _Clock()


def now() -> datetime:
    """Tell the instant, in UTC."""
    return datetime.now(UTC) + _clock.ahead


def set_now(instant: datetime) -> None:
    """Set the clock going from `instant`. Raises ValueError where it has no offset from UTC."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no offset from UTC")
    _clock.ahead = instant - datetime.now(UTC)


def reset() -> None:
    """Go back to the real time."""
    _clock.ahead = timedelta(0)
