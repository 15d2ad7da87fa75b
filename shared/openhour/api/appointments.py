"""Appointments, as a client and as the therapist sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from openhour.api.answers import Answer, create, tell
from openhour.api.bodies import Body, ClientId, WantedSlot
from openhour.api.identity import SignedIn
from openhour.api.journal import count_booking
from openhour.api.times import Time, show_hours, show_time
from openhour.rules.appointments import Appointment, Status
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.strikes import count_strikes
from openhour.store.appointments import Page, upcoming
from openhour.store.appointments import past as read_past
from openhour.store.practices import settings

if TYPE_CHECKING:
    from openhour.store.bookings import Booked
    from openhour.store.cancellations import Ended


class BookingRequest(Body):
    """The slot that a client wants."""

    slot_id: WantedSlot


class BookingForClientRequest(Body):
    """The slot into which the therapist books a client."""

    client_id: ClientId
    slot_id: WantedSlot


class OutcomeRequest(Body):
    """What a session came to, or that its strike is waived."""

    outcome: Literal["kept", "no_show", "waived"]


StatusName = Literal["booked", "cancelled", "late_cancelled", "moved", "no_show"]


class AppointmentView(TypedDict):
    """An appointment, for the client. `cancel_free_until` is null once it has ended."""

    appointment_id: str
    slot_id: str
    start: Time
    end: Time
    status: StatusName
    regular: bool
    cancel_free_until: Time | None


class TherapistsAppointmentView(AppointmentView):
    """An appointment, for the therapist. The notice is in hours, to a tenth."""

    client_id: str
    made_at: Time
    ended_at: Time | None
    notice_hours: float | None
    ended_by: Literal["client", "therapist"] | None
    strike: bool
    waived: bool


class StrikesView(TypedDict):
    """How many strikes count, out of how many, over how many days."""

    count: int
    limit: int
    window_days: int


class EndedView(TypedDict):
    """What a cancellation or a move came to."""

    appointment: AppointmentView
    late: bool
    strikes: StrikesView


class TherapistsEndedView(TypedDict):
    """What a cancellation by the therapist came to."""

    appointment: TherapistsAppointmentView
    late: bool
    strikes: StrikesView


class AppointmentsView(TypedDict):
    """Appointments, and the cursor of the next page if there is one."""

    appointments: list[AppointmentView]
    next: str | None


def show_appointment(appointment: Appointment, practice: Practice) -> AppointmentView:
    """An appointment as its client sees it."""
    zone = practice.zone
    booked = appointment.status is Status.BOOKED
    free_until = appointment.cancel_free_until(practice) if booked else None
    return {
        "appointment_id": appointment.appointment_id,
        "slot_id": appointment.slot_id,
        "start": show_time(appointment.start, zone),
        "end": show_time(appointment.end, zone),
        "status": appointment.status.value,
        "regular": appointment.regular_id is not None,
        "cancel_free_until": show_time(free_until, zone),
    }


def show_to_therapist(appointment: Appointment, practice: Practice) -> TherapistsAppointmentView:
    """An appointment as the therapist sees it."""
    zone = practice.zone
    ended_by = appointment.ended_by
    return {
        **show_appointment(appointment, practice),
        "client_id": appointment.client_id,
        "made_at": show_time(appointment.made_at, zone),
        "ended_at": show_time(appointment.ended_at, zone),
        "notice_hours": show_hours(appointment.notice),
        "ended_by": ended_by.value if ended_by else None,
        "strike": appointment.strike,
        "waived": appointment.waived,
    }


def show_all_to_therapist(
    appointments: Iterable[Appointment], practice: Practice
) -> list[TherapistsAppointmentView]:
    """Appointments as the therapist sees them."""
    return [show_to_therapist(each, practice) for each in appointments]


def show_strikes(client: Client, practice: Practice, *, now: datetime) -> StrikesView:
    """A client's strikes that count now."""
    return {
        "count": count_strikes(client, practice, now=now),
        "limit": practice.strike_limit,
        "window_days": practice.strike_window_days,
    }


def answer_page(client: SignedIn, *, past: bool, cursor: str | None, now: datetime) -> Answer:
    """Answer with the client's upcoming appointments, or a page of the past ones."""
    practice = settings(client.therapist_id)
    if past:
        page = read_past(*client, cursor=cursor, now=now)
    else:
        page = Page(appointments=upcoming(*client, now=now), next=None)
    shown = [show_appointment(each, practice) for each in page.appointments]
    return tell({"appointments": shown, "next": page.next})


def answer_booked(booked: Booked) -> Answer:
    """Answer with what the client booked, or held already."""
    view = show_appointment(booked.appointment, booked.practice)
    return _answer_booked(booked, view, "/appointments")


def answer_booked_by_therapist(booked: Booked) -> Answer:
    """Answer with what the therapist booked, or the client held already."""
    view = show_to_therapist(booked.appointment, booked.practice)
    return _answer_booked(booked, view, "/practice/appointments")


def answer_ended(ended: Ended, *, now: datetime) -> Answer:
    """Answer the client with what became of an appointment."""
    return tell(
        {
            "appointment": show_appointment(ended.appointment, ended.practice),
            "late": ended.late,
            "strikes": show_strikes(ended.client, ended.practice, now=now),
        }
    )


def answer_ended_by_therapist(ended: Ended, *, now: datetime) -> Answer:
    """Answer the therapist with what became of an appointment."""
    return tell(
        {
            "appointment": show_to_therapist(ended.appointment, ended.practice),
            "late": ended.late,
            "strikes": show_strikes(ended.client, ended.practice, now=now),
        }
    )


def _answer_booked(booked: Booked, view: AppointmentView, path: str) -> Answer:
    if not booked.new:
        return tell(view)
    count_booking()
    return create(view, f"{path}/{booked.appointment.appointment_id}")
