"""Cognito: the users of the two pools, and what can be done to them.

Each function and method raises the errors of Cognito's client.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef


_MAIL_ERRORS = frozenset(
    {
        "CodeDeliveryFailureException",
        "InvalidEmailRoleAccessPolicyException",
        "LimitExceededException",  # Cognito's own emails of a day
    }
)


class MailNotSent(ClientError):
    """Cognito can't mail a first password, for a reason that lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user of a pool. `must_change_password`: the first password has not been used yet."""

    attributes: Mapping[str, str]
    enabled: bool
    must_change_password: bool

    @property
    def therapist_id(self) -> str | None:
        """The therapist whose login it is, or whose client the user is."""
        return self.attributes.get("custom:therapist_id")

    @property
    def client_id(self) -> str | None:
        """The client that the user is; therapists have none."""
        return self.attributes.get("custom:client_id")

    @property
    def login_id(self) -> str | None:
        """The login of a practice that the user is; clients have none."""
        return self.attributes.get("custom:login_id")


@cache
def cognito_client() -> CognitoIdentityProviderClient:
    """Return the Cognito client, which is created on first use.

    It has a session of its own, since threads can't create clients of one session at once.
    """
    config = Config(connect_timeout=2, read_timeout=8, retries={"mode": "standard"})
    return boto3.Session().client("cognito-idp", config=config)


@dataclass(frozen=True)
class UserPool:
    """A user pool, whose id is in the environment variable `variable`."""

    variable: str

    @property
    def pool_id(self) -> str:
        """The pool's id."""
        return os.environ[self.variable]

    def find(self, username: str) -> User | None:
        """Return the user with that name, or None."""
        try:
            answer = cognito_client().admin_get_user(UserPoolId=self.pool_id, Username=username)
        except cognito_client().exceptions.UserNotFoundException:
            return None
        return User(
            attributes={a["Name"]: a.get("Value", "") for a in answer["UserAttributes"]},
            enabled=answer["Enabled"],
            must_change_password=answer["UserStatus"] == "FORCE_CHANGE_PASSWORD",
        )

    def create(self, username: str, attributes: Mapping[str, str]) -> None:
        """Create a user, to whom Cognito mails a first password.

        Raises:
            MailNotSent: The mail can't be sent. The user may have been created all the same.
        """
        with _mailing():
            cognito_client().admin_create_user(
                UserPoolId=self.pool_id,
                Username=username,
                UserAttributes=_attribute_list(attributes),
                DesiredDeliveryMediums=["EMAIL"],
            )

    def resend_invitation(self, username: str) -> None:
        """Have Cognito mail another first password, possible only before the first one is used.

        Raises:
            MailNotSent: The mail can't be sent.
        """
        with _mailing():
            cognito_client().admin_create_user(
                UserPoolId=self.pool_id,
                Username=username,
                MessageAction="RESEND",
                DesiredDeliveryMediums=["EMAIL"],
            )

    def update(self, username: str, attributes: Mapping[str, str]) -> None:
        """Update attributes of a user."""
        cognito_client().admin_update_user_attributes(
            UserPoolId=self.pool_id, Username=username, UserAttributes=_attribute_list(attributes)
        )

    def enable(self, username: str) -> None:
        """Allow the user to sign in."""
        cognito_client().admin_enable_user(UserPoolId=self.pool_id, Username=username)

    def disable(self, username: str) -> None:
        """Keep the user from signing in."""
        cognito_client().admin_disable_user(UserPoolId=self.pool_id, Username=username)

    def revoke_tokens(self, username: str) -> None:
        """Revoke the refresh tokens of a user.

        Where Cognito refuses that, there is nothing to revoke: the user has never signed in, or
        can't use a token while disabled.
        """
        with suppress(cognito_client().exceptions.NotAuthorizedException):
            cognito_client().admin_user_global_sign_out(UserPoolId=self.pool_id, Username=username)

    def remove_app(self, username: str) -> None:
        """Remove the user's authenticator app. The password remains."""
        cognito_client().admin_delete_software_token(UserPoolId=self.pool_id, Username=username)

    def delete(self, username: str) -> None:
        """Delete the user, if there is one."""
        with suppress(cognito_client().exceptions.UserNotFoundException):
            cognito_client().admin_delete_user(UserPoolId=self.pool_id, Username=username)

    def usernames_with_prefix(self, prefix: str) -> Iterator[str]:
        """Yield every user's name with that prefix. One created a moment ago may be missing."""
        pages = cognito_client().get_paginator("list_users")
        for page in pages.paginate(UserPoolId=self.pool_id, Filter=f'username ^= "{prefix}"'):
            yield from (user["Username"] for user in page["Users"])


CLIENTS: Final = UserPool("CLIENTS_USER_POOL_ID")
"""The pool of the clients' logins."""
THERAPISTS: Final = UserPool("THERAPISTS_USER_POOL_ID")
"""The pool of the therapists' logins."""


@contextmanager
def _mailing() -> Iterator[None]:
    """Raise MailNotSent in place of Cognito's errors that concern mail."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in _MAIL_ERRORS:
            raise MailNotSent(error.response, error.operation_name) from error
        raise


def _attribute_list(attributes: Mapping[str, str]) -> list[AttributeTypeTypeDef]:
    return [{"Name": name, "Value": value} for name, value in attributes.items()]
