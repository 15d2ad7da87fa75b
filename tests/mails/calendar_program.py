"""A calendar program: it reads entries by vobject, and applies them as RFC 5546 says.

It shares nothing with the code under test but the text of the entries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import vobject


@dataclass
class CalendarProgram:
    """What a client's calendar holds, by UID and recurrence id."""

    held: dict[tuple[str, datetime | None], Any] = field(default_factory=dict)

    def receive(self, calendar: Any) -> None:
        """Apply one entry. An older one than what is held changes nothing."""
        for event in calendar.vevent_list:
            is_cancelled = calendar.method.value == "CANCEL"
            assert is_cancelled == (event.status.value == "CANCELLED")
            key = (event.uid.value, instance_of(event))
            held = [self.held.get(key), self.held.get((key[0], None))]
            if any(version_of(event) < version_of(each) for each in held if each):
                continue
            if key[1] is None:
                self._drop_exceptions(key[0], version_of(event))
            self.held[key] = event

    def starts(self, end: datetime) -> list[datetime]:
        """The starts of all sessions up to `end`, in UTC, ordered."""
        found = []
        for (uid, instance), event in self.held.items():
            if event.status.value == "CANCELLED":
                continue
            if instance is not None or not hasattr(event, "rrule"):
                if not self._is_gone(uid):
                    found.append(event.dtstart.value)
                continue
            exceptions = {rid for other, rid in self.held if other == uid}
            for start in event.getrruleset(addRDate=True):
                local = as_start(start, event)
                if local > end:
                    break
                if local not in exceptions:
                    found.append(local)
        return sorted(start.astimezone(UTC) for start in found if start <= end)

    def _is_gone(self, uid: str) -> bool:
        series = self.held.get((uid, None))
        return series is not None and series.status.value == "CANCELLED"

    def _drop_exceptions(self, uid: str, version: tuple[int, datetime]) -> None:
        for key in [key for key in self.held if key[0] == uid and key[1] is not None]:
            if version_of(self.held[key]) < version:
                del self.held[key]


def parse(text: str) -> Any:
    """Read an entry."""
    return vobject.readOne(text)


def version_of(event: Any) -> tuple[int, datetime]:
    return int(event.sequence.value), event.dtstamp.value


def instance_of(event: Any) -> datetime | None:
    found = event.contents.get("recurrence-id")
    return found[0].value if found else None


def as_start(start: datetime, event: Any) -> datetime:
    """Give an expanded start the zone of its series, which vobject drops."""
    return start if start.tzinfo else start.replace(tzinfo=event.dtstart.value.tzinfo)
