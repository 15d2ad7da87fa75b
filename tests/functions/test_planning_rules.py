"""Regulars, manual changes and time off over HTTP, where they meet sessions that are booked."""

import pytest

from openhour import clock
from openhour.use_cases.planning import carry_out_plan
from tests.functions.slots import (
    NEXT_TUESDAY_EVENING,
    TUESDAY,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)

pytestmark = pytest.mark.usefixtures("integrity")

NEXT_WEDNESDAY_AT_10 = "20261202T1500Z"
WEDNESDAYS = {
    "client_id": "annt1",
    "weekday": "wednesday",
    "start": "10:00",
    "first": "2026-11-23",
}
TUESDAY_OFF = {"from": "2026-11-24T00:00:00-05:00", "to": "2026-11-25T00:00:00-05:00"}


@pytest.fixture
def calendar(therapist):
    """The slots of a week by id, by default the current one."""

    def read(week="2026-W48"):
        slots = therapist(f"GET /practice/calendar?week={week}").body["slots"]
        return {slot["slot_id"]: slot for slot in slots}

    return read


@pytest.fixture
def conflicts(therapist):
    """The conflicts as pairs of slot and reason."""

    def read():
        listed = therapist("GET /practice/conflicts").body["conflicts"]
        return [(each["slot_id"], each["reason"]) for each in listed]

    return read


def _plan():
    carry_out_plan("t1", now=clock.now())


class TestManualChanges:
    def test_a_held_slot_opened_by_mistake_is_released_on_friday_after_all(self, therapist):
        path = f"/practice/slots/{NEXT_TUESDAY_EVENING}"
        therapist(f"PUT {path}", {"state": "open"})
        therapist(f"PUT {path}", {"state": "held"})
        assert therapist("GET /practice/release").body["will_open"] == []
        returned = therapist(f"DELETE {path}")
        assert (returned.status, returned.body["state"], returned.body["removed"]) == (
            200,
            "held",
            False,
        )
        (opening,) = therapist("GET /practice/release").body["will_open"]
        assert opening["slot_id"] == NEXT_TUESDAY_EVENING

    def test_an_extra_opening_is_removed(self, therapist, calendar):
        extra = {"start": "2026-11-26T09:00:00-05:00", "minutes": 480}
        path = f"/practice/slots/{therapist('POST /practice/slots', extra).body['slot_id']}"
        assert therapist(f"GET {path}").status == 200
        returned = therapist(f"DELETE {path}")
        assert (returned.status, returned.body["removed"]) == (200, True)
        assert path.rpartition("/")[2] not in calendar()
        assert therapist(f"DELETE {path}").refusal == "unknown-slot"

    def test_a_blocked_slot_that_the_hours_have_left_disappears(self, therapist, calendar):
        path = f"/practice/slots/{WEDNESDAY_AT_11}"
        therapist(f"PUT {path}", {"state": "blocked"})
        hours = [
            each for each in therapist("GET /practice").body["hours"] if each["start"] != "11:00"
        ]
        therapist("PUT /practice/hours", {"hours": hours})
        assert calendar()[WEDNESDAY_AT_11]["state"] == "blocked"
        assert therapist(f"DELETE {path}").body["removed"] is True
        assert WEDNESDAY_AT_11 not in calendar()

    def test_a_slot_of_the_hours_that_nobody_changed_stays_as_it_is(self, therapist, unchanged):
        with unchanged():
            returned = therapist(f"DELETE /practice/slots/{WEDNESDAY}")
            assert (returned.status, returned.body["state"]) == (200, "open")

    def test_a_regular_takes_the_slot_that_was_blocked(self, therapist, calendar):
        therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "blocked"})
        therapist("POST /practice/regulars", WEDNESDAYS)
        therapist(f"DELETE /practice/slots/{WEDNESDAY}")
        assert calendar()[WEDNESDAY]["state"] == "booked"

    @pytest.mark.parametrize(
        ("slot_id", "booked", "now", "refusal"),
        [
            pytest.param("20261124T0300Z", False, None, "unknown-slot", id="none there"),
            pytest.param(WEDNESDAY, True, None, "slot-taken", id="booked"),
            pytest.param(
                TUESDAY, False, "2026-11-24T10:10:00-05:00", "already-started", id="it has begun"
            ),
        ],
    )
    def test_what_cannot_be_returned(
        self, therapist, ann, go_to, unchanged, slot_id, booked, now, refusal
    ):
        if booked:
            ann("POST /appointments", {"slot_id": slot_id})
        if now:
            go_to(now)
        with unchanged():
            assert therapist(f"DELETE /practice/slots/{slot_id}").refusal == refusal


class TestNotice:
    """A regular is not placed without notice by somebody else's act."""

    @pytest.fixture
    def ann_waits(self, therapist, bob):
        """Ann's Wednesdays wait behind Bob's booking of this week. Returns his path."""
        booked = bob("POST /appointments", {"slot_id": WEDNESDAY}).body["appointment_id"]
        therapist("POST /practice/regulars", WEDNESDAYS)
        return f"/practice/appointments/{booked}"

    @pytest.mark.parametrize(
        ("now", "state"),
        [
            pytest.param("2026-11-25T08:59:00-05:00", "booked", id="with notice"),
            pytest.param("2026-11-25T09:01:00-05:00", "blocked", id="within the booking notice"),
        ],
    )
    def test_a_slot_freed_by_a_cancellation(
        self, therapist, ann_waits, calendar, conflicts, go_to, now, state
    ):
        go_to(now)
        therapist(f"DELETE {ann_waits}")
        _plan()
        assert calendar()[WEDNESDAY]["state"] == state
        assert conflicts() == ([] if state == "booked" else [(WEDNESDAY, "no-notice")])

    def test_a_slot_freed_by_giving_time_off_back(self, therapist, calendar, conflicts, go_to):
        off = {"from": "2026-11-25T00:00:00-05:00", "to": "2026-11-26T00:00:00-05:00"}
        time_off = therapist("POST /practice/time-off", off).body["time_off_id"]
        therapist("POST /practice/regulars", WEDNESDAYS)
        go_to("2026-11-25T09:30:00-05:00")
        therapist(f"DELETE /practice/time-off/{time_off}")
        assert calendar()[WEDNESDAY]["state"] == "blocked"
        assert conflicts() == [(WEDNESDAY, "no-notice")]

    @pytest.mark.parametrize("by", ["changing the regular", "opening the slot", "booking it"])
    def test_what_the_therapist_enters_is_placed(
        self, therapist, ann_waits, calendar, conflicts, go_to, by
    ):
        go_to("2026-11-25T09:30:00-05:00")
        therapist(f"DELETE {ann_waits}")
        _plan()
        if by == "changing the regular":
            (regular,) = therapist("GET /practice/regulars").body["regulars"]
            changed = {**WEDNESDAYS, "every_weeks": 2}
            therapist(f"PUT /practice/regulars/{regular['regular_id']}", changed)
        elif by == "opening the slot":
            therapist(f"PUT /practice/slots/{WEDNESDAY}", {"state": "open"})
        else:
            body = {"client_id": "annt1", "slot_id": WEDNESDAY}
            assert therapist("POST /practice/appointments", body).status == 201
            _plan()
        slot = calendar()[WEDNESDAY]
        assert (slot["state"], slot["client"]["client_id"]) == ("booked", "annt1")
        assert conflicts() == []

    def test_it_does_not_keep_the_switch_off(self, therapist, ann_waits, conflicts, go_to):
        therapist("PUT /practice/self-scheduling", {"enabled": False})
        go_to("2026-11-25T09:30:00-05:00")
        therapist(f"DELETE {ann_waits}")
        body = {"enabled": True, "regulars_entered": True}
        assert therapist("PUT /practice/self-scheduling", body).status == 200
        assert conflicts() == [(WEDNESDAY, "no-notice")]


class TestRegulars:
    @pytest.fixture
    def regular(self, therapist):
        return therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]

    def test_an_exception_belongs_to_the_client_who_made_it(self, therapist, ann, regular):
        ann(f"DELETE /appointments/{NEXT_WEDNESDAY_AT_10}-annt1-{regular}")
        path = f"/practice/regulars/{regular}"
        handed_on = therapist(f"PUT {path}", {**WEDNESDAYS, "client_id": "bobt1"}).body
        assert NEXT_WEDNESDAY_AT_10 in handed_on["placed"]
        handed_back = therapist(f"PUT {path}", WEDNESDAYS).body
        assert NEXT_WEDNESDAY_AT_10 in handed_back["skipped"]

    @pytest.mark.parametrize("change", ["ended", "moved to another time", "handed on"])
    @pytest.mark.parametrize("preview", [True, False], ids=["preview", "act"])
    def test_a_booking_of_the_clients_own_survives(self, therapist, ann, calendar, change, preview):
        own = ann("POST /appointments", {"slot_id": WEDNESDAY}).body["appointment_id"]
        regular = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        path = f"/practice/regulars/{regular}{'?preview=true' if preview else ''}"
        if change == "ended":
            reply = therapist(f"DELETE {path}")
        else:
            new = (
                {"start": "11:00"} if change == "moved to another time" else {"client_id": "bobt1"}
            )
            reply = therapist(f"PUT {path}", {**WEDNESDAYS, **new})
        assert own not in [each["appointment_id"] for each in reply.body["cancelled"]]
        if not preview:
            assert calendar()[WEDNESDAY]["appointment_id"] == own
            assert calendar()[WEDNESDAY]["regular_id"] is None
        if change == "moved to another time":
            ann_in_full = {"client_id": "annt1", "client": {"client_id": "annt1", "name": "Ann"}}
            assert reply.body["full_weeks"] == [{**ann_in_full, "week": "2026-W48"}]

    def test_a_preview_names_the_sessions_that_would_end(self, therapist, regular, unchanged):
        with unchanged():
            preview = therapist(f"DELETE /practice/regulars/{regular}?preview=true")
        ended = therapist(f"DELETE /practice/regulars/{regular}")
        named = [
            [(each["slot_id"], each["status"]) for each in reply.body["cancelled"]]
            for reply in (preview, ended)
        ]
        assert named[0] == named[1]
        assert named[0] == [(WEDNESDAY, "cancelled"), (NEXT_WEDNESDAY_AT_10, "cancelled")]

    def test_moving_hours_and_regulars_leaves_no_cancelled_sessions(self, therapist, regular):
        hours = therapist("GET /practice").body["hours"]
        for entry in hours:
            if (entry["weekday"], entry["start"]) == ("wednesday", "10:00"):
                entry["start"] = "09:45"
        therapist("PUT /practice/hours", {"hours": hours})
        moved = {**WEDNESDAYS, "start": "09:45"}
        reply = therapist(f"PUT /practice/regulars/{regular}", moved)
        assert reply.body["cancelled"] == []
        history = therapist("GET /practice/clients/annt1").body["appointments"]
        assert [each["status"] for each in history] == ["booked", "booked"]
        assert therapist("GET /practice/clients/annt1").body["conduct"]["booked"] == 2

    def test_a_preview_creates_nothing_that_could_be_read(self, therapist):
        preview = therapist("POST /practice/regulars?preview=true", WEDNESDAYS)
        assert (preview.status, "location" in preview.headers) == (200, False)
        added = therapist("POST /practice/regulars", WEDNESDAYS)
        read = therapist(f"GET {added.headers['location']}")
        assert read.body == {name: added.body[name] for name in read.body}


class TestTimeOff:
    def test_a_session_that_the_therapist_books_into_it_is_no_conflict(self, therapist, conflicts):
        therapist("POST /practice/time-off", TUESDAY_OFF)
        body = {"client_id": "annt1", "slot_id": TUESDAY}
        assert therapist("POST /practice/appointments", body).status == 201
        assert conflicts() == []

    def test_a_session_is_kept_in_it_once_confirmed(self, therapist, ann, conflicts):
        booked = ann("POST /appointments", {"slot_id": TUESDAY}).body["appointment_id"]
        therapist("POST /practice/time-off", TUESDAY_OFF)
        assert conflicts() == [(TUESDAY, "time-off")]
        path = f"/practice/appointments/{booked}/confirmation"
        confirmed = therapist(f"PUT {path}")
        assert (confirmed.status, confirmed.body["status"]) == (200, "booked")
        assert conflicts() == []

    def test_more_time_off_is_a_conflict_again(self, therapist, ann, conflicts, later):
        booked = ann("POST /appointments", {"slot_id": TUESDAY}).body["appointment_id"]
        therapist("POST /practice/time-off", TUESDAY_OFF)
        therapist(f"PUT /practice/appointments/{booked}/confirmation")
        later(minutes=5)
        longer = {**TUESDAY_OFF, "to": "2026-11-26T00:00:00-05:00"}
        therapist("POST /practice/time-off", longer)
        assert conflicts() == [(TUESDAY, "time-off")]

    @pytest.mark.parametrize(
        ("appointment_id", "now", "refusal"),
        [
            pytest.param("20261124T1500Z-annt1-x", None, "unknown-appointment", id="unknown"),
            pytest.param("nonsense", None, "unknown-appointment", id="no appointment's id"),
            pytest.param(None, "2026-11-24T10:01:00-05:00", "already-started", id="it has begun"),
        ],
    )
    def test_what_cannot_be_confirmed(self, therapist, ann, go_to, appointment_id, now, refusal):
        booked = ann("POST /appointments", {"slot_id": TUESDAY}).body["appointment_id"]
        if now:
            go_to(now)
        path = f"/practice/appointments/{appointment_id or booked}/confirmation"
        assert therapist(f"PUT {path}").refusal == refusal


class TestReleaseTimes:
    def test_a_time_that_jumps_over_now_is_due_now(self, therapist, go_to):
        go_to("2026-11-27T17:00:00-05:00")
        release = {"release": {"weekday": "friday", "time": "16:00"}}
        therapist("PATCH /practice", release)
        upcoming = therapist("GET /practice/release").body
        assert (upcoming["next_at"], upcoming["due"], upcoming["week"]) == (
            "2026-11-27T16:00:00-05:00",
            True,
            "2026-W49",
        )

    @pytest.mark.parametrize(
        ("now", "release", "next_at", "week"),
        [
            pytest.param(
                "2026-11-27T17:00:00-05:00", "friday 20:00", "2026-11-27T20:00", "2026-W49",
                id="later the same day",
            ),
            pytest.param(
                "2026-11-27T19:00:00-05:00", "friday 20:00", "2026-12-04T20:00", "2026-W50",
                id="later the same day, once released",
            ),
            pytest.param(
                "2026-11-27T19:00:00-05:00", "friday 16:00", "2026-12-04T16:00", "2026-W50",
                id="back over now, once released",
            ),
            pytest.param(
                "2026-11-24T09:00:00-05:00", "sunday 18:00", "2026-11-29T18:00", "2026-W49",
                id="to a later weekday",
            ),
        ],
    )  # fmt: skip
    def test_a_week_is_released_once_whatever_the_time_becomes(
        self, therapist, go_to, now, release, next_at, week
    ):
        go_to(now)
        if "19:00" in now:
            therapist("POST /practice/release")
        weekday, time = release.split()
        therapist("PATCH /practice", {"release": {"weekday": weekday, "time": time}})
        upcoming = therapist("GET /practice/release").body
        assert (upcoming["next_at"], upcoming["due"], upcoming["week"]) == (
            f"{next_at}:00-05:00",
            False,
            week,
        )

    def test_nothing_is_released_before_there_are_hours(self, therapist, unchanged):
        therapist("PUT /practice/hours", {"hours": []})
        with unchanged():
            refused = therapist("POST /practice/release")
            assert (refused.refusal, refused.body["missing"]) == ("not-ready", ["hours"])
