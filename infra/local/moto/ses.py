"""moto's SES, which puts the mail that it sends into the outbox.

moto keeps MIME messages whole, but loses their tags.
"""

from typing import Any

from moto.ses.models import RawMessage
from moto.sesv2.models import SESV2Backend

from infra.local.outbox import Outbox, mail_from_mime

_SEND_RAW_EMAIL = SESV2Backend.send_raw_email


def patch_ses(outbox: Outbox) -> None:
    """Patch moto's SES in this process; it sends its mail to `outbox`."""

    def send_raw_email(backend: SESV2Backend, *args: Any, **kwargs: Any) -> RawMessage:
        message = _SEND_RAW_EMAIL(backend, *args, **kwargs)
        outbox.mails.append(mail_from_mime(message.raw_data))
        return message

    SESV2Backend.send_raw_email = send_raw_email
