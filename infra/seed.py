"""Sample practices: the seed data for the demo, the bench, the capacity report and the tests.

`NOW` is Monday 23 November 2026, 09:00 in New York, in ISO week 2026-W48.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from openhour.rules.hours import Entry
from openhour.rules.logins import LoginRole, PracticeLogin
from openhour.rules.practice import Practice
from openhour.rules.weeks import Week
from openhour.store.logins import insert_login
from openhour.store.transactions import commit
from openhour.use_cases import clients, hours
from openhour.use_cases.therapists import open_practice

NEW_YORK = ZoneInfo("America/New_York")
W48, W49, W50 = Week(2026, 48), Week(2026, 49), Week(2026, 50)


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """Parse a local time such as `2026-11-24 17:30` into an instant in UTC.

    A local time that occurs twice means its first occurrence.
    """
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


NOW = at("2026-11-23 09:00")


def days_ago(n: float) -> datetime:
    """Return the instant `n` days before `NOW`."""
    return NOW - timedelta(days=n)


def an_entry(when: str = "monday 17:30", minutes: int = 50, *, prime: bool = False) -> Entry:
    """Build an entry of the hours, written `monday 17:30`."""
    weekday, start = when.split()
    return Entry.parse(weekday, start, minutes, prime=prime)


def a_practice(**overrides: Any) -> Practice:
    """Build a practice in New York with one slot a week, released and published through W48."""
    therapist_id = overrides.get("therapist_id", "t1")
    practice = Practice(
        therapist_id=therapist_id,
        logins=((f"login-of-{therapist_id}", LoginRole.THERAPIST),),
        name="Dr. Ada",
        timezone="America/New_York",
        office_phone="+1 555 0100",
        crisis_line="In a crisis, call or text 988.",
        self_scheduling=True,
        hours=(an_entry(),),
        horizon_weeks=1,
        released_through=W48,
    )
    return replace(practice, **overrides)


def seed_practice(
    practice: Practice,
    entries: Iterable[Entry] = (),
    client_ids: Iterable[str] = (),
    *,
    now: datetime = NOW,
) -> None:
    """Store a practice, its hours and its clients, in that order."""
    open_practice(replace(practice, hours=()), now=now)
    for login_id, role in practice.logins:
        commit([insert_login(practice.therapist_id, _a_login(practice, login_id, role, now=now))])
    entries = tuple(entries)
    if entries:
        hours.set_hours(practice.therapist_id, entries, if_match=None, preview=False, now=now)
    for client_id in client_ids:
        seed_client(practice.therapist_id, client_id, now=now)


def _a_login(practice: Practice, login_id: str, role: LoginRole, *, now: datetime) -> PracticeLogin:
    email = f"{login_id}@example.com"
    return PracticeLogin(
        login_id=login_id,
        username=f"{practice.therapist_id}/{email}",
        name="Dr. Ada",
        email=email,
        role=role,
        created_at=now,
        invited_at=now,
    )


def seed_client(
    therapist_id: str, client_id: str, *, now: datetime = NOW, **overrides: Any
) -> None:
    """Store a client named after their id, with an email address and an invitation."""
    defaults: dict[str, Any] = {
        "name": client_id.capitalize(),
        "email": f"{client_id}@example.com",
        "phone": None,
        "login": None,
        "invite": True,
    }
    clients.add_client(therapist_id, client_id=client_id, now=now, **{**defaults, **overrides})
