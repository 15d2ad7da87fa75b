"""Lambda triggers of moto's user pools, which moto knows of and never invokes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from moto.cognitoidp.models import CognitoIdpUser
from moto.core.exceptions import JsonRESTError

from infra.local.environment import REGION
from infra.local.moto.sessions import AppClient

Invoke = Callable[[str, dict[str, Any]], Any]
"""Invokes the function of an ARN with an event."""
_POST_AUTHENTICATION = "PostAuthentication"
_invokers: list[Invoke] = []


@contextmanager
def patch_triggers(invoke: Invoke) -> Iterator[None]:
    """Pass the events of the pools' triggers to `invoke` meanwhile."""
    _invokers.append(invoke)
    try:
        yield
    finally:
        _invokers.remove(invoke)


def report_sign_in(app: AppClient, user: CognitoIdpUser) -> None:
    """Invoke the pool's trigger after a user was authenticated.

    Raises:
        JsonRESTError: The function failed, so nobody is signed in.
    """
    arn = app.pool.extended_config.get("LambdaConfig", {}).get(_POST_AUTHENTICATION)
    if not arn:
        return
    for invoke in _invokers:
        try:
            invoke(arn, _event(app, user))
        except Exception as error:
            text = f"{_POST_AUTHENTICATION} failed with error {error}."
            raise JsonRESTError("UserLambdaValidationException", text) from error


def _event(app: AppClient, user: CognitoIdpUser) -> dict[str, Any]:
    """Return the event (Cognito Developer Guide, "Post authentication Lambda trigger")."""
    return {
        "version": "1",
        "region": REGION,
        "userPoolId": app.pool.id,
        "userName": user.username,
        "callerContext": {"awsSdkVersion": "local", "clientId": app.client_id},
        "triggerSource": "PostAuthentication_Authentication",
        "request": {
            "userAttributes": {**user.attribute_lookup, "cognito:user_status": "CONFIRMED"},
            "newDeviceUsed": False,
        },
        "response": {},
    }
