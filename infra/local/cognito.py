"""The template's user pool in moto, and moto's Cognito where it is laxer than the real one.

moto makes a user without a password where none is given, makes a second user when an invitation is
asked for again, mails nothing, takes names of any length and every attribute from everyone, lets
everyone sign up, and chooses the pool's ids.
"""

import secrets
import string
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from moto.cognitoidp.exceptions import InvalidParameterException, NotAuthorizedError
from moto.cognitoidp.models import (
    CognitoIdpBackend,
    CognitoIdpUser,
    CognitoIdpUserPool,
    UserStatus,
    cognitoidp_backends,
)
from moto.core.exceptions import JsonRESTError

from infra.local.environment import ACCOUNT, REGION, VARIABLES
from infra.local.outbox import Mail, Outbox
from infra.local.renewals import rotate_refresh_tokens
from infra.local.template import Template

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

USER_POOL_ID = VARIABLES["USER_POOL_ID"]
USER_POOL_CLIENT_ID = VARIABLES["USER_POOL_CLIENT_ID"]
ISSUER = f"https://cognito-idp.{REGION}.amazonaws.com/{USER_POOL_ID}"

_CREATE = CognitoIdpBackend.admin_create_user
_CHANGE = CognitoIdpBackend.admin_update_user_attributes
_UPDATE = CognitoIdpBackend.update_user_attributes
_SIGN_UP = CognitoIdpBackend.sign_up
_LONGEST_NAME = 128
"""Characters of a user name (API Reference, AdminCreateUser)."""
_LETTERS_AND_DIGITS = string.ascii_letters + string.digits


def create_user_pool(template: Template, cognito: "CognitoIdentityProviderClient") -> None:
    """Create the template's user pool, app client and groups, with the ids that functions know."""
    pool = dict(template.properties("UserPool"))
    attributes = [each for each in pool.pop("Schema") if each["Name"] != "email"]
    del pool["EnabledMfas"]  # CloudFormation's own, as the second factor's kind is set apart
    pool_id = cognito.create_user_pool(PoolName="openhour", **pool)["UserPool"]["Id"]
    # Standard attributes are always there; moto drops them where a pool has some of its own.
    cognito.add_custom_attributes(UserPoolId=pool_id, CustomAttributes=attributes)
    client = {**template.properties("UserPoolClient"), "UserPoolId": pool_id}
    cognito.create_user_pool_client(ClientName="openhour", **client)
    _rename(pool_id)
    for group in template.of_type("AWS::Cognito::UserPoolGroup").values():
        cognito.create_group(UserPoolId=USER_POOL_ID, GroupName=group["GroupName"])


def _rename(pool_id: str) -> None:
    backend = cognitoidp_backends[ACCOUNT][REGION]
    pool = backend.user_pools.pop(pool_id)
    _, client = pool.clients.popitem()
    pool.id = client.user_pool_id = USER_POOL_ID
    client.id = USER_POOL_CLIENT_ID
    backend.user_pools[pool.id] = pool
    pool.clients[client.id] = client


def be_strict(outbox: Outbox) -> None:
    """Have moto's Cognito mail into `outbox` and guard attributes, in this process, from now on."""
    CognitoIdpBackend.admin_create_user = _mailing(_CREATE, outbox)
    CognitoIdpBackend.admin_update_user_attributes = _changing(_CHANGE)
    CognitoIdpBackend.update_user_attributes = _guarded(_UPDATE)
    CognitoIdpBackend.sign_up = _closed(_SIGN_UP)
    rotate_refresh_tokens()


def _mailing(create: Callable[..., CognitoIdpUser], outbox: Outbox) -> Callable[..., Any]:
    @wraps(create)
    def call(
        backend: CognitoIdpBackend,
        user_pool_id: str,
        username: str,
        message_action: str | None,
        temporary_password: str | None,
        attributes: list[dict[str, str]],
    ) -> CognitoIdpUser:
        pool = backend.describe_user_pool(user_pool_id)
        _refuse_unknown(pool, attributes)
        if len(username) > _LONGEST_NAME:
            raise InvalidParameterException("The user name is too long.")
        password = temporary_password or _first_password()
        if message_action == "RESEND":
            user = _renew(backend.admin_get_user(user_pool_id, username), password)
        else:
            user = create(backend, user_pool_id, username, message_action, password, attributes)
        if message_action != "SUPPRESS":
            config = pool.extended_config["AdminCreateUserConfig"]
            outbox.add(_invitation(user, config["InviteMessageTemplate"]))
        return user

    return call


def _changing(change: Callable[..., None]) -> Callable[..., None]:
    @wraps(change)
    def call(
        backend: CognitoIdpBackend, pool_id: str, username: str, attributes: list[dict[str, str]]
    ) -> None:
        pool = backend.describe_user_pool(pool_id)
        _refuse_unknown(pool, attributes)
        fixed = {name for name, each in pool.schema_attributes.items() if not each.mutable}
        for attribute in attributes:
            if attribute["Name"] in fixed:
                raise InvalidParameterException(f"{attribute['Name']} can't be changed.")
        change(backend, pool_id, username, attributes)

    return call


def _refuse_unknown(pool: CognitoIdpUserPool, attributes: list[dict[str, str]]) -> None:
    for attribute in attributes:
        if attribute["Name"] not in pool.schema_attributes:
            raise InvalidParameterException(f"{attribute['Name']} is not in the pool's schema.")


def _renew(user: CognitoIdpUser, password: str) -> CognitoIdpUser:
    """Give `user` a new first password, which Cognito does only until it has been changed."""
    if user.status is not UserStatus.FORCE_CHANGE_PASSWORD:
        raise JsonRESTError("UnsupportedUserStateException", "The password has been changed.")
    user.password = password
    return user


def _invitation(user: CognitoIdpUser, template: dict[str, str]) -> Mail:
    text = template["EmailMessage"]
    return Mail(
        to=user.attribute_lookup.get("email", ""),
        subject=template["EmailSubject"],
        text=text.replace("{username}", user.username).replace("{####}", user.password),
        login=user.username,
        password=user.password,
    )


def _closed(sign_up: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(sign_up)
    def call(backend: CognitoIdpBackend, client_id: str, *given: Any, **named: Any) -> Any:
        for pool in backend.user_pools.values():
            config = pool.extended_config["AdminCreateUserConfig"]
            if client_id in pool.clients and config["AllowAdminCreateUserOnly"]:
                raise NotAuthorizedError("SignUp is not permitted for this user pool")
        return sign_up(backend, client_id, *given, **named)

    return call


def _first_password() -> str:
    """One that the pool's policy allows."""
    return "Aa1" + "".join(secrets.choice(_LETTERS_AND_DIGITS) for _ in range(13))


def _guarded(update: Callable[..., None]) -> Callable[..., None]:
    @wraps(update)
    def call(
        backend: CognitoIdpBackend, access_token: str, attributes: list[dict[str, str]]
    ) -> None:
        for pool in backend.user_pools.values():
            client_id, _ = pool.access_tokens.get(access_token, (None, None))
            if client_id is not None:
                allowed = pool.clients[client_id].extended_config["WriteAttributes"]
                if any(attribute["Name"] not in allowed for attribute in attributes):
                    raise NotAuthorizedError("A client attempted to write unauthorized attribute")
        update(backend, access_token, attributes)

    return call
