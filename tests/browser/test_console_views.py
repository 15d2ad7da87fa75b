"""Hours, regulars, Friday, time off, settings and the record, as the therapist uses them."""

from __future__ import annotations

import pytest

from infra.seed import at
from openhour import clock


@pytest.fixture
def ada(practice, staff):
    """A therapist who has signed in."""
    return staff(practice).sign_in()


def hours(practice):
    found = practice.therapist("GET", "/practice")["hours"]
    return {(each["weekday"], each["start"]): each["prime"] for each in found}


# ---------------------------------------------------------------- hours


def test_hours_are_painted_with_the_keyboard_and_seen_before_they_are_saved(practice, ada):
    ada.go("hours")
    ada.page.locator("[data-place][tabindex='0']").focus()
    for _ in range(5):
        ada.page.keyboard.press("ArrowRight")
    assert "Saturday, 9:00" in ada.focused()
    ada.page.keyboard.press("Space")
    ada.sees("Before you save", "1 time added", "Nothing that is booked is in the way")
    ada.page.get_by_text("Prime", exact=True).first.click()
    ada.page.locator("[data-place][tabindex='0']").focus()
    ada.page.keyboard.press("Space")
    ada.button("Save hours").click()
    ada.toast("The hours are saved.")
    assert hours(practice)["saturday", "09:00"] is True


def test_dragging_paints_one_time_after_another_with_the_break_between(practice, ada):
    ada.go("hours")
    cells = [ada.page.locator(f"[data-place='6-{minute}']") for minute in (540, 600, 660)]
    cells[0].hover()
    ada.page.mouse.down()
    for cell in cells[1:]:
        cell.hover()
    ada.page.mouse.up()
    ada.sees("3 times added")
    ada.button("Save hours").click()
    ada.toast("The hours are saved.")
    painted = [start for weekday, start in hours(practice) if weekday == "sunday"]
    assert painted == ["09:00", "10:00", "11:00"]


def test_a_time_that_goes_names_who_is_booked_in_it(practice, ada):
    ada.go("hours")
    ada.page.get_by_text("Erase", exact=True).click()
    ada.page.locator("[data-place='1-990']").click()
    ada.sees("1 time goes", "stand in the way", "Nora Whitfield")
    ada.button("Discard").click()
    ada.page.get_by_text("1 time goes").wait_for(state="hidden")


def test_a_typed_time_that_overlaps_says_where(practice, ada):
    ada.go("hours")
    ada.button("Type a time").click()
    ada.page.locator("[name=start]").fill("11:30")
    ada.page.locator("[name=weekday][value=monday]").check()
    ada.page.locator("form.typing button[type=submit]").click()
    ada.sees("Something is in the way on Monday.")


def test_hours_that_somebody_else_changed_are_not_lost(practice, ada):
    ada.go("hours")
    ada.page.locator("[data-place='5-540']").click()
    ada.sees("1 time added")
    practice.therapist("PATCH", "/practice", {"grace_minutes": 20})
    ada.expected += ("412",)
    ada.button("Save hours").click()
    ada.sees("Somebody else changed this meanwhile.")
    ada.button("Save hours").click()
    ada.toast("The hours are saved.")
    assert ("saturday", "09:00") in hours(practice)


# ---------------------------------------------------------------- regulars


def test_a_regular_is_entered_and_the_taken_time_names_who_has_it(practice, ada):
    ada.go("regulars/new/peter")
    ada.expected += ("409",)
    ada.page.locator("[name=time]").select_option("tuesday 16:30")
    ada.sees("Nora Whitfield has this time")
    ada.page.locator("[name=time]").select_option("thursday 14:00")
    ada.page.locator(".facts-list").wait_for()
    ada.button("Save").click()
    ada.toast("Peter Novak's repeating time is saved.")
    ada.sees("Thursday", "Peter Novak")


def test_the_free_half_of_an_alternating_time_is_offered(practice, ada):
    found = practice.therapist("GET", "/practice/regulars")["regulars"][0]
    body = {key: found[key] for key in ("client_id", "weekday", "start", "first", "until")}
    path = f"/practice/regulars/{found['regular_id']}"
    practice.therapist("PUT", path, {**body, "every_weeks": 2})
    ada.go("regulars")
    ada.page.get_by_role("link", name="Fill the other weeks").click()
    ada.page.locator("#client-search").fill("peter")
    ada.page.locator("[role=option]").first.click()
    assert ada.page.locator("[name=first]").input_value() == "2026-12-15"
    assert ada.page.locator("[name=every_weeks]").input_value() == "2"
    ada.page.locator(".facts-list").wait_for()
    ada.button("Save").click()
    ada.toast("Peter Novak's repeating time is saved.")
    ada.sees("alternates with Peter Novak")


def test_ending_a_regular_says_how_many_sessions_go(practice, ada):
    ada.go("regulars")
    ada.button("End Nora Whitfield's repeating time").click()
    ada.sees("will be taken off the calendar")
    ada.button("End Nora Whitfield's time").click()
    ada.toast("Nora Whitfield's repeating time has ended.")
    assert practice.therapist("GET", "/practice/regulars")["regulars"] == []


# ---------------------------------------------------------------- Friday


@pytest.fixture
def friday(practice, ada):
    """A therapist who looks at Friday, with one prime time held and one usual client."""
    entries = practice.therapist("GET", "/practice")["hours"]
    entries.append({"weekday": "thursday", "start": "17:30", "minutes": 50, "prime": True})
    practice.therapist("PUT", "/practice/hours", {"hours": entries})
    practice.therapist("PATCH", "/practice/clients/peter", {"usual": True})
    ada.go("friday")
    return ada


def test_friday_keeps_a_time_back_and_lets_it_open_again(practice, friday):
    friday.sees("1 held time will open", "1 usual client has no session")
    friday.button("Keep back Thursday, December 10, 5:30").click()
    friday.sees("0 held times will open", "Stays held: kept back by you")
    friday.button("Undo").click()
    friday.toast("Undone.")
    friday.button("Keep back Thursday, December 10, 5:30").click()
    friday.button("Let it open Thursday, December 10, 5:30").click()
    friday.sees("1 held time will open")


def test_friday_books_a_usual_client_in_one_tap(practice, friday):
    friday.button("pm Peter Novak").click()
    friday.toast("Peter Novak is booked")
    friday.sees("Every usual client has a session in this week.")


def test_the_week_is_released_before_friday_after_one_question(practice, friday):
    friday.button("Release now").click()
    friday.sees("Open 1 held time now?", "can't be undone")
    friday.button("Open 1 time").click()
    friday.toast("1 time is open.")
    slots = practice.therapist("GET", "/practice/calendar?week=2026-W50")["slots"]
    assert {slot["state"] for slot in slots if slot["prime"]} == {"open"}


# ---------------------------------------------------------------- time off


def test_whole_days_off_name_who_would_be_cancelled_and_whom_to_call(practice, ada):
    practice.therapist("PATCH", "/practice", {"mail_from": "2026-11-01"})
    clock.set_now(at("2026-12-07 18:00"))
    ada.page.reload()
    ada.go("time-off")
    ada.button("Add time off").click()
    ada.page.locator("[name=from]").fill("2026-12-08")
    ada.page.locator("[name=to]").fill("2026-12-08")
    ada.sees("1 session stays, for you to settle", "Nora Whitfield")
    ada.page.locator("[name=cancels]").check()
    ada.sees("1 session is cancelled")
    ada.page.locator("[name=notice]").fill("Away until Wednesday.")
    ada.button("Save").click()
    ada.sees("Cancel 1 session?", "Nora Whitfield will be told.", "can't be undone")
    ada.button("Cancel 1 session").click()
    ada.sees("Please call", "Nora Whitfield")
    ada.page.get_by_label("Nora Whitfield").check()
    ended = practice.therapist("GET", "/practice/clients/nora")["appointments"]
    assert "cancelled" in {each["status"] for each in ended}
    ada.button("Give back Tuesday, December 8").click()
    ada.page.get_by_role("dialog").get_by_role("button", name="Give back").click()
    ada.toast("The time is back.")


def test_being_ill_today_is_one_act_that_names_who_will_be_told(practice, ada):
    clock.set_now(at("2026-12-08 09:00"))
    ada.page.reload()
    ada.go("time-off")
    ada.button("I'm ill today").click()
    ada.sees("Cancel 1 session?", "The rest of today is cancelled for Nora Whitfield.")
    ada.button("Cancel 1 session").click()
    ada.toast("The time off is saved.")
    ada.sees("Please call")
    ended = practice.therapist("GET", "/practice/clients/nora")["appointments"]
    assert [each["ended_by"] for each in ended if each["status"] == "cancelled"] == ["therapist"]


def test_a_time_that_the_clocks_skip_is_refused_beside_its_field(practice, ada):
    ada.go("time-off")
    ada.button("Add time off").click()
    ada.page.locator("[name=kind][value=hours]").check()
    ada.page.locator("[name=from]").fill("2027-03-14")
    ada.page.locator("[name=start]").fill("02:30")
    ada.sees("This time does not exist: choose another.")


# ---------------------------------------------------------------- settings


def test_a_setting_is_saved_with_its_effect_and_its_old_value(practice, ada):
    ada.go("settings")
    ada.page.locator("[name=cancellation_notice_hours]").fill("36")
    ada.sees("Notice to cancel: 36 instead of 24.", "keep what their clients were told", "was 24")
    ada.page.locator(".save-bar").get_by_role("button", name="Save").click()
    ada.toast("The settings are saved.")
    assert practice.therapist("GET", "/practice")["cancellation_notice_hours"] == 36


def test_a_number_out_of_bounds_is_refused_beside_its_field(ada):
    ada.go("settings")
    ada.page.locator("[name=grace_minutes]").fill("121")
    ada.page.locator(".save-bar").get_by_role("button", name="Save").click()
    ada.sees("A whole number from 0 to 120, please.")
    ada.waits_for_focus("Minutes of grace")


def test_what_the_api_refuses_stands_beside_its_field(ada):
    ada.go("settings")
    ada.page.locator("[name=privacy_url]").fill("http://maple.example")
    ada.expected += ("422",)
    ada.page.locator(".save-bar").get_by_role("button", name="Save").click()
    ada.waits_for_focus("Privacy notice")
    assert ada.page.locator("#privacy_url-error").inner_text()


def test_settings_that_somebody_else_changed_keep_what_was_typed(practice, ada):
    ada.go("settings")
    ada.page.locator("[name=grace_minutes]").fill("30")
    practice.therapist("PATCH", "/practice", {"place": "Room 7"})
    ada.expected += ("412",)
    save = ada.page.locator(".save-bar").get_by_role("button", name="Save")
    save.click()
    ada.sees("Somebody else changed this meanwhile.")
    assert ada.page.locator("[name=place]").input_value() == "Room 7"
    assert ada.page.locator("[name=grace_minutes]").input_value() == "30"
    save.click()
    ada.toast("The settings are saved.")
    assert practice.therapist("GET", "/practice")["grace_minutes"] == 30


def test_the_switch_says_what_is_left_and_goes_on_when_nothing_is(practice, ada):
    ada.go("settings")
    switch = ada.page.get_by_role("switch")
    switch.click()
    ada.toast("Self-scheduling is off.")
    switch.click()
    ada.sees("Tick that all your regulars are on the calendar.")
    ada.page.locator("[name=regulars_entered]").check()
    switch.click()
    ada.toast("Self-scheduling is on.")
    assert practice.therapist("GET", "/practice")["self_scheduling"] is True


def test_the_record_says_who_did_what(practice, ada):
    practice.therapist("PATCH", "/practice/clients/peter", {"usual": True})
    ada.go("audit-log")
    ada.sees("Client changed", "Peter Novak")
    ada.page.locator("[name=since]").fill("2026-12-02")
    ada.sees("Client changed")
