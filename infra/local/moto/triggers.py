"""Lambda triggers of moto's user pools, which moto knows of and never invokes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool
from moto.core.exceptions import JsonRESTError

from infra.local.environment import REGION
from infra.local.moto.sessions import AppClient

Invoke = Callable[[str, dict[str, Any]], Any]
"""Invokes the function of an ARN with an event."""
_POST_AUTHENTICATION = "PostAuthentication"
_CUSTOM_MESSAGE = "CustomMessage"
_CODE, _USERNAME = "{####}", "{username}"
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
    source = f"{_POST_AUTHENTICATION}_Authentication"
    event = _event(app.pool, user, source, {"newDeviceUsed": False}, {}, app.client_id)
    for invoke in _invokers:
        try:
            invoke(arn, event)
        except Exception as error:
            text = f"{_POST_AUTHENTICATION} failed with error {error}."
            raise JsonRESTError("UserLambdaValidationException", text) from error


def custom_mail(
    pool: CognitoIdpUserPool, user: CognitoIdpUser, source: str, code: str
) -> tuple[str, str] | None:
    """Return the subject and the HTML that the pool's trigger writes, or None if it writes none.

    A message without the placeholders that Cognito demands is none (Cognito Developer Guide,
    "Custom message Lambda trigger").

    Raises:
        JsonRESTError: The function failed, so nothing is sent.
    """
    arn = pool.extended_config.get("LambdaConfig", {}).get(_CUSTOM_MESSAGE)
    if not arn or not _invokers:
        return None
    is_first = source == "AdminCreateUser"
    request = {"codeParameter": _CODE, "usernameParameter": _USERNAME if is_first else None}
    response = {"smsMessage": None, "emailMessage": None, "emailSubject": None}
    event = _event(pool, user, f"CustomMessage_{source}", request, response)
    try:
        answer = _invokers[-1](arn, event)["response"]
    except Exception as error:
        text = f"{_CUSTOM_MESSAGE} failed with error {error}."
        raise JsonRESTError("UserLambdaValidationException", text) from error
    html = answer["emailMessage"] or ""
    if _CODE not in html or (is_first and _USERNAME not in html):
        return None
    return answer["emailSubject"], html.replace(_USERNAME, user.username).replace(_CODE, code)


def _event(
    pool: CognitoIdpUserPool,
    user: CognitoIdpUser,
    source: str,
    request: dict[str, Any],
    response: dict[str, Any],
    client_id: str = "CLIENT_ID_NOT_APPLICABLE",
) -> dict[str, Any]:
    """Return the event of a trigger (Cognito Developer Guide, "Lambda triggers")."""
    status = user.status.value if user.status else "CONFIRMED"
    return {
        "version": "1",
        "region": REGION,
        "userPoolId": pool.id,
        "userName": user.username,
        "callerContext": {"awsSdkVersion": "local", "clientId": client_id},
        "triggerSource": source,
        "request": {
            "userAttributes": {**user.attribute_lookup, "cognito:user_status": status},
            **request,
        },
        "response": response,
    }
