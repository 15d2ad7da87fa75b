"""Blocks that letters share: sessions, regulars, lists of times, links and the phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from urllib.parse import quote

from functions.notifications.mails.dates import Dates
from functions.notifications.mails.english import English
from functions.notifications.mails.letters import (
    Action,
    Block,
    Day,
    Items,
    Phone,
    Quote,
    Row,
    Session,
    Text,
    Times,
)
from functions.notifications.mails.names import clean_line, clean_text, initials
from functions.notifications.mails.series import Series
from functions.notifications.mails.spanish import Spanish
from openhour.rules.mails import MailFacts, PasswordFacts, RegularFacts, SessionFacts

_WORDS = {"en": English(), "es": Spanish()}
_ANY_MONDAY = date(2024, 1, 1)


class MissingFact(ValueError):
    """A mail of this kind needs a fact that was not given."""


class Blocks:
    """Makes blocks of one mail's facts, in the recipient's language and the practice's zone."""

    def __init__(self, facts: MailFacts) -> None:
        self.facts = facts
        self.words = _WORDS[facts.recipient.language]
        self.dates = Dates(facts.recipient.language, facts.sender.zone)

    @cached_property
    def session_facts(self) -> SessionFacts:
        """The session that the mail is about.

        Raises:
            MissingFact: There is none.
        """
        if self.facts.session is None:
            raise MissingFact(f"{self.facts.kind}: session")
        return self.facts.session

    @cached_property
    def regular_facts(self) -> RegularFacts:
        """The regular that the mail is about.

        Raises:
            MissingFact: There is none.
        """
        if self.facts.regular is None:
            raise MissingFact(f"{self.facts.kind}: regular")
        return self.facts.regular

    @cached_property
    def password_facts(self) -> PasswordFacts:
        """The password or code that the mail is about.

        Raises:
            MissingFact: There is none.
        """
        if self.facts.password is None:
            raise MissingFact(f"{self.facts.kind}: password")
        return self.facts.password

    @property
    def today(self) -> date:
        """The local date of the act."""
        return self.dates.local(self.facts.acted_at).date()

    def session(self, session: SessionFacts, *, solid: bool = True, mark: str = "") -> Session:
        """Return a session in large type."""
        start, end = self.dates.local(session.start), self.dates.local(session.end)
        length = self.words.minutes(round((session.end - session.start).total_seconds() / 60))
        return Session(
            day=self.day(session.start),
            time=self.dates.write_span(start.time(), end.time()),
            details=(length, *self._place()),
            solid=solid,
            mark=mark or None,
        )

    def regular(
        self, regular: RegularFacts, *, solid: bool = True, has_ended: bool = False
    ) -> Session:
        """Return a regular in large type."""
        end = datetime.combine(regular.first, regular.start) + timedelta(minutes=regular.minutes)
        weekday = self.dates.weekday(_ANY_MONDAY + timedelta(days=regular.weekday))
        length = self.words.minutes(regular.minutes)
        return Session(
            rhythm=self.words.rhythm(regular.every_weeks, weekday),
            time=self.dates.write_span(regular.start, end.time()),
            details=(length, *(() if has_ended else self._bounds(regular)), *self._place()),
            solid=solid,
        )

    def _bounds(self, regular: RegularFacts) -> tuple[str, ...]:
        """Return when a regular begins, if that is to come, and when it ends."""
        first = Series(regular, self.facts.sender.zone, is_declared=False).first
        bounds = []
        if first > self.today:
            bounds.append(self.words.from_day(self.dates.write_date_with_year(first)))
        if regular.until:
            bounds.append(self.words.until_day(self.dates.write_date_with_year(regular.until)))
        return tuple(bounds)

    def left_out(self, regular: RegularFacts) -> tuple[Block, ...]:
        """Return the coming dates that a regular leaves out."""
        skipped = [day for day in sorted(regular.skipped) if day >= self.today]
        days = [self.dates.write_date_with_year(day) for day in skipped]
        return (Items(heading=self.words.left_out, items=tuple(days)),) if days else ()

    def sessions(self, heading: str) -> tuple[Block, ...]:
        """Return the mail's list of sessions, with initials where each has a client."""
        sessions, people = self.facts.sessions, self.facts.people
        named = people if len(people) == len(sessions) else ("",) * len(sessions)
        rows = [
            self._row(session.start, who=name)
            for session, name in sorted(
                zip(sessions, named, strict=True), key=lambda pair: pair[0].start
            )
        ]
        return (Times(heading=heading, rows=tuple(rows)),) if rows else ()

    def open_times(self, heading: str, *, are_links: bool = True) -> tuple[Block, ...]:
        """Return the mail's list of open times, as links to the page that books them."""
        rows = [
            self._row(start, url=self.link(book=slot_id) if are_links else None)
            for slot_id, start in self.facts.open_slots
        ]
        return (Times(heading=heading, rows=tuple(rows)),) if rows else ()

    def names(self, heading: str, names: Iterable[str]) -> tuple[Block, ...]:
        """Return a list of names under a heading."""
        items = tuple(names)
        return (Items(heading=heading, items=items),) if items else ()

    def policy(self) -> tuple[Block, ...]:
        """Return what the practice says about changes."""
        text = clean_text(self.facts.change_policy or "")
        return (Quote(text=text),) if text else ()

    def message(self) -> tuple[Block, ...]:
        """Return the therapist's own words."""
        text = clean_text(self.facts.message or "")
        return (Quote(text=text),) if text else ()

    def phone(self) -> tuple[Block, ...]:
        """Return the office's phone, if there is one."""
        number = clean_line(self.facts.sender.office_phone)
        if not number:
            return ()
        note = clean_line(self.facts.sender.phone_note or "")
        link = f"tel:{re.sub(r'[^0-9+]', '', number)}"
        return (Phone(number=number.replace(" ", "\u00a0"), link=link, note=note or None),)

    def action(self, label: str, *, primary: bool = False, **fragment: str) -> Action:
        """Return a link to the page; the fragment names what to show there."""
        return Action(label=label, url=self.link(**fragment), primary=primary)

    def ending(self) -> Action | None:
        """Return the link by which the client gets no more mails of this kind, if there is one."""
        facts = self.facts
        if not facts.kind.can_be_ended or not facts.token:
            return None
        return self.action(self.words.no_more_reminders, unsubscribe=facts.token)

    def link(self, **fragment: str) -> str:
        """Return the page's address with a fragment such as `#book=20261203T1400Z`."""
        parts = [f"{name}={quote(value, safe='')}" for name, value in fragment.items()]
        return "#".join((self.facts.sender.page_url, *parts))

    def text(self, text: str) -> Text:
        """Return a paragraph."""
        return Text(text=text)

    def day(self, instant: datetime) -> Day:
        """Return the local date of an instant, for the rail."""
        day = self.dates.local(instant).date()
        return Day(
            weekday=self.dates.short_weekday(day),
            number=day.day,
            month=self.dates.short_month(day),
            full=self.dates.write_date(day),
        )

    def _row(self, start: datetime, *, who: str = "", url: str | None = None) -> Row:
        local = self.dates.local(start)
        return Row(
            day=self.day(start),
            time=self.dates.write_time(local.time()),
            who=initials(who),
            url=url,
        )

    def _place(self) -> tuple[str, ...]:
        place = clean_line(self.facts.sender.place or "")
        return (place,) if place else ()
