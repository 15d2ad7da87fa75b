"""Versions of the time zone database, in which a zone follows the rules of another."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # it has no types

from openhour.store import practices


@contextmanager
def zone_rules(folder: Path, version: str, zone: str, *, like: str) -> Iterator[None]:
    """Use a database of that version, in which `zone` has the rules of the zone `like`."""
    file = folder / zone
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(resources.files("tzdata").joinpath("zoneinfo", *like.split("/")).read_bytes())
    before = zoneinfo.TZPATH
    try:
        with mock.patch.object(tzdata, "__version__", version):
            _use([str(folder)])
            yield
    finally:
        _use(before)


def _use(path: Sequence[str]) -> None:
    zoneinfo.reset_tzpath(to=path)
    ZoneInfo.clear_cache()
    practices.invalidate()
