"""What is done by the domain's own code: logins and the schedule of one therapist made what the
rows say, without the stream that should have brought it about; and the trail kept."""

from __future__ import annotations

from collections.abc import Iterator

from functions.practice.follower import follow_practice
from infra.operate.told import Told
from infra.operate.trail import keep
from openhour import logins
from openhour.rules.trail import Act
from openhour.store.clients import list_clients
from openhour.store.practices import read_practice
from openhour.store.therapists import list_therapists


def follow(*, therapist_id: str) -> Iterator[Told]:
    """Make every login of the therapist's clients, and the schedule, what the rows say. No password
    is mailed but one that was asked for and never was. Again changes nothing. Raises
    UnknownTherapist, Busy, and whatever Cognito or Scheduler answers when it can't."""
    read_practice(therapist_id)
    clients = tuple(list_clients(therapist_id))
    for client in clients:
        if client.login:
            row = {"login": client.login}
            logins.follow(
                logins.Change(
                    therapist_id=therapist_id, client_id=client.client_id, before={}, after=row
                )
            )
    facts = {"therapist_id": therapist_id, "clients": len(clients)}
    yield Told("logins", f"The logins of {len(clients)} clients are as their rows say.", facts)
    follow_practice(therapist_id)
    text = "The schedule is as the practice says, and what was to be planned is planned."
    yield Told("schedule", text, {"therapist_id": therapist_id})


def keep_written_back(therapist_id: str | None, suffix: str) -> None:
    """Keep in the trail, of one therapist or of all, that a copy is written back. Raises Busy."""
    therapists = [each.therapist_id for each in list_therapists()]
    for each in [therapist_id] if therapist_id else therapists:
        keep(each, Act.WRITE_BACK, thing=suffix)
