"""Previews of mails, with the practice's settings and made-up people and times."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.notifications.mails.examples import Examples
from functions.notifications.mails.writing import write
from openhour import clock
from openhour.api.identity import Role
from openhour.api.mail_previews import mail_preview_view
from openhour.api.resolver import resolver
from openhour.api.responses import JsonResponse, json_response
from openhour.rules.mails import MailKind
from openhour.rules.practice import Practice
from openhour.rules.settings import Language
from openhour.rules.weeks import WEEKDAYS
from openhour.store.practices import cached_practice
from openhour.use_cases.mail_parts import sender_of

app = resolver(Role.THERAPIST)

Kind = Annotated[MailKind, Path(description="What the mail tells.")]
InLanguage = Annotated[
    Language | None, Query(description="The mail's language. Left out: the practice's.")
]
_TUESDAY = WEEKDAYS.index("tuesday")


@app.get("/practice/mail-previews/<kind>", responses=app.responses("MailPreview"))
def preview_mail(kind: Kind, language: InLanguage = None) -> JsonResponse:
    """Return a mail as it is sent, with made-up people and times."""
    practice = cached_practice(app.signed_in_therapist())
    wanted = language or practice.language
    sender = sender_of(practice, wanted, for_therapist=kind.is_for_therapist)
    facts = _examples(practice, now=clock.now()).facts(kind, sender, wanted.value)
    written = write(facts)
    view = mail_preview_view(
        facts, subject=written.subject, text=written.body.text, html=written.body.html
    )
    return json_response(view)


def _examples(practice: Practice, *, now: datetime) -> Examples:
    return Examples(
        therapist_id=practice.therapist_id,
        zone=practice.zone,
        today=_next_tuesday(now.astimezone(practice.zone).date()),
        notice=practice.cancellation_notice,
        change_policy=practice.change_policy,
    )


def _next_tuesday(today: date) -> date:
    """Return a day whose neighbours are weekdays, too."""
    return today + timedelta(days=(_TUESDAY - today.weekday() - 1) % 7 + 1)


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Handle a request."""
    return app.resolve(event, context)
