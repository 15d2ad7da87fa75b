"""Conflict mails: therapists are told of the conflicts that no act of theirs has shown them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from openhour import mail_queue, mail_sender
from openhour.rules.conflicts import Conflict
from openhour.rules.new_conflicts import conflict_intent
from openhour.use_cases.announcements import intent_to_json
from openhour.use_cases.planning import preview_plan, read_calendar

Choose = Callable[[Iterable[Conflict]], Iterable[Conflict]]
"""Returns those of all conflicts that are to be told."""


def tell_conflicts(therapist_id: str, choose: Choose, *, now: datetime) -> None:
    """Hand the conflicts that `choose` returns to the mailer, which mails each of them once.

    Raises:
        UnknownTherapist: There is no such practice.
        Busy: DynamoDB can't answer.
        QueueUnavailable: Some are not on the queue.
    """
    if not mail_sender.sender_address():
        return
    calendar = read_calendar(therapist_id, now=now)
    told = choose(preview_plan(calendar, now=now).conflicts)
    mail_queue.enqueue(
        intent_to_json(therapist_id, intent)
        for conflict in told
        for intent in conflict_intent(conflict, seen_at=now).for_logins(calendar.practice.logins)
    )
