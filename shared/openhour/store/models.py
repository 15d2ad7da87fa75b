"""The tables' rows, as PynamoDB models. Names and region are bound when this is imported."""

from __future__ import annotations

import os
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

from openhour.store.connections import REGION, Row
from openhour.store.row_versions import add_expiry


class Meta:
    """What all tables share."""

    region = REGION


class PracticeRow(Row):
    """One therapist's settings, and the counters that fence planning."""

    class Meta(Meta):
        """The table."""

        table_name = os.environ.get("PRACTICES_TABLE", "openhour-practices")

    therapist_id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute()
    timezone = UnicodeAttribute(null=True)
    office_phone = UnicodeAttribute(null=True)
    self_scheduling = BooleanAttribute()
    hours = JSONAttribute()
    settings = JSONAttribute()
    released_through = UnicodeAttribute(null=True)
    released_at = UTCDateTimeAttribute(null=True)
    published_through = UnicodeAttribute(null=True)
    version = NumberAttribute()
    plan = NumberAttribute()
    planned = NumberAttribute()
    discharging = UnicodeSetAttribute(null=True)
    sick_days = UnicodeSetAttribute(null=True)
    removed_at = UTCDateTimeAttribute(null=True)


class SlotRow(Row):
    """One slot of one calendar."""

    class Meta(Meta):
        """The table."""

        table_name = os.environ.get("SLOTS_TABLE", "openhour-slots")

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
    client_id = UnicodeAttribute(null=True)
    appointment_id = UnicodeAttribute(null=True)
    regular_id = UnicodeAttribute(null=True)
    revision = NumberAttribute()


class ClientRow(Row):
    """One client of one therapist."""

    class Meta(Meta):
        """The table."""

        table_name = os.environ.get("CLIENTS_TABLE", "openhour-clients")

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    email = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    login = UnicodeAttribute(null=True)
    invited_at = UTCDateTimeAttribute(null=True)
    privilege = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
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
    """What makes a login name unique: a row of the clients' table beside them."""

    key_prefix = "#login#"

    class Meta(Meta):
        """The table."""

        table_name = ClientRow.Meta.table_name

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    owner = UnicodeAttribute()


class IntakeRow(Row):
    """How many have registered in one week: a row of the clients' table beside them."""

    key_prefix = "#intake#"
    upgrades = (add_expiry,)

    class Meta(Meta):
        """The table."""

        table_name = ClientRow.Meta.table_name

    therapist_id = UnicodeAttribute(hash_key=True)
    client_id = UnicodeAttribute(range_key=True)
    registered = NumberAttribute()
    expires_at = TTLAttribute()


class AppointmentRow(Row):
    """One client's claim on a slot, past ones included."""

    class Meta(Meta):
        """The table."""

        table_name = os.environ.get("APPOINTMENTS_TABLE", "openhour-appointments")

    owner = UnicodeAttribute(hash_key=True)
    appointment_id = UnicodeAttribute(range_key=True)
    week = UnicodeAttribute()
    minutes = NumberAttribute()
    made_at = UTCDateTimeAttribute()
    status = UnicodeAttribute()
    regular_id = UnicodeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)
    ended_by = UnicodeAttribute(null=True)
    late = BooleanAttribute(null=True)
    strike = BooleanAttribute(null=True)
    waived = BooleanAttribute(null=True)
    by_plan = BooleanAttribute(null=True)
    moved_to = UnicodeAttribute(null=True)


class RegularRow(Row):
    """One standing appointment, ended ones included."""

    class Meta(Meta):
        """The table."""

        table_name = os.environ.get("REGULARS_TABLE", "openhour-regulars")

    therapist_id = UnicodeAttribute(hash_key=True)
    regular_id = UnicodeAttribute(range_key=True)
    client_id = UnicodeAttribute()
    weekday = UnicodeAttribute()
    start = UnicodeAttribute()
    every_weeks = NumberAttribute()
    first = UnicodeAttribute()
    until = UnicodeAttribute(null=True)
    skips = UnicodeSetAttribute(null=True)
    ended = BooleanAttribute()


class TimeOffRow(Row):
    """One span of time off."""

    class Meta(Meta):
        """The table."""

        table_name = os.environ.get("TIME_OFF_TABLE", "openhour-time-off")

    therapist_id = UnicodeAttribute(hash_key=True)
    time_off_id = UnicodeAttribute(range_key=True)
    begins = UTCDateTimeAttribute()
    ends = UTCDateTimeAttribute()
    made_at = UTCDateTimeAttribute()
    cancel_booked = BooleanAttribute()
    message = UnicodeAttribute(null=True)


class AuditRow(Row):
    """One entry of one practice's trail."""

    class Meta(Meta):
        """The table."""

        table_name = os.environ.get("AUDIT_TABLE", "openhour-audit")

    therapist_id = UnicodeAttribute(hash_key=True)
    entry_id = UnicodeAttribute(range_key=True)
    actor = UnicodeAttribute()
    act = UnicodeAttribute()
    client_id = UnicodeAttribute(null=True)
    target = UnicodeAttribute(null=True)
    details = UnicodeSetAttribute(null=True)
    request_id = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


MODELS: tuple[type[Row], ...] = (
    PracticeRow,
    SlotRow,
    ClientRow,
    LoginRow,
    IntakeRow,
    AppointmentRow,
    RegularRow,
    TimeOffRow,
)
"""Every kind of row but the trail's, which are never written again."""
