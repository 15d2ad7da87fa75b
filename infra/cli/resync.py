"""Resynchronizing logins and the schedule with the rows, without the tables' streams."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from functions.practice.stream_handler import sync_practice
from infra.cli.audit_log import record
from infra.cli.output import FAILED, TRY_AGAIN, Line, counted
from openhour import login_sync, practice_login_sync
from openhour.rules.audit_log import AuditAction
from openhour.rules.clients import Client, Privilege
from openhour.rules.logins import PracticeLogin
from openhour.store.clients import all_clients
from openhour.store.logins import logins_of
from openhour.store.practices import all_practices, read_practice
from openhour.store.transactions import ConditionFailed
from openhour.use_cases.clients import restore_contacts


def resync(therapist_id: str) -> Iterator[Line]:
    """Bring every login and the schedule in line with the rows, idempotently.

    A login that cannot be synchronized does not stop the others. Cognito mails a first password
    only for a login that has to be created.

    Raises:
        UnknownTherapist, Busy: nothing was changed, or the same command finishes it.
    """
    practice = read_practice(therapist_id)
    # Discharged clients come first: another client may have been given their login name.
    clients = sorted(all_clients(therapist_id), key=lambda c: c.privilege is not Privilege.ENDED)
    for client in clients:
        with suppress(ConditionFailed):  # Changed meanwhile: that change has written them.
            restore_contacts(therapist_id, client)
    problems = [_sync_login(therapist_id, client) for client in clients if client.login]
    problems += [_sync_practice_login(therapist_id, each) for each in logins_of(practice)]
    yield from filter(None, problems)
    synced = problems.count(None)
    facts = {"therapist_id": therapist_id, "logins": synced}
    yield Line("logins", f"In line with the rows: {counted(synced, 'login')}.", facts)
    sync_practice(therapist_id)
    text = "The schedule matches the practice, and unfinished planning is complete."
    yield Line("schedule", text, {"therapist_id": therapist_id})


def _sync_login(therapist_id: str, client: Client) -> Line | None:
    """Bring a client's login in line with the row; return a line if that is not possible."""
    ids = {"therapist_id": therapist_id, "client_id": client.client_id}
    change = login_sync.ClientChange(**ids, before={}, after={"login": client.login})
    return _attempt(partial(login_sync.sync, change), client.client_id, ids)


def _sync_practice_login(therapist_id: str, login: PracticeLogin) -> Line | None:
    """Bring a login of the practice in line with its row; return a line if that is not possible."""
    ids = {"therapist_id": therapist_id, "login_id": login.login_id}
    return _attempt(partial(practice_login_sync.sync, **ids), login.login_id, ids)


def _attempt(sync: Callable[[], None], name: str, ids: Mapping[str, str]) -> Line | None:
    try:
        sync()
    except (login_sync.LoginNameConflict, practice_login_sync.LoginNameTaken):
        text = f"{name}: the login name belongs to another user, who was not changed."
        return Line("conflict", text, ids, FAILED)
    except Exception as error:  # noqa: BLE001 - whatever Cognito answers
        kind = type(error).__name__
        text = f"{name}: the login was not synchronized ({kind}). Run this again."
        return Line("failed", text, {**ids, "error": kind}, TRY_AGAIN)
    return None


def record_restore(therapist_id: str | None, suffix: str) -> None:
    """Record in the audit log of one therapist, or of all, that a copy is restored. Raises Busy."""
    therapist_ids = [each.therapist_id for each in all_practices()]
    for each in [therapist_id] if therapist_id else therapist_ids:
        record(each, AuditAction.WRITE_BACK, target=suffix)
