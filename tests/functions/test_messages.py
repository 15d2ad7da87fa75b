"""The messages of refusals for clients and therapists."""

import pytest

from openhour.api.identity import Role
from openhour.api.messages import message_for
from openhour.api.validation import invalid_request
from openhour.rules.conflicts import Conflict, Reason
from openhour.rules.readiness import missing_requirements
from openhour.rules.refusals import NotReady, Refusal
from tests.functions.slots import FRIDAY, TUESDAY, WEDNESDAY, WEDNESDAYS
from tests.unit.builders import a_practice

HARSH = ("strike", "suspend", "privilege", "conduct", "flag", "no-show", "no show", "no_show")
PHONE = "+1 555 0100"
FACTS = {"missing": ["hours", "office_phone"], "week": "2026-W48"}
EVERY = [pytest.param(refusal, id=refusal.name) for refusal in Refusal.__subclasses__()]


@pytest.mark.parametrize("refusal", EVERY)
@pytest.mark.parametrize("phone", ["+1 555 0100", None], ids=["with a phone", "without one"])
@pytest.mark.parametrize("role", [Role.CLIENT, None, Role.THERAPIST], ids=str)
def test_messages_are_full_sentences_and_never_harsh_to_clients(refusal, phone, role):
    title, detail = message_for(refusal(**FACTS), role=role, phone=phone)
    assert title
    assert detail.endswith(".")
    assert "{" not in detail
    assert "None" not in detail
    if role is not Role.THERAPIST:
        assert not [harsh for harsh in HARSH if harsh in f"{title} {detail}".lower()]


@pytest.mark.parametrize(
    ("missing", "detail"),
    [
        pytest.param(["hours"], "Set your hours.", id="hours"),
        pytest.param(["timezone"], "Set your time zone.", id="zone"),
        pytest.param(
            ["office_phone", "crisis_line"],
            "Give an office phone, which clients are told to call. "
            "Give a crisis line, which clients can turn to at any hour.",
            id="phone and crisis line",
        ),
        pytest.param(
            ["regulars_entered"], "Confirm that all your regulars are entered.", id="regulars"
        ),
        pytest.param(["conflicts"], "Settle the open conflicts.", id="conflicts"),
    ],
)
def test_the_therapist_reads_what_to_do_about_what_is_missing(missing, detail):
    message = message_for(NotReady(missing=missing), role=Role.THERAPIST, phone=None)
    assert message == ("Not ready yet", detail)


def test_everything_that_can_be_missing_has_its_sentence():
    nothing = a_practice(hours=(), timezone=None, office_phone=None, crisis_line=None)
    conflict = Conflict(slot_id="20261124T2230Z", reason=Reason.BOOKED, client_id="ann")
    missing = missing_requirements(nothing, (conflict,), regulars_entered=False)
    _, detail = message_for(NotReady(missing=missing), role=Role.THERAPIST, phone=None)
    assert detail.count(".") == len(missing) == 6


@pytest.mark.parametrize("regular", [False, True], ids=["no regular", "a regular"])
@pytest.mark.parametrize(
    ("request_line", "title", "detail"),
    [
        pytest.param(
            "POST /appointments",
            "Please call us to book",
            f"Please call us to book: {PHONE}.",
            id="books",
        ),
        pytest.param(
            "POST /appointments/{booked}/move",
            "Please call us to change it",
            f"Please call us to change the time: {PHONE}. Until then the session stays yours.",
            id="moves",
        ),
        pytest.param(
            "DELETE /appointments/{booked}",
            "Please call us to cancel",
            f"Please call us to cancel: {PHONE}. Until then the session stays yours.",
            id="cancels",
        ),
    ],
)
def test_a_client_who_may_not_book_reads_what_to_call_about(
    ann, therapist, request_line, title, detail, regular
):
    booked = ann.book(TUESDAY)
    if regular:
        wish = {**WEDNESDAYS, "first": "2026-11-30"}
        assert therapist("POST /practice/regulars", wish).status == 201
    therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
    body = None if request_line.startswith("DELETE") else {"slot_id": WEDNESDAY}
    refused = ann(request_line.format(booked=booked), body)
    assert (refused.status, refused.refusal) == (403, "privilege-suspended")
    kept = " Your repeating times are kept." if regular and title.endswith("to book") else ""
    assert (refused.body["title"], refused.body["detail"]) == (title, detail + kept)


def test_a_client_who_may_not_book_is_told_to_call_about_a_repeating_time(ann, therapist):
    asked = {"appointment_id": ann.book(TUESDAY), "every_weeks": 1}
    ann("PUT /me/regular-request", asked)
    therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
    for request_line, body in (("PUT", {**asked, "every_weeks": 2}), ("DELETE", None)):
        refused = ann(f"{request_line} /me/regular-request", body)
        assert refused.body["detail"] == f"Please call us to book: {PHONE}."


@pytest.mark.parametrize(
    ("until", "kept"),
    [
        pytest.param("2026-11-25", True, id="goes on"),
        pytest.param("2026-11-24", False, id="has ended"),
    ],
)
def test_repeating_times_that_have_ended_are_not_kept(ann, therapist, go_to, until, kept):
    wish = {**WEDNESDAYS, "weekday": "tuesday", "first": "2026-11-24", "until": until}
    therapist("POST /practice/regulars", wish)
    therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
    go_to("2026-11-25T09:00:00-05:00")
    refused = ann("POST /appointments", {"slot_id": WEDNESDAY})
    assert ("kept" in refused.body["detail"]) is kept


@pytest.mark.parametrize(
    ("week", "message"),
    [
        pytest.param("2027-W53", "The year 2027 has no week 53.", id="a short year"),
        pytest.param("2027-W54", "Must be a week like 2026-W48.", id="no week"),
        pytest.param("9999-W48", "There is no such week.", id="the end of time"),
        pytest.param("next", "Must be a week like 2026-W48.", id="no week at all"),
    ],
)
def test_a_week_that_does_not_exist_is_explained(therapist, week, message):
    refused = therapist(f"GET /practice/calendar?week={week}")
    assert refused.body["errors"] == [{"field": "week", "message": message}]


@pytest.mark.parametrize(
    ("what", "body", "message"),
    [
        pytest.param("PATCH /practice", {"name": ""}, "Must not be empty.", id="empty"),
        pytest.param("PATCH /practice", {}, None, id="nothing"),
        pytest.param(
            "PATCH /practice",
            {"phone_note": "x" * 121},
            "Must have at most 120 characters.",
            id="too long",
        ),
        pytest.param(
            "PUT /practice/hours",
            {"hours": [FRIDAY] * 101},
            "Must have at most 100 entries.",
            id="too many",
        ),
        pytest.param(
            "POST /practice/regulars",
            {**WEDNESDAYS, "first": "2026-02-30"},
            "There is no such date.",
            id="no such date",
        ),
    ],
)
def test_a_field_is_explained(therapist, what, body, message):
    reply = therapist(what, body)
    errors = [each["message"] for each in reply.body.get("errors", ())]
    assert errors == ([message] if message else [])


@pytest.mark.parametrize(
    ("error", "message"),
    [
        pytest.param(
            {"type": "string_too_short", "ctx": {"min_length": 1}}, "Must not be empty.", id="empty"
        ),
        pytest.param(
            {"type": "string_too_short", "ctx": {"min_length": 2}},
            "Must have at least 2 characters.",
            id="too short",
        ),
        pytest.param(
            {"type": "string_too_long", "ctx": {"max_length": 1}},
            "Must have at most 1 character.",
            id="one character",
        ),
        pytest.param(
            {"type": "too_short", "ctx": {"min_length": 1}},
            "Must have at least 1 entry.",
            id="one entry",
        ),
    ],
)
def test_numbers_agree_with_their_nouns(error, message):
    refusal = invalid_request([{**error, "loc": ("body", "name")}])
    assert refusal.extra["errors"] == [{"field": "name", "message": message}]
