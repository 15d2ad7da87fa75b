"""moto's SES, which puts the mail that it sends into the outbox, with its tags.

Mail to an address of SES's mailbox simulator comes back or is unwanted, as in SES.
"""

import base64
import json

from moto.sesv2.responses import SESV2Response

from infra.local.moto.mail_events import report
from infra.local.outbox import Outbox, mail_from_mime

_SEND_EMAIL = SESV2Response.send_email


def patch_ses(outbox: Outbox) -> None:
    """Patch moto's SES in this process; it sends its mail to `outbox`."""

    def send_email(response: SESV2Response) -> str:
        answer: str = _SEND_EMAIL(response)
        request = json.loads(response.body)
        raw = base64.b64decode(request["Content"]["Raw"]["Data"])
        tags = {tag["Name"]: tag["Value"] for tag in request["EmailTags"]}
        mail = mail_from_mime(raw, tags)
        outbox.mails.append(mail)
        report(mail.to, tags)
        return answer

    SESV2Response.send_email = send_email
    SESV2Response.delete_suppressed_destination = lambda _: "{}"
