"""What Cognito knows of a user's passwords and authenticator app, and moto does not."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from moto.cognitoidp.exceptions import NotAuthorizedError
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUser,
    CognitoIdpUserPool,
    UserStatus,
    cognitoidp_backends,
)
from moto.core.exceptions import JsonRESTError

from infra.local.environment import ACCOUNT, REGION
from openhour import clock

_ADMIN_SET_USER_PASSWORD = CognitoIdpBackend.admin_set_user_password
_GET_USER = CognitoIdpUserPool._get_user  # noqa: SLF001 - moto has no other
_POLICY = (
    ("RequireUppercase", str.isupper, "uppercase"),
    ("RequireLowercase", str.islower, "lowercase"),
    ("RequireNumbers", str.isdecimal, "numeric"),
    ("RequireSymbols", lambda letter: not letter.isalnum(), "symbol"),
)


@dataclass(slots=True, kw_only=True)
class ResetCode:
    """A code that was mailed to a user who has forgotten the password."""

    code: str
    sent_at: datetime


@dataclass(slots=True, kw_only=True)
class Credentials:
    """A user's earlier passwords, the code that was mailed last, and the authenticator app.

    `secret` is the key of the verified app, `new_secret` of one that is being added, and
    `last_step` the time step of the last code that was accepted.
    """

    temporary_since: datetime | None = None
    history: list[str] = field(default_factory=list)
    reset_code: ResetCode | None = None
    secret: bytes | None = None
    new_secret: bytes | None = None
    last_step: int = 0


def credentials_of(user: CognitoIdpUser) -> Credentials:
    """Return the user's credentials, which are kept on the user."""
    credentials: Credentials = vars(user).setdefault("credentials", Credentials())
    return credentials


def patch_credentials() -> None:
    """Patch passwords and login names in moto's Cognito in this process. Idempotent."""
    CognitoIdpBackend._validate_password = _validate_password  # noqa: SLF001
    CognitoIdpBackend.admin_set_user_password = _admin_set_user_password
    CognitoIdpUserPool._get_user = _get_user  # noqa: SLF001


def backend() -> CognitoIdpBackend:
    """Return moto's Cognito."""
    return cognitoidp_backends[ACCOUNT][REGION]


def set_temporary_password(user: CognitoIdpUser, password: str) -> None:
    """Give the user a password that must be changed, valid for the days that the pool says."""
    user.password = password
    user.status = UserStatus.FORCE_CHANGE_PASSWORD
    credentials_of(user).temporary_since = clock.now()


def choose_password(pool: CognitoIdpUserPool, user: CognitoIdpUser, password: str) -> None:
    """Set the password that a user chose.

    Raises:
        JsonRESTError: The pool's policy does not allow it.
    """
    pool.backend._validate_password(pool.id, password)  # noqa: SLF001
    remembered = [user.password, *credentials_of(user).history][
        : _policy(pool)["PasswordHistorySize"]
    ]
    if password in remembered:
        text = "Password has been used before. Choose another."
        raise JsonRESTError("PasswordHistoryPolicyViolationException", text)
    credentials_of(user).history = remembered
    user.password = password
    user.status = UserStatus.CONFIRMED


def require_unexpired(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> None:
    """Refuse a temporary password that has expired, by the practice's clock.

    Raises:
        NotAuthorizedError: It has expired.
    """
    since = credentials_of(user).temporary_since
    validity = timedelta(days=_policy(pool)["TemporaryPasswordValidityDays"])
    if since and clock.now() > since + validity:
        raise NotAuthorizedError(
            "Temporary password has expired and must be reset by an administrator."
        )


def _policy(pool: CognitoIdpUserPool) -> dict[str, Any]:
    policy: dict[str, Any] = pool.extended_config["Policies"]["PasswordPolicy"]
    return policy


def _validate_password(backend: CognitoIdpBackend, pool_id: str, password: str) -> None:
    """Name the first rule of the policy that the password breaks, which moto does not."""
    policy = _policy(backend.describe_user_pool(pool_id))
    if len(password) < policy["MinimumLength"]:
        raise _invalid("Password not long enough")
    for rule, fulfils, name in _POLICY:
        if policy[rule] and not any(map(fulfils, password)):
            raise _invalid(f"Password must have {name} characters")


def _invalid(reason: str) -> JsonRESTError:
    text = f"Password did not conform with policy: {reason}"
    return JsonRESTError("InvalidPasswordException", text)


def _admin_set_user_password(
    backend: CognitoIdpBackend, pool_id: str, username: str, password: str, permanent: Any
) -> None:
    _ADMIN_SET_USER_PASSWORD(backend, pool_id, username, password, permanent)
    if not permanent:
        set_temporary_password(backend.admin_get_user(pool_id, username), password)


def _get_user(pool: CognitoIdpUserPool, username: str) -> CognitoIdpUser | None:
    """Find a user whatever the case of the name, as the pools are configured."""
    found: CognitoIdpUser | None = _GET_USER(pool, username)
    if found or username is None:
        return found
    lowered = username.lower()
    return next((user for user in pool.users.values() if user.username.lower() == lowered), None)
