"""Every refusal over HTTP: its status, its message, and that nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from openhour import clock
from openhour.rules.refusals import Busy, Refusal
from tests.functions.http import a_client
from tests.functions.slots import (
    CLEO,
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    NOWHERE,
    TUESDAY,
    TUESDAY_EVENING,
    WEDNESDAY,
    WEDNESDAYS,
)
from tests.functions.stopping_mail import bounce
from tests.functions.test_messages import HARSH
from tests.registering import mailed_token

PHONE = "+1 555 0100"
Call = tuple[Any, ...]
"""Who calls, the request, and its body and headers, if any; or `clock` and an instant.

`{booked}` in a request or a body is the id of the appointment made last, and `{token}` that of the
link which was mailed."""


def books(who: str, slot_id: str) -> Call:
    return who, "POST /appointments", {"slot_id": slot_id}


def asks(who: str, appointment_id: str) -> Call:
    return who, "PUT /me/regular-request", {"appointment_id": appointment_id, "every_weeks": 1}


REGISTER = "POST /therapists/t1/registrations"
CONFIRM = f"{REGISTER}/confirm"
DECLINES = ("therapist", "DELETE /practice/clients/annt1/regular-request")
GONE = f"/appointments/{WEDNESDAY}-annt1-gone"
BOB_BOOKS = books("bob", WEDNESDAY)
HALF_AN_HOUR_BEFORE = ("clock", "2026-11-24T09:30:00-05:00")
TUESDAY_BEGINS = ("clock", "2026-11-24T10:00:00-05:00")
SUSPENDED = (
    "therapist",
    "PUT /practice/clients/annt1/privilege",
    {"state": "suspended", "reason": "too many"},
)
SWITCHED_OFF = ("therapist", "PUT /practice/self-scheduling", {"enabled": False})
WEDNESDAY_BLOCKED = ("therapist", f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"})
FORM = {"content_type": "application/x-www-form-urlencoded"}

OTTO = {"name": "Otto", "email": "otto@example.org"}
WELCOME = ("therapist", "POST /practice/clients/annt1/welcome")
WELCOME_TO_ADDED = ("therapist", "POST /practice/clients/{added}/welcome")
REFUSALS: dict[str, dict[str, list[Call]]] = {
    "forbidden": {
        "a client asks for the console": [("ann", "GET /practice")],
        "the therapist books as a client": [books("therapist", TUESDAY)],
    },
    "privilege-suspended": {
        "a suspended client looks for open slots": [SUSPENDED, ("ann", "GET /slots")],
        "a suspended client books": [SUSPENDED, books("ann", TUESDAY)],
        "a suspended client asks for a regular": [
            books("ann", WEDNESDAY),
            SUSPENDED,
            asks("ann", "{booked}"),
        ],
        "a suspended client withdraws what they asked for": [
            books("ann", WEDNESDAY),
            asks("ann", "{booked}"),
            SUSPENDED,
            ("ann", "DELETE /me/regular-request"),
        ],
        "a suspended client cancels nothing": [SUSPENDED, ("ann", "DELETE /appointments/nonsense")],
    },
    "self-scheduling-off": {
        "a client books while booking is off": [SWITCHED_OFF, books("ann", TUESDAY)],
        "a client asks for a regular while booking is off": [
            books("ann", TUESDAY),
            SWITCHED_OFF,
            asks("ann", "{booked}"),
        ],
    },
    "not-accepting": {
        "somebody registers while intake is closed": [
            ("therapist", "PATCH /practice", {"intake": "closed"}),
            ("anybody", REGISTER, CLEO),
        ]
    },
    "intake-full": {
        "somebody confirms when intake has closed": [
            ("anybody", REGISTER, CLEO),
            ("therapist", "PATCH /practice", {"intake": "closed"}),
            ("anybody", CONFIRM, {"token": "{token}"}),
        ]
    },
    "registration-expired": {
        "somebody confirms by a link that nobody was mailed": [
            ("anybody", CONFIRM, {"token": "x" * 86})
        ]
    },
    "unknown-therapist": {"somebody looks for no therapist": [("anybody", "GET /therapists/t9")]},
    "unknown-slot": {
        "a client books where the hours have nothing": [books("ann", NOWHERE)],
        "the therapist sets a slot that is not there": [
            ("therapist", f"PUT /practice/slots/{NOWHERE}", {"state": "open"})
        ],
    },
    "unknown-appointment": {
        "a client cancels what was never there": [("ann", f"DELETE {GONE}")],
        "a client cancels another's session": [BOB_BOOKS, ("ann", "DELETE /appointments/{booked}")],
        "a client moves another's session": [
            BOB_BOOKS,
            ("ann", "POST /appointments/{booked}/move", {"slot_id": TUESDAY}),
        ],
        "a client asks that nothing repeat": [asks("ann", f"{WEDNESDAY}-annt1-gone")],
        "a client asks for nonsense": [asks("ann", "nonsense")],
        "a client asks that another's session repeat": [BOB_BOOKS, asks("ann", "{booked}")],
        "a client asks that a cancelled session repeat": [
            books("ann", WEDNESDAY),
            ("ann", "DELETE /appointments/{booked}"),
            asks("ann", "{booked}"),
        ],
        "a client asks that a session repeat which has moved": [
            books("ann", WEDNESDAY),
            ("ann", "POST /appointments/{booked}/move", {"slot_id": TUESDAY}),
            asks("ann", "{booked}"),
        ],
    },
    "unknown-client": {
        "a discharged client looks for open slots": [
            ("therapist", "DELETE /practice/clients/annt1"),
            ("ann", "GET /slots"),
        ],
        "a discharged client books": [
            ("therapist", "DELETE /practice/clients/annt1"),
            books("ann", TUESDAY),
        ],
        "a discharged client asks for a regular": [
            books("ann", WEDNESDAY),
            ("therapist", "DELETE /practice/clients/annt1"),
            asks("ann", "{booked}"),
        ],
        "a discharged client withdraws": [
            ("therapist", "DELETE /practice/clients/annt1"),
            ("ann", "DELETE /me/regular-request"),
        ],
        "a discharged client chooses": [
            ("therapist", "DELETE /practice/clients/annt1"),
            ("ann", "PATCH /me", {"language": "es"}),
        ],
        "the therapist declines what nobody asks": [
            ("therapist", "DELETE /practice/clients/nobody/regular-request"),
        ],
        "mail to no client is resumed": [
            ("therapist", "DELETE /practice/clients/nobody/mail-stop")
        ],
        "the therapist looks for no client": [("therapist", "GET /practice/clients/nobody")],
    },
    "unknown-regular": {
        "the therapist ends no regular": [("therapist", "DELETE /practice/regulars/r9")]
    },
    "unknown-regular-request": {
        "the therapist declines what was not asked": [DECLINES],
        "the therapist declines what was withdrawn": [
            books("ann", WEDNESDAY),
            asks("ann", "{booked}"),
            ("ann", "DELETE /me/regular-request"),
            DECLINES,
        ],
        "the therapist declines when the session was cancelled": [
            books("ann", WEDNESDAY),
            asks("ann", "{booked}"),
            ("ann", "DELETE /appointments/{booked}"),
            DECLINES,
        ],
        "the therapist declines when the session is over": [
            books("ann", TUESDAY),
            asks("ann", "{booked}"),
            ("clock", "2026-11-24T10:50:00-05:00"),
            DECLINES,
        ],
        "the therapist declines what is entered": [
            books("ann", WEDNESDAY),
            asks("ann", "{booked}"),
            ("therapist", "POST /practice/regulars", WEDNESDAYS),
            DECLINES,
        ],
    },
    "unknown-time-off": {
        "the therapist gives no time off back": [("therapist", "DELETE /practice/time-off/t9")]
    },
    "slot-taken": {
        "a client books what somebody has": [BOB_BOOKS, books("ann", WEDNESDAY)],
        "a client books what is held": [books("ann", NEXT_TUESDAY_EVENING)],
        "a client books what is blocked": [WEDNESDAY_BLOCKED, books("ann", WEDNESDAY)],
        "the therapist blocks what somebody has": [BOB_BOOKS, WEDNESDAY_BLOCKED],
    },
    "too-soon": {
        "a client books half an hour before": [HALF_AN_HOUR_BEFORE, books("ann", TUESDAY)]
    },
    "weekly-limit": {
        "a client books twice in a week": [books("ann", TUESDAY), books("ann", WEDNESDAY)]
    },
    "already-started": {
        "a client books what has begun": [TUESDAY_BEGINS, books("ann", TUESDAY)],
        "a client cancels what has begun": [
            books("ann", TUESDAY),
            TUESDAY_BEGINS,
            ("ann", "DELETE /appointments/{booked}"),
        ],
        "a client asks that a session repeat which has begun": [
            books("ann", TUESDAY),
            TUESDAY_BEGINS,
            asks("ann", "{booked}"),
        ],
    },
    "already-regular": {
        "a client asks that a regular's session repeat": [
            books("ann", WEDNESDAY),
            ("therapist", "POST /practice/regulars", WEDNESDAYS),
            asks("ann", "{booked}"),
        ]
    },
    "not-started": {
        "the therapist marks what is to come": [
            books("ann", TUESDAY),
            ("therapist", "PUT /practice/appointments/{booked}/outcome", {"outcome": "no_show"}),
        ]
    },
    "not-ready": {
        "the therapist lets clients in too early": [
            SWITCHED_OFF,
            ("therapist", "PUT /practice/self-scheduling", {"enabled": True}),
        ]
    },
    "regular-conflict": {
        "two regulars would meet": [
            ("therapist", "POST /practice/regulars", WEDNESDAYS),
            (
                "therapist",
                "POST /practice/regulars",
                {**WEDNESDAYS, "client_id": "bobt1", "every_weeks": 2},
            ),
        ]
    },
    "overlap": {
        "an extra opening overlaps": [
            (
                "therapist",
                "POST /practice/slots",
                {"start": "2026-11-24T10:30:00-05:00", "minutes": 50},
            )
        ]
    },
    "known-client": {
        "two clients would share a login": [
            (
                "therapist",
                "POST /practice/clients",
                {"name": "Anna", "email": "ann@example.org", "invite": True},
            )
        ]
    },
    "unknown-login": {
        "the therapist removes nobody's login": [("therapist", "DELETE /practice/logins/l9")]
    },
    "known-login": {
        "an address has a login in another role": [
            ("therapist", "POST /practice/logins", {**OTTO, "role": "therapist"}),
            ("therapist", "POST /practice/logins", {**OTTO, "role": "office"}),
        ]
    },
    "login-kept": {
        "a therapist removes the only login": [("therapist", "DELETE /practice/logins/login-of-t1")]
    },
    "mail-not-stopped": {
        "the therapist has mail sent that is sent already": [
            ("therapist", "DELETE /practice/clients/annt1/mail-stop")
        ]
    },
    "client-suspended": {
        "the therapist welcomes whom they have suspended": [SUSPENDED, WELCOME],
    },
    "no-sender": {
        "the therapist welcomes where no mail can be sent": [("sender", "none"), WELCOME],
    },
    "no-address": {
        "the therapist welcomes a client without an address": [
            ("therapist", "POST /practice/clients", {"name": "Al"}),
            WELCOME_TO_ADDED,
        ]
    },
    "not-invited": {
        "the therapist welcomes a client without a login": [
            ("therapist", "POST /practice/clients", {"name": "Al", "email": "al@example.org"}),
            WELCOME_TO_ADDED,
        ]
    },
    "mail-stopped": {
        "the therapist welcomes a client whose mail comes back": [("bounce", "annt1"), WELCOME],
    },
    "mail-unwanted": {
        "the therapist welcomes a client who wants no mail": [
            ("ann", "PATCH /me", {"mail": "none"}),
            WELCOME,
        ]
    },
    "before-mail-from": {
        "the therapist welcomes before clients are mailed": [
            ("therapist", "PATCH /practice", {"mail_from": "2026-11-24"}),
            WELCOME,
        ],
        "the therapist welcomes where no such day is set": [WELCOME],
    },
    "unknown-registration": {
        "the therapist deletes no registration": [
            ("therapist", "DELETE /practice/registrations/r9")
        ]
    },
    "zone-in-use": {
        "the zone changes under a booking": [
            books("ann", NEXT_TUESDAY),
            ("therapist", "PATCH /practice", {"timezone": "Europe/Berlin"}),
        ]
    },
    "stale": {
        "somebody else has changed the settings": [
            ("therapist", "PATCH /practice", {"name": "Dr. Eve"}, {"if_match": '"1"'})
        ]
    },
    "unsupported-media-type": {
        "a client sends a form": [("ann", "POST /appointments", {"slot_id": TUESDAY}, FORM)]
    },
    "invalid": {"a client sends nothing": [("ann", "POST /appointments", {})]},
}
"""By refusal: named cases, each a list of calls of which the last is refused."""


CASES = [
    pytest.param(name, calls, id=case)
    for name, cases in REFUSALS.items()
    for case, calls in cases.items()
]
STATUS = {refusal.name: refusal.status for refusal in Refusal.__subclasses__()}


@pytest.fixture
def send(callers, go_to, monkeypatch):
    """Carry out one call; what is answered."""
    ids = {"booked": "", "token": "", "added": ""}

    def carry_out(who, what, body=None, headers=None):
        if who == "clock":
            return go_to(what)
        if who == "sender":
            return monkeypatch.setenv("SENDS_MAIL", "")
        if who == "bounce":
            return bounce("t1", what)
        made = ("{booked}", "{token}")
        filled = {k: v.format_map(ids) if v in made else v for k, v in (body or {}).items()}
        reply = callers[who](what.format_map(ids), body and filled, **(headers or {}))
        if (what, reply.status) == (REGISTER, 202):
            ids["token"] = mailed_token("t1", CLEO["email"], now=clock.now())
        ids["added"] = reply.body.get("client_id", ids["added"])
        ids["booked"] = reply.body.get("appointment_id", ids["booked"])
        return reply

    return carry_out


@pytest.mark.parametrize(("name", "calls"), CASES)
def test_a_refused_call_changes_nothing(name, calls, send, unchanged):
    *arranged, refused = calls
    for call in arranged:
        send(*call)
    with unchanged():
        reply = send(*refused)
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.refusal == name
    assert reply.status == reply.body["status"] == STATUS[name]
    assert reply.body["title"]
    assert reply.body["detail"]
    if refused[0] != "therapist":
        read = f"{reply.body['title']} {reply.body['detail']} {reply.body.get('errors')}".lower()
        assert not [word for word in HARSH if word in read]
        assert not {"client", "slot", "regular_id"} & reply.body.keys()


def test_every_refusal_has_its_case():
    assert set(REFUSALS) == set(STATUS) - {Busy.name}


@pytest.mark.parametrize(
    "name",
    [
        *("privilege-suspended", "self-scheduling-off", "not-accepting"),
        *("intake-full", "registration-expired"),
    ],
)
def test_refusals_include_the_office_phone(name, send):
    calls, *_ = REFUSALS[name].values()
    problem = [send(*call) for call in calls][-1].body
    assert problem["office_phone"] == PHONE
    assert f": {PHONE}" in problem["detail"]


def test_a_suspended_client_is_told_that_the_repeating_times_are_kept(send):
    send("therapist", "POST /practice/regulars", WEDNESDAYS)
    send(*SUSPENDED)
    problem = send(*books("ann", TUESDAY)).body
    assert problem["detail"] == f"Please call us to book: {PHONE}. Your repeating times are kept."


def test_the_therapist_is_not_told_to_call_the_office(therapist):
    assert "office_phone" not in therapist("GET /practice/clients/nobody").body


@pytest.mark.parametrize(
    ("arranged", "slot_id", "name"),
    [
        pytest.param(
            [BOB_BOOKS, SWITCHED_OFF, SUSPENDED],
            WEDNESDAY,
            "privilege-suspended",
            id="suspended, first of all",
        ),
        pytest.param(
            [BOB_BOOKS, SWITCHED_OFF],
            WEDNESDAY,
            "self-scheduling-off",
            id="then that booking is off",
        ),
        pytest.param(
            [books("bob", TUESDAY), books("ann", WEDNESDAY), HALF_AN_HOUR_BEFORE],
            TUESDAY,
            "too-soon",
            id="too soon, though taken",
        ),
        pytest.param(
            [books("bob", TUESDAY), books("ann", WEDNESDAY)],
            TUESDAY,
            "slot-taken",
            id="taken, though the week is full",
        ),
        pytest.param(
            [books("ann", WEDNESDAY)], TUESDAY_EVENING, "weekly-limit", id="the week is full"
        ),
    ],
)
def test_the_first_of_several_reasons_is_given(send, arranged, slot_id, name):
    for call in arranged:
        send(*call)
    assert send(*books("ann", slot_id)).refusal == name


def test_a_client_without_a_practice_is_known_to_no_therapist(practice):
    reply = a_client("t9", "ann")("POST /appointments", {"slot_id": TUESDAY})
    assert (reply.status, reply.refusal) == (404, "unknown-therapist")
