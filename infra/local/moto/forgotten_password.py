"""Forgotten passwords in moto's Cognito, which mails no code and accepts any."""

import json
import secrets
from datetime import timedelta

from moto.cognitoidp.exceptions import (
    CodeMismatchException,
    ExpiredCodeException,
    InvalidParameterException,
    NotAuthorizedError,
)
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, UserStatus
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from infra.local.moto.credentials import ResetCode, choose_password, credentials_of
from infra.local.moto.sessions import app_client, require
from infra.local.moto.triggers import custom_mail
from infra.local.outbox import Mail, Outbox, in_own_words
from openhour import clock

_VALIDITY = timedelta(hours=1)
"""How long a code is valid, by the practice's clock (Cognito Developer Guide, quotas)."""


def patch_forgotten_password(outbox: Outbox) -> None:
    """Mail codes to `outbox` and check them, in this process."""

    def forgot_password(response: CognitoIdpResponse) -> ActionResult:
        return _forgot_password(response, outbox)

    CognitoIdpResponse.forgot_password = forgot_password
    CognitoIdpResponse.confirm_forgot_password = _confirm_forgot_password


def _forgot_password(response: CognitoIdpResponse, outbox: Outbox) -> ActionResult:
    """Mail a code. An unknown or disabled user gets the same response, and no mail."""
    request = json.loads(response.body)
    app = app_client(request["ClientId"])
    require(request, "Username", pattern=r"\S+")
    username = request["Username"]
    user = app.find(username)
    if user is None or not user.enabled:
        return _delivery(username)
    if user.status is UserStatus.FORCE_CHANGE_PASSWORD:
        raise NotAuthorizedError("User password cannot be reset in the current state.")
    address = user.attribute_lookup.get("email", "")
    if user.attribute_lookup.get("email_verified") != "true":
        raise InvalidParameterException(
            "Cannot reset password for the user as there is no registered/verified email or"
            " phone_number"
        )
    code = f"{secrets.randbelow(10**6):06}"
    credentials_of(user).reset_code = ResetCode(code=code, sent_at=clock.now())
    outbox.mails.append(_mail(app.pool, user, address, code))
    return _delivery(address)


def _mail(pool: CognitoIdpUserPool, user: CognitoIdpUser, address: str, code: str) -> Mail:
    text = pool.extended_config["EmailVerificationMessage"].replace("{####}", code)
    subject = pool.extended_config["EmailVerificationSubject"]
    mail = Mail(to=address, subject=subject, text=text, login=user.username, code=code)
    return in_own_words(mail, custom_mail(pool, user, "ForgotPassword", code))


def _delivery(address: str) -> ActionResult:
    """Describe where a code was sent; for an unknown user, where it would have been."""
    name, _, domain = address.rpartition("/")[2].partition("@")
    destination = f"{name[:1]}***@{domain[:1] or 'e'}***"
    details = {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": destination}
    return ActionResult({"CodeDeliveryDetails": details})


def _confirm_forgot_password(response: CognitoIdpResponse) -> ActionResult:
    """Set a password with a code. A password that the policy refuses leaves the code valid."""
    request = json.loads(response.body)
    app = app_client(request["ClientId"])
    require(request, "Username", "ConfirmationCode", pattern=r"\S+")
    require(request, "Password")
    user = app.find(request["Username"])
    if user is None or not user.enabled:
        raise CodeMismatchException("Invalid verification code provided, please try again.")
    credentials = credentials_of(user)
    sent = credentials.reset_code
    if sent is None or clock.now() > sent.sent_at + _VALIDITY:
        raise ExpiredCodeException("Invalid code provided, please request a code again.")
    if request["ConfirmationCode"] != sent.code:
        raise CodeMismatchException("Invalid verification code provided, please try again.")
    choose_password(app.pool, user, request["Password"])
    credentials.reset_code = None
    return EmptyResult()
