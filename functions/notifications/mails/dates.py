"""Dates and times as the practice's wall clock shows them, as the client's page writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_name

from openhour.rules.mails import Language

_AMERICAN = re.compile(r"(America|US)/|Pacific/Honolulu$")
"""Zones of countries with American habits, as in the pages' `wall_clock.ts`."""
_LOCALES = {
    "en": {True: "en_US", False: "en_GB"},
    "es": {True: "es_US", False: "es_ES"},
}
_PATTERNS = {
    "en_US": "EEEE, MMMM d",
    "en_GB": "EEEE d MMMM",
    "es_US": "EEEE d 'de' MMMM",
    "es_ES": "EEEE d 'de' MMMM",
}
_YEARS = {"en_US": ", y", "en_GB": " y", "es_US": " 'de' y", "es_ES": " 'de' y"}
_HALF_YEAR = timedelta(days=182)
_NO_BREAK = "\u00a0"


class Dates:
    """Writes dates and times in one language and one zone."""

    def __init__(self, language: Language, zone: ZoneInfo) -> None:
        self._zone = zone
        self._american = bool(_AMERICAN.match(zone.key))
        self._locale = Locale.parse(_LOCALES[language][self._american])

    def local(self, instant: datetime) -> datetime:
        """Return the practice's wall clock at an instant."""
        return instant.astimezone(self._zone)

    def write_date(self, day: date) -> str:
        """Write `Thursday, December 3`."""
        return self._write(day, _PATTERNS[str(self._locale)])

    def write_date_with_year(self, day: date) -> str:
        """Write `Thursday, December 3, 2026`."""
        name = str(self._locale)
        return self._write(day, _PATTERNS[name] + _YEARS[name])

    def weekday(self, day: date) -> str:
        """Write `Thursday`."""
        return self._write(day, "EEEE")

    def short_weekday(self, day: date) -> str:
        """Write `Thu`."""
        return self._write(day, "EEE").rstrip(".")

    def short_month(self, day: date) -> str:
        """Write `Dec`."""
        return self._write(day, "MMM").rstrip(".")

    def write_time(self, at: time) -> str:
        """Write `9:00 am`, with a space that doesn't break."""
        if not self._american:
            return f"{at.hour}:{at.minute:02}"
        period = self._locale.periods["am" if at.hour < 12 else "pm"].lower()
        return f"{at.hour % 12 or 12}:{at.minute:02}{_NO_BREAK}{period.replace(' ', _NO_BREAK)}"

    def write_span(self, start: time, end: time) -> str:
        """Write `9:00 am – 9:50 am`."""
        return f"{self.write_time(start)} – {self.write_time(end)}"

    def write_moment(self, instant: datetime) -> str:
        """Write `Thursday, December 3, 9:00 am`."""
        local = self.local(instant)
        return f"{self.write_date(local.date())}, {self.write_time(local.time())}"

    def zone_name(self, at: datetime) -> str:
        """Name the zone as people do: `Eastern Time`, `India Standard Time`."""
        offsets = {self.local(at + change).utcoffset() for change in (-_HALF_YEAR, _HALF_YEAR)}
        offsets.add(self.local(at).utcoffset())
        if len(offsets) == 1:
            return get_timezone_name(self.local(at), locale=self._locale)
        return get_timezone_name(self._zone, locale=self._locale)

    def _write(self, day: date, pattern: str) -> str:
        return format_date(day, pattern, locale=self._locale)
