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


def sync(therapist_id: str, login_id: str) -> None:
    """Make the login's user match the row. A removed login's user is deleted.

    Raises:
        LoginNameTaken: The name belongs to another user, who is left alone.
        MailNotSent: The user matches, but its first password can't be mailed.
        Busy: DynamoDB can't answer.
        ClientError: Cognito can't.
    """
    login = find_login(therapist_id, login_id)
    if login is None:
        return
    identity = {"custom:therapist_id": therapist_id, "custom:login_id": login_id}
    if login.removed_at:
        remove_user(THERAPISTS, login.username, identity)
        return
    sync_user(_wanted(login, identity), invites=False, conflict=_conflict)


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
