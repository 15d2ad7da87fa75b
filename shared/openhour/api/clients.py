"""Clients: request models, and the views for the therapist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from openhour.api.appointments import (
    StrikesView,
    TherapistsAppointmentView,
    therapist_appointment_views,
)
from openhour.api.asked_regulars import AskedRegularView, asked_regular_view
from openhour.api.me import (
    LanguageName,
    MailName,
    MailStopView,
    PreferencesPatch,
    PreferencesView,
    PrivilegeName,
    given_choices,
    mail_stop_view,
    preferences_view,
)
from openhour.api.request_fields import (
    Address,
    Login,
    Name,
    Phone,
    RequestModel,
    Text,
    left_out,
)
from openhour.api.times import Time, format_time
from openhour.rules.appointments import Appointment
from openhour.rules.clients import Client, Privilege, login_state
from openhour.rules.conduct import Conduct
from openhour.rules.contacts import ReturningRegistration
from openhour.rules.practice import Practice
from openhour.rules.slots import Slot
from openhour.use_cases.client_records import ClientRecord


class ClientRequest(RequestModel):
    """A new client."""

    name: Name
    email: Address | None = None
    phone: Phone | None = None
    login: Login | None = None
    """Replaces the address in the login name, where two clients share one address."""
    invite: bool = False
    """Whether the client gets a login, with a first password by mail."""


class ClientPatch(RequestModel):
    """The changes of a client. What is left out stays as it is."""

    name: Name = left_out()
    email: Address | None = None
    """The new address; null removes it."""
    phone: Phone | None = None
    """The new phone number; null removes it."""
    usual: bool = left_out()
    """Whether the client is listed as usual. A client with a regular always is."""
    flag_seen: bool = left_out()
    """Whether the flag is seen, which keeps it quiet until the next strike."""
    max_per_week: Annotated[int, Field(ge=1, le=7)] | None = None
    """The client's own weekly limit; null stands for the practice's."""
    language: LanguageName | None = None
    """The client's language, as they ask; null stands for the practice's."""
    mail: MailName = left_out()
    """Which mails the client gets, as they ask."""
    calendar_entries: bool = left_out()
    """Whether mails to the client carry calendar entries, as they ask."""

    @property
    def changes(self) -> dict[str, Any]:
        """The given fields as the rules have them."""
        return given_choices(self)

    @property
    def concerns_mail_alone(self) -> bool:
        """Whether it changes nothing but what the client wants by mail, which the office may."""
        return self.model_fields_set <= PreferencesPatch.model_fields.keys()


class PrivilegeRequest(RequestModel):
    """Whether a client may book, and why."""

    state: Literal["active", "suspended"]
    """Whether the client may book online."""
    reason: Text | None = None
    """Why. The client never sees it."""
    notify: bool = False

    @property
    def wanted(self) -> Privilege:
        """The wanted privilege."""
        return Privilege(self.state)


Discharge = Literal["left", "moved_on", "died", "other"]
OutcomeName = Literal["kept", "cancelled", "late_cancelled", "moved", "no_show"]
LoginName = Literal["none", "invited", "active", "disabled"]


class NextAppointmentView(TypedDict):
    """A client's next session."""

    appointment_id: str
    slot_id: str
    start: Time
    end: Time
    regular: bool
    """Whether it belongs to a regular."""


class ConductView(TypedDict):
    """A client's conduct: what became of the sessions that were theirs."""

    booked: int
    """The client's sessions that are upcoming, kept, missed or cancelled by the client; one that
    moved counts once, and one that ended by the therapist, time off, a change of a regular or a
    discharge does not count."""
    kept: int
    """Those that have ended without being marked as missed."""
    cancelled: int
    """Those that the client cancelled in time, or late if that was waived."""
    late_cancelled: int
    """Those that the client cancelled late, unless that was waived."""
    moved: int
    """How often the client moved a session, in time or late."""
    no_shows: int
    """Those that are marked as missed, waived or not."""
    median_notice_hours: float | None
    """The median notice of the client's latest 50 cancellations and moves, in hours, rounded down
    to a tenth; null before the first."""


class ClientView(PreferencesView):
    """A client, for the therapist."""

    client_id: str
    name: str
    email: str | None
    phone: str | None
    privilege: PrivilegeName
    privilege_reason: str | None
    """The reason given when the client was last suspended or restored by hand; null if none was
    given, or if the suspension is automatic. Clients never see it."""
    discharge_reason: Discharge | None
    discharged_at: Time | None
    """When the client was discharged; null unless they were."""
    login: LoginName
    """Whether the client can sign in: `none`, they have no login; `invited`, they have one and have
    not signed in yet; `disabled`, not while they are suspended."""
    invited_at: Time | None
    """When a first password was last requested for the client, or null."""
    welcomed_at: Time | None
    """When the client was last sent a welcome, or null."""
    signed_in: Time | None
    """When the client first signed in, since that is recorded; null if they have not."""
    registered_online: bool
    """Whether the client registered online."""
    created_at: Time | None
    """When the client was entered or registered; null if that was before it was recorded."""
    flagged: bool
    """Whether the client has reached the strike limit. It is false again once the flag is seen,
    until the next strike."""
    flag_seen: bool
    """Whether the client's flag is seen."""
    usual: bool
    """Whether the client is listed before a release if they have no session in its week."""
    max_per_week: int | None
    """The client's own weekly limit; null stands for the practice's."""
    next_appointment: NextAppointmentView | None
    """The next session, or null."""
    regular: bool
    """Whether the client has a regular."""
    regular_request: AskedRegularView | None
    """The session that the client asks to repeat, until it has ended or repeats; null for none."""
    strikes: StrikesView
    conduct: ConductView
    """What became of the client's sessions."""
    mail_stopped: MailStopView | None
    """Why nothing is mailed to the client's address, or null. A new address is mailed again."""


class ListedClientView(ClientView):
    """A client in a list."""

    recent: list[OutcomeName]
    """What became of the client's latest ten sessions in twenty weeks, newest last. Those that the
    therapist ended are left out."""


class ClientAndAppointmentsView(ClientView):
    """A client with appointments."""

    appointments: list[TherapistsAppointmentView]


class PrivilegeChangeView(ClientAndAppointmentsView):
    """A client who was suspended or restored, with future appointments."""

    strikes_reset: int
    """The number of strikes that count no longer, after a restoration."""


class RegistrationView(TypedDict):
    """A registration with the address or phone of a suspended or discharged client."""

    registration_id: str
    name: str
    """The name in the registration."""
    email: str
    """The address in the registration."""
    phone: str
    """The phone number in the registration."""
    at: Time
    """When it was sent."""
    client_id: str
    client_name: str
    """The name of the client with that address or phone number."""
    privilege: PrivilegeName
    discharge_reason: Discharge | None


class RegistrationsView(TypedDict):
    """The returning registrations, oldest first."""

    registrations: list[RegistrationView]
    """The returning registrations, oldest first."""


class ClientHistoryView(ClientAndAppointmentsView):
    """A client with a page of their whole history, newest first, and the cursor of the next."""

    next: str | None


class ClientsView(TypedDict):
    """Every client, flagged ones first, or every discharged one."""

    clients: list[ListedClientView]
    """The clients, flagged ones first, then by name."""


def client_view(record: ClientRecord) -> ClientView:
    """Return the therapist's view of a client."""
    client, practice = record.client, record.practice
    return {
        "client_id": client.client_id,
        "name": client.name,
        "email": client.email,
        "phone": client.phone,
        "privilege": client.privilege.value,
        "privilege_reason": privilege_reason(client),
        "discharge_reason": _reason(client),
        "discharged_at": format_time(client.discharged_at, practice.zone),
        "login": login_state(client, practice).value,
        "invited_at": format_time(client.invited_at, practice.zone),
        "welcomed_at": format_time(client.welcomed_at, practice.zone),
        "signed_in": format_time(client.signed_in_at, practice.zone),
        "registered_online": client.registered_online,
        "created_at": format_time(client.created_at, practice.zone),
        "flagged": record.flagged,
        "flag_seen": record.strikes >= practice.strike_limit and not record.flagged,
        "usual": client.usual or record.regular,
        "max_per_week": client.max_per_week,
        "next_appointment": _next_appointment_view(record.next_session, practice),
        "regular": record.regular,
        "regular_request": asked_regular_view(record.asked, practice),
        "strikes": {
            "count": record.strikes,
            "limit": practice.strike_limit,
            "window_days": practice.strike_window_days,
        },
        "conduct": _conduct_view(record.conduct),
        **preferences_view(client),
        "mail_stopped": mail_stop_view(client.mail_stopped, practice),
    }


def listed_client_view(record: ClientRecord) -> ListedClientView:
    """Return the therapist's view of a client in a list."""
    return {**client_view(record), "recent": [outcome.value for outcome in record.recent]}


def client_with_appointments_view(
    record: ClientRecord, appointments: Iterable[Appointment]
) -> ClientAndAppointmentsView:
    """Return the therapist's view of a client with appointments."""
    shown = therapist_appointment_views(appointments, record.practice)
    return {**client_view(record), "appointments": shown}


def privilege_reason(client: Client) -> str | None:
    """Return the reason of a suspension or restoration by hand, None for an automatic one."""
    return None if client.suspended_by_strike else client.reason


def registration_view(
    registration: ReturningRegistration, client: Client, practice: Practice
) -> RegistrationView:
    """Return the view of a returning registration, with the client of that address or phone."""
    return {
        "registration_id": registration.registration_id,
        "name": registration.name,
        "email": registration.email,
        "phone": registration.phone,
        "at": format_time(registration.at, practice.zone),
        "client_id": client.client_id,
        "client_name": client.name,
        "privilege": client.privilege.value,
        "discharge_reason": _reason(client),
    }


def _reason(client: Client) -> Discharge | None:
    return client.discharge_reason.value if client.discharge_reason else None


def _next_appointment_view(
    session: Slot | Appointment | None, practice: Practice
) -> NextAppointmentView | None:
    if session is None:
        return None
    return {
        "appointment_id": session.appointment_id or "",
        "slot_id": session.slot_id,
        "start": format_time(session.start, practice.zone),
        "end": format_time(session.end, practice.zone),
        "regular": session.regular_id is not None,
    }


def _conduct_view(conduct: Conduct) -> ConductView:
    return {
        "booked": conduct.booked,
        "kept": conduct.kept,
        "cancelled": conduct.cancelled,
        "late_cancelled": conduct.late_cancelled,
        "moved": conduct.moved,
        "no_shows": conduct.no_shows,
        "median_notice_hours": conduct.median_notice_hours,
    }
