"""Time zones: their rules come from the locked `tzdata` package, never from the machine.

Countries change their rules, and processes with different versions of the package would then plan
the same calendar differently. So a practice records the data by which it was last planned.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # it has no types

_NOT_ZONES = frozenset({"Factory", "localtime"})
"""Names in the time zone database, and beside it on some machines, that are no place's zone."""
_YEARS_COMPARED = 5

zoneinfo.reset_tzpath(to=())  # Otherwise the standard library prefers the machine's files.
ZoneInfo.clear_cache()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneData:
    """The data of one zone: the package's version, and a digest of its offsets.

    The digest covers the five years from the beginning of `since_year`.
    """

    zone: str
    version: str
    since_year: int
    digest: str

    @classmethod
    def parse(cls, text: str) -> ZoneData:
        """Return what `str` wrote."""
        zone, version, since_year, digest = text.split(" ")
        return cls(zone=zone, version=version, since_year=int(since_year), digest=digest)

    def __str__(self) -> str:
        return f"{self.zone} {self.version} {self.since_year} {self.digest}"


def is_zone(name: str) -> bool:
    """Return whether the name is a place's time zone."""
    return name in zoneinfo.available_timezones() - _NOT_ZONES


def zone_data(zone: ZoneInfo, *, since_year: int) -> ZoneData:
    """Return this process's data of a zone."""
    version = tzdata.__version__
    digest = _digest(zone.key, version, since_year)
    return ZoneData(zone=zone.key, version=version, since_year=since_year, digest=digest)


def is_outdated(recorded: ZoneData | None, zone: ZoneInfo) -> bool:
    """Return whether this process has older data of the zone, by which times would differ."""
    if recorded is None or recorded.zone != zone.key:
        return False
    own = zone_data(zone, since_year=recorded.since_year)
    return _numbers(own.version) < _numbers(recorded.version) and own.digest != recorded.digest


def newer_data(recorded: ZoneData | None, zone: ZoneInfo, *, now: datetime) -> ZoneData:
    """Return the data to record once the calendar is planned: never an older version's."""
    own = zone_data(zone, since_year=now.year)
    if recorded is None or recorded.zone != own.zone:
        return own
    return max(recorded, own, key=lambda data: (_numbers(data.version), data.since_year))


@lru_cache(maxsize=64)
def _digest(key: str, _version: str, since_year: int) -> str:
    offsets = " ".join(
        f"{at:%Y%m%dT%H%M}{offset}" for at, offset in _offsets(ZoneInfo(key), since_year)
    )
    return sha256(offsets.encode()).hexdigest()[:16]


def _offsets(zone: ZoneInfo, since_year: int) -> Iterator[tuple[datetime, timedelta | None]]:
    """Yield the first offset from UTC, then each new one with the minute from which it holds."""
    at = datetime(since_year, 1, 1, tzinfo=UTC)
    end = datetime(since_year + _YEARS_COMPARED, 1, 1, tzinfo=UTC)
    offset = at.astimezone(zone).utcoffset()
    yield at, offset
    while at < end:
        before, at = at, at + timedelta(days=1)
        if at.astimezone(zone).utcoffset() == offset:
            continue
        after = at
        while after - before > timedelta(minutes=1):
            middle = before + (after - before) // 2
            if middle.astimezone(zone).utcoffset() == offset:
                before = middle
            else:
                after = middle
        offset = at.astimezone(zone).utcoffset()
        yield after, offset


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
