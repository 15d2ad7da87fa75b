"""The clock: real time in AWS, another time in the local run and in tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class _Clock:
    ahead: timedelta = timedelta(0)


_clock = _Clock()


def now() -> datetime:
    """Return the current instant, in UTC."""
    return datetime.now(UTC) + _clock.ahead


def set_now(instant: datetime) -> None:
    """Start the clock from another instant.

    Raises:
        ValueError: The instant has no offset from UTC.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no offset from UTC")
    _clock.ahead = instant - datetime.now(UTC)


def reset() -> None:
    """Return to real time."""
    _clock.ahead = timedelta(0)
