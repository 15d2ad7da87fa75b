"""moto's Cognito, made as strict as the real one.

moto accepts a user without a password, creates a second user when an invitation is resent, sends no
mail, accepts names of any length and unknown attributes, and lets anyone sign up. Other modules of
this package patch how people sign in.
"""

import secrets
import string
from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException, NotAuthorizedError
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUser,
    CognitoIdpUserPool,
    UserStatus,
)
from moto.core.exceptions import JsonRESTError

from infra.local.moto.credentials import patch_credentials, set_temporary_password
from infra.local.moto.forgotten_password import patch_forgotten_password
from infra.local.moto.sign_in import patch_sign_in
from infra.local.moto.software_token import patch_software_token
from infra.local.moto.token_refresh import patch_token_refresh
from infra.local.moto.tokens import patch_tokens
from infra.local.moto.triggers import custom_mail
from infra.local.outbox import Mail, Outbox, in_own_words

Attributes = list[dict[str, str]]

_ADMIN_CREATE_USER = CognitoIdpBackend.admin_create_user
_ADMIN_UPDATE_USER_ATTRIBUTES = CognitoIdpBackend.admin_update_user_attributes
_UPDATE_USER_ATTRIBUTES = CognitoIdpBackend.update_user_attributes
_SIGN_UP = CognitoIdpBackend.sign_up
_MAX_USERNAME_LENGTH = 128
"""Characters (Cognito API Reference, AdminCreateUser)."""
_INVITATION = {
    "EmailSubject": "Your temporary password",
    "EmailMessage": "Your username is {username} and temporary password is {####}.",
}
"""What Cognito mails where a pool has no template of its own."""
_ALPHANUMERIC = string.ascii_letters + string.digits


def patch_cognito(outbox: Outbox) -> None:
    """Patch moto's Cognito in this process; it sends its mail to `outbox`."""

    def admin_create_user(backend: CognitoIdpBackend, *args: Any) -> CognitoIdpUser:
        return _admin_create_user(backend, *args, outbox=outbox)

    CognitoIdpBackend.admin_create_user = admin_create_user
    CognitoIdpBackend.admin_update_user_attributes = _admin_update_user_attributes
    CognitoIdpBackend.update_user_attributes = _update_user_attributes
    CognitoIdpBackend.sign_up = _sign_up
    patch_credentials()
    patch_sign_in()
    patch_forgotten_password(outbox)
    patch_software_token()
    patch_token_refresh()
    patch_tokens()


def _admin_create_user(
    backend: CognitoIdpBackend,
    pool_id: str,
    username: str,
    message_action: str | None,
    temporary_password: str | None,
    attributes: Attributes,
    *,
    outbox: Outbox,
) -> CognitoIdpUser:
    pool = backend.describe_user_pool(pool_id)
    _reject_unknown(pool, attributes)
    if len(username) > _MAX_USERNAME_LENGTH:
        raise InvalidParameterException("The user name is too long.")
    password = temporary_password or _temporary_password()
    if message_action == "RESEND":
        user = _reset_password(backend.admin_get_user(pool_id, username), password)
    else:
        user = _ADMIN_CREATE_USER(backend, pool_id, username, message_action, password, attributes)
        set_temporary_password(user, password)
    if message_action != "SUPPRESS":
        outbox.mails.append(_invitation(pool, user))
    return user


def _admin_update_user_attributes(
    backend: CognitoIdpBackend, pool_id: str, username: str, attributes: Attributes
) -> None:
    pool = backend.describe_user_pool(pool_id)
    _reject_unknown(pool, attributes)
    for name in (attribute["Name"] for attribute in attributes):
        if not pool.schema_attributes[name].mutable:
            raise InvalidParameterException(f"{name} can't be changed.")
    _ADMIN_UPDATE_USER_ATTRIBUTES(backend, pool_id, username, attributes)


def _reject_unknown(pool: CognitoIdpUserPool, attributes: Attributes) -> None:
    for attribute in attributes:
        if attribute["Name"] not in pool.schema_attributes:
            raise InvalidParameterException(f"{attribute['Name']} is not in the pool's schema.")


def _reset_password(user: CognitoIdpUser, password: str) -> CognitoIdpUser:
    """Give `user` a new temporary password, which Cognito allows until the first sign-in."""
    if user.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        raise JsonRESTError("UnsupportedUserStateException", "The password has been changed.")
    set_temporary_password(user, password)
    return user


def _invitation(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> Mail:
    config = pool.extended_config["AdminCreateUserConfig"]
    template = config.get("InviteMessageTemplate", _INVITATION)
    text = template["EmailMessage"].replace("{username}", user.username)
    mail = Mail(
        to=user.attribute_lookup.get("email", ""),
        subject=template["EmailSubject"],
        text=text.replace("{####}", user.password),
        login=user.username,
        password=user.password,
    )
    return in_own_words(mail, custom_mail(pool, user, "AdminCreateUser", user.password))


def _temporary_password() -> str:
    """Generate a password that fulfils the pool's policy."""
    return "Aa1" + "".join(secrets.choice(_ALPHANUMERIC) for _ in range(13))


def _update_user_attributes(
    backend: CognitoIdpBackend, access_token: str, attributes: Attributes
) -> None:
    for pool in backend.user_pools.values():
        client_id, _ = pool.access_tokens.get(access_token, (None, None))
        if client_id is not None:
            writable = pool.clients[client_id].extended_config["WriteAttributes"]
            if any(attribute["Name"] not in writable for attribute in attributes):
                raise NotAuthorizedError("A client attempted to write unauthorized attribute")
    _UPDATE_USER_ATTRIBUTES(backend, access_token, attributes)


def _sign_up(backend: CognitoIdpBackend, client_id: str, *args: Any, **kwargs: Any) -> Any:
    for pool in backend.user_pools.values():
        config = pool.extended_config["AdminCreateUserConfig"]
        if client_id in pool.clients and config["AllowAdminCreateUserOnly"]:
            raise NotAuthorizedError("SignUp is not permitted for this user pool")
    return _SIGN_UP(backend, client_id, *args, **kwargs)
