"""Messages: the title and detail of each refusal, worded for a client or for the therapist."""

from __future__ import annotations

from typing import NamedTuple

from openhour.api.identity import Role
from openhour.rules.refusals import Refusal


class Message(NamedTuple):
    """A title and a detail.

    In the detail `{phone}` stands for a colon and the office's phone, and any other name for a
    member that the refusal adds.
    """

    title: str
    detail: str


_FOR_EVERYONE = {
    "forbidden": Message("Not with this login", "This login can't be used for that."),
    "self-scheduling-off": Message(
        "Online booking is closed", "Online booking is closed just now. Please call us{phone}."
    ),
    "not-accepting": Message(
        "New clients: please call us",
        "We can't take new clients online just now. New clients: please call us{phone}.",
    ),
    "intake-full": Message(
        "New clients: please call us",
        "We can't take new clients online just now: the last place has gone meanwhile. Please call "
        "us{phone}.",
    ),
    "registration-expired": Message(
        "This link has expired",
        "This link has expired, or a newer one has replaced it. Please register again, or call "
        "us{phone}.",
    ),
    "unknown-therapist": Message("Not found", "There is no such practice here."),
    "already-started": Message(
        "It has started", "It has started, so it can't be booked or changed any more."
    ),
    "unsupported-media-type": Message("Not JSON", "Send the body as application/json."),
    "invalid": Message(
        "Please check what you entered", "Something can't be used as it is: see errors."
    ),
    "busy": Message("Busy just now", "We couldn't do that just now. Please try again in a moment."),
}
_FOR_CLIENTS = {
    "privilege-suspended": Message(
        "Please call us to book",
        "Please call us to book{phone}.{kept}",
    ),
    "privilege-suspended/cancel": Message(
        "Please call us to cancel",
        "Please call us to cancel{phone}. Until then the session stays yours.",
    ),
    "privilege-suspended/move": Message(
        "Please call us to change it",
        "Please call us to change the time{phone}. Until then the session stays yours.",
    ),
    "unknown-slot": Message("No such time", "This time is not on the calendar."),
    "unknown-appointment": Message(
        "No such session", "We can't find this session. It may have been changed before."
    ),
    "unknown-client": Message("Please call us", "We can't find you here. Please call us{phone}."),
    "slot-taken": Message("This time is gone", "This time is gone. Please choose another."),
    "already-regular": Message(
        "It repeats already",
        "This session repeats already. To change that, please call us{phone}.",
    ),
    "too-soon": Message(
        "Too soon to book online",
        "This time is too soon to book online. Please choose a later one, or call us{phone}.",
    ),
    "weekly-limit": Message(
        "Your week is full",
        "You have as many sessions in that week as can be booked online. You can move one, or "
        "call us{phone}.",
    ),
    "first-session-ahead": Message(
        "Your first session comes first",
        "You can book your next session once you have been here. You can move the one that you "
        "have, or call us{phone}.",
    ),
}
_FOR_THERAPISTS = {
    "unknown-slot": Message("No such slot", "The calendar has no such slot."),
    "unknown-appointment": Message(
        "No such appointment", "There is no such appointment, or none that can still be changed."
    ),
    "unknown-client": Message("No such client", "There is no such client, or not any more."),
    "unknown-regular": Message("No such regular", "There is no such regular, or it has ended."),
    "unknown-regular-request": Message(
        "No such request", "This client asks for no repeating session, or not any more."
    ),
    "mail-not-stopped": Message("Mail goes to them", "Mail goes to this client already."),
    "unknown-time-off": Message("No such time off", "There is no such time off."),
    "slot-taken": Message("The slot is booked", "Somebody has a session there."),
    "not-started": Message("Not started yet", "Say how it went once the session has started."),
    "not-ready": Message("Not ready yet", "{missing}"),
    "regular-conflict": Message(
        "Two regulars would meet", "Another regular has this slot in week {week}."
    ),
    "overlap": Message("Overlaps another slot", "Another slot takes part of that time."),
    "unknown-registration": Message(
        "No such registration", "There is no such registration, or not any more."
    ),
    "known-client": Message("Already a client", "A client with this login name is there already."),
    "unknown-login": Message("No such login", "The practice has no such login, or not any more."),
    "known-login": Message(
        "A login with this address", "There is a login with this address, in another role."
    ),
    "login-kept": Message("This login stays", "{why}"),
    "client-suspended": Message(
        "This client can't book", "This client can't book online just now: change that first."
    ),
    "no-sender": Message(
        "Mail can't be sent", "No address that sends mail is set up for this installation."
    ),
    "no-address": Message("No address", "The client has no address: enter one first."),
    "not-invited": Message("Not invited", "The client has no login yet: invite them first."),
    "mail-stopped": Message(
        "Mail doesn't reach them", "Mail came back or was marked as unwanted: try again first."
    ),
    "mail-unwanted": Message("No mail wanted", "The client has asked for no mail."),
    "before-mail-from": Message(
        "Clients are not mailed yet", "Set in the settings from which day on clients are mailed."
    ),
    "zone-in-use": Message(
        "Sessions are booked", "The time zone can't change while a future slot is booked."
    ),
    "stale": Message(
        "Changed in the meantime", "The settings have changed since you read them: read them again."
    ),
}


_STEPS = {
    "hours": "Set your hours.",
    "timezone": "Set your time zone.",
    "office_phone": "Give an office phone, which clients are told to call.",
    "crisis_line": "Give a crisis line, which clients can turn to at any hour.",
    "regulars_entered": "Confirm that all your regulars are entered.",
    "conflicts": "Settle the open conflicts.",
}
"""What to do about each thing that is missing before clients may book."""
_WHY_KEPT = {
    "own": "You are signed in with this login. Another therapist can remove it.",
    "first": "It is the practice's first login, which only the operator can remove.",
    "last": "It is the last login of a therapist. Add another one first.",
}
_KEPT = " Your repeating times are kept."

_MESSAGES = {
    Role.THERAPIST: {**_FOR_CLIENTS, **_FOR_THERAPISTS, **_FOR_EVERYONE},
    Role.CLIENT: {**_FOR_THERAPISTS, **_FOR_CLIENTS, **_FOR_EVERYONE},
}


def message_for(
    refusal: Refusal,
    *,
    role: Role | None,
    phone: str | None,
    act: str = "book",
    has_regulars: bool = False,
) -> Message:
    """Return the title and detail of a refusal for a role, or the public (None).

    `act` is what a client wanted to do: `book`, `cancel` or `move`.
    """
    messages = _MESSAGES[role or Role.CLIENT]
    keys = (refusal.cause, f"{refusal.name}/{act}", refusal.name)
    title, detail = next(messages[key] for key in keys if key in messages)
    facts = {name: str(value) for name, value in refusal.extra.items()}
    facts["missing"] = " ".join(_STEPS[name] for name in refusal.extra.get("missing", ()))
    facts["why"] = _WHY_KEPT.get(refusal.extra.get("why", ""), "It can't be removed.")
    facts["kept"] = _KEPT if has_regulars else ""
    facts["phone"] = f": {phone}" if phone else ""
    return Message(title, detail.format_map(facts))
