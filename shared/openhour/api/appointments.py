"""Appointments: request models, and the views for a client and for the therapist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NotRequired

from typing_extensions import TypedDict

from openhour.api.names import NamedClientView, named_client_view
from openhour.api.observability import count_booking
from openhour.api.request_fields import ClientId, Instant, RequestModel, WantedSlot
from openhour.api.responses import JsonResponse, created, json_response
from openhour.api.times import Time, format_hours, format_time
from openhour.rules.appointments import Appointment, Party, Status
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.strikes import count_strikes
from openhour.store.appointments import coming_appointments
from openhour.store.practices import cached_practice
from openhour.use_cases.appointments import Page
from openhour.use_cases.appointments import past as read_past

if TYPE_CHECKING:
    from openhour.use_cases.bookings import BookingResult
    from openhour.use_cases.cancellations import CancellationResult


class BookingRequest(RequestModel):
    """The slot that a client wants."""

    slot_id: WantedSlot


class BookingForClientRequest(RequestModel):
    """The client whom the therapist books, and the slot."""

    client_id: ClientId
    slot_id: WantedSlot
    notify: bool = True


class MoveForClientRequest(RequestModel):
    """The slot to which the therapist moves a session, and in whose name."""

    slot_id: WantedSlot
    by: Literal["client", "therapist"] = "therapist"
    """In whose name the session moves. A late move in the client's name may be a strike."""
    told_at: Instant | None = None
    """When the client asked for it, if that was before now. Only a move in the client's name has
    it."""
    notify: bool = True

    @property
    def party(self) -> Party:
        """The party in whose name the session moves."""
        return Party(self.by)


class OutcomeRequest(RequestModel):
    """The outcome of a session, or the waiving of its strike."""

    outcome: Literal["kept", "no_show", "waived"]
    """What became of the session, or `waived` to waive its strike."""


StatusName = Literal["booked", "cancelled", "late_cancelled", "moved", "no_show"]


class AppointmentView(TypedDict):
    """An appointment, for the client."""

    appointment_id: str
    slot_id: str
    start: Time
    end: Time
    status: StatusName
    """What has become of the appointment. It stays `booked` when the session was kept."""
    regular: bool
    """Whether it belongs to a regular."""
    cancel_free_until: Time | None
    """Until when cancelling is not late; null once the appointment has ended."""
    ended_by: Literal["client", "therapist"] | None
    """Who cancelled or moved it; null if nobody did."""
    message: str | None
    """What the therapist told the clients of the time off for which it was cancelled."""
    uid: str
    """By which calendars recognize the session, also after it was moved."""
    sequence: int
    """How often the session was moved."""


class TherapistsAppointmentView(AppointmentView):
    """An appointment, for the therapist, or in part for the office.

    For the office its `status` says neither that a cancellation was late nor that a session was
    missed.
    """

    client_id: str
    made_at: NotRequired[Time]
    """When it was booked. It is left out for the office."""
    ended_at: NotRequired[Time | None]
    """When it was cancelled or moved, or null. It is left out for the office."""
    notice_hours: NotRequired[float | None]
    """The notice with which it was cancelled or moved, in hours, rounded down to a tenth. It is
    left out for the office."""
    strike: NotRequired[bool]
    """Whether it counts as a strike. It is left out for the office."""
    waived: NotRequired[bool]
    """Whether its strike was waived. It is left out for the office."""
    time_off_id: NotRequired[str | None]
    """The id of the time off for which it was cancelled. It is left out for the office."""


class NamedAppointmentView(TherapistsAppointmentView):
    """An appointment, for the therapist, with the client's name."""

    client: NamedClientView
    """The client, with their name."""


class StrikesView(TypedDict):
    """A client's strikes."""

    count: int
    """The strikes that count now."""
    limit: int
    """The number of strikes at which the client is flagged or suspended."""
    window_days: int
    """The days for which a strike counts."""


class EndedView(TypedDict):
    """The result of a cancellation or a move."""

    appointment: AppointmentView
    """The new appointment after a move, or else the cancelled one."""
    late: bool
    strikes: StrikesView


class TherapistsEndedView(TypedDict):
    """The result of a cancellation or a move by the therapist or the office."""

    appointment: TherapistsAppointmentView
    """The new appointment after a move, or else the cancelled one."""
    late: NotRequired[bool]
    """Whether the cancellation or move was late. It is left out for the office."""
    strikes: NotRequired[StrikesView]
    """The client's strikes. They are left out for the office."""


class AppointmentsView(TypedDict):
    """A page of appointments."""

    appointments: list[AppointmentView]
    next: str | None


def appointment_view(appointment: Appointment, practice: Practice) -> AppointmentView:
    """Return a client's view of an appointment."""
    zone = practice.zone
    booked = appointment.status is Status.BOOKED
    free_until = appointment.cancel_free_until(practice) if booked else None
    ended_by = appointment.ended_by
    return {
        "appointment_id": appointment.appointment_id,
        "slot_id": appointment.slot_id,
        "start": format_time(appointment.start, zone),
        "end": format_time(appointment.end, zone),
        "status": appointment.status.value,
        "regular": appointment.regular_id is not None,
        "cancel_free_until": format_time(free_until, zone),
        "ended_by": ended_by.value if ended_by else None,
        "message": appointment.message,
        "uid": appointment.uid or appointment.appointment_id,
        "sequence": appointment.sequence,
    }


def therapist_appointment_view(
    appointment: Appointment, practice: Practice
) -> TherapistsAppointmentView:
    """Return the therapist's view of an appointment."""
    zone = practice.zone
    return {
        **appointment_view(appointment, practice),
        "client_id": appointment.client_id,
        "made_at": format_time(appointment.made_at, zone),
        "ended_at": format_time(appointment.ended_at, zone),
        "notice_hours": format_hours(appointment.notice),
        "strike": appointment.strike,
        "waived": appointment.waived,
        "time_off_id": appointment.time_off_id,
    }


def therapist_appointment_views(
    appointments: Iterable[Appointment], practice: Practice
) -> list[TherapistsAppointmentView]:
    """Return the therapist's view of several appointments."""
    return [therapist_appointment_view(each, practice) for each in appointments]


def named_appointment_views(
    appointments: Iterable[Appointment], practice: Practice, names: Mapping[str, str]
) -> list[NamedAppointmentView]:
    """Return the therapist's view of several clients' appointments, with the clients' names."""
    return [
        {
            **therapist_appointment_view(each, practice),
            "client": named_client_view(each.client_id, names),
        }
        for each in appointments
    ]


def strikes_view(client: Client, practice: Practice, *, now: datetime) -> StrikesView:
    """Return a client's strikes that count now."""
    return {
        "count": count_strikes(client, practice, now=now),
        "limit": practice.strike_limit,
        "window_days": practice.strike_window_days,
    }


def appointments_response(
    therapist_id: str, client_id: str, *, past: bool, cursor: str | None, now: datetime
) -> JsonResponse:
    """Return the response with the coming appointments or a page of past ones."""
    practice = cached_practice(therapist_id)
    if past:
        page = read_past(therapist_id, client_id, cursor=cursor, now=now)
    else:
        ahead = coming_appointments(therapist_id, client_id, now=now)
        page = Page(appointments=ahead, next=None)
    shown = [appointment_view(each, practice) for each in page.appointments]
    return json_response({"appointments": shown, "next": page.next})


def booking_response(booked: BookingResult) -> JsonResponse:
    """Return the response to a client's booking."""
    view = appointment_view(booked.appointment, booked.practice)
    return _booking_response(booked, view, "/appointments")


def booking_response_for_therapist(booked: BookingResult) -> JsonResponse:
    """Return the response to a therapist's booking."""
    view = therapist_appointment_view(booked.appointment, booked.practice)
    return _booking_response(booked, view, "/practice/appointments")


def ending_response(ended: CancellationResult, *, now: datetime) -> JsonResponse:
    """Return the response to a client's cancellation or move."""
    return json_response(
        {
            "appointment": appointment_view(ended.appointment, ended.practice),
            "late": ended.late,
            "strikes": strikes_view(ended.client, ended.practice, now=now),
        }
    )


def ending_response_for_therapist(ended: CancellationResult, *, now: datetime) -> JsonResponse:
    """Return the response to a therapist's cancellation or move."""
    return json_response(
        {
            "appointment": therapist_appointment_view(ended.appointment, ended.practice),
            "late": ended.late,
            "strikes": strikes_view(ended.client, ended.practice, now=now),
        }
    )


def _booking_response(booked: BookingResult, view: AppointmentView, path: str) -> JsonResponse:
    if not booked.new:
        return json_response(view)
    count_booking()
    return created(view, f"{path}/{booked.appointment.appointment_id}")
