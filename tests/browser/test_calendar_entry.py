"""A client adds a session to their own calendar, by a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import icalendar

from tests.browser.practices import NORA, PETER
from tests.browser.scenes import FRIDAY


def saved(visitor, name):
    """Press a button that saves an entry; returns the event and the file's name."""
    with visitor.page.expect_download() as waiting:
        visitor.button(name).click()
    content = Path(waiting.value.path()).read_bytes()
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    assert "METHOD" not in calendar
    (event,) = calendar.walk("VEVENT")
    return event, waiting.value.suggested_filename


def test_a_booked_session_is_saved_and_tells_nothing(practice, visitors):
    peter = visitors(practice).sign_in(PETER)
    peter.button(FRIDAY).click()
    peter.button("Book session").click()
    peter.heading("You're booked").wait_for()
    event, name = saved(peter, "Add to calendar: Friday, December 4, 1:00 pm")
    (booked,) = practice.client(PETER, "GET", "/me")["appointments"]
    assert name == "appointment.ics"
    assert (event["UID"], event["SEQUENCE"]) == (booked["uid"], 0)
    assert event["DTSTART"].dt == datetime(2026, 12, 4, 18, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 12, 4, 18, 50, tzinfo=UTC)
    assert (event["SUMMARY"], event["CLASS"]) == ("Appointment", "PRIVATE")
    assert {"LOCATION", "DESCRIPTION", "ATTENDEE", "ORGANIZER", "URL"}.isdisjoint(event)


def test_a_moved_session_replaces_its_entry(practice, visitors):
    peter = visitors(practice).sign_in(PETER)
    slot = peter.slot_id(FRIDAY)
    booked = practice.client(PETER, "POST", "/appointments", {"slot_id": slot})
    other = next(
        each["slot_id"]
        for each in practice.client(PETER, "GET", "/slots?from=2026-12-03&to=2026-12-12")["slots"]
        if each["slot_id"] != slot
    )
    path = f"/appointments/{booked['appointment_id']}/move"
    practice.client(PETER, "POST", path, {"slot_id": other})
    peter.page.reload()
    peter.heading("Your next session").wait_for()
    peter.button(": menu").click()
    peter.root.locator("#menu").get_by_role("button", name="All sessions").click()
    event, _ = saved(peter, "Add to calendar")
    assert (event["UID"], event["SEQUENCE"]) == (booked["appointment_id"], 1)


def test_every_session_can_be_added_in_spanish_with_the_place_where_mails_say_it(
    practice, visitors
):
    place = '218 Maple Street, Room 2; "Süd" \\ ' + "ü" * 60
    practice.therapist("PATCH", "/practice", {"place": place, "place_in_mail": True})
    practice.client(NORA, "PATCH", "/me", {"language": "es"})
    nora = visitors(practice).sign_in(NORA)
    nora.button("Todas las sesiones").first.click()
    buttons = nora.root.get_by_role("button", name="Añadir al calendario")
    sessions = practice.client(NORA, "GET", "/me")["appointments"]
    assert buttons.count() == len(sessions) > 1
    first = buttons.first
    first.focus()
    with nora.page.expect_download() as waiting:
        nora.page.keyboard.press("Enter")
    calendar = icalendar.Calendar.from_ical(Path(waiting.value.path()).read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert waiting.value.suggested_filename == "cita.ics"
    assert (event["SUMMARY"], event["LOCATION"]) == ("Cita", place)
    assert event["UID"] == sessions[0]["uid"]
