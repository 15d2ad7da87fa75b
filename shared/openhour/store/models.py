"""The rows of the tables as PynamoDB models."""

from __future__ import annotations

from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    MapAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from openhour.store.row_versions import add_expiry, add_therapist, name_clients_of_exceptions
from openhour.store.tables import Row, Table, meta


class PracticeRow(Row):
    """A practice: its settings, and counters on which planning writes are conditional."""

    table = Table("practices")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute()
    timezone = UnicodeAttribute(null=True)
    office_phone = UnicodeAttribute(null=True)
    self_scheduling = BooleanAttribute()
    hours = JSONAttribute()
    settings = JSONAttribute()
    released_through = UnicodeAttribute(null=True)
    released_at = UTCDateTimeAttribute(null=True)
    release_due = UTCDateTimeAttribute(null=True)
    published_through = UnicodeAttribute(null=True)
    version = NumberAttribute()
    plan = NumberAttribute()
    planned = NumberAttribute()
    discharging = UnicodeSetAttribute(null=True)
    sick_days = UnicodeSetAttribute(null=True)
    removed_at = UTCDateTimeAttribute(null=True)
    zone_data = UnicodeAttribute(null=True)
    notices = JSONAttribute(null=True)
    logins = JSONAttribute(null=True)


class PracticeLoginRow(Row):
    """A login of a practice, removed ones included."""

    table = Table("logins")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    login_id = UnicodeAttribute(range_key=True)
    username = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    invited_at = UTCDateTimeAttribute()
    removed_at = UTCDateTimeAttribute(null=True)


class SlotRow(Row):
    """A slot of a calendar."""

    table = Table("slots")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    slot_id = UnicodeAttribute(range_key=True)
    week = UnicodeAttribute()
    minutes = NumberAttribute()
    state = UnicodeAttribute()
    returns_to = UnicodeAttribute()
    prime = BooleanAttribute()
    extra = BooleanAttribute(null=True)
    manual_state = UnicodeAttribute(null=True)
    manual_state_at = UTCDateTimeAttribute(null=True)
    note = UnicodeAttribute(null=True)
    client_id = UnicodeAttribute(null=True)
    appointment_id = UnicodeAttribute(null=True)
    regular_id = UnicodeAttribute(null=True)
    local_start = UnicodeAttribute(null=True)
    waiting_since = UTCDateTimeAttribute(null=True)
    confirmed_at = UTCDateTimeAttribute(null=True)
    revision = NumberAttribute()


class ClientRow(Row):
    """A client of a therapist."""

    table = Table("clients")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    login = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute(null=True)
    registered_online = BooleanAttribute(null=True)
    invited_at = UTCDateTimeAttribute(null=True)
    welcomed_at = UTCDateTimeAttribute(null=True)
    signed_in_at = UTCDateTimeAttribute(null=True)
    resend_asked_at = JSONAttribute(null=True)
    privilege = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    notify = BooleanAttribute(null=True)
    regulars = JSONAttribute(null=True)
    asked_regular = JSONAttribute(null=True)
    language = UnicodeAttribute(null=True)
    mail = UnicodeAttribute(null=True)
    calendar_entries = BooleanAttribute(null=True)
    mail_stopped = JSONAttribute(null=True)
    mail_resumed_at = UTCDateTimeAttribute(null=True)
    suspended_by_strike = UnicodeAttribute(null=True)
    discharge_reason = UnicodeAttribute(null=True)
    discharged_at = UTCDateTimeAttribute(null=True)
    flag_seen_at = UTCDateTimeAttribute(null=True)
    may_sign_in = BooleanAttribute(null=True)
    new = BooleanAttribute(null=True)
    restored_at = UTCDateTimeAttribute(null=True)
    usual = BooleanAttribute()
    max_per_week = NumberAttribute(null=True)
    weeks: MapAttribute[str, Any] = MapAttribute()  # type: ignore[no-untyped-call]  # PynamoDB's
    strikes = JSONAttribute()
    notices = JSONAttribute()
    booked = NumberAttribute()
    cancelled = NumberAttribute()
    late_cancelled = NumberAttribute()
    moved = NumberAttribute()
    no_shows = NumberAttribute()
    cancelled_by_therapist = NumberAttribute()
    revision = NumberAttribute()


class LoginRow(Row):
    """A client's login name in use, in the clients table. Its key makes the name unique."""

    key_prefix = "#login#"

    table = ClientRow.table
    Meta = ClientRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    owner = UnicodeAttribute()


class IntakeRow(Row):
    """The number of registrations confirmed in one week, in the clients table."""

    key_prefix = "#intake#"
    upgrades = (add_expiry,)

    table = ClientRow.table
    Meta = ClientRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    registered = NumberAttribute()
    expires_at = TTLAttribute()


class ContactRow(Row):
    """The address or phone of a suspended or discharged client, in the clients table.

    The key holds a digest of it and the client's id. `owner` is the client.
    """

    key_prefix = "#contact#"

    table = ClientRow.table
    Meta = ClientRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    owner = UnicodeAttribute()


class ReturningRow(Row):
    """A registration of a suspended or discharged client (`owner`), in the clients table.

    The address is not in `email`, a column on which logins depend.
    """

    key_prefix = "#returning#"

    table = ClientRow.table
    Meta = ClientRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    owner = UnicodeAttribute()
    name = UnicodeAttribute()
    address = UnicodeAttribute()
    phone = UnicodeAttribute()
    at = UTCDateTimeAttribute()


class EntryRow(Row):
    """The entry of a client by the therapist, in the clients table.

    The key holds a digest of what was entered, so that entering it again finds `owner`, the client.
    """

    key_prefix = "#entry#"

    table = ClientRow.table
    Meta = ClientRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    owner = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    expires_at = TTLAttribute(null=True)


class AppointmentRow(Row):
    """An appointment, past ones included."""

    upgrades = (add_therapist,)

    table = Table("appointments")
    Meta = meta(table)

    owner = UnicodeAttribute(hash_key=True)
    appointment_id = UnicodeAttribute(range_key=True)
    therapist_id = UnicodeAttribute()
    week = UnicodeAttribute()
    minutes = NumberAttribute()
    made_at = UTCDateTimeAttribute()
    local_start = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    regular_id = UnicodeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)
    ended_by = UnicodeAttribute(null=True)
    late = BooleanAttribute(null=True)
    strike = BooleanAttribute(null=True)
    waived = BooleanAttribute(null=True)
    by_plan = BooleanAttribute(null=True)
    moved_to = UnicodeAttribute(null=True)
    time_off_id = UnicodeAttribute(null=True)
    message = UnicodeAttribute(null=True)
    promised_free_until = UTCDateTimeAttribute(null=True)
    moved_late_at = UTCDateTimeAttribute(null=True)
    move_strike = BooleanAttribute(null=True)
    told_at = UTCDateTimeAttribute(null=True)
    notify = BooleanAttribute(null=True)
    made_by = UnicodeAttribute(null=True)
    uid = UnicodeAttribute(null=True)
    sequence = NumberAttribute(null=True)
    moved_from = UnicodeAttribute(null=True)


BY_THERAPIST = "by-therapist"
"""The index of appointments by therapist and appointment id, which begins with the slot id."""


class RegularRow(Row):
    """A regular, ended ones included.

    `exceptions` are written `2026-11-24#client_id`. `skips` are those of an earlier form, which did
    not name the client.
    """

    upgrades = (name_clients_of_exceptions,)

    table = Table("regulars")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    regular_id = UnicodeAttribute(range_key=True)
    client_id = UnicodeAttribute()
    weekday = UnicodeAttribute()
    start = UnicodeAttribute()
    every_weeks = NumberAttribute()
    first = UnicodeAttribute()
    until = UnicodeAttribute(null=True)
    skips = UnicodeSetAttribute(null=True)
    exceptions = UnicodeSetAttribute(null=True)
    entered_at = UTCDateTimeAttribute(null=True)
    ended = BooleanAttribute()
    ended_at = UTCDateTimeAttribute(null=True)
    notify = BooleanAttribute(null=True)
    sequence = NumberAttribute(null=True)


class TimeOffRow(Row):
    """A span of time off."""

    table = Table("time_off")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    time_off_id = UnicodeAttribute(range_key=True)
    begins = UTCDateTimeAttribute()
    ends = UTCDateTimeAttribute()
    made_at = UTCDateTimeAttribute()
    cancel_booked = BooleanAttribute()
    message = UnicodeAttribute(null=True)
    notify = BooleanAttribute(null=True)
    notice = UnicodeAttribute(null=True)
    note = UnicodeAttribute(null=True)
    sessions = UnicodeSetAttribute(null=True)


class AuditRow(Row):
    """An entry of a practice's audit log."""

    table = Table("audit")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    entry_id = UnicodeAttribute(range_key=True)
    actor = UnicodeAttribute()
    act = UnicodeAttribute()
    client_id = UnicodeAttribute(null=True)
    target = UnicodeAttribute(null=True)
    details = UnicodeSetAttribute(null=True)
    request_id = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


class RegistrationRow(Row):
    """A registration, by the digest of its address."""

    table = Table("registrations")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    registration_key = UnicodeAttribute(range_key=True)
    email = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    asked_at = UTCDateTimeAttribute()
    owners = UnicodeSetAttribute(null=True)
    token_hashes = UnicodeSetAttribute(null=True)
    client_id = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


class RegistrationCountRow(Row):
    """How many registrations were made on a day, such as `#2026-11-24`, or confirmed in a week.

    A week's number is a copy of what `IntakeRow` counts, for the public function, which may not
    read the clients table.
    """

    key_prefix = "#"

    table = RegistrationRow.table
    Meta = RegistrationRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    registration_key = UnicodeAttribute(range_key=True)
    number = NumberAttribute()
    expires_at = TTLAttribute()


class MessageRow(Row):
    """What is to be told to somebody once, and what became of it. It holds ids alone.

    `intent` says what is told. `tries` counts the claims, `claimed_at` is the latest one, and
    `outcome` is final.
    """

    table = Table("messages")
    Meta = meta(table)

    therapist_id = UnicodeAttribute(hash_key=True)
    message_key = UnicodeAttribute(range_key=True)
    channel = UnicodeAttribute()
    intent = JSONAttribute()
    tries = NumberAttribute(null=True)
    claimed_at = UTCDateTimeAttribute(null=True)
    sent_at = UTCDateTimeAttribute(null=True)
    ses_id = UnicodeAttribute(null=True)
    outcome = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


class UnsubscribeRow(Row):
    """Whose mails a link ends, by the hash of its token, in the messages table."""

    key_prefix = "#unsubscribe#"

    table = MessageRow.table
    Meta = MessageRow.Meta

    therapist_id = UnicodeAttribute(hash_key=True)
    message_key = UnicodeAttribute(range_key=True)
    client_id = UnicodeAttribute()
    expires_at = TTLAttribute()


class DueRow(Row):
    """What is handed to the mail queue in a minute, `2026-11-24T17:30Z#3` with its shard.

    A row in the bucket `cursor#3` holds the minute through which a shard has been swept.
    """

    table = Table("due")
    Meta = meta(table)

    bucket = UnicodeAttribute(hash_key=True)
    entry = UnicodeAttribute(range_key=True)
    therapist_id = UnicodeAttribute(null=True)
    intent = JSONAttribute(null=True)
    swept_through = UnicodeAttribute(null=True)
    expires_at = TTLAttribute(null=True)


MODELS: tuple[type[Row], ...] = (
    PracticeRow,
    SlotRow,
    ClientRow,
    LoginRow,
    IntakeRow,
    ContactRow,
    ReturningRow,
    EntryRow,
    AppointmentRow,
    RegularRow,
    TimeOffRow,
    PracticeLoginRow,
)
"""Every model whose rows are kept for as long as the practice. The others' rows expire."""

EXPIRING: tuple[type[Row], ...] = (AuditRow, MessageRow, DueRow, RegistrationRow)
"""The models whose rows expire, and are never rewritten in a later form."""


def main_models() -> tuple[type[Row], ...]:
    """Return the model after which each table is named, without those whose rows expire."""
    return tuple(model for model in MODELS if not model.key_prefix)


def tables() -> tuple[Table, ...]:
    """Return every table, those whose rows expire included."""
    models: tuple[type[Row], ...] = (*main_models(), *EXPIRING)
    return tuple(model.table for model in models)


def model_of(table: Table, range_key: str) -> type[Row]:
    """Return the model of a row: the one of its table with the longest prefix of the range key."""
    models = (model for model in MODELS if model.table == table)
    fitting = (model for model in models if range_key.startswith(model.key_prefix))
    return max(fitting, key=lambda model: len(model.key_prefix))
