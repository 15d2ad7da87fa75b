"""From the tables' rows to the rules' values, and back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from openhour.rules.appointments import Appointment, Party, Status, client_id_in
from openhour.rules.clients import Client, Privilege, Strike, Tally
from openhour.rules.hours import Entry
from openhour.rules.practice import Intake, OnStrikeLimit, Practice, ReleaseTime
from openhour.rules.regulars import Regular
from openhour.rules.slots import Slot, SlotState
from openhour.rules.time_off import TimeOff
from openhour.rules.weeks import Week, parse_time
from openhour.store.models import (
    AppointmentRow,
    ClientRow,
    PracticeRow,
    RegularRow,
    SlotRow,
    TimeOffRow,
)

_PLAIN = (
    "horizon_weeks",
    "booking_notice_hours",
    "cancellation_notice_hours",
    "grace_minutes",
    "max_per_week",
    "strike_limit",
    "strike_window_days",
    "late_move_is_strike",
    "intake_weeks",
    "intake_below",
    "intake_per_week",
)
_TALLY = ("booked", "cancelled", "late_cancelled", "moved", "no_shows", "cancelled_by_therapist")


def owner_of(therapist_id: str, client_id: str) -> str:
    """The hash key of a client's appointments."""
    return f"{therapist_id}#{client_id}"


def practice_from_row(row: PracticeRow) -> Practice:
    """The practice that a row holds."""
    settings = row.settings
    release = settings["release"]
    return Practice(
        therapist_id=row.therapist_id,
        name=row.name,
        timezone=row.timezone,
        office_phone=row.office_phone,
        self_scheduling=row.self_scheduling,
        hours=tuple(Entry.parse(*entry, prime=prime) for *entry, prime in row.hours),
        released_through=_week(row.released_through),
        released_at=row.released_at,
        published_through=_week(row.published_through),
        version=int(row.version),
        plan=int(row.plan),
        planned=int(row.planned),
        discharging=frozenset(row.discharging or ()),
        sick_days=frozenset(row.sick_days or ()),
        removed_at=row.removed_at,
        on_strike_limit=OnStrikeLimit(settings["on_strike_limit"]),
        intake=Intake(settings["intake"]),
        release=ReleaseTime(weekday=release["weekday"], time=parse_time(release["time"])),
        **{name: settings[name] for name in _PLAIN},
    )


def settings_columns(practice: Practice) -> dict[str, Any]:
    """The columns of a practice row that hold its settings and hours."""
    return {
        "name": practice.name,
        "timezone": practice.timezone,
        "office_phone": practice.office_phone,
        "self_scheduling": practice.self_scheduling,
        "hours": [[e.weekday, f"{e.start:%H:%M}", e.minutes, e.prime] for e in practice.hours],
        "settings": {
            **{name: getattr(practice, name) for name in _PLAIN},
            "on_strike_limit": practice.on_strike_limit,
            "intake": practice.intake,
            "release": {
                "weekday": practice.release.weekday,
                "time": f"{practice.release.time:%H:%M}",
            },
        },
    }


def slot_from_row(row: SlotRow) -> Slot:
    """The slot that a row holds."""
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
        client_id=row.client_id,
        appointment_id=row.appointment_id,
        regular_id=row.regular_id,
        revision=int(row.revision),
    )


def slot_row(therapist_id: str, slot: Slot) -> SlotRow:
    """The row that holds a slot."""
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
        client_id=slot.client_id,
        appointment_id=slot.appointment_id,
        regular_id=slot.regular_id,
        revision=slot.revision,
    )


def client_from_row(row: ClientRow) -> Client:
    """The client that a row holds."""
    return Client(
        client_id=row.client_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        login=row.login,
        invited_at=row.invited_at,
        privilege=Privilege(row.privilege),
        reason=row.reason,
        restored_at=row.restored_at,
        usual=row.usual,
        max_per_week=int(row.max_per_week) if row.max_per_week else None,
        weeks={week: int(count) for week, count in row.weeks.attribute_values.items()},
        strikes=tuple(
            Strike(appointment_id=name, at=datetime.fromisoformat(at)) for name, at in row.strikes
        ),
        notices=tuple(row.notices),
        tally=Tally(**{name: int(getattr(row, name)) for name in _TALLY}),
        revision=int(row.revision),
    )


def client_row(therapist_id: str, client: Client) -> ClientRow:
    """The row that holds a client."""
    return ClientRow(
        therapist_id,
        client.client_id,
        name=client.name,
        email=client.email,
        phone=client.phone,
        login=client.login,
        invited_at=client.invited_at,
        privilege=client.privilege,
        reason=client.reason,
        restored_at=client.restored_at,
        usual=client.usual,
        max_per_week=client.max_per_week,
        revision=client.revision,
        **record_columns(client),
    )


def record_columns(client: Client) -> dict[str, Any]:
    """The columns of a client's row that tell of their sessions."""
    return {
        "weeks": dict(client.weeks),
        "strikes": strikes_column(client.strikes),
        "notices": list(client.notices),
        **{name: getattr(client.tally, name) for name in _TALLY},
    }


def strikes_column(strikes: tuple[Strike, ...]) -> list[list[str]]:
    """Strikes as a client's row holds them."""
    return [[strike.appointment_id, strike.at.isoformat()] for strike in strikes]


def appointment_from_row(row: AppointmentRow) -> Appointment:
    """The appointment that a row holds."""
    return Appointment(
        appointment_id=row.appointment_id,
        client_id=client_id_in(row.appointment_id) or "",
        minutes=int(row.minutes),
        made_at=row.made_at,
        status=Status(row.status),
        regular_id=row.regular_id,
        ended_at=row.ended_at,
        ended_by=Party(row.ended_by) if row.ended_by else None,
        late=bool(row.late),
        strike=bool(row.strike),
        waived=bool(row.waived),
        by_plan=bool(row.by_plan),
        moved_to=row.moved_to,
    )


def regular_from_row(row: RegularRow) -> Regular:
    """The regular that a row holds."""
    return Regular(
        regular_id=row.regular_id,
        client_id=row.client_id,
        weekday=row.weekday,
        start=parse_time(row.start),
        every_weeks=int(row.every_weeks),
        first=date.fromisoformat(row.first),
        until=date.fromisoformat(row.until) if row.until else None,
        skips=frozenset(date.fromisoformat(day) for day in row.skips or ()),
        ended=row.ended,
    )


def regular_row(therapist_id: str, regular: Regular) -> RegularRow:
    """The row that holds a regular."""
    return RegularRow(
        therapist_id,
        regular.regular_id,
        client_id=regular.client_id,
        weekday=regular.weekday,
        start=f"{regular.start:%H:%M}",
        every_weeks=regular.every_weeks,
        first=regular.first.isoformat(),
        until=regular.until.isoformat() if regular.until else None,
        skips={day.isoformat() for day in regular.skips} or None,
        ended=regular.ended,
    )


def time_off_from_row(row: TimeOffRow) -> TimeOff:
    """The time off that a row holds."""
    return TimeOff(
        time_off_id=row.time_off_id,
        begins=row.begins,
        ends=row.ends,
        made_at=row.made_at,
        cancel_booked=row.cancel_booked,
        message=row.message,
    )


def time_off_row(therapist_id: str, time_off: TimeOff) -> TimeOffRow:
    """The row that holds time off."""
    return TimeOffRow(
        therapist_id,
        time_off.time_off_id,
        begins=time_off.begins,
        ends=time_off.ends,
        made_at=time_off.made_at,
        cancel_booked=time_off.cancel_booked,
        message=time_off.message,
    )


def appointment_row(therapist_id: str, appointment: Appointment, week: Week) -> AppointmentRow:
    """The row that holds an appointment of `week`."""
    return AppointmentRow(
        owner_of(therapist_id, appointment.client_id),
        appointment.appointment_id,
        week=str(week),
        minutes=appointment.minutes,
        made_at=appointment.made_at,
        status=appointment.status,
        regular_id=appointment.regular_id,
    )


def _week(text: str | None) -> Week | None:
    return Week.parse(text) if text else None
