"""Mapping between the tables' rows and the rules' values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, overload

from openhour.rules.appointments import Appointment, Party, Status, client_id_in
from openhour.rules.asked_regulars import AskedRegular, AskedState
from openhour.rules.clients import Client, DischargeReason, Mail, Privilege, Strike, Tally
from openhour.rules.contacts import ReturningRegistration
from openhour.rules.hours import Entry
from openhour.rules.logins import LoginRole, PracticeLogin
from openhour.rules.mail_stops import MailStop, StopReason
from openhour.rules.notices import Notice
from openhour.rules.practice import Practice
from openhour.rules.registrations import Registration
from openhour.rules.regulars import Regular
from openhour.rules.settings import Language, settings_from_json, settings_to_json
from openhour.rules.slots import Slot, SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import Week, parse_time
from openhour.rules.zones import ZoneData
from openhour.store.models import (
    AppointmentRow,
    ClientRow,
    PracticeLoginRow,
    PracticeRow,
    RegistrationRow,
    RegularRow,
    ReturningRow,
    SlotRow,
    TimeOffRow,
)
from openhour.store.tables import Row

_SETTINGS_COLUMNS = ("name", "timezone", "office_phone")
"""The settings with columns of their own. All others are in the column `settings`."""
_TALLY = ("booked", "cancelled", "late_cancelled", "moved", "no_shows", "cancelled_by_therapist")


def owner_of(therapist_id: str, client_id: str) -> str:
    """Return the hash key of a client's appointments."""
    return f"{therapist_id}#{client_id}"


def practice_from_row(row: PracticeRow) -> Practice:
    """Return the practice of a row. A setting that the row lacks has its default."""
    columns = {name: getattr(row, name) for name in _SETTINGS_COLUMNS}
    return Practice(
        therapist_id=row.therapist_id,
        self_scheduling=row.self_scheduling,
        hours=tuple(Entry.parse(*entry, prime=prime) for *entry, prime in row.hours),
        released_through=_week(row.released_through),
        released_at=row.released_at,
        release_due=row.release_due,
        published_through=_week(row.published_through),
        version=int(row.version),
        plan=int(row.plan),
        planned=int(row.planned),
        discharging=frozenset(row.discharging or ()),
        sick_days=frozenset(row.sick_days or ()),
        removed_at=row.removed_at,
        zone_data=ZoneData.parse(row.zone_data) if row.zone_data else None,
        notices=tuple(map(_notice, row.notices or ())),
        logins=tuple((login_id, LoginRole(role)) for login_id, role in row.logins or ()),
        **settings_from_json({**row.settings, **columns}),
    )


def notices_column(notices: tuple[Notice, ...]) -> list[list[str]] | None:
    """Return notices as a practice's row holds them: None if there are none."""
    return [[n.begins.isoformat(), n.ends.isoformat(), n.text] for n in notices] or None


def logins_column(practice: Practice) -> list[list[str]] | None:
    """Return the logins as a practice's row holds them: None if there are none."""
    return [[login_id, role.value] for login_id, role in practice.logins] or None


def _notice(column: list[str]) -> Notice:
    begins, ends, text = column
    return Notice(
        begins=datetime.fromisoformat(begins), ends=datetime.fromisoformat(ends), text=text
    )


def settings_columns(practice: Practice) -> dict[str, Any]:
    """Return the columns of a practice's settings and hours."""
    settings = settings_to_json(practice)
    columns = {name: settings.pop(name) for name in _SETTINGS_COLUMNS}
    return {
        **columns,
        "self_scheduling": practice.self_scheduling,
        "hours": [[e.weekday, f"{e.start:%H:%M}", e.minutes, e.prime] for e in practice.hours],
        "settings": settings,
    }


def login_from_row(row: PracticeLoginRow) -> PracticeLogin:
    """Return the login of a row."""
    return PracticeLogin(
        login_id=row.login_id,
        username=row.username,
        name=row.name,
        email=row.email,
        role=LoginRole(row.role),
        created_at=row.created_at,
        invited_at=row.invited_at,
        removed_at=row.removed_at,
    )


def login_row(therapist_id: str, login: PracticeLogin) -> PracticeLoginRow:
    """Return the row of a login."""
    return PracticeLoginRow(
        therapist_id,
        login.login_id,
        username=login.username,
        name=login.name,
        email=login.email,
        role=login.role,
        created_at=login.created_at,
        invited_at=login.invited_at,
        removed_at=login.removed_at,
    )


def slot_from_row(row: SlotRow) -> Slot:
    """Return the slot of a row."""
    return Slot(
        slot_id=row.slot_id,
        week=Week.parse(row.week),
        minutes=int(row.minutes),
        state=SlotState(row.state),
        returns_to=SlotState(row.returns_to),
        prime=row.prime,
        extra=bool(row.extra),
        manual_state=SlotState(row.manual_state) if row.manual_state else None,
        manual_state_at=row.manual_state_at,
        note=row.note,
        client_id=row.client_id,
        appointment_id=row.appointment_id,
        regular_id=row.regular_id,
        local_start=_local_start(row.local_start),
        waiting_since=row.waiting_since,
        confirmed_at=row.confirmed_at,
        revision=int(row.revision),
    )


def slot_row(therapist_id: str, slot: Slot) -> SlotRow:
    """Return the row of a slot."""
    return SlotRow(
        therapist_id,
        slot.slot_id,
        week=str(slot.week),
        minutes=slot.minutes,
        state=slot.state,
        returns_to=slot.returns_to,
        prime=slot.prime,
        extra=slot.extra or None,
        manual_state=slot.manual_state,
        manual_state_at=slot.manual_state_at,
        note=slot.note,
        client_id=slot.client_id,
        appointment_id=slot.appointment_id,
        regular_id=slot.regular_id,
        local_start=format_local_start(slot.local_start),
        waiting_since=slot.waiting_since,
        confirmed_at=slot.confirmed_at,
        revision=slot.revision,
    )


@overload
def format_local_start(local_start: datetime) -> str: ...
@overload
def format_local_start(local_start: None) -> None: ...
@overload
def format_local_start(local_start: datetime | None) -> str | None: ...
def format_local_start(local_start: datetime | None) -> str | None:
    """Return a wall-clock start as rows hold it, such as `2026-11-24T17:30`."""
    return local_start.isoformat(timespec="minutes") if local_start else None


def client_from_row(row: ClientRow) -> Client:
    """Return the client of a row."""
    return Client(
        client_id=row.client_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        login=row.login,
        created_at=row.created_at,
        registered_online=bool(row.registered_online or row.new),
        invited_at=row.invited_at,
        welcomed_at=row.welcomed_at,
        signed_in_at=row.signed_in_at,
        resend_asked_at=tuple(map(datetime.fromisoformat, row.resend_asked_at or ())),
        privilege=Privilege(row.privilege),
        reason=row.reason,
        suspended_by_strike=row.suspended_by_strike,
        discharge_reason=_discharge_reason(row.discharge_reason),
        discharged_at=row.discharged_at,
        flag_seen_at=row.flag_seen_at,
        may_sign_in=row.may_sign_in,
        new=bool(row.new),
        restored_at=row.restored_at,
        usual=row.usual,
        max_per_week=int(row.max_per_week) if row.max_per_week else None,
        weeks={week: int(count) for week, count in row.weeks.attribute_values.items()},
        strikes=tuple(
            Strike(appointment_id=name, at=datetime.fromisoformat(at)) for name, at in row.strikes
        ),
        notices=tuple(row.notices),
        tally=Tally(**{name: int(getattr(row, name)) for name in _TALLY}),
        notify=bool(row.notify),
        regulars=_copied_regulars(row),
        asked_regular=_asked_regular(row.asked_regular),
        language=Language(row.language) if row.language else None,
        mail=Mail(row.mail) if row.mail else Mail.ALL,
        calendar_entries=bool(row.calendar_entries),
        mail_stopped=_mail_stop(row.mail_stopped),
        mail_resumed_at=row.mail_resumed_at,
        revision=int(row.revision),
    )


def client_row(therapist_id: str, client: Client) -> ClientRow:
    """Return the row of a client."""
    return ClientRow(
        therapist_id,
        client.client_id,
        name=client.name,
        email=client.email,
        phone=client.phone,
        login=client.login,
        created_at=client.created_at,
        registered_online=client.registered_online or None,
        invited_at=client.invited_at,
        welcomed_at=client.welcomed_at,
        signed_in_at=client.signed_in_at,
        resend_asked_at=instants_column(client.resend_asked_at) or None,
        privilege=client.privilege,
        reason=client.reason,
        suspended_by_strike=client.suspended_by_strike,
        discharge_reason=client.discharge_reason,
        discharged_at=client.discharged_at,
        flag_seen_at=client.flag_seen_at,
        may_sign_in=client.may_sign_in,
        new=client.new or None,
        restored_at=client.restored_at,
        usual=client.usual,
        max_per_week=client.max_per_week,
        notify=client.notify or None,
        regulars=_regulars_column(client.regulars),
        asked_regular=_asked_regular_column(client.asked_regular),
        language=client.language,
        mail=None if client.mail is Mail.ALL else client.mail,
        calendar_entries=client.calendar_entries or None,
        mail_stopped=_mail_stop_column(client.mail_stopped),
        mail_resumed_at=client.mail_resumed_at,
        revision=client.revision,
        **record_columns(client),
    )


def _discharge_reason(text: str | None) -> DischargeReason | None:
    return DischargeReason(text) if text else None


def _mail_stop(column: list[str] | None) -> MailStop | None:
    if column is None:
        return None
    reason, at = column
    return MailStop(reason=StopReason(reason), at=datetime.fromisoformat(at))


def _mail_stop_column(stop: MailStop | None) -> list[str] | None:
    return [stop.reason.value, stop.at.isoformat()] if stop else None


def _regulars_column(regulars: tuple[Regular, ...] | None) -> list[list[Any]] | None:
    """Return a client's regulars as the client's row holds them."""
    if regulars is None:
        return None
    return [
        [
            each.regular_id,
            each.weekday,
            f"{each.start:%H:%M}",
            each.every_weeks,
            each.first.isoformat(),
            each.until.isoformat() if each.until else None,
        ]
        for each in regulars
    ]


def _copied_regulars(row: ClientRow) -> tuple[Regular, ...] | None:
    if row.regulars is None:
        return None
    return tuple(
        Regular(
            regular_id=regular_id,
            client_id=row.client_id,
            weekday=weekday,
            start=parse_time(start),
            every_weeks=every_weeks,
            first=date.fromisoformat(first),
            until=date.fromisoformat(until) if until else None,
        )
        for regular_id, weekday, start, every_weeks, first, until in row.regulars
    )


def _asked_regular_column(asked: AskedRegular | None) -> dict[str, Any] | None:
    """Return what a client asks for as the client's row holds it."""
    if asked is None:
        return None
    return {
        "appointment_id": asked.appointment_id,
        "every_weeks": asked.every_weeks,
        "local_start": format_local_start(asked.local_start),
        "asked_at": asked.asked_at.isoformat(),
        "state": asked.state.value,
    }


def _asked_regular(column: Mapping[str, Any] | None) -> AskedRegular | None:
    if column is None:
        return None
    return AskedRegular(
        appointment_id=column["appointment_id"],
        every_weeks=column["every_weeks"],
        local_start=datetime.fromisoformat(column["local_start"]),
        asked_at=datetime.fromisoformat(column["asked_at"]),
        state=AskedState(column["state"]),
    )


def record_columns(client: Client) -> dict[str, Any]:
    """Return the columns of a client's session counts and strikes."""
    return {
        "weeks": dict(client.weeks),
        "strikes": strikes_column(client.strikes),
        "notices": list(client.notices),
        **{name: getattr(client.tally, name) for name in _TALLY},
    }


def instants_column(instants: tuple[datetime, ...]) -> list[str]:
    """Return instants as a client's row holds them."""
    return [instant.isoformat() for instant in instants]


def strikes_column(strikes: tuple[Strike, ...]) -> list[list[str]]:
    """Return strikes as a client's row holds them."""
    return [[strike.appointment_id, strike.at.isoformat()] for strike in strikes]


def returning_from_row(row: ReturningRow) -> ReturningRegistration:
    """Return the registration of a row."""
    return ReturningRegistration(
        registration_id=row.client_id.removeprefix(ReturningRow.key_prefix),
        client_id=row.owner,
        name=row.name,
        email=row.address,
        phone=row.phone,
        at=row.at,
    )


def returning_row(therapist_id: str, registration: ReturningRegistration) -> ReturningRow:
    """Return the row of a registration."""
    return ReturningRow(
        therapist_id,
        f"{ReturningRow.key_prefix}{registration.registration_id}",
        owner=registration.client_id,
        name=registration.name,
        address=registration.email,
        phone=registration.phone,
        at=registration.at,
    )


def registration_from_row(row: RegistrationRow) -> Registration:
    """Return the registration of a row, confirmed or not."""
    return Registration(
        digest=row.registration_key,
        email=row.email,
        name=row.name,
        phone=row.phone,
        language=Language(row.language) if row.language else None,
        asked_at=row.asked_at,
        owners=frozenset(row.owners or ()),
        token_hashes=frozenset(row.token_hashes or ()),
        client_id=row.client_id,
    )


def registration_row(therapist_id: str, registration: Registration) -> RegistrationRow:
    """Return the row of a registration that has just been made."""
    language = registration.language
    return RegistrationRow(
        therapist_id,
        registration.digest,
        email=registration.email,
        name=registration.name,
        phone=registration.phone,
        language=language.value if language else None,
        asked_at=registration.asked_at,
        expires_at=registration.expires_at,
    )


def appointment_from_row(row: AppointmentRow) -> Appointment:
    """Return the appointment of a row.

    A client's page begins with a list of them. So columns are read past PynamoDB's descriptors,
    which take half of the time.
    """
    columns = row.attribute_values
    column = columns.get
    return Appointment(
        appointment_id=columns["appointment_id"],
        client_id=client_id_in(columns["appointment_id"]) or "",
        minutes=int(columns["minutes"]),
        made_at=columns["made_at"],
        local_start=_local_start(column("local_start")),
        status=Status(columns["status"]),
        regular_id=column("regular_id"),
        ended_at=column("ended_at"),
        ended_by=Party(ended_by) if (ended_by := column("ended_by")) else None,
        late=bool(column("late")),
        strike=bool(column("strike")),
        waived=bool(column("waived")),
        by_plan=bool(column("by_plan")),
        moved_to=column("moved_to"),
        time_off_id=column("time_off_id"),
        message=column("message"),
        promised_free_until=column("promised_free_until"),
        moved_late_at=column("moved_late_at"),
        move_strike=bool(column("move_strike")),
        told_at=column("told_at"),
        notify=column("notify") is not False,
        made_by=Party(made_by) if (made_by := column("made_by")) else Party.CLIENT,
        uid=column("uid"),
        sequence=int(column("sequence") or 0),
        moved_from=column("moved_from"),
    )


def regular_from_row(row: RegularRow) -> Regular:
    """Return the regular of a row."""
    return Regular(
        regular_id=row.regular_id,
        client_id=row.client_id,
        weekday=row.weekday,
        start=parse_time(row.start),
        every_weeks=int(row.every_weeks),
        first=date.fromisoformat(row.first),
        until=date.fromisoformat(row.until) if row.until else None,
        exceptions=frozenset(_exception(text) for text in row.exceptions or ()),
        entered_at=row.entered_at,
        ended=row.ended,
        ended_at=row.ended_at,
        notify=row.notify is not False,
        sequence=int(row.sequence or 0),
    )


def regular_row(therapist_id: str, regular: Regular) -> RegularRow:
    """Return the row of a regular."""
    return RegularRow(
        therapist_id,
        regular.regular_id,
        client_id=regular.client_id,
        weekday=regular.weekday,
        start=f"{regular.start:%H:%M}",
        every_weeks=regular.every_weeks,
        first=regular.first.isoformat(),
        until=regular.until.isoformat() if regular.until else None,
        exceptions={format_exception(*each) for each in regular.exceptions} or None,
        entered_at=regular.entered_at,
        ended=regular.ended,
        ended_at=regular.ended_at,
        notify=regular.notify,
        sequence=regular.sequence,
    )


def format_exception(client_id: str, day: date) -> str:
    """Return a client's exception as a regular's row holds it."""
    return f"{day.isoformat()}#{client_id}"


def _exception(text: str) -> tuple[str, date]:
    day, _, client_id = text.partition("#")
    return client_id, date.fromisoformat(day)


def time_off_from_row(row: TimeOffRow) -> TimeOff:
    """Return the time off of a row."""
    return TimeOff(
        time_off_id=row.time_off_id,
        begins=row.begins,
        ends=row.ends,
        made_at=row.made_at,
        cancel_booked=row.cancel_booked,
        message=row.message,
        notify=row.notify is not False,
        notice=row.notice,
        note=row.note,
        sessions=frozenset(row.sessions or ()),
    )


def time_off_row(therapist_id: str, time_off: TimeOff) -> TimeOffRow:
    """Return the row of time off."""
    return TimeOffRow(
        therapist_id,
        time_off.time_off_id,
        begins=time_off.begins,
        ends=time_off.ends,
        made_at=time_off.made_at,
        cancel_booked=time_off.cancel_booked,
        message=time_off.message,
        notify=None if time_off.notify else False,
        notice=time_off.notice,
        note=time_off.note,
        sessions=set(time_off.sessions) or None,
    )


def appointment_row(therapist_id: str, appointment: Appointment, week: Week) -> AppointmentRow:
    """Return the row of an appointment of `week`."""
    return AppointmentRow(
        owner_of(therapist_id, appointment.client_id),
        appointment.appointment_id,
        therapist_id=therapist_id,
        week=str(week),
        minutes=appointment.minutes,
        made_at=appointment.made_at,
        local_start=format_local_start(appointment.local_start),
        status=appointment.status,
        regular_id=appointment.regular_id,
        promised_free_until=appointment.promised_free_until,
        moved_late_at=appointment.moved_late_at,
        move_strike=appointment.move_strike or None,
        notify=None if appointment.notify else False,
        made_by=None if appointment.made_by is Party.CLIENT else appointment.made_by,
        uid=appointment.uid,
        sequence=appointment.sequence or None,
        moved_from=appointment.moved_from,
    )


def _local_start(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _week(text: str | None) -> Week | None:
    return Week.parse(text) if text else None


_FROM_ROW: Mapping[type[Row], Callable[[Any], object]] = {
    PracticeRow: practice_from_row,
    PracticeLoginRow: login_from_row,
    SlotRow: slot_from_row,
    ClientRow: client_from_row,
    AppointmentRow: appointment_from_row,
    RegularRow: regular_from_row,
    ReturningRow: returning_from_row,
    TimeOffRow: time_off_from_row,
}


def value_from_row(row: Row) -> object:
    """Return the value of a row of any model, or the row itself if its model has none."""
    from_row = _FROM_ROW.get(type(row))
    return from_row(row) if from_row else row
