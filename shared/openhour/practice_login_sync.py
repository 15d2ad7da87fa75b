"""Practice login sync: a login's user in Cognito follows the login's row, which is the truth.

Every step can be repeated (see `user_sync`).
"""

from __future__ import annotations

from openhour.cognito import THERAPISTS, User
from openhour.rules.logins import PracticeLogin
from openhour.store.logins import find_login
from openhour.user_sync import WantedUser, remove_user, resend_stamp, sync_user


class LoginNameTaken(Exception):
    """The login name belongs to another user, such as a removed login's. Try again.

    That user's own record removes it. One who was added by hand stays.
    """


def sync(therapist_id: str, login_id: str, *, former_name: str | None = None) -> None:
    """Make the login's user match the row. The user of a removed login is deleted.

    `former_name` is the login name that the row had, if the row itself is gone.

    Raises:
        LoginNameTaken: The name belongs to another user, who is left alone.
        MailNotSent: The user matches, but its first password can't be mailed.
        Busy: DynamoDB can't answer.
        ClientError: Cognito can't.
    """
    login = find_login(therapist_id, login_id)
    identity = {"custom:therapist_id": therapist_id, "custom:login_id": login_id}
    if login and login.removed_at is None:
        sync_user(_wanted(login, identity), invites=False, conflict=_conflict)
    elif username := login.username if login else former_name:
        remove_user(THERAPISTS, username, identity)


def _wanted(login: PracticeLogin, identity: dict[str, str]) -> WantedUser:
    asked_again = login.invited_at > login.created_at
    return WantedUser(
        pool=THERAPISTS,
        username=login.username,
        identity=identity,
        email=login.email,
        enabled=None,
        invitation=login.created_at.isoformat(),
        resend=resend_stamp(login.invited_at) if asked_again else "",
        renewable=False,
    )


def _conflict(_: User) -> Exception:
    return LoginNameTaken()
