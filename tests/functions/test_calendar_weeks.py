"""A week of the calendar: why slots are blocked, and the answer to an unchanged week."""

from datetime import timedelta

import pytest

from infra.bench.history import open_with_history
from openhour.rules.time_off import TimeOff
from openhour.store.mapping import time_off_row
from tests.functions.http import a_therapist
from tests.functions.slots import (
    NEXT_WEDNESDAY,
    TUESDAY,
    TUESDAY_EVENING,
    TUESDAY_OFF,
    WEDNESDAY,
    WEDNESDAYS,
)
from tests.store.transport import intercepted
from tests.unit.builders import NOW

CALENDAR = "GET /practice/calendar"


@pytest.fixture
def slots(therapist):
    """The slots of a week by id, by default the current one."""

    def read(week="2026-W48"):
        listed = therapist(f"{CALENDAR}?week={week}").body["slots"]
        return {slot["slot_id"]: slot for slot in listed}

    return read


class TestTimeOff:
    def test_of_the_week_is_there_with_its_private_note(self, therapist):
        noted = {**TUESDAY_OFF, "note": "Dentist", "notice": "Away", "message": "Sorry"}
        taken = therapist("POST /practice/time-off", noted).body
        week = therapist(CALENDAR).body
        own = {name: taken[name] for name in week["time_off"][0]}
        assert week["time_off"] == [own]
        assert own["note"] == "Dentist"

    @pytest.mark.parametrize(
        ("span", "weeks"),
        [
            pytest.param(("2026-11-24T00:00", "2026-11-25T00:00"), ["W48"], id="within"),
            pytest.param(("2026-11-27T00:00", "2026-12-02T00:00"), ["W48", "W49"], id="over both"),
            pytest.param(("2026-11-29T12:00", "2026-11-30T00:00"), ["W48"], id="to its end"),
            pytest.param(("2026-11-30T00:00", "2026-11-30T12:00"), ["W49"], id="from the next"),
            pytest.param(("2026-11-23T12:00", "2026-12-31T00:00"), ["W48", "W49"], id="longer"),
            pytest.param(("2026-12-24T00:00", "2026-12-27T00:00"), [], id="later"),
        ],
    )
    def test_is_in_each_week_with_which_it_shares_any_time(self, therapist, span, weeks):
        begins, ends = (f"{each}:00-05:00" for each in span)
        assert therapist("POST /practice/time-off", {"from": begins, "to": ends}).status == 201
        found = [
            week
            for week in ("W48", "W49")
            if therapist(f"{CALENDAR}?week=2026-{week}").body["time_off"]
        ]
        assert found == weeks

    def test_is_in_order_of_time(self, therapist):
        for day in ("27", "24", "26"):
            body = {"from": f"2026-11-{day}T08:00:00-05:00", "to": f"2026-11-{day}T12:00:00-05:00"}
            therapist("POST /practice/time-off", body)
        begins = [each["from"][8:10] for each in therapist(CALENDAR).body["time_off"]]
        assert begins == ["24", "26", "27"]


class TestTheReasonOfABlockedSlot:
    def test_is_the_time_off_in_which_it_is(self, therapist, slots):
        time_off_id = therapist("POST /practice/time-off", TUESDAY_OFF).body["time_off_id"]
        blocked = slots()[TUESDAY]
        assert (blocked["state"], blocked["reason"]) == ("blocked", "time-off")
        assert blocked["time_off_id"] == time_off_id
        free = slots()[WEDNESDAY]
        assert (free["reason"], free["time_off_id"]) == (None, None)

    def test_is_the_therapists_hand(self, therapist, slots):
        therapist(f"PUT /practice/slots/{TUESDAY}", {"state": "blocked", "note": "Supervision"})
        blocked = slots()[TUESDAY]
        assert (blocked["reason"], blocked["note"]) == ("by-hand", "Supervision")
        assert blocked["time_off_id"] is None

    def test_is_the_missing_notice_of_a_regular(self, therapist, bob, slots, go_to):
        booked = bob.book(WEDNESDAY)
        therapist("POST /practice/regulars", WEDNESDAYS)
        go_to("2026-11-25T09:30:00-05:00")
        bob(f"DELETE /appointments/{booked}")
        blocked = slots()[WEDNESDAY]
        assert (blocked["state"], blocked["reason"]) == ("blocked", "no-notice")

    def test_is_none_of_a_booked_slot_in_time_off(self, therapist, ann, slots):
        ann.book(TUESDAY)
        therapist("POST /practice/time-off", TUESDAY_OFF)
        assert slots()[TUESDAY]["state"] == "booked"
        assert slots()[TUESDAY]["reason"] is None


class TestAnUnchangedWeek:
    def test_is_not_sent_again(self, therapist, later):
        first = therapist(CALENDAR)
        later(minutes=1)
        again = therapist(CALENDAR, if_none_match=first.headers["etag"])
        assert (again.status, again.text) == (304, "")
        assert again.headers["etag"] == first.headers["etag"]
        assert "content-type" not in again.headers

    @pytest.mark.parametrize(
        "act",
        [
            ("ann", "POST /appointments", {"slot_id": TUESDAY}),
            ("therapist", f"PUT /practice/slots/{TUESDAY_EVENING}", {"note": "x", "state": "open"}),
            ("therapist", "POST /practice/time-off", TUESDAY_OFF),
            ("therapist", "PATCH /practice/clients/bobt1", {"name": "Robert"}),
        ],
        ids=["a booking", "a note", "time off", "a client's name"],
    )
    def test_is_another_after(self, therapist, callers, act):
        callers["bob"].book(WEDNESDAY)
        etag = therapist(CALENDAR).headers["etag"]
        who, *request = act
        assert callers[who](*request).status < 300
        assert therapist(CALENDAR, if_none_match=etag).status == 200

    def test_is_another_once_a_session_is_over(self, therapist, ann, go_to):
        ann.book(TUESDAY)
        etag = therapist(CALENDAR).headers["etag"]
        go_to("2026-11-24T10:51:00-05:00")
        reply = therapist(CALENDAR, if_none_match=etag)
        assert reply.status == 200
        assert reply.body["slots"][0]["outcome"] == "kept"

    def test_is_another_in_another_week(self, therapist):
        etag = therapist(f"{CALENDAR}?week=2026-W48").headers["etag"]
        assert therapist(f"{CALENDAR}?week=2026-W49", if_none_match=etag).status == 200

    @pytest.mark.parametrize("tag", ['"other"', "", "x", '"a", W/"b"'])
    def test_is_sent_to_a_caller_who_has_none(self, therapist, tag):
        assert therapist(CALENDAR, if_none_match=tag).status == 200

    def test_carries_the_instant_of_the_answer(self, therapist, later):
        assert therapist(CALENDAR).body["now"] == "2026-11-23T09:00:00-05:00"
        later(minutes=5)
        assert therapist(CALENDAR).body["now"] == "2026-11-23T09:05:00-05:00"


@pytest.mark.usefixtures("practice")
def test_a_week_is_read_as_fast_after_a_long_history():
    def reads(therapist_id, *, sessions, spans):
        open_with_history(therapist_id, sessions)
        for number in range(spans):
            begins = NOW - timedelta(days=10 * number + 9)
            ends = begins + timedelta(days=1)
            past = TimeOff(time_off_id=f"t{number}", begins=begins, ends=ends, made_at=begins)
            time_off_row(therapist_id, past).save()
        with intercepted() as transport:
            assert a_therapist(therapist_id)(CALENDAR).status == 200
        responses = [request.response or {} for request in transport.requests]
        items = sum(len(each.get("Items", ())) for each in responses)
        return sorted(transport.operations), items

    # The sessions of the last day before the week are read, too.
    assert reads("t7", sessions=40, spans=4) == reads("t8", sessions=900, spans=365)


def test_the_next_week_is_read_with_its_regulars(therapist, slots):
    therapist("POST /practice/regulars", WEDNESDAYS)
    assert slots("2026-W49")[NEXT_WEDNESDAY]["client"]["name"] == "Ann"
