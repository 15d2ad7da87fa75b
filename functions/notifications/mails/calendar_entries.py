"""Calendar entries: a session or a regular as calendars read it (RFC 5545, RFC 5546)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from icalendar import Calendar, Event, Timezone, vCalAddress

from functions.notifications.mails.names import clean_line
from functions.notifications.mails.series import Series
from functions.notifications.mails.time_zones import vtimezone
from openhour.rules.mails import MailFacts, MailKind, RegularFacts, SessionFacts

Method = Literal["REQUEST", "CANCEL"]

_PRODUCT = "-//Openhour//Appointments//EN"
_SINGLE = frozenset({MailKind.BOOKED, MailKind.MOVED, MailKind.CANCELLED})
_REGULAR = frozenset({MailKind.REGULAR_ENTERED, MailKind.REGULAR_CHANGED, MailKind.REGULAR_ENDED})
_CHANGES_OF_A_SESSION = 1000
"""More than any session has."""
_LISTED = timedelta(weeks=60)
"""How far ahead single occurrences are written that differ from the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A calendar entry as a mail carries it."""

    method: Method
    content: str


def calendar_entries(facts: MailFacts, summary: str) -> tuple[CalendarEntry, ...]:
    """Return the calendar entries of a mail. Each has one UID, as RFC 5546 demands.

    `summary` is their title. All mails but those of a discharge have one entry or none.
    """
    if not facts.with_calendar_entry:
        return ()
    if facts.kind in _SINGLE and facts.session:
        return (_session_entry(facts, facts.session, summary),)
    if facts.kind in _REGULAR and facts.regular:
        return (_regular_entry(facts, facts.regular, summary),)
    if facts.kind is MailKind.DISCHARGED:
        return tuple(_entries_of_discharge(facts, summary))
    return ()


def _entries_of_discharge(facts: MailFacts, summary: str) -> Iterator[CalendarEntry]:
    """Yield an entry for each regular that ends, with its occurrences, and each other session."""
    for regular in facts.ended_regulars:
        ended = replace(facts, kind=MailKind.REGULAR_ENDED, sessions=())
        yield _regular_entry(ended, regular, summary)
    for session, regular_before in facts.ended_sessions:
        cancelled = replace(facts, kind=MailKind.CANCELLED, regular=regular_before)
        yield _session_entry(cancelled, session, summary)


def _session_entry(facts: MailFacts, session: SessionFacts, summary: str) -> CalendarEntry:
    """Return the entry of one session: its own, or an exception of its regular's."""
    method: Method = "CANCEL" if facts.kind is MailKind.CANCELLED else "REQUEST"
    regular, zone = facts.regular, None
    if regular and (day := _occurrence(facts, regular, session)):
        event = _event(facts, method, summary)
        event.add("UID", regular.regular_id)
        event.add("SEQUENCE", _sequence(regular, session))
        zone, series = _series(facts, regular)
        event.add("RECURRENCE-ID", series.id_of(day))
    else:
        event = _event(facts, method, summary)
        event.add("UID", session.uid)
        event.add("SEQUENCE", session.sequence)
    _add_times(event, session.start.astimezone(UTC), session.end.astimezone(UTC))
    return _calendar(method, [event], zone)


def _occurrence(facts: MailFacts, regular: RegularFacts, session: SessionFacts) -> date | None:
    """Return the date of the occurrence that the session is, or from which it was moved."""
    before = facts.old_session if facts.kind is MailKind.MOVED else session
    day = session.occurrence
    if before and not day:
        day = before.occurrence or before.start.astimezone(facts.sender.zone).date()
    is_known = day and Series(regular, facts.sender.zone, is_declared=False).has(day)
    return day if is_known else None


def _regular_entry(facts: MailFacts, regular: RegularFacts, summary: str) -> CalendarEntry:
    """Return the entry of a regular, with the sessions that were moved away and still stand.

    One that has ended keeps its sessions before that.
    """
    zone, series = _series(facts, regular)
    moved = _moved(facts, series)
    start, end = series.id_of(series.first), _end(facts, series, moved)
    method: Method = "CANCEL" if end and start > end else "REQUEST"
    event = _regular_event(facts, method, summary, regular)
    _add_times(event, start, start + timedelta(minutes=regular.minutes))
    if method == "CANCEL":
        return _calendar(method, [event], zone)
    event.add("RRULE", series.rule(until=end))
    excluded = set(_excluded(facts, series, end)) - set(moved)
    if excluded:
        event.add("EXDATE", [series.id_of(day) for day in sorted(excluded)])
    shifted = () if zone else _shifted_events(facts, series, summary)
    return _calendar(method, [event, *shifted, *_moved_events(facts, series, moved, summary)], zone)


def _moved(facts: MailFacts, series: Series) -> dict[date, SessionFacts]:
    """Return the sessions that were moved away from the series, by the date of the occurrence."""
    moved = {session.occurrence: session for session in facts.sessions}
    return {day: session for day, session in moved.items() if day and series.has(day)}


def _end(facts: MailFacts, series: Series, moved: Iterable[date]) -> datetime | None:
    """Return when a regular ended, or the last occurrence of which something stands."""
    if facts.kind is not MailKind.REGULAR_ENDED:
        return None
    return max([facts.acted_at, *map(series.id_of, moved)])


def _moved_events(
    facts: MailFacts, series: Series, moved: Mapping[date, SessionFacts], summary: str
) -> Iterator[Event]:
    for day, session in moved.items():
        event = _event(facts, "REQUEST", summary)
        event.add("UID", series.regular.regular_id)
        event.add("SEQUENCE", _sequence(series.regular, session))
        event.add("RECURRENCE-ID", series.id_of(day))
        _add_times(event, session.start.astimezone(UTC), session.end.astimezone(UTC))
        yield event


def _shifted_events(facts: MailFacts, series: Series, summary: str) -> Iterator[Event]:
    """Yield the occurrences whose UTC time differs from the first one's."""
    for day in series.days(_last_listed(facts)):
        start = series.start_of(day)
        if start and start != series.id_of(day):
            event = _regular_event(facts, "REQUEST", summary, series.regular)
            event.add("RECURRENCE-ID", series.id_of(day))
            _add_times(event, start, start + timedelta(minutes=series.regular.minutes))
            yield event


def _excluded(facts: MailFacts, series: Series, end: datetime | None) -> Iterator[date]:
    """Yield the dates that somebody skipped or ended, or whose time the clock skips."""
    yield from (day for day in series.regular.skipped if series.has(day))
    for day in series.days(_last_listed(facts)):
        is_over = end is not None and facts.acted_at < series.id_of(day) <= end
        if is_over or series.start_of(day) is None:
            yield day


def _last_listed(facts: MailFacts) -> date:
    return (facts.acted_at + _LISTED).date()


def _series(facts: MailFacts, regular: RegularFacts) -> tuple[Timezone | None, Series]:
    """Return a regular as a series, with the declaration of its zone if there is one."""
    first = datetime.combine(regular.first, time(), tzinfo=UTC)
    zone = vtimezone(facts.sender.zone, around=max(facts.acted_at, first))
    return zone, Series(regular, facts.sender.zone, is_declared=zone is not None)


def _regular_event(facts: MailFacts, method: Method, summary: str, regular: RegularFacts) -> Event:
    event = _event(facts, method, summary)
    event.add("UID", regular.regular_id)
    event.add("SEQUENCE", _sequence(regular))
    return event


def _sequence(regular: RegularFacts, session: SessionFacts | None = None) -> int:
    """Return a number that is higher after each change of a session, and again of its regular."""
    return regular.sequence * _CHANGES_OF_A_SESSION + (session.sequence if session else 0)


def _event(facts: MailFacts, method: Method, summary: str) -> Event:
    """Return an event with what all events have."""
    event = Event()
    event.add("DTSTAMP", facts.acted_at.astimezone(UTC))
    event.add("SUMMARY", summary)
    event.add("CLASS", "PRIVATE")
    event.add("STATUS", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if method == "CANCEL" else "OPAQUE")
    event.add("ORGANIZER", vCalAddress(f"mailto:{facts.sender.address}"))
    attendee = vCalAddress(f"mailto:{facts.recipient.address}")
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    event.add("ATTENDEE", attendee)
    place = clean_line(facts.sender.place or "")
    if place:
        event.add("LOCATION", place)
    return event


def _add_times(event: Event, start: datetime, end: datetime) -> None:
    event.add("DTSTART", start)
    event.add("DTEND", end)


def _calendar(method: Method, events: Iterable[Event], zone: Timezone | None) -> CalendarEntry:
    calendar = Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    for component in (*([zone] if zone else []), *events):
        calendar.add_component(component)
    return CalendarEntry(method=method, content=calendar.to_ical().decode())
