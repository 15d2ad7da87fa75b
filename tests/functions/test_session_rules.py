"""Rules of sessions over HTTP: promises, late moves, notice, ended sessions, therapist's moves."""

from __future__ import annotations

import pytest
from boto3.dynamodb.types import TypeDeserializer

from tests.dynamodb_backends import rows
from tests.functions.http import a_client, a_therapist
from tests.functions.slots import (
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    NEXT_WEDNESDAY,
    NOWHERE,
    TUESDAY,
    TUESDAY_EVENING,
    TUESDAY_OFF,
    WEDNESDAY,
    WEDNESDAY_AT_11,
    WEDNESDAYS,
)

pytestmark = pytest.mark.usefixtures("integrity")

TUESDAY_AT_9 = "2026-11-24T09:00:00-05:00"
"""An hour before Tuesday's first session."""
TUESDAY_AT_1020 = "2026-11-24T10:20:00-05:00"
"""During it."""
TUESDAY_AT_11 = "2026-11-24T11:00:00-05:00"
SICK_DAY = {**TUESDAY_OFF, "cancel_booked": True, "message": "I am ill today."}


def _stored(table, key):
    item = rows()[f"openhour-{table}"][key]
    return {name: TypeDeserializer().deserialize(value) for name, value in item.items()}


def _book_for_ann(therapist, slot_id, **but):
    body = {"client_id": "annt1", "slot_id": slot_id, **but}
    return therapist("POST /practice/appointments", body).body


class TestPromises:
    """The free-cancellation time is kept as it was told."""

    @pytest.mark.parametrize(
        ("hours", "free_until"),
        [
            pytest.param(0, "2026-11-25T10:00:00-05:00", id="none is more lenient"),
            pytest.param(24, "2026-11-24T10:00:00-05:00", id="as it was"),
            pytest.param(48, "2026-11-24T10:00:00-05:00", id="two days are not asked afterwards"),
        ],
    )
    def test_new_settings_are_never_stricter(self, ann, therapist, later, hours, free_until):
        booked = ann.book(WEDNESDAY)
        therapist("PATCH /practice", {"cancellation_notice_hours": hours})
        later(hours=1)
        (upcoming,) = ann("GET /appointments").body["appointments"]
        assert upcoming["cancel_free_until"] == free_until
        assert ann(f"DELETE /appointments/{booked}").body["late"] is False

    def test_nor_after_a_move(self, ann, therapist, later):
        booked = ann.book(TUESDAY_EVENING)
        later(hours=1)
        moved = ann(f"POST /appointments/{booked}/move", {"slot_id": WEDNESDAY}).body
        new = moved["appointment"]
        therapist("PATCH /practice", {"cancellation_notice_hours": 168})
        assert ann("GET /me").body["appointments"] == [new]
        assert ann(f"DELETE /appointments/{new['appointment_id']}").body["late"] is False

    def test_nor_of_a_regulars_session(self, ann, therapist, later):
        therapist("POST /practice/regulars", WEDNESDAYS)
        therapist("PATCH /practice", {"cancellation_notice_hours": 168})
        later(hours=1)
        upcoming = ann("GET /appointments").body["appointments"]
        assert upcoming[0]["cancel_free_until"] == "2026-11-24T10:00:00-05:00"

    @pytest.mark.parametrize("by", ["the therapist", "the plan"])
    def test_a_session_that_others_make_inside_the_notice_is_free_until_its_start(
        self, ann, therapist, go_to, by
    ):
        go_to("2026-11-24T20:00:00-05:00")
        if by == "the plan":
            therapist("POST /practice/regulars", WEDNESDAYS)
        else:
            _book_for_ann(therapist, WEDNESDAY)
        session = ann("GET /appointments").body["appointments"][0]
        assert (session["slot_id"], session["cancel_free_until"]) == (WEDNESDAY, session["start"])
        go_to("2026-11-25T09:59:00-05:00")
        ended = ann(f"DELETE /appointments/{session['appointment_id']}").body
        assert (ended["late"], ended["strikes"]["count"]) == (False, 0)


class TestLateMoves:
    """A session stays late when its client has moved it late."""

    @pytest.fixture
    def moved(self, ann, therapist, go_to):
        """Ann moves Tuesday's session to next week, an hour before. Returns the new one."""

        def move(*, is_strike, to=NEXT_TUESDAY):
            therapist("PATCH /practice", {"late_move_is_strike": is_strike})
            booked = ann.book(TUESDAY)
            go_to(TUESDAY_AT_9)
            reply = ann(f"POST /appointments/{booked}/move", {"slot_id": to})
            assert reply.body["late"] is True
            assert reply.body["strikes"]["count"] == is_strike
            return reply.body["appointment"]

        return move

    @pytest.mark.parametrize("is_strike", [False, True])
    def test_cancelling_afterwards_is_late_and_one_strike(self, ann, therapist, moved, is_strike):
        new = moved(is_strike=is_strike)
        assert new["cancel_free_until"].startswith("2026-11-24T09:00")
        ended = ann(f"DELETE /appointments/{new['appointment_id']}").body
        assert (ended["late"], ended["strikes"]["count"]) == (True, 1)
        conduct = therapist("GET /practice/clients/annt1").body["conduct"]
        assert (conduct["moved"], conduct["late_cancelled"], conduct["booked"]) == (1, 1, 1)

    def test_it_is_a_second_strike_inside_the_notice_of_the_new_session(self, ann, moved, go_to):
        new = moved(is_strike=True)
        go_to("2026-11-30T12:00:00-05:00")
        ended = ann(f"DELETE /appointments/{new['appointment_id']}").body
        assert (ended["late"], ended["strikes"]["count"]) == (True, 2)

    def test_moving_it_once_more_is_late_as_well(self, ann, moved):
        new = moved(is_strike=True)
        path = f"/appointments/{new['appointment_id']}/move"
        again = ann(f"POST {path}", {"slot_id": NEXT_WEDNESDAY}).body
        assert (again["late"], again["strikes"]["count"]) == (True, 1)

    def test_a_move_within_the_grace_is_not_late(self, ann, go_to):
        go_to(TUESDAY_AT_9)
        booked = ann.book(TUESDAY_EVENING)
        moved = ann(f"POST /appointments/{booked}/move", {"slot_id": NEXT_TUESDAY}).body
        assert moved["late"] is False
        assert moved["appointment"]["cancel_free_until"] == "2026-11-30T10:00:00-05:00"


class TestRunningSessions:
    def test_a_session_in_progress_is_upcoming_and_not_yet_kept(self, ann, therapist, go_to):
        booked = ann.book(TUESDAY)
        go_to(TUESDAY_AT_1020)
        client = therapist("GET /practice/clients/annt1").body
        assert client["next_appointment"]["appointment_id"] == booked
        assert (client["conduct"]["booked"], client["conduct"]["kept"]) == (1, 0)
        for path in ("/appointments", "/me"):
            (session,) = ann(f"GET {path}").body["appointments"]
            assert session["appointment_id"] == booked
        assert ann("GET /appointments?past=true").body["appointments"] == []
        go_to(TUESDAY_AT_11)
        client = therapist("GET /practice/clients/annt1").body
        assert (client["next_appointment"], client["conduct"]["kept"]) == (None, 1)

    def test_one_that_is_marked_as_missed_while_it_runs_is_over(self, ann, therapist, go_to):
        booked = ann.book(TUESDAY)
        ann.book(NEXT_TUESDAY)
        go_to(TUESDAY_AT_1020)
        therapist(f"PUT /practice/appointments/{booked}/outcome", {"outcome": "no_show"})
        client = therapist("GET /practice/clients/annt1").body
        conduct = {name: client["conduct"][name] for name in ("booked", "kept", "no_shows")}
        assert conduct == {"booked": 2, "kept": 0, "no_shows": 1}
        assert client["next_appointment"]["slot_id"] == NEXT_TUESDAY
        (past,) = ann("GET /appointments?past=true").body["appointments"]
        assert past["appointment_id"] == booked

    def test_a_discharge_during_the_session_does_not_keep_it(self, ann, therapist, go_to):
        ann.book(TUESDAY)
        go_to(TUESDAY_AT_1020)
        conduct = therapist("DELETE /practice/clients/annt1").body["conduct"]
        assert (conduct["booked"], conduct["kept"]) == (1, 0)


class TestWhatEnded:
    """Clients see which of the coming sessions ended, who ended them, and the message."""

    def test_a_sick_day_and_its_message_outlive_the_time_off(self, ann, therapist):
        booked = ann.book(TUESDAY)
        time_off = therapist("POST /practice/time-off", SICK_DAY).body
        (cancelled,) = time_off["cancelled"]
        assert cancelled["time_off_id"] == time_off["time_off_id"]
        path = f"/practice/time-off/{time_off['time_off_id']}"
        preview = therapist(f"DELETE {path}?preview=true")
        for reply in (preview, therapist(f"DELETE {path}")):
            assert [each["appointment_id"] for each in reply.body["cancelled"]] == [booked]
        (ended,) = ann("GET /appointments").body["appointments"]
        assert ended["status"] == "cancelled"
        assert ended["ended_by"] == "therapist"
        assert ended["message"] == "I am ill today."
        assert ended["cancel_free_until"] is None
        assert ann("GET /me").body["appointments"] == []

    def test_time_off_without_sessions_names_none_when_it_is_given_back(self, ann, therapist):
        ann.book(WEDNESDAY)
        off = therapist("POST /practice/time-off", TUESDAY_OFF).body["time_off_id"]
        assert therapist(f"DELETE /practice/time-off/{off}").body["cancelled"] == []

    def test_what_the_client_cancelled_is_shown_until_its_time_has_passed(self, ann, go_to):
        ann(f"DELETE /appointments/{ann.book(TUESDAY)}")
        (ended,) = ann("GET /appointments").body["appointments"]
        assert (ended["status"], ended["ended_by"]) == ("cancelled", "client")
        go_to(TUESDAY_AT_11)
        assert ann("GET /appointments").body["appointments"] == []
        (past,) = ann("GET /appointments?past=true").body["appointments"]
        assert past == ended

    def test_a_moved_session_is_shown_once(self, ann):
        booked = ann.book(TUESDAY)
        ann(f"POST /appointments/{booked}/move", {"slot_id": WEDNESDAY})
        (session,) = ann("GET /appointments").body["appointments"]
        assert (session["slot_id"], session["status"]) == (WEDNESDAY, "booked")

    def test_calendars_recognize_a_moved_session(self, ann):
        booked = ann.book(TUESDAY)
        ann(f"POST /appointments/{booked}/move", {"slot_id": WEDNESDAY})
        (session,) = ann("GET /me").body["appointments"]
        assert (session["uid"], session["sequence"]) == (booked, 1)

    def test_a_session_that_the_plan_replaced_is_not_shown(self, ann, therapist):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        later = {**WEDNESDAYS, "start": "11:00"}
        therapist(f"PUT /practice/regulars/{regular_id}", later)
        sessions = ann("GET /appointments").body["appointments"]
        assert {each["status"] for each in sessions} == {"booked"}
        assert WEDNESDAY_AT_11 in {each["slot_id"] for each in sessions}

    def test_a_regular_that_ends_is_shown_as_ended_by_the_therapist(self, ann, therapist):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        therapist(f"DELETE /practice/regulars/{regular_id}")
        sessions = ann("GET /appointments").body["appointments"]
        assert {(each["status"], each["ended_by"]) for each in sessions} == {
            ("cancelled", "therapist")
        }


class TestLocations:
    """Every `Location` can be read."""

    def test_a_clients_booking(self, ann, bob, therapist):
        made = ann("POST /appointments", {"slot_id": TUESDAY})
        path = made.headers["location"]
        assert ann(f"GET {path}").body == made.body
        assert therapist(f"GET /practice{path}").body.items() >= made.body.items()
        assert bob(f"GET {path}").refusal == "unknown-appointment"
        ended = ann(f"DELETE {path}").body["appointment"]
        assert ann(f"GET {path}").body == ended

    def test_a_therapists_booking(self, therapist):
        body = {"client_id": "annt1", "slot_id": TUESDAY}
        made = therapist("POST /practice/appointments", body)
        assert therapist(f"GET {made.headers['location']}").body == made.body

    @pytest.mark.parametrize("name", [f"{TUESDAY}-annt1-gone", "nonsense"])
    def test_what_is_not_there(self, ann, therapist, name):
        assert ann(f"GET /appointments/{name}").refusal == "unknown-appointment"
        assert therapist(f"GET /practice/appointments/{name}").refusal == "unknown-appointment"

    def test_a_discharged_client_reads_nothing(self, ann, therapist):
        booked = ann.book(TUESDAY)
        therapist("DELETE /practice/clients/annt1")
        assert ann(f"GET /appointments/{booked}").refusal == "unknown-client"


class TestTheTherapistsMove:
    @pytest.fixture
    def move(self, therapist):
        def send(appointment_id, slot_id, **but):
            path = f"/practice/appointments/{appointment_id}/move"
            return therapist(f"POST {path}", {"slot_id": slot_id, **but})

        return send

    @pytest.mark.parametrize("state", [pytest.param(s, id=s) for s in ("open", "held", "blocked")])
    def test_it_leads_into_a_slot_that_nobody_has(self, ann, therapist, move, state):
        booked = ann.book(TUESDAY)
        therapist(f"PUT /practice/slots/{NEXT_WEDNESDAY}", {"state": state})
        reply = move(booked, NEXT_WEDNESDAY)
        assert (reply.status, reply.body["late"]) == (200, False)
        (session,) = ann("GET /appointments").body["appointments"]
        assert session["slot_id"] == NEXT_WEDNESDAY
        week = therapist("GET /practice/calendar").body["slots"]
        assert week[0]["state"] == "open"
        assert week[0]["ended"][0]["status"] == "moved"
        assert week[0]["ended"][0]["ended_by"] == "therapist"

    def test_the_clients_limits_do_not_apply(self, ann, therapist, move):
        booked = ann.book(TUESDAY)
        ann.book(NEXT_TUESDAY)
        therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
        therapist("PUT /practice/self-scheduling", {"enabled": False})
        assert move(booked, NEXT_WEDNESDAY).status == 200

    def test_in_the_therapists_name_it_is_not_in_the_conduct(self, ann, therapist, move, go_to):
        therapist("PATCH /practice", {"late_move_is_strike": True})
        booked = ann.book(TUESDAY)
        go_to(TUESDAY_AT_9)
        moved = move(booked, TUESDAY_EVENING)
        assert (moved.body["late"], moved.body["strikes"]["count"]) == (False, 0)
        new = moved.body["appointment"]
        assert new["cancel_free_until"] == new["start"]
        conduct = therapist("GET /practice/clients/annt1").body["conduct"]
        assert (conduct["moved"], conduct["median_notice_hours"]) == (0, None)

    @pytest.mark.parametrize(
        ("told_at", "late"),
        [
            pytest.param("2026-11-23T09:30:00-05:00", False, id="told the day before"),
            pytest.param("2026-11-23T12:00:00-05:00", True, id="told inside the notice"),
            pytest.param(None, True, id="told now"),
        ],
    )
    def test_in_the_clients_name_notice_runs_from_when_they_told(
        self, ann, therapist, move, go_to, told_at, late
    ):
        booked = ann.book(TUESDAY)
        go_to(TUESDAY_AT_9)
        moved = move(booked, NEXT_TUESDAY, by="client", told_at=told_at)
        assert moved.body["late"] is late
        new = moved.body["appointment"]
        told = told_at or TUESDAY_AT_9
        assert new["cancel_free_until"][:16] == (told if late else "2026-11-30T10:00")[:16]
        assert therapist("GET /practice/clients/annt1").body["conduct"]["moved"] == 1

    def test_moving_again_is_moving_once(self, ann, move, unchanged):
        booked = ann.book(TUESDAY)
        first = move(booked, WEDNESDAY)
        with unchanged():
            assert move(booked, WEDNESDAY).body["appointment"] == first.body["appointment"]
            own = first.body["appointment"]["appointment_id"]
            assert move(own, WEDNESDAY).body["appointment"] == first.body["appointment"]

    def test_a_regulars_occurrence_becomes_ordinary(self, ann, therapist, move):
        therapist("POST /practice/regulars", WEDNESDAYS)
        session = ann("GET /appointments").body["appointments"][0]
        assert move(session["appointment_id"], TUESDAY_EVENING).body["appointment"]["regular"] is (
            False
        )
        slots = therapist("GET /practice/calendar").body["slots"]
        assert [each["state"] for each in slots] == ["open", "booked", "open", "open"]

    @pytest.mark.parametrize(
        ("slot_id", "now", "but", "refusal"),
        [
            pytest.param(NOWHERE, None, {}, "unknown-slot", id="nothing there"),
            pytest.param(WEDNESDAY, None, {}, "slot-taken", id="another has it"),
            pytest.param(NEXT_TUESDAY, TUESDAY_AT_1020, {}, "already-started", id="it runs"),
            pytest.param(
                NEXT_TUESDAY,
                TUESDAY_AT_9,
                {"by": "client", "told_at": "2026-11-22T09:00:00-05:00"},
                "invalid",
                id="told before the booking",
            ),
            pytest.param(
                NEXT_TUESDAY,
                TUESDAY_AT_9,
                {"by": "client", "told_at": "2026-11-24T10:00:00-05:00"},
                "invalid",
                id="told later than now",
            ),
            pytest.param(
                NEXT_TUESDAY,
                TUESDAY_AT_9,
                {"told_at": "2026-11-24T08:00:00-05:00"},
                "invalid",
                id="told, in the therapist's own name",
            ),
        ],
    )
    def test_moves_that_are_refused(
        self, ann, bob, move, go_to, unchanged, slot_id, now, but, refusal
    ):
        booked = ann.book(TUESDAY)
        bob.book(WEDNESDAY)
        if now:
            go_to(now)
        with unchanged():
            assert move(booked, slot_id, **but).refusal == refusal

    def test_what_was_cancelled_can_not_be_moved(self, ann, move, unchanged):
        booked = ann.book(TUESDAY)
        ann(f"DELETE /appointments/{booked}")
        with unchanged():
            assert move(booked, WEDNESDAY).refusal == "unknown-appointment"


class TestNoticeByPhone:
    @pytest.mark.parametrize(
        ("told_at", "late", "hours"),
        [
            pytest.param("2026-11-23T10:00:00-05:00", False, 24.0, id="in time"),
            pytest.param("2026-11-23T10:01:00-05:00", True, 23.9, id="a minute late"),
        ],
    )
    def test_a_cancellation_counts_from_when_the_client_called(
        self, ann, therapist, go_to, told_at, late, hours
    ):
        booked = ann.book(TUESDAY)
        go_to("2026-11-24T08:00:00-05:00")
        path = f"/practice/appointments/{booked}?by=client&told_at={told_at}"
        ended = therapist(f"DELETE {path}").body
        assert ended["late"] is late
        assert ended["appointment"]["notice_hours"] == hours
        conduct = therapist("GET /practice/clients/annt1").body["conduct"]
        assert conduct["median_notice_hours"] == hours

    @pytest.mark.parametrize(
        "query",
        [
            pytest.param("by=client&told_at=2026-11-23T08:00:00-05:00", id="before the booking"),
            pytest.param("by=client&told_at=2026-11-24T09:30:00-05:00", id="in the future"),
            pytest.param("by=client&told_at=yesterday", id="not an instant"),
            pytest.param("told_at=2026-11-23T10:00:00-05:00", id="in the therapist's own name"),
        ],
    )
    def test_instants_that_can_not_be(self, ann, therapist, go_to, unchanged, query):
        booked = ann.book(TUESDAY)
        go_to(TUESDAY_AT_9)
        with unchanged():
            refused = therapist(f"DELETE /practice/appointments/{booked}?{query}")
        assert (refused.status, refused.fields) == (422, ["told_at"])


class TestOutcomes:
    @pytest.mark.parametrize("outcome", ["no_show", "kept"])
    def test_a_cancelled_session_was_neither_kept_nor_missed(
        self, ann, therapist, go_to, unchanged, outcome
    ):
        booked = ann.book(TUESDAY)
        go_to(TUESDAY_AT_9)
        ann(f"DELETE /appointments/{booked}")
        go_to(TUESDAY_AT_11)
        path = f"/practice/appointments/{booked}/outcome"
        with unchanged():
            refused = therapist(f"PUT {path}", {"outcome": outcome})
        assert (refused.status, refused.fields) == (422, ["outcome"])
        assert refused.body["errors"][0]["message"] == (
            "This session was cancelled, so it was neither kept nor missed."
        )

    @pytest.mark.parametrize("seconds", [1, 59])
    def test_notice_is_rounded_down(self, ann, therapist, go_to, seconds):
        booked = ann.book(TUESDAY)
        go_to(f"2026-11-23T10:00:{seconds:02}-05:00")
        assert ann(f"DELETE /appointments/{booked}").body["late"] is True
        (session,) = therapist("GET /practice/clients/annt1").body["appointments"]
        assert session["notice_hours"] == 23.9

    def test_the_calendar_shows_outcomes_and_what_ended(self, ann, bob, therapist, go_to):
        ann(f"DELETE /appointments/{ann.book(TUESDAY)}")
        missed = bob.book(TUESDAY)
        kept = ann.book(WEDNESDAY)
        go_to("2026-11-25T10:20:00-05:00")
        therapist(f"PUT /practice/appointments/{missed}/outcome", {"outcome": "no_show"})
        slots = {s["slot_id"]: s for s in therapist("GET /practice/calendar").body["slots"]}
        assert (slots[TUESDAY]["outcome"], slots[WEDNESDAY]["outcome"]) == ("no_show", None)
        (ended,) = slots[TUESDAY]["ended"]
        assert ended.pop("appointment_id").startswith(TUESDAY)
        assert ended == {
            "client": {"client_id": "annt1", "name": "Ann"},
            "status": "cancelled",
            "ended_by": "client",
            "late": False,
        }
        go_to("2026-11-25T10:50:00-05:00")
        slots = {s["slot_id"]: s for s in therapist("GET /practice/calendar").body["slots"]}
        assert slots[WEDNESDAY]["outcome"] == "kept"
        assert slots[WEDNESDAY]["appointment_id"] == kept
        assert (slots[TUESDAY_EVENING]["outcome"], slots[TUESDAY_EVENING]["ended"]) == (None, [])

    @pytest.mark.usefixtures("practice")
    def test_another_therapists_sessions_are_not_in_the_calendar(self):
        a_client("t2", "annt2")(f"DELETE /appointments/{a_client('t2', 'annt2').book(TUESDAY)}")
        for therapist_id, count in (("t1", 0), ("t2", 1)):
            slots = a_therapist(therapist_id)("GET /practice/calendar").body["slots"]
            assert sum(len(each["ended"]) for each in slots) == count


class TestNotify:
    """Whether the client is told is kept with the act."""

    @pytest.mark.parametrize(("sent", "kept"), [({}, True), ({"notify": False}, False)])
    def test_of_a_booking_and_a_move(self, therapist, sent, kept):
        booked = _book_for_ann(therapist, TUESDAY, **sent)["appointment_id"]
        path = f"/practice/appointments/{booked}/move"
        moved = therapist(f"POST {path}", {"slot_id": NEXT_TUESDAY_EVENING, **sent}).body
        for name in (booked, moved["appointment"]["appointment_id"]):
            stored = _stored("appointments", ("t1#annt1", name))
            assert stored.get("notify", True) is kept

    @pytest.mark.parametrize(("query", "kept"), [("", True), ("?notify=false", False)])
    def test_of_a_cancellation_and_the_end_of_a_regular(self, therapist, query, kept):
        booked = _book_for_ann(therapist, TUESDAY, notify=not kept)["appointment_id"]
        therapist(f"DELETE /practice/appointments/{booked}{query}")
        assert _stored("appointments", ("t1#annt1", booked)).get("notify", True) is kept
        regular = {**WEDNESDAYS, "notify": not kept}
        regular_id = therapist("POST /practice/regulars", regular).body["regular_id"]
        assert _stored("regulars", ("t1", regular_id))["notify"] is not kept
        therapist(f"DELETE /practice/regulars/{regular_id}{query}")
        assert _stored("regulars", ("t1", regular_id))["notify"] is kept

    @pytest.mark.parametrize(("sent", "kept"), [({}, True), ({"notify": False}, False)])
    def test_of_time_off(self, ann, therapist, sent, kept):
        booked = ann.book(TUESDAY)
        off = therapist("POST /practice/time-off", {**SICK_DAY, **sent}).body["time_off_id"]
        assert _stored("time-off", ("t1", off)).get("notify", True) is kept
        assert _stored("appointments", ("t1#annt1", booked)).get("notify", True) is kept

    @pytest.mark.parametrize(("sent", "kept"), [({}, False), ({"notify": True}, True)])
    def test_of_a_suspension_and_a_discharge(self, therapist, sent, kept):
        suspended = {"state": "suspended", **sent}
        therapist("PUT /practice/clients/annt1/privilege", suspended)
        assert _stored("clients", ("t1", "annt1")).get("notify", False) is kept
        query = "?notify=true" if kept else ""
        therapist(f"DELETE /practice/clients/bobt1{query}")
        assert _stored("clients", ("t1", "bobt1")).get("notify", False) is kept

    def test_a_clients_own_act_is_always_theirs(self, ann, therapist):
        booked = _book_for_ann(therapist, WEDNESDAY, notify=False)["appointment_id"]
        ann(f"DELETE /appointments/{booked}")
        assert _stored("appointments", ("t1#annt1", booked)).get("notify", True) is True
