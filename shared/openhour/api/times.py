"""Times in responses: by the therapist's clock, with its offset from UTC."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Annotated, overload
from zoneinfo import ZoneInfo

from pydantic import Field

_TENTH = timedelta(minutes=6)
_KEPT = 4096
"""Times that are remembered: clients of one practice are shown the same ones again and again."""

Time = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""An instant by the therapist's clock."""
DateText = Annotated[str, Field(json_schema_extra={"format": "date"})]
"""A local date."""


@overload
def format_time(instant: datetime, zone: ZoneInfo) -> str: ...
@overload
def format_time(instant: None, zone: ZoneInfo) -> None: ...
@overload
def format_time(instant: datetime | None, zone: ZoneInfo) -> str | None: ...
@lru_cache(_KEPT)
def format_time(instant: datetime | None, zone: ZoneInfo) -> str | None:
    """Return the instant as `2026-11-24T17:30:00-05:00`."""
    return instant.astimezone(zone).isoformat(timespec="seconds") if instant else None


def format_hours(span: timedelta | None) -> float | None:
    """Return a span in hours, rounded down to a tenth."""
    return span // _TENTH / 10 if span is not None else None
