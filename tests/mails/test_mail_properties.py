"""Properties of every mail, over random facts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.notifications.mails.composing import compose
from openhour.rules.mails import (
    MailFacts,
    MailKind,
    PasswordFacts,
    RecipientFacts,
    RegularFacts,
    SenderFacts,
    SessionFacts,
)
from openhour.rules.zones import is_zone
from tests.mails.reading import calendar_of, html_of, read, shown_text, text_of
from tests.mails.test_wording import HARSH, TELLING

ZONES = [ZoneInfo(name) for name in sorted(filter(is_zone, available_timezones()))]
NEEDS_SESSION = {MailKind.BOOKED, MailKind.MOVED, MailKind.CANCELLED, MailKind.REMINDER}
NEEDS_REGULAR = {
    MailKind.REGULAR_ENTERED,
    MailKind.REGULAR_CHANGED,
    MailKind.REGULAR_ENDED,
}

words = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'\r\n\t,;:\\{}%@\u202e\u2066\u0085🌿")),
    max_size=200,
)
optional_words = st.none() | words
instants = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
days = st.dates(date(2026, 1, 1), date(2030, 1, 1))
ids = st.text("abcdefghijk0123456789-#", min_size=1, max_size=60)


@st.composite
def sessions(draw: st.DrawFn) -> SessionFacts:
    start = draw(instants)
    return SessionFacts(
        appointment_id=draw(ids),
        slot_id=start.strftime("%Y%m%dT%H%MZ"),
        start=start,
        end=start + timedelta(minutes=draw(st.integers(5, 480))),
        uid=draw(ids),
        sequence=draw(st.integers(0, 999)),
        free_until=draw(st.none() | st.just(start - timedelta(hours=24))),
        occurrence=draw(st.none() | days),
    )


regulars = st.builds(
    RegularFacts,
    regular_id=ids,
    weekday=st.integers(0, 6),
    start=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    minutes=st.integers(5, 480),
    every_weeks=st.integers(1, 4),
    first=days,
    until=st.none() | days,
    skipped=st.lists(days, max_size=5).map(tuple),
    sequence=st.integers(0, 99),
)
senders = st.builds(
    SenderFacts,
    therapist_id=ids,
    name=words,
    address=st.sampled_from(["appointments@mail.example.com", "a.b+c@x.example"]),
    zone=st.sampled_from(ZONES),
    office_phone=words,
    phone_note=optional_words,
    crisis_line=optional_words,
    place=optional_words,
    page_url=st.just("https://book.example.com/book/maple"),
)
recipients = st.builds(
    RecipientFacts,
    name=words,
    address=st.just("nora.w@example.com"),
    language=st.sampled_from(["en", "es"]),
    client_id=st.none() | ids,
)


@st.composite
def facts(draw: st.DrawFn) -> MailFacts:
    kind = draw(st.sampled_from(MailKind))
    session = sessions() if kind in NEEDS_SESSION else st.none() | sessions()
    regular = regulars if kind in NEEDS_REGULAR else st.none() | regulars
    return MailFacts(
        kind=kind,
        sender=draw(senders),
        recipient=draw(recipients),
        acted_at=draw(instants),
        session=draw(session),
        old_session=draw(st.none() | sessions()),
        regular=draw(regular),
        by_practice=draw(st.booleans()),
        is_today=draw(st.booleans()),
        message=draw(optional_words),
        change_policy=draw(optional_words),
        sessions=tuple(draw(st.lists(sessions(), max_size=3))),
        open_slots=tuple(draw(st.lists(st.tuples(ids, instants), max_size=3))),
        people=tuple(draw(st.lists(words, max_size=3))),
        counts=draw(st.sampled_from([(), (("opens", 3),), (("booked", 1), ("conflicts", 2))])),
        token=draw(st.none() | st.text("abcXYZ019-_", min_size=1, max_size=150)),
        password=PasswordFacts(
            code=draw(st.text("abcXYZ019", min_size=6, max_size=20)),
            sign_in_name=draw(words),
            username=draw(optional_words),
        ),
        with_calendar_entry=draw(st.booleans()),
        key=draw(optional_words),
        sent_at=draw(st.none() | instants),
    )


@given(facts())
@settings(max_examples=300, deadline=None)
def test_any_mail_is_well_formed(given_facts):
    raw = compose(given_facts)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    mail = read(given_facts)
    for part in mail.walk():
        assert part.defects == []
        assert [value for value in part.values() if getattr(value, "defects", ())] == []
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == given_facts.sender.address
    assert [each.addr_spec for each in mail["To"].addresses] == ["nora.w@example.com"]
    assert not re.search(r"<(img|script|iframe)\b", html_of(mail))
    assert html_of(mail).count("</html>") == 1


@given(facts())
@settings(max_examples=150, deadline=None)
def test_our_own_words_are_kind_and_tell_nothing(given_facts):
    silent = replace(
        given_facts,
        sender=replace(
            given_facts.sender,
            name="Appointments",
            office_phone="1",
            phone_note=None,
            crisis_line=None,
            place=None,
        ),
        recipient=replace(given_facts.recipient, name="Nora Weber"),
        message=None,
        change_policy=None,
        people=("Nora Weber",) * len(given_facts.people),
    )
    mail = read(silent)
    for part in (mail["Subject"], text_of(mail), shown_text(mail)):
        assert not HARSH.search(part)
        assert not TELLING.search(part)
        assert "Weber" not in part
        assert not re.search(r"\bNone\b|\{\{|\}\}", part)


@given(facts())
@settings(max_examples=300, deadline=None)
def test_any_calendar_entry_is_read_by_another_parser(given_facts):
    text = calendar_of(read(replace(given_facts, with_calendar_entry=True)))
    if text is None:
        return
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = vobject.readOne(text)
    is_cancelled = calendar.method.value == "CANCEL"
    assert calendar.method.value in ("REQUEST", "CANCEL")
    assert len({event.uid.value for event in calendar.vevent_list}) == 1
    for event in calendar.vevent_list:
        assert (event.status.value == "CANCELLED") is is_cancelled
        assert event.dtstart.value < event.dtend.value
        assert len(event.contents["sequence"]) == len(event.contents["attendee"]) == 1
        assert event.organizer.value == f"mailto:{given_facts.sender.address}"
        assert not event.organizer.params
    for block in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, flags=re.DOTALL):
        assert block.count("\r\nSEQUENCE:") == block.count("\r\nDTSTAMP:") == 1
