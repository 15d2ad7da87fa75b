"""The catalogue: which letter tells what each kind of mail tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from functions.notifications.mails import client_letters as client
from functions.notifications.mails import password_letters as password
from functions.notifications.mails import regular_letters as regular
from functions.notifications.mails import therapist_letters as therapist
from functions.notifications.mails.blocks import Blocks
from functions.notifications.mails.letters import Letter
from openhour.rules.mails import MailKind

LETTERS: Mapping[MailKind, Callable[[Blocks], Letter]] = {
    MailKind.BOOKED: client.booked,
    MailKind.MOVED: client.moved,
    MailKind.CANCELLED: client.cancelled,
    MailKind.REMINDER: client.reminder,
    MailKind.REGULAR_ENTERED: regular.regular_entered,
    MailKind.REGULAR_CHANGED: regular.regular_changed,
    MailKind.REGULAR_ENDED: regular.regular_ended,
    MailKind.SUSPENDED: client.suspended,
    MailKind.RESTORED: client.restored,
    MailKind.DISCHARGED: client.discharged,
    MailKind.WELCOME: client.welcome,
    MailKind.CONFIRM_REGISTRATION: client.confirm_registration,
    MailKind.ALREADY_KNOWN: client.already_known,
    MailKind.PLEASE_CALL: client.please_call,
    MailKind.REGULAR_DECLINED: regular.regular_declined,
    MailKind.INVITATION: password.invitation,
    MailKind.RESET_CODE: password.reset_code,
    MailKind.LATE_CANCELLATION: therapist.late_cancellation,
    MailKind.LIMIT_REACHED: therapist.limit_reached,
    MailKind.REGISTERED: therapist.registered,
    MailKind.REGISTRATIONS_FULL: therapist.registrations_full,
    MailKind.REGULAR_ASKED: therapist.regular_asked,
    MailKind.CONFLICT: therapist.conflict,
    MailKind.FRIDAY: therapist.friday,
    MailKind.DIGEST: therapist.digest,
    MailKind.BOUNCED: therapist.bounced,
    MailKind.LOGIN_INVITATION: password.login_invitation,
    MailKind.LOGIN_RESET_CODE: password.login_reset_code,
}
