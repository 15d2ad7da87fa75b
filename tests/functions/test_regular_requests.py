"""A client asks that a session repeat, and the therapist declines or enters it."""

import pytest

from openhour.store.models import ClientRow
from tests.functions.slots import (
    NEXT_WEDNESDAY,
    TUESDAY,
    WEDNESDAY,
    WEDNESDAY_AT_11,
    WEDNESDAYS,
)

pytestmark = pytest.mark.usefixtures("integrity")

MINE = "/me/regular-request"
ANNS = "/practice/clients/annt1/regular-request"
SUSPENDED = {"state": "suspended", "reason": None}


def _asks(caller, appointment_id, every_weeks=1):
    body = {"appointment_id": appointment_id, "every_weeks": every_weeks}
    return caller(f"PUT {MINE}", body)


def _seen(ann, therapist):
    """What is asked, as the client and the therapist see it, in the list and alone."""
    (listed,) = (
        each
        for each in therapist("GET /practice/clients").body["clients"]
        if each["client_id"] == "annt1"
    )
    mine = ann("GET /me").body["regular_request"]
    alone = therapist("GET /practice/clients/annt1").body["regular_request"]
    assert mine == listed["regular_request"] == alone
    return mine


def test_both_see_what_a_client_asks_for(ann, therapist):
    appointment_id = ann.book(WEDNESDAY)
    reply = _asks(ann, appointment_id, 2)
    assert (reply.status, reply.body) == (
        200,
        {
            "regular_request": {
                "appointment_id": appointment_id,
                "weekday": "wednesday",
                "start": "10:00",
                "first": "2026-11-25",
                "every_weeks": 2,
                "state": "asked",
                "asked_at": reply.body["regular_request"]["asked_at"],
            }
        },
    )
    assert _seen(ann, therapist) == reply.body["regular_request"]


def test_another_client_has_asked_nothing(ann, bob):
    _asks(ann, ann.book(WEDNESDAY))
    assert bob("GET /me").body["regular_request"] is None


@pytest.mark.parametrize("every_weeks", [1, 2, 3, 4])
def test_a_session_may_repeat_every_one_to_four_weeks(ann, every_weeks):
    reply = _asks(ann, ann.book(WEDNESDAY), every_weeks)
    assert reply.body["regular_request"]["every_weeks"] == every_weeks


def test_asking_again_changes_nothing(ann, unchanged, later):
    appointment_id = ann.book(WEDNESDAY)
    first = _asks(ann, appointment_id)
    later(hours=1)
    with unchanged():
        assert _asks(ann, appointment_id).body == first.body


@pytest.mark.parametrize(
    ("what", "body"),
    [
        pytest.param("PUT /practice/clients/annt1/privilege", SUSPENDED, id="suspended"),
        pytest.param("PUT /practice/self-scheduling", {"enabled": False}, id="switched off"),
    ],
)
def test_a_repeat_has_the_first_outcome_before_any_refusal(ann, therapist, unchanged, what, body):
    appointment_id = ann.book(WEDNESDAY)
    first = _asks(ann, appointment_id)
    therapist(what, body)
    with unchanged():
        assert _asks(ann, appointment_id).body == first.body


def test_another_interval_replaces_what_was_asked(ann, therapist):
    appointment_id = ann.book(WEDNESDAY)
    _asks(ann, appointment_id, 1)
    _asks(ann, appointment_id, 4)
    assert _seen(ann, therapist)["every_weeks"] == 4


def test_another_session_replaces_what_was_asked(ann, therapist):
    _asks(ann, ann.book(WEDNESDAY))
    other = ann.book(NEXT_WEDNESDAY)
    _asks(ann, other, 2)
    assert _seen(ann, therapist)["appointment_id"] == other


def test_a_client_withdraws(ann, therapist, unchanged):
    _asks(ann, ann.book(WEDNESDAY))
    reply = ann(f"DELETE {MINE}")
    assert (reply.status, reply.body) == (200, {"regular_request": None})
    assert _seen(ann, therapist) is None
    with unchanged():
        assert ann(f"DELETE {MINE}").status == 200


def test_a_suspended_client_who_asks_for_nothing_withdraws_nothing(ann, therapist, unchanged):
    therapist("PUT /practice/clients/annt1/privilege", SUSPENDED)
    with unchanged():
        assert ann(f"DELETE {MINE}").body == {"regular_request": None}


def test_withdrawing_is_possible_while_booking_is_off(ann, therapist):
    _asks(ann, ann.book(WEDNESDAY))
    therapist("PUT /practice/self-scheduling", {"enabled": False})
    assert ann(f"DELETE {MINE}").status == 200
    assert _seen(ann, therapist) is None


class TestDeclining:
    def test_the_client_sees_that_it_was_declined(self, ann, therapist):
        _asks(ann, ann.book(WEDNESDAY))
        reply = therapist(f"DELETE {ANNS}")
        assert reply.status == 200
        assert reply.body["regular_request"]["state"] == "declined"
        assert _seen(ann, therapist) == reply.body["regular_request"]

    def test_declining_twice_changes_nothing(self, ann, therapist, unchanged):
        _asks(ann, ann.book(WEDNESDAY))
        first = therapist(f"DELETE {ANNS}")
        with unchanged():
            assert therapist(f"DELETE {ANNS}").body == first.body

    def test_the_client_may_ask_again(self, ann, therapist, later):
        appointment_id = ann.book(WEDNESDAY)
        _asks(ann, appointment_id)
        therapist(f"DELETE {ANNS}")
        later(hours=1)
        again = _asks(ann, appointment_id).body["regular_request"]
        assert again["state"] == "asked"
        assert again["asked_at"] > "2026-11-23T10:00"

    def test_the_client_may_dismiss_the_answer(self, ann, therapist):
        _asks(ann, ann.book(WEDNESDAY))
        therapist(f"DELETE {ANNS}")
        assert ann(f"DELETE {MINE}").status == 200
        assert _seen(ann, therapist) is None

    def test_what_a_suspended_client_asked_may_be_declined(self, ann, therapist):
        _asks(ann, ann.book(WEDNESDAY))
        therapist("PUT /practice/clients/annt1/privilege", SUSPENDED)
        assert _seen(ann, therapist)["state"] == "asked"
        assert therapist(f"DELETE {ANNS}").status == 200


class TestItEnds:
    def test_once_the_session_is_cancelled(self, ann, therapist):
        appointment_id = ann.book(WEDNESDAY)
        _asks(ann, appointment_id)
        ann(f"DELETE /appointments/{appointment_id}")
        assert _seen(ann, therapist) is None

    def test_once_the_therapist_cancels_the_session(self, ann, therapist):
        appointment_id = ann.book(WEDNESDAY)
        _asks(ann, appointment_id)
        therapist(f"DELETE /practice/appointments/{appointment_id}")
        assert _seen(ann, therapist) is None

    def test_once_the_session_is_called_off_for_time_off(self, ann, therapist):
        _asks(ann, ann.book(WEDNESDAY))
        span = {"from": "2026-11-25T00:00:00-05:00", "to": "2026-11-26T00:00:00-05:00"}
        therapist("POST /practice/time-off", {**span, "cancel_booked": True})
        assert _seen(ann, therapist) is None

    def test_once_the_session_moves_away(self, ann, therapist):
        appointment_id = ann.book(WEDNESDAY)
        _asks(ann, appointment_id)
        ann(f"POST /appointments/{appointment_id}/move", {"slot_id": WEDNESDAY_AT_11})
        assert _seen(ann, therapist) is None

    def test_once_the_session_is_over(self, ann, therapist, go_to):
        _asks(ann, ann.book(TUESDAY))
        go_to("2026-11-24T10:49:00-05:00")
        assert _seen(ann, therapist)
        go_to("2026-11-24T10:50:00-05:00")
        assert _seen(ann, therapist) is None

    def test_a_declined_one_too(self, ann, therapist, go_to):
        _asks(ann, ann.book(TUESDAY))
        therapist(f"DELETE {ANNS}")
        go_to("2026-11-24T10:50:00-05:00")
        assert _seen(ann, therapist) is None

    def test_once_the_client_is_discharged(self, ann, therapist):
        _asks(ann, ann.book(WEDNESDAY))
        therapist("DELETE /practice/clients/annt1")
        row = ClientRow.get("t1", "annt1")
        assert (row.asked_regular, row.regulars) == (None, [])


class TestEnteringTheRegular:
    @pytest.mark.parametrize(
        ("but", "settles"),
        [
            pytest.param({}, True, id="as it was asked"),
            pytest.param({"every_weeks": 3}, True, id="in another rhythm"),
            pytest.param({"first": "2026-12-02"}, True, id="from a later date"),
            pytest.param({"first": "2026-12-02", "until": "2026-12-02"}, True, id="for a while"),
            pytest.param({"start": "11:00"}, False, id="at another time"),
            pytest.param({"weekday": "tuesday"}, False, id="on another weekday"),
            pytest.param({"client_id": "bobt1", "first": "2026-12-02"}, False, id="for another"),
        ],
    )
    def test_one_on_that_weekday_at_that_time_settles_it(self, ann, therapist, but, settles):
        _asks(ann, ann.book(WEDNESDAY))
        assert therapist("POST /practice/regulars", {**WEDNESDAYS, **but}).status == 201
        assert (_seen(ann, therapist) is None) is settles

    def test_a_preview_settles_nothing(self, ann, therapist):
        _asks(ann, ann.book(WEDNESDAY))
        therapist("POST /practice/regulars?preview=true", WEDNESDAYS)
        assert _seen(ann, therapist)

    def test_changing_a_regular_settles_it(self, ann, therapist):
        fortnightly = {**WEDNESDAYS, "every_weeks": 2, "first": "2026-12-02"}
        regular_id = therapist("POST /practice/regulars", fortnightly).body["regular_id"]
        _asks(ann, ann.book(WEDNESDAY))
        assert _seen(ann, therapist)
        therapist(f"PUT /practice/regulars/{regular_id}", WEDNESDAYS)
        assert _seen(ann, therapist) is None

    def test_a_session_repeats_already_where_a_regular_of_theirs_occurs(self, ann, therapist):
        """Ann gave that occurrence up, and then booked its slot again."""
        therapist("POST /practice/regulars", WEDNESDAYS)
        (occurrence, *_) = ann("GET /me").body["appointments"]
        ann(f"DELETE /appointments/{occurrence['appointment_id']}")
        assert _asks(ann, ann.book(WEDNESDAY)).refusal == "already-regular"

    def test_it_stays_settled_when_the_regular_ends(self, ann, therapist):
        _asks(ann, ann.book(WEDNESDAY))
        later = {**WEDNESDAYS, "first": "2026-12-02"}
        regular_id = therapist("POST /practice/regulars", later).body["regular_id"]
        therapist(f"DELETE /practice/regulars/{regular_id}")
        assert _seen(ann, therapist) is None

    def test_ending_another_regular_settles_nothing(self, ann, therapist):
        tuesdays = {**WEDNESDAYS, "weekday": "tuesday", "first": "2026-12-01"}
        regular_id = therapist("POST /practice/regulars", tuesdays).body["regular_id"]
        _asks(ann, ann.book(WEDNESDAY))
        therapist(f"DELETE /practice/regulars/{regular_id}")
        assert _seen(ann, therapist)
