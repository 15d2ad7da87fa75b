"""Stream images: a row before and after a change, as the rules' values.

Stream functions decide by them what a change means, without reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from openhour.rules.appointments import Appointment
from openhour.rules.clients import Client
from openhour.rules.practice import Practice
from openhour.rules.registrations import Registration
from openhour.rules.regulars import Regular
from openhour.store.mapping import (
    appointment_from_row,
    client_from_row,
    practice_from_row,
    registration_from_row,
    regular_from_row,
)
from openhour.store.models import (
    AppointmentRow,
    ClientRow,
    PracticeRow,
    RegistrationCountRow,
    RegistrationRow,
    RegularRow,
)
from openhour.store.tables import Row

M = TypeVar("M", bound=Row)
V = TypeVar("V")
Change = Mapping[str, Any]
"""The `dynamodb` part of a stream record, with typed values."""
_DAY = re.compile(rf"{RegistrationCountRow.key_prefix}\d{{4}}-\d\d-\d\d")


def changed_practice(change: Change) -> tuple[Practice | None, Practice | None]:
    """Return a practice before and after a change."""
    return _images(change, PracticeRow, practice_from_row)


def changed_appointment(change: Change) -> tuple[Appointment | None, Appointment | None]:
    """Return an appointment before and after a change."""
    return _images(change, AppointmentRow, appointment_from_row)


def changed_regular(change: Change) -> tuple[Regular | None, Regular | None]:
    """Return a regular before and after a change."""
    return _images(change, RegularRow, regular_from_row)


def changed_client(change: Change) -> tuple[Client | None, Client | None]:
    """Return a client before and after a change.

    Images without a privilege are those of the table's other rows, or of a record that was put with
    the dead letters without personal data. They give None.
    """
    images = {name: change.get(name) or {} for name in ("OldImage", "NewImage")}
    whole = {name: image for name, image in images.items() if "privilege" in image}
    return _images({"Keys": change["Keys"], **whole}, ClientRow, client_from_row)


def changed_registration(change: Change) -> tuple[Registration | None, Registration | None]:
    """Return a registration before and after a change; None twice for a number of them."""
    if change["Keys"]["registration_key"]["S"].startswith(RegistrationCountRow.key_prefix):
        return None, None
    return _images(change, RegistrationRow, registration_from_row)


def changed_count(change: Change) -> tuple[str, int, int] | None:
    """Return a day with its number of registrations before and after, or None for other rows."""
    name = change["Keys"]["registration_key"]["S"]
    if not _DAY.fullmatch(name):
        return None
    images = (change.get(image) or {} for image in ("OldImage", "NewImage"))
    before, after = (int(image.get("number", {}).get("N", 0)) for image in images)
    return name.removeprefix(RegistrationCountRow.key_prefix), before, after


def _images(change: Change, model: type[M], value: Callable[[M], V]) -> tuple[V | None, V | None]:
    """Return a row before and after a change. One of nothing but keys is none, as moto has it."""
    keys = change["Keys"].keys()
    images = (change.get(name) or {} for name in ("OldImage", "NewImage"))
    before, after = (
        value(model.from_raw_data(image)) if image.keys() - keys else None for image in images
    )
    return before, after
