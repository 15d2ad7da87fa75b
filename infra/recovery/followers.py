"""What is done by the domain's own code: logins and the schedule of one therapist made what the
rows say, without the stream that should have brought it about; and the trail kept."""

from __future__ import annotations

from collections.abc import Iterator

from functions.practice.follower import follow_practice
from infra.operate.told import AGAIN, FAULT, Told
from infra.operate.trail import keep
from openhour import login_sync
from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Client, Privilege
from openhour.store.practices import read_practice
from openhour.use_cases.clients import list_all_clients
from openhour.use_cases.therapists import list_therapists


def follow(*, therapist_id: str) -> Iterator[Told]:
    """Make every login of the therapist's clients, and the schedule, what the rows say; a login
    that can't be keeps no other from it. No password is mailed but one that was asked for and
    never was. Again changes nothing. Raises UnknownTherapist, Busy, and whatever Scheduler answers
    when it can't."""
    read_practice(therapist_id)
    # Those who were discharged come first: another may have been given their login's name.
    everyone = sorted(
        list_all_clients(therapist_id), key=lambda c: c.privilege is not Privilege.ENDED
    )
    done = [_follow_login(therapist_id, client) for client in everyone if client.login]
    yield from filter(None, done)
    well = done.count(None)
    facts = {"therapist_id": therapist_id, "logins": well}
    yield Told("logins", f"{well} logins are as the clients' rows say.", facts)
    follow_practice(therapist_id)
    text = "The schedule is as the practice says, and what was to be planned is planned."
    yield Told("schedule", text, {"therapist_id": therapist_id})


def _follow_login(therapist_id: str, client: Client) -> Told | None:
    """Make one login what the row says; what there is to tell where it can't be."""
    ids = {"therapist_id": therapist_id, "client_id": client.client_id}
    try:
        login_sync.sync(login_sync.ClientChange(**ids, before={}, after={"login": client.login}))
    except login_sync.LoginNameConflict:
        text = f"The login name of {client.client_id} is another user's, who is left alone."
        return Told("foreign", text, ids, FAULT)
    except Exception as error:  # noqa: BLE001 - whatever Cognito answers
        text = f"The login of {client.client_id} could not be followed: {type(error).__name__}."
        return Told("failed", text, {**ids, "error": type(error).__name__}, AGAIN)
    return None


def keep_written_back(therapist_id: str | None, suffix: str) -> None:
    """Keep in the trail, of one therapist or of all, that a copy is written back. Raises Busy."""
    therapists = [each.therapist_id for each in list_therapists()]
    for each in [therapist_id] if therapist_id else therapists:
        keep(each, AuditAction.WRITE_BACK, target=suffix)
