"""A practice with a row in every table: ann a regular, bob booked, both with a login."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.scheduler.models import scheduler_backends

from infra.local.environment import ACCOUNT, REGION, SCHEDULE_GROUP
from infra.seed import seed_client
from openhour.store import practices
from openhour.use_cases import bookings, hours, regulars, time_off
from tests.cli.cli_runner import run
from tests.functions.http import Caller, a_therapist
from tests.unit.builders import NOW, a_practice, a_regular, an_entry
from tests.unit.builders import time_off as some_time_off
from tests.user_pools import all_users

BOBS_SLOT, FREE_SLOT, ANNS_SLOT = "20261124T1500Z", "20261201T1500Z", "20261124T2230Z"


def fill_practice(therapist_id: str) -> None:
    """Open the practice and fill its tables, on Monday morning."""
    run("therapists", "add", therapist_id, "--email", "tess@example.org")
    opened = practices.read_practice(therapist_id)
    wanted = a_practice(therapist_id=therapist_id, hours=(), logins=opened.logins)
    practices.write_practice(opened, wanted, plans=True)
    entries = (an_entry("tuesday 10:00"), an_entry("tuesday 17:30"))
    hours.set_hours(therapist_id, entries, if_match=None, preview=False, now=NOW)
    for client_id in ("ann", "bob"):
        email = f"{client_id}@example.org"
        seed_client(therapist_id, client_id, email=email, phone="+1 555 0123")
    wish = a_regular(when="tuesday 17:30")
    regulars.add_regular(therapist_id, wish, preview=False, now=NOW)
    away = some_time_off("2026-12-08 00:00", "2026-12-09 00:00")
    time_off.take_time_off(therapist_id, away, preview=False, now=NOW)
    bookings.book(therapist_id, "bob", BOBS_SLOT, now=NOW)


def tess_of(therapist_id: str) -> Caller:
    """The practice's therapist, signed in."""
    ((login_id, _),) = practices.read_practice(therapist_id).logins
    return a_therapist(therapist_id, **{"custom:login_id": login_id})


def save_state() -> Callable[[], None]:
    """Save every row, login and schedule, and return a function that restores them."""
    saved = copy.deepcopy(_parts())

    def restore_state() -> None:
        for part, content in zip(_parts(), copy.deepcopy(saved), strict=True):
            part.clear()
            part.update(content)
        practices.invalidate()

    return restore_state


def _parts() -> list[dict[str, Any]]:
    """The dictionaries in which moto stores rows, users and schedules."""
    tables = dynamodb_backends[ACCOUNT][REGION].tables.values()
    group = scheduler_backends[ACCOUNT][REGION].schedule_groups[SCHEDULE_GROUP]
    return [*(table.items for table in tables), *all_users(), group.schedules]
