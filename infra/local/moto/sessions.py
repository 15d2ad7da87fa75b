"""Sessions of sign-ins that are not complete, and the app clients with which people sign in."""

import re
import time
import uuid
from dataclasses import dataclass
from typing import Any

from moto.cognitoidp.exceptions import (
    InvalidParameterException,
    NotAuthorizedError,
    ResourceNotFoundError,
)
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, UserStatus

from infra.local.moto.credentials import backend


@dataclass(frozen=True, slots=True, kw_only=True)
class AppClient:
    """An app client with its pool and configuration."""

    client_id: str
    pool: CognitoIdpUserPool
    config: dict[str, Any]

    def find(self, username: str) -> CognitoIdpUser | None:
        """Return the pool's user with that name, or None."""
        return self.pool._get_user(username)  # noqa: SLF001 - moto has no other


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A sign-in that waits for the answer to `challenge`."""

    app: AppClient
    username: str
    challenge: str
    expires_at: float

    @property
    def user(self) -> CognitoIdpUser:
        """The user who signs in."""
        return self.app.find(self.username)


_sessions: dict[str, Session] = {}


def require(values: dict[str, Any], *names: str, pattern: str = r"[\s\S]+") -> None:
    """Require that some values of a request are given and match a pattern.

    Raises:
        InvalidParameterException: One is missing or does not match.
    """
    for name in names:
        if not re.fullmatch(pattern, values.get(name) or ""):
            raise InvalidParameterException(f"Value at '{name}' is missing or malformed")


def app_client(client_id: str) -> AppClient:
    """Find an app client.

    Raises:
        ResourceNotFoundError: There is none with that id.
    """
    for pool in backend().user_pools.values():
        if client_id in pool.clients:
            config = pool.clients[client_id].extended_config
            return AppClient(client_id=client_id, pool=pool, config=config)
    raise ResourceNotFoundError(f"User pool client {client_id} does not exist.")


def open_session(app: AppClient, user: CognitoIdpUser, challenge: str) -> str:
    """Open a session and return its name. It lasts for the minutes that the app client says."""
    name = str(uuid.uuid4())
    expires_at = time.time() + 60 * app.config["AuthSessionValidity"]
    _sessions[name] = Session(
        app=app, username=user.username, challenge=challenge, expires_at=expires_at
    )
    return name


def read_session(name: str | None, challenge: str) -> Session:
    """Return a session that waits for the answer to `challenge`.

    Raises:
        NotAuthorizedError: It does not exist, has expired, or waits for another answer.
    """
    session = _sessions.get(name or "")
    if session is None or session.challenge != challenge or time.time() > session.expires_at:
        raise NotAuthorizedError("Invalid session for the user, session is expired.")
    if session.user is None or not session.user.enabled:
        raise NotAuthorizedError("User is disabled.")
    return session


def close_session(name: str) -> None:
    """Close a session, so that it can't be used again."""
    _sessions.pop(name, None)


def close_sessions() -> None:
    """Close every session. Their pools may be gone."""
    _sessions.clear()


def user_of_access_token(token: str) -> tuple[AppClient, CognitoIdpUser]:
    """Return the app client and the user of an access token.

    Raises:
        NotAuthorizedError: The token is unknown or revoked, or the user is disabled or deleted.
    """
    for pool in backend().user_pools.values():
        client_id, username = pool.access_tokens.get(token, (None, None))
        user = pool.users.get(username)
        if client_id and user and user.enabled and user.status is UserStatus.CONFIRMED:
            return app_client(client_id), user
    raise NotAuthorizedError("Access Token has been revoked")
