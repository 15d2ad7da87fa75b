"""Every view of the console in the practice `maple`, as scenes. None of them changes anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.console import Staff

Scene = Callable[["Staff"], None]
CONSOLE_SCENES: dict[str, Scene] = {}
"""By name. Somebody has signed in before."""


def _scene(function: Scene) -> Scene:
    CONSOLE_SCENES[function.__name__.replace("_", "-")] = function
    return function


def _view(name: str, path: str, text: str) -> None:
    def show(staff: Staff) -> None:
        staff.go(path)
        staff.sees(text)

    CONSOLE_SCENES[name] = show


_view("week", "week", "Noor Rahman")
_view("coming-week", "week/2026-W50", "Nora Whitfield")
_view("hours", "hours", "Type a time")
_view("regulars", "regulars", "alternates with")
_view("regular-form", "regulars/new", "Last date (optional)")
_view("friday", "friday", "usual clients have no session")
_view("clients", "clients", "Jonas Weber")
_view("client", "clients/client5", "Notice before a change")
_view("mail-comes-back", "clients/client23", "Mail has come back since")
_view("add-clients", "clients/add", "Many at once")
_view("intake", "intake", "Intake")
_view("time-off", "time-off", "Conference in Burlington")
_view("settings", "settings", "Sites that show the widget")
_view("mails", "mails/cancelled", "With made-up people and times")
_view("audit-log", "audit-log", "Time set by hand")


@_scene
def client_details(staff: Staff) -> None:
    staff.go("clients/client8")
    staff.page.get_by_role("button", name="Edit", exact=True).click()
    staff.sees("Everything, with reminders")


@_scene
def free_slot(staff: Staff) -> None:
    staff.go("week")
    staff.page.locator(".cell.open").last.click()
    staff.sees("Hold")


@_scene
def session(staff: Staff) -> None:
    staff.go("week")
    staff.page.locator(".cell.regular").last.click()
    staff.sees("Next session")


@_scene
def cancelling(staff: Staff) -> None:
    session(staff)
    staff.page.locator(".slot-panel").get_by_role("button", name="Cancel").click()
    staff.sees("In whose name?")


@_scene
def free_times(staff: Staff) -> None:
    session(staff)
    staff.page.locator(".slot-panel").get_by_role("button", name="Next session").click()
    staff.page.locator(".free").first.wait_for()


@_scene
def hours_changed(staff: Staff) -> None:
    staff.go("hours")
    staff.button("Type a time").click()
    staff.page.locator("[name=weekday][value=saturday]").check()
    staff.page.locator("form.typing button[type=submit]").click()
    staff.sees("Before you save")


@_scene
def regular_preview(staff: Staff) -> None:
    staff.go("regulars")
    staff.page.get_by_role("link", name="Accept").click()
    staff.page.locator(".facts-list").wait_for()


@_scene
def time_off_form(staff: Staff) -> None:
    staff.go("time-off")
    staff.button("Add time off").click()
    staff.page.locator("[name=cancels]").check()
    staff.page.locator("[name=from]").fill("2026-12-07")
    staff.page.locator("[name=to]").fill("2026-12-08")
    staff.sees("sessions are cancelled")


@_scene
def question(staff: Staff) -> None:
    staff.go("friday")
    staff.button("Release now").click()
    staff.sees("This can't be undone.")


@_scene
def unsaved_settings(staff: Staff) -> None:
    staff.go("settings")
    staff.page.locator("[name=cancellation_notice_hours]").fill("36")
    staff.sees("36 instead of 24")
