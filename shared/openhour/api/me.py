"""A client for the client: everything that the client's page needs at first, and their choices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from typing_extensions import TypedDict

from openhour.api.appointments import (
    AppointmentView,
    StrikesView,
    appointment_view,
    strikes_view,
)
from openhour.api.asked_regulars import AskedRegularView, asked_regular_view
from openhour.api.request_fields import RequestModel, WeekdayName, left_out
from openhour.api.times import Time, format_time
from openhour.rules.clients import Client, Mail
from openhour.rules.mail_stops import MailStop
from openhour.rules.practice import Practice
from openhour.rules.settings import Language, OnStrikeLimit

if TYPE_CHECKING:
    from openhour.rules.notices import Notice
    from openhour.rules.regulars import Regular
    from openhour.use_cases.me import OwnPage

LanguageName = Literal["en", "es"]
MailName = Literal["all", "changes", "none"]
MailStopName = Literal["bounced", "complained"]
PrivilegeName = Literal["active", "suspended", "ended"]
_Span = TypedDict("_Span", {"from": Time, "to": Time})


class NoticeView(_Span):
    """What clients are told about time off."""

    notice: str


class OwnRegularView(TypedDict):
    """A client's regular, for the client."""

    regular_id: str
    weekday: WeekdayName
    start: str
    """The local time at which its sessions start."""
    every_weeks: int
    first: str
    until: str | None


class LateChangesView(StrikesView):
    """A client's late changes that count, and what follows from them."""

    limit_suspends: bool
    """Whether the client has to call to book once `limit` is reached."""
    moves_count: bool
    """Whether a late move counts as a late cancellation does."""


class PreferencesPatch(RequestModel):
    """What a client chooses for themselves. What is left out stays as it is."""

    language: LanguageName | None = None
    """The client's language; null stands for the practice's."""
    mail: MailName = left_out()
    """Which mails the client gets: all, those about changed sessions, or none."""
    calendar_entries: bool = left_out()
    """Whether mails about sessions carry calendar entries."""

    @property
    def changes(self) -> dict[str, Any]:
        """The given choices as the rules have them."""
        return given_choices(self)


def given_choices(patch: RequestModel) -> dict[str, Any]:
    """Return the given fields of a patch, with a client's choices as the rules have them."""
    given = {name: getattr(patch, name) for name in patch.model_fields_set}
    if given.get("language"):
        given["language"] = Language(given["language"])
    if "mail" in given:
        given["mail"] = Mail(given["mail"])
    return given


class PreferencesView(TypedDict):
    """What a client has chosen for themselves."""

    language: LanguageName | None
    """The client's language; null stands for the practice's."""
    mail: MailName
    """Which mails the client gets: all, those about changed sessions, or none."""
    calendar_entries: bool
    """Whether mails about sessions carry calendar entries."""


class MailStopView(TypedDict):
    """Why nothing more is mailed to a client's address."""

    why: MailStopName
    """`bounced`, the address takes no mail; `complained`, a mail was marked as unwanted."""
    since: Time
    """Since when."""


class MeView(PreferencesView):
    """A client, for the client, with upcoming appointments and what clients know of the practice.

    Notice is in hours, grace in minutes.
    """

    now: Time
    """The instant of the answer. Pages go by it instead of the browser's clock."""
    client_id: str
    name: str
    privilege: PrivilegeName
    strikes: StrikesView
    late_changes: LateChangesView
    """The late changes that count, and what follows from them."""
    max_per_week: int
    """How many sessions a week this client may book."""
    appointments: list[AppointmentView]
    """The upcoming appointments, in order of time."""
    ended: list[AppointmentView]
    """The sessions of the coming weeks that were cancelled, in order of time."""
    regulars: list[OwnRegularView]
    """The client's regulars that have not ended, by weekday and start."""
    regular_request: AskedRegularView | None
    """The session that the client asks to repeat, until it has ended or repeats; null for none."""
    therapist_id: str
    practice_name: str
    """The practice's name."""
    practice_language: LanguageName
    """The language of clients who have chosen none."""
    timezone: str | None
    office_phone: str | None
    """The number to call."""
    phone_note: str | None
    """Shown with the phone, such as when the office calls back."""
    crisis_line: str | None
    """Whom to turn to in a crisis."""
    place: str | None
    """Where sessions take place."""
    place_in_mail: bool
    """Whether mails and calendar entries say so."""
    change_policy: str | None
    """The rule of late changes, shown when booking and cancelling late."""
    privacy_url: str | None
    """The https address of the practice's privacy notice."""
    self_scheduling: bool
    booking_notice_hours: int
    """Hours before its start until which a slot may be booked."""
    cancellation_notice_hours: int
    """A cancellation with fewer hours of notice is late."""
    grace_minutes: int
    """Minutes after a booking in which cancelling is never late."""
    release_weekday: WeekdayName
    """The weekday on which new times usually open."""
    release_time: str
    """The local time at which new times usually open."""
    notices: list[NoticeView]
    """What the therapist tells clients about the time off that lasts."""
    mail_stopped: MailStopName | None
    """Why nothing is mailed to the client: mail came back, or was marked as unwanted; or null."""


def me_view(page: OwnPage, *, now: datetime) -> MeView:
    """Return a client's view of themselves, with what all clients are told now."""
    practice, client = page.practice, page.client
    return {
        "now": format_time(now, practice.zone),
        "client_id": client.client_id,
        "name": client.name,
        "privilege": client.privilege.value,
        **preferences_view(client),
        "strikes": strikes_view(client, practice, now=now),
        "late_changes": {
            **strikes_view(client, practice, now=now),
            "limit_suspends": practice.on_strike_limit is OnStrikeLimit.SUSPEND,
            "moves_count": practice.late_move_is_strike,
        },
        "max_per_week": client.weekly_limit(practice),
        "appointments": [appointment_view(each, practice) for each in page.booked],
        "ended": [appointment_view(each, practice) for each in page.ended],
        "regulars": [_own_regular_view(each) for each in page.regulars],
        "regular_request": asked_regular_view(page.asked, practice),
        "therapist_id": practice.therapist_id,
        "practice_name": practice.name,
        "practice_language": practice.language.value,
        "timezone": practice.timezone,
        "office_phone": practice.office_phone,
        "phone_note": practice.phone_note,
        "crisis_line": practice.crisis_line,
        "place": practice.place,
        "place_in_mail": practice.place_in_mail,
        "change_policy": practice.change_policy,
        "privacy_url": practice.privacy_url,
        "self_scheduling": practice.self_scheduling,
        "booking_notice_hours": practice.booking_notice_hours,
        "cancellation_notice_hours": practice.cancellation_notice_hours,
        "grace_minutes": practice.grace_minutes,
        "release_weekday": practice.release.weekday,
        "release_time": f"{practice.release.time:%H:%M}",
        "notices": [_notice_view(n, practice) for n in practice.notices if n.lasts_at(now)],
        "mail_stopped": client.mail_stopped.reason.value if client.mail_stopped else None,
    }


def preferences_view(client: Client) -> PreferencesView:
    """Return what a client has chosen for themselves."""
    return {
        "language": client.language.value if client.language else None,
        "mail": client.mail.value,
        "calendar_entries": client.calendar_entries,
    }


def mail_stop_view(stop: MailStop | None, practice: Practice) -> MailStopView | None:
    """Return the view of why nothing is mailed to a client."""
    if stop is None:
        return None
    return {"why": stop.reason.value, "since": format_time(stop.at, practice.zone)}


def _own_regular_view(regular: Regular) -> OwnRegularView:
    return {
        "regular_id": regular.regular_id,
        "weekday": regular.weekday,
        "start": f"{regular.start:%H:%M}",
        "every_weeks": regular.every_weeks,
        "first": regular.first.isoformat(),
        "until": regular.until.isoformat() if regular.until else None,
    }


def _notice_view(notice: Notice, practice: Practice) -> NoticeView:
    return {
        "from": format_time(notice.begins, practice.zone),
        "to": format_time(notice.ends, practice.zone),
        "notice": notice.text,
    }
