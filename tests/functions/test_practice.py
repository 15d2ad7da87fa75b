from datetime import date

import pytest

from infra.local.environment import TABLES
from openhour.store.mapping import regular_row
from openhour.use_cases import planning
from tests.dynamodb_backends import rows, written
from tests.functions.slots import (
    FRIDAY,
    NEXT_TUESDAY,
    NEXT_TUESDAY_EVENING,
    NEXT_WEDNESDAY,
    NOWHERE,
    TUESDAY,
    TUESDAY_EVENING,
    TUESDAY_OFF,
    WEDNESDAY,
    WEDNESDAY_AT_11,
)
from tests.unit.builders import a_regular

FRIDAY_ID = "20261127T1500Z"
WEDNESDAYS = {
    "client_id": "annt1",
    "weekday": "wednesday",
    "start": "10:00",
    "every_weeks": 1,
    "first": "2026-11-23",
}


def _states(therapist, week="2026-W48"):
    slots = therapist(f"GET /practice/calendar?week={week}").body["slots"]
    return {slot["slot_id"]: slot["state"] for slot in slots}


def _states_written(since):
    """The states of slots in the order in which they were written, after so many records."""
    records = written(TABLES["SlotsTable"])[since:]
    return [record["dynamodb"]["NewImage"]["state"]["S"] for record in records]


class TestSettings:
    def test_hours_are_read_with_a_version(self, therapist):
        reply = therapist("GET /practice")
        assert reply.status == 200
        assert reply.headers["etag"] == '"2"'
        settings = reply.body
        assert len(settings.pop("hours")) == 4
        assert settings == {
            "now": settings["now"],
            "signed_in": {"login_id": "login-of-t1", "name": "Dr. Ada", "role": "therapist"},
            "therapist_id": "t1",
            "self_scheduling": True,
            "released_through": "2026-W48",
            "published_through": "2026-W49",
            "name": "Dr. Ada",
            "timezone": "America/New_York",
            "office_phone": "+1 555 0100",
            "horizon_weeks": 1,
            "booking_notice_hours": 1,
            "cancellation_notice_hours": 24,
            "grace_minutes": 15,
            "max_per_week": 1,
            "strike_limit": 3,
            "strike_window_days": 90,
            "on_strike_limit": "flag",
            "suspended_can_sign_in": False,
            "late_move_is_strike": False,
            "release": {"weekday": "friday", "time": "18:00"},
            "intake": "auto",
            "intake_weeks": 1,
            "intake_below": 0.6,
            "intake_per_week": 2,
            "registrations_per_day": 20,
            "phone_note": None,
            "change_policy": None,
            "privacy_url": None,
            "crisis_line": "In a crisis, call or text 988.",
            "place": None,
            "language": "en",
            "embed_origins": [],
            "mail_from": None,
            "quiet_hours": {"from": "21:00", "to": "08:00"},
            "sender_name": None,
            "place_in_mail": False,
            "reminder_hours": 48,
            "second_reminder_hours": None,
            "therapist_mails": [
                *("late-cancellation", "limit-reached", "registered", "regular-asked"),
                *("conflict", "friday", "bounced"),
            ],
        }

    @pytest.mark.parametrize(
        "changes",
        [
            {"name": "Dr. Eve", "office_phone": "(212) 555-0199 ext. 4"},
            {"release": {"weekday": "thursday", "time": "09:15"}},
            {"intake": "open", "intake_below": 1, "intake_per_week": 50},
            {"on_strike_limit": "suspend", "strike_limit": 20, "strike_window_days": 730},
            {"booking_notice_hours": 168, "cancellation_notice_hours": 0, "grace_minutes": 120},
            {"timezone": "Australia/Lord_Howe"},
            {"horizon_weeks": 2, "intake_weeks": 2},
            {"phone_note": "We call back by noon.", "change_policy": "24 hours.\nAfter: half."},
            {"privacy_url": "https://ada.example:8443/privacy?lang=en#us", "sender_name": "Ada"},
            {"crisis_line": "Call 988,\nat any hour.", "mail_from": "2026-12-01"},
            {"quiet_hours": {"from": "00:00", "to": "06:30"}},
            {"quiet_hours": None, "mail_from": None, "phone_note": None},
            {"place": "12 Elm Street, Suite 4", "language": "es"},
            {"embed_origins": ["https://www.ada.example", "https://ada.example:8443"]},
            {"embed_origins": [], "place": None},
            {"therapist_mails": ["registered", "digest"]},
            {"therapist_mails": []},
        ],
        ids=" and ".join,
    )
    def test_a_patch_changes_what_it_names(self, therapist, changes):
        before = therapist("GET /practice").body
        signed_in = before.pop("signed_in")
        reply = therapist("PATCH /practice", changes)
        assert reply.status == 200
        published = "2026-W50" if "horizon_weeks" in changes else "2026-W49"
        assert reply.body == {
            **before,
            "now": reply.body["now"],
            "published_through": published,
            **changes,
        }
        again = therapist("GET /practice").body
        assert again == {**reply.body, "now": again["now"], "signed_in": signed_in}

    @pytest.mark.parametrize("nothing", [None, ""], ids=["null", "empty"])
    @pytest.mark.parametrize("name", ["office_phone", "crisis_line"])
    def test_what_clients_rely_on_may_be_removed_once_booking_is_off(
        self, therapist, name, nothing
    ):
        refused = therapist("PATCH /practice", {name: nothing})
        assert (refused.status, refused.refusal, refused.fields) == (422, "invalid", [name])
        therapist("PUT /practice/self-scheduling", {"enabled": False})
        assert therapist("PATCH /practice", {name: nothing}).body[name] is None

    def test_self_scheduling_needs_a_crisis_line(self, therapist):
        therapist("PUT /practice/self-scheduling", {"enabled": False})
        therapist("PATCH /practice", {"crisis_line": None})
        ready = {"enabled": True, "regulars_entered": True}
        refused = therapist("PUT /practice/self-scheduling", ready)
        assert (refused.refusal, refused.body["missing"]) == ("not-ready", ["crisis_line"])
        therapist("PATCH /practice", {"crisis_line": "Call 988."})
        assert therapist("PUT /practice/self-scheduling", ready).status == 200

    def test_a_patch_of_nothing_changes_nothing(self, therapist, unchanged):
        with unchanged():
            assert therapist("PATCH /practice", {}).status == 200

    @pytest.mark.parametrize(
        ("if_match", "status"),
        [
            pytest.param('"2"', 200, id="the version that was read"),
            pytest.param("*", 200, id="any version"),
            pytest.param("", 200, id="none given"),
            pytest.param('"1"', 412, id="an older version"),
            pytest.param("2", 412, id="without its quotes"),
            pytest.param('W/"2"', 412, id="a weak one"),
            pytest.param('"x"', 412, id="not ours"),
            pytest.param(f'"{"9" * 5_000}"', 412, id="of 5,000 digits"),
            pytest.param('"1", "2"', 412, id="several"),
        ],
    )
    @pytest.mark.parametrize(
        ("what", "body"),
        [
            ("PATCH /practice", {"name": "Dr. Eve"}),
            ("PUT /practice/hours", {"hours": [FRIDAY]}),
            ("PUT /practice/self-scheduling", {"enabled": False}),
        ],
        ids=["settings", "hours", "switch"],
    )
    def test_a_stale_version_is_refused(self, therapist, what, body, if_match, status):
        before = rows()
        reply = therapist(what, body, if_match=if_match)
        assert reply.status == status
        assert (rows() == before) is (status == 412)

    def test_the_answer_to_a_change_tells_the_next_version(self, therapist):
        reply = therapist("PATCH /practice", {"name": "Dr. Eve"}, if_match='"2"')
        assert therapist("GET /practice").headers["etag"] == reply.headers["etag"] == '"3"'


class TestHours:
    def test_setting_them_publishes_at_once(self, therapist):
        reply = therapist("PUT /practice/hours", {"hours": [FRIDAY]})
        assert reply.status == 200
        assert reply.body == {
            "hours": [FRIDAY],
            "conflicts": [],
            "cancelled": [],
            "full_weeks": [],
        }
        assert _states(therapist) == {FRIDAY_ID: "open"}

    def test_a_preview_writes_nothing(self, therapist, ann, unchanged):
        booked = ann.book(WEDNESDAY)
        with unchanged():
            reply = therapist("PUT /practice/hours?preview=true", {"hours": [FRIDAY]})
        assert reply.body == {
            "hours": [FRIDAY],
            "conflicts": [
                {
                    "slot_id": WEDNESDAY,
                    "reason": "no-hours",
                    "start": "2026-11-25T10:00:00-05:00",
                    "end": "2026-11-25T10:50:00-05:00",
                    "client": {"client_id": "annt1", "name": "Ann"},
                    "waiting": None,
                    "client_id": "annt1",
                    "appointment_id": booked,
                    "regular_id": None,
                }
            ],
            "cancelled": [],
            "full_weeks": [],
        }

    def test_a_booking_that_the_hours_drop_is_a_conflict_until_it_is_settled(self, therapist, ann):
        booked = ann.book(WEDNESDAY)
        conflicts = therapist("PUT /practice/hours", {"hours": [FRIDAY]}).body["conflicts"]
        assert therapist("GET /practice/conflicts").body == {"conflicts": conflicts}
        assert [each["appointment_id"] for each in conflicts] == [booked]
        therapist(f"DELETE /practice/appointments/{booked}")
        assert therapist("GET /practice/conflicts").body == {"conflicts": []}

    def test_no_hours_at_all_is_a_holiday(self, therapist):
        reply = therapist("PUT /practice/hours", {"hours": []})
        assert (reply.status, _states(therapist)) == (200, {})


class TestTheSwitch:
    def test_going_off_stops_booking_at_once(self, therapist, ann):
        reply = therapist("PUT /practice/self-scheduling", {"enabled": False})
        assert (reply.status, reply.body["self_scheduling"]) == (200, False)
        assert ann("GET /slots").refusal == "self-scheduling-off"

    def test_a_slot_that_finds_no_room_beside_a_free_one_keeps_nobody_out(self, therapist):
        therapist("PUT /practice/self-scheduling", {"enabled": False})
        therapist("POST /practice/slots", {"start": "2026-11-27T09:30:00-05:00", "minutes": 50})
        (conflict,) = therapist("PUT /practice/hours", {"hours": [FRIDAY]}).body["conflicts"]
        assert (conflict["slot_id"], conflict["reason"]) == (FRIDAY_ID, "overlap")
        ready = {"enabled": True, "regulars_entered": True}
        assert therapist("PUT /practice/self-scheduling", ready).status == 200

    def test_going_on_needs_the_therapists_word(self, therapist):
        therapist("PUT /practice/self-scheduling", {"enabled": False})
        early = therapist("PUT /practice/self-scheduling", {"enabled": True})
        assert (early.status, early.body["missing"]) == (409, ["regulars_entered"])
        ready = {"enabled": True, "regulars_entered": True}
        reply = therapist("PUT /practice/self-scheduling", ready)
        assert (reply.status, reply.body["self_scheduling"]) == (200, True)


class TestRegulars:
    def test_one_is_entered_and_placed(self, therapist):
        reply = therapist("POST /practice/regulars", WEDNESDAYS)
        assert reply.status == 201
        regular = reply.body
        regular_id = regular.pop("regular_id")
        assert reply.headers["location"] == f"/practice/regulars/{regular_id}"
        client = {"client_id": "annt1", "name": "Ann"}
        assert regular == {
            **WEDNESDAYS,
            "client": client,
            "until": None,
            "placed": [WEDNESDAY, NEXT_WEDNESDAY],
            "skipped": [],
            "conflicts": [],
            "cancelled": [],
            "full_weeks": [],
        }
        assert therapist("GET /practice/regulars").body == {
            "regulars": [{"regular_id": regular_id, **WEDNESDAYS, "client": client, "until": None}]
        }

    def test_a_skipped_local_time_is_reported(self, therapist, go_to):
        sunday = {"weekday": "sunday", "start": "02:30", "minutes": 50, "prime": False}
        therapist("PUT /practice/hours", {"hours": [sunday]})
        go_to("2027-03-08T09:00:00-05:00")
        weekly = {**WEDNESDAYS, "weekday": "sunday", "start": "02:30"}
        reply = therapist("POST /practice/regulars", weekly).body
        (conflict,) = reply["conflicts"]
        assert [conflict["slot_id"]] == reply["skipped"]
        fields = (conflict["reason"], conflict["client_id"], conflict["regular_id"])
        assert fields == ("clock-change", "annt1", reply["regular_id"])
        assert therapist("GET /practice/conflicts").body["conflicts"] == [conflict]

    def test_to_change_one_and_back_leaves_no_trace_in_the_record(self, therapist):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        conduct = therapist("GET /practice/clients/annt1").body["conduct"]
        assert conduct["booked"] == 2
        for start in ("11:00", "10:00"):
            therapist(f"PUT /practice/regulars/{regular_id}", {**WEDNESDAYS, "start": start})
        assert therapist("GET /practice/clients/annt1").body["conduct"] == conduct
        therapist(f"DELETE /practice/regulars/{regular_id}")
        assert therapist("GET /practice/clients/annt1").body["conduct"]["booked"] == 0

    def test_regulars_outside_the_hours_are_named(self, therapist, bob):
        booked = bob.book(NEXT_WEDNESDAY)
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        therapist("PUT /practice/hours", {"hours": [FRIDAY]})
        conflicts = therapist("GET /practice/conflicts").body["conflicts"]
        named = [
            (each["appointment_id"], each["regular_id"])
            for each in conflicts
            if (each["slot_id"], each["reason"]) == (NEXT_WEDNESDAY, "no-hours")
        ]
        assert named == [(None, regular_id), (booked, None)]

    def test_a_preview_writes_nothing(self, therapist, unchanged):
        with unchanged():
            reply = therapist("POST /practice/regulars?preview=true", WEDNESDAYS)
        assert (reply.status, reply.body["placed"]) == (200, [WEDNESDAY, NEXT_WEDNESDAY])

    def test_two_alternate_in_one_slot_and_no_third_fits(self, therapist):
        fortnightly = {**WEDNESDAYS, "every_weeks": 2}
        ann = therapist("POST /practice/regulars", fortnightly).body
        bob = {**fortnightly, "client_id": "bobt1", "first": "2026-11-30"}
        assert therapist("POST /practice/regulars", bob).body["placed"] == [NEXT_WEDNESDAY]
        assert ann["placed"] == [WEDNESDAY]
        third = therapist("POST /practice/regulars", {**WEDNESDAYS, "client_id": "bobt1"})
        assert (third.status, third.refusal) == (409, "regular-conflict")
        assert third.body["week"] == "2026-W48"

    def test_one_is_changed(self, therapist):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        at_11 = {**WEDNESDAYS, "start": "11:00", "until": "2026-11-27"}
        reply = therapist(f"PUT /practice/regulars/{regular_id}", at_11)
        assert (reply.status, reply.body["placed"]) == (200, [WEDNESDAY_AT_11])
        assert _states(therapist)[WEDNESDAY] == "open"

    def test_ending_one_frees_its_slots(self, therapist):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        reply = therapist(f"DELETE /practice/regulars/{regular_id}")
        assert (reply.status, reply.body["placed"]) == (200, [])
        assert reply.body["regular_id"] == regular_id
        assert therapist("GET /practice/regulars").body == {"regulars": []}
        assert _states(therapist)[WEDNESDAY] == "open"

    def test_one_that_has_ended_can_not_be_changed(self, therapist):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        therapist(f"DELETE /practice/regulars/{regular_id}")
        reply = therapist(f"PUT /practice/regulars/{regular_id}", WEDNESDAYS)
        assert (reply.status, reply.refusal) == (404, "unknown-regular")

    def test_an_occurrence_that_the_client_gave_up_is_skipped(self, therapist, ann):
        regular_id = therapist("POST /practice/regulars", WEDNESDAYS).body["regular_id"]
        (first, _) = ann("GET /appointments").body["appointments"]
        assert first["regular"] is True
        ann(f"DELETE /appointments/{first['appointment_id']}")
        reply = therapist(f"PUT /practice/regulars/{regular_id}", WEDNESDAYS)
        assert (reply.body["placed"], reply.body["skipped"]) == ([NEXT_WEDNESDAY], [WEDNESDAY])

    def test_a_client_who_has_as_many_as_can_be_is_discharged_all_the_same(self, therapist):
        for n in range(50):
            past = a_regular(f"r{n}", "annt1", "wednesday 10:00", until=date(2026, 9, 30))
            regular_row("t1", past).save()
        one_more = therapist("POST /practice/regulars", WEDNESDAYS)
        assert (one_more.status, one_more.fields) == (422, ["client_id"])
        assert therapist("DELETE /practice/clients/annt1").status == 200
        assert therapist("GET /practice/regulars").body == {"regulars": []}

    def test_another_clients_booking_in_the_way_is_a_conflict(self, therapist, bob):
        booked = bob.book(WEDNESDAY)
        reply = therapist("POST /practice/regulars", WEDNESDAYS)
        assert reply.body["placed"] == [NEXT_WEDNESDAY]
        assert reply.body["conflicts"] == [
            {
                "slot_id": WEDNESDAY,
                "reason": "booked",
                "start": "2026-11-25T10:00:00-05:00",
                "end": "2026-11-25T10:50:00-05:00",
                "client": {"client_id": "bobt1", "name": "Bob"},
                "waiting": {"client_id": "annt1", "name": "Ann"},
                "client_id": "bobt1",
                "appointment_id": booked,
                "regular_id": reply.body["regular_id"],
            }
        ]


class TestTheListOfRegulars:
    @pytest.mark.parametrize(
        ("today", "listed"),
        [
            pytest.param("2026-11-25T23:59:00-05:00", True, id="on its last day"),
            pytest.param("2026-11-26T00:00:00-05:00", False, id="past its last day"),
        ],
    )
    def test_a_regular_is_listed_until_its_last_day(self, therapist, go_to, today, listed):
        wish = {**WEDNESDAYS, "until": "2026-11-25"}
        regular_id = therapist("POST /practice/regulars", wish).body["regular_id"]
        go_to(today)
        found = therapist("GET /practice/regulars").body["regulars"]
        assert [each["regular_id"] for each in found] == [regular_id] * listed
        assert therapist(f"GET /practice/regulars/{regular_id}").status == 200

    def test_regulars_are_in_the_order_of_the_week(self, therapist):
        in_order = [
            ("tuesday", "10:00", "annt1", "2026-11-30"),
            ("tuesday", "10:00", "bobt1", "2026-11-23"),
            ("tuesday", "17:30", "annt1", "2026-11-23"),
            ("wednesday", "10:00", "bobt1", "2026-11-23"),
            ("wednesday", "11:00", "annt1", "2026-11-23"),
        ]
        names = ("weekday", "start", "client_id", "first")
        for wish in reversed(in_order):
            body = {**dict(zip(names, wish, strict=True)), "every_weeks": 2}
            assert therapist("POST /practice/regulars", body).status == 201
        found = therapist("GET /practice/regulars").body["regulars"]
        assert [tuple(each[name] for name in names) for each in found] == in_order


class TestTimeOff:
    def test_it_blocks_its_slots_and_gives_them_back(self, therapist):
        reply = therapist("POST /practice/time-off", TUESDAY_OFF)
        assert reply.status == 201
        time_off = reply.body
        time_off_id = time_off.pop("time_off_id")
        assert reply.headers["location"] == f"/practice/time-off/{time_off_id}"
        assert time_off == {
            **TUESDAY_OFF,
            "cancel_booked": False,
            "message": None,
            "notice": None,
            "note": None,
            "cancelled": [],
            "conflicts": [],
            "call": [],
        }
        assert _states(therapist)[TUESDAY] == "blocked"
        (listed,) = therapist("GET /practice/time-off").body["time_off"]
        assert listed["time_off_id"] == time_off_id
        back = therapist(f"DELETE /practice/time-off/{time_off_id}")
        assert (back.status, back.body["time_off_id"]) == (200, time_off_id)
        assert _states(therapist)[TUESDAY] == "open"
        assert therapist("GET /practice/time-off").body == {"time_off": []}

    def test_a_booking_in_it_is_a_conflict(self, therapist, ann):
        booked = ann.book(TUESDAY)
        reply = therapist("POST /practice/time-off", TUESDAY_OFF)
        (conflict,) = reply.body["conflicts"]
        assert (conflict["reason"], conflict["appointment_id"]) == ("time-off", booked)
        assert reply.body["cancelled"] == []

    @pytest.mark.parametrize("query", ["?preview=true", ""], ids=["foreseen", "taken"])
    def test_a_session_that_has_begun_before_it_and_runs_into_it_is_a_conflict(
        self, therapist, ann, query
    ):
        booked = ann.book(TUESDAY)
        off = {**TUESDAY_OFF, "from": "2026-11-24T10:30:00-05:00"}
        (conflict,) = therapist(f"POST /practice/time-off{query}", off).body["conflicts"]
        assert (conflict["reason"], conflict["appointment_id"]) == ("time-off", booked)

    def test_a_booking_that_the_therapist_made_room_for_in_it_is_none(self, therapist, ann, later):
        therapist("POST /practice/time-off", TUESDAY_OFF)
        later(minutes=1)
        therapist(f"PUT /practice/slots/{TUESDAY}", {"state": "open"})
        assert ann("POST /appointments", {"slot_id": TUESDAY}).status == 201
        assert therapist("GET /practice/conflicts").body == {"conflicts": []}
        therapist("PUT /practice/self-scheduling", {"enabled": False})
        ready = {"enabled": True, "regulars_entered": True}
        assert therapist("PUT /practice/self-scheduling", ready).status == 200

    def test_a_sick_day_cancels_everyone_and_nobodys_fault(self, therapist, ann):
        booked = ann.book(TUESDAY)
        sick = {**TUESDAY_OFF, "cancel_booked": True, "message": "I am ill today."}
        reply = therapist("POST /practice/time-off", sick)
        (cancelled,) = reply.body["cancelled"]
        assert (cancelled["appointment_id"], cancelled["status"]) == (booked, "cancelled")
        assert (cancelled["ended_by"], cancelled["strike"]) == ("therapist", False)
        assert ann("GET /me").body["appointments"] == []

    def test_a_sick_day_tells_whom_it_cancels_even_where_the_follower_was_quicker(
        self, therapist, ann, monkeypatch
    ):
        booked = ann.book(TUESDAY)
        finish = planning.carry_out_plan

        def finish_second(therapist_id, *, now):
            finish(therapist_id, now=now)
            return finish(therapist_id, now=now)

        monkeypatch.setattr(planning, "carry_out_plan", finish_second)
        reply = therapist("POST /practice/time-off", {**TUESDAY_OFF, "cancel_booked": True})
        (cancelled,) = reply.body["cancelled"]
        assert (cancelled["appointment_id"], cancelled["status"]) == (booked, "cancelled")

    def test_a_preview_tells_the_same_and_writes_nothing(self, therapist, ann, unchanged):
        ann("POST /appointments", {"slot_id": TUESDAY})
        sick = {**TUESDAY_OFF, "cancel_booked": True}
        with unchanged():
            foreseen = therapist("POST /practice/time-off?preview=true", sick)
        assert foreseen.status == 200
        done = therapist("POST /practice/time-off", sick)
        assert foreseen.body == {**done.body, "time_off_id": foreseen.body["time_off_id"]}


class TestTheCalendar:
    def test_a_week_is_read(self, therapist, ann):
        booked = ann.book(TUESDAY)
        reply = therapist("GET /practice/calendar?week=2026-W48")
        assert reply.status == 200
        week = reply.body
        assert (week["week"], week["published"], week["released"]) == ("2026-W48", True, True)
        first, evening, *_ = week["slots"]
        assert first == {
            "slot_id": TUESDAY,
            "start": "2026-11-24T10:00:00-05:00",
            "end": "2026-11-24T10:50:00-05:00",
            "state": "booked",
            "prime": False,
            "note": None,
            "client": {"client_id": "annt1", "name": "Ann"},
            "appointment_id": booked,
            "regular_id": None,
            "outcome": None,
            "ended": [],
            "reason": None,
            "time_off_id": None,
        }
        assert (week["from"], week["to"], week["time_off"]) == ("2026-11-23", "2026-11-30", [])
        assert (evening["prime"], evening["client"]) == (True, None)

    def test_the_current_week_is_read_where_none_is_named(self, therapist):
        assert therapist("GET /practice/calendar").body["week"] == "2026-W48"

    def test_next_weeks_prime_time_is_held(self, therapist):
        assert _states(therapist, "2026-W49")[NEXT_TUESDAY_EVENING] == "held"

    def test_a_week_beyond_the_horizon_is_not_published(self, therapist):
        week = therapist("GET /practice/calendar?week=2027-W10").body
        assert (week["published"], week["slots"]) == (False, [])

    def test_an_extra_opening_is_added(self, therapist, ann):
        extra = {"start": "2026-11-26T10:00:00-05:00", "minutes": 50}
        reply = therapist("POST /practice/slots", extra)
        assert reply.status == 201
        assert reply.headers["location"] == f"/practice/slots/{NOWHERE}"
        assert (reply.body["slot_id"], reply.body["state"]) == (NOWHERE, "open")
        assert ann("POST /appointments", {"slot_id": NOWHERE}).status == 201

    @pytest.mark.parametrize(
        ("off", "week", "prime", "state"),
        [
            pytest.param("2026-11-27", "2026-11-26", True, "open", id="prime, in a released week"),
            pytest.param("2026-11-27", "2026-12-03", True, "held", id="prime, in a later one"),
            pytest.param("2026-11-26", "2026-11-26", False, "blocked", id="on a day off"),
        ],
    )
    def test_an_extra_opening_is_at_once_what_it_should_be(
        self, therapist, off, week, prime, state
    ):
        day_off = {"from": f"{off}T00:00:00-05:00", "to": f"{off}T23:00:00-05:00"}
        therapist("POST /practice/time-off", day_off)
        before = len(written(TABLES["SlotsTable"]))
        extra = {"start": f"{week}T10:00:00-05:00", "minutes": 50, "prime": prime}
        assert therapist("POST /practice/slots", extra).body["state"] == state
        assert _states_written(before) == list(dict.fromkeys(["blocked", state])), (
            "and it was never anything else"
        )

    def test_an_extra_opening_where_a_regular_waits_is_the_regulars(self, therapist):
        therapist("POST /practice/regulars", WEDNESDAYS)
        therapist("PUT /practice/hours", {"hours": [FRIDAY]})
        therapist("PATCH /practice", {"horizon_weeks": 2})
        (waits,) = (
            conflict
            for conflict in therapist("GET /practice/conflicts").body["conflicts"]
            if (conflict["reason"], conflict["appointment_id"]) == ("no-hours", None)
        )
        before = len(written(TABLES["SlotsTable"]))
        extra = {"start": "2026-12-09T10:00:00-05:00", "minutes": 50}
        reply = therapist("POST /practice/slots", extra)
        assert (reply.body["slot_id"], reply.body["state"]) == (waits["slot_id"], "booked")
        assert reply.body["client"] == {"client_id": "annt1", "name": "Ann"}
        assert _states_written(before) == ["blocked", "booked"], (
            "and nobody could book it meanwhile"
        )

    @pytest.mark.parametrize("state", ["held", "open", "blocked"])
    def test_a_free_slot_is_set_by_hand(self, therapist, state):
        reply = therapist(f"PUT /practice/slots/{TUESDAY}", {"state": state})
        assert (reply.status, reply.body["state"]) == (200, state)
        assert _states(therapist)[TUESDAY] == state

    @pytest.mark.parametrize("state", ["open", "held"])
    def test_a_slot_that_is_blocked_is_given_back_by_hand(self, therapist, state):
        therapist(f"PUT /practice/slots/{TUESDAY}", {"state": "blocked"})
        reply = therapist(f"PUT /practice/slots/{TUESDAY}", {"state": state})
        assert (reply.status, reply.body["state"]) == (200, state)
        assert _states(therapist)[TUESDAY] == state

    @pytest.mark.parametrize("state", ["open", "held"])
    def test_a_regulars_slot_that_is_given_back_in_time_off_is_the_regulars(
        self, therapist, state, later
    ):
        off = {"from": "2026-12-02T00:00:00-05:00", "to": "2026-12-03T00:00:00-05:00"}
        therapist("POST /practice/time-off", off)
        regular = therapist("POST /practice/regulars", WEDNESDAYS).body
        assert _states(therapist, "2026-W49")[NEXT_WEDNESDAY] == "blocked"
        later(minutes=1)
        before = len(written(TABLES["SlotsTable"]))
        reply = therapist(f"PUT /practice/slots/{NEXT_WEDNESDAY}", {"state": state})
        assert (reply.status, reply.body["state"]) == (200, "booked")
        assert reply.body["client"] == {"client_id": "annt1", "name": "Ann"}
        assert reply.body["regular_id"] == regular["regular_id"]
        assert _states_written(before) == ["blocked", "booked"], (
            "and nobody could book it meanwhile"
        )


class TestTheRelease:
    def test_it_is_foreseen(self, therapist):
        therapist("PATCH /practice/clients/bobt1", {"usual": True})
        reply = therapist("GET /practice/release")
        assert (reply.status, reply.body) == (
            200,
            {
                "next_at": "2026-11-27T18:00:00-05:00",
                "due": False,
                "week": "2026-W49",
                "will_open": [
                    {
                        "slot_id": NEXT_TUESDAY_EVENING,
                        "start": "2026-12-01T17:30:00-05:00",
                        "end": "2026-12-01T18:20:00-05:00",
                    }
                ],
                "without_session": [
                    {
                        "client_id": "bobt1",
                        "name": "Bob",
                        "phone": None,
                        "regular": None,
                        "last_session": None,
                    }
                ],
            },
        )

    def test_a_client_without_a_session_is_named_with_phone_regular_and_last_session(
        self, therapist, ann, go_to
    ):
        therapist("PATCH /practice/clients/annt1", {"phone": "+1 212 555 0199"})
        ann.book(TUESDAY)
        regular = {**WEDNESDAYS, "first": "2026-12-02"}
        regular_id = therapist("POST /practice/regulars", regular).body["regular_id"]
        off = {"from": "2026-12-02T00:00:00-05:00", "to": "2026-12-03T00:00:00-05:00"}
        therapist("POST /practice/time-off", {**off, "cancel_booked": True})
        go_to("2026-11-24T12:00:00-05:00")
        (without,) = therapist("GET /practice/release").body["without_session"]
        assert without == {
            "client_id": "annt1",
            "name": "Ann",
            "phone": "+1 212 555 0199",
            "regular": {
                "regular_id": regular_id,
                "weekday": "wednesday",
                "start": "10:00",
                "every_weeks": 1,
            },
            "last_session": "2026-11-24T10:00:00-05:00",
        }

    def test_a_missed_or_cancelled_session_is_not_the_last_one(self, therapist, ann, go_to):
        therapist("PATCH /practice/clients/annt1", {"usual": True})
        missed = ann.book(TUESDAY)
        go_to("2026-11-24T12:00:00-05:00")
        therapist(f"PUT /practice/appointments/{missed}/outcome", {"outcome": "no_show"})
        (without,) = therapist("GET /practice/release").body["without_session"]
        assert without["last_session"] is None

    @pytest.mark.parametrize(
        ("until", "is_one"),
        [
            pytest.param(None, True, id="goes on"),
            pytest.param("2026-11-30", True, id="ends that week"),
            pytest.param("2026-11-29", False, id="ended the week before"),
        ],
    )
    def test_a_client_whose_regular_ended_is_no_longer_usual(self, therapist, go_to, until, is_one):
        therapist("POST /practice/regulars", {**WEDNESDAYS, "every_weeks": 4, "until": until})
        go_to("2026-11-30T09:00:00-05:00")
        record = therapist("GET /practice/clients/annt1").body
        assert (record["regular"], record["usual"]) == (is_one, is_one)

    @pytest.mark.parametrize(
        ("wish", "expected"),
        [
            pytest.param({"every_weeks": 1}, ["annt1"], id="every week"),
            pytest.param({"every_weeks": 2}, [], id="fortnightly, in the off week"),
            pytest.param(
                {"every_weeks": 2, "first": "2026-11-30"}, ["annt1"], id="fortnightly, that week"
            ),
            pytest.param({"first": "2026-12-07"}, [], id="starting later"),
            pytest.param({"until": "2026-11-30"}, [], id="ending before its weekday"),
        ],
    )
    def test_only_regulars_of_that_week_are_named_without_a_session(
        self, therapist, wish, expected
    ):
        therapist(f"PUT /practice/slots/{NEXT_WEDNESDAY}", {"state": "blocked"})
        off = {"from": "2026-12-02T00:00:00-05:00", "to": "2026-12-03T00:00:00-05:00"}
        therapist("POST /practice/time-off", off)
        therapist("POST /practice/regulars", {**WEDNESDAYS, **wish})
        without = therapist("GET /practice/release").body["without_session"]
        assert [client["client_id"] for client in without] == expected
        therapist("PATCH /practice/clients/annt1", {"usual": True})
        (usual,) = therapist("GET /practice/release").body["without_session"]
        assert usual["client_id"] == "annt1"

    def test_a_client_who_has_been_that_week_is_not_without_a_session(self, therapist, ann, go_to):
        therapist("PATCH /practice/clients/annt1", {"usual": True})
        ann.book(NEXT_TUESDAY)
        go_to("2026-12-01T12:00:00-05:00")
        foreseen = therapist("GET /practice/release").body
        assert (foreseen["week"], foreseen["without_session"]) == ("2026-W49", [])

    def test_the_therapist_releases_early(self, therapist, ann):
        assert ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING}).status == 409
        reply = therapist("POST /practice/release")
        assert (reply.status, reply.body) == (
            200,
            {"week": "2026-W49", "opened": [NEXT_TUESDAY_EVENING], "published": ["2026-W50"]},
        )
        assert ann("POST /appointments", {"slot_id": NEXT_TUESDAY_EVENING}).status == 201

    def test_a_due_week_stays_the_next_to_release(self, therapist, go_to):
        go_to("2026-11-27T18:04:00-05:00")
        foreseen = therapist("GET /practice/release").body
        assert foreseen["next_at"] == "2026-11-27T18:00:00-05:00"
        assert [slot["slot_id"] for slot in foreseen["will_open"]] == [NEXT_TUESDAY_EVENING]
        for opened in ([NEXT_TUESDAY_EVENING], []):
            reply = therapist("POST /practice/release").body
            assert (reply["week"], reply["opened"]) == ("2026-W49", opened)
        coming = therapist("GET /practice/release").body
        assert (coming["next_at"], coming["week"]) == ("2026-12-04T18:00:00-05:00", "2026-W50")

    def test_a_friday_that_was_missed_is_made_up_for_without_the_week_after(self, therapist, go_to):
        therapist("PATCH /practice", {"horizon_weeks": 2})
        go_to("2026-11-28T09:00:00-05:00")
        foreseen = therapist("GET /practice/release").body
        assert (foreseen["next_at"], foreseen["week"]) == ("2026-11-27T18:00:00-05:00", "2026-W49")
        assert foreseen["due"]
        assert [slot["slot_id"] for slot in foreseen["will_open"]] == [NEXT_TUESDAY_EVENING]
        for opened in ([NEXT_TUESDAY_EVENING], []):
            done = therapist("POST /practice/release").body
            assert (done["week"], done["opened"]) == ("2026-W49", opened)
        assert therapist("GET /practice/release").body["week"] == "2026-W50"
        assert _states(therapist, "2026-W50")["20261208T2230Z"] == "held"

    def test_a_repeated_release_opens_nothing(self, therapist):
        therapist("POST /practice/release")
        again = therapist("POST /practice/release").body
        assert again == {"week": "2026-W49", "opened": [], "published": []}


class TestAppointments:
    def test_the_therapist_books_a_held_slot_for_a_usual_client(self, therapist):
        wish = {"client_id": "annt1", "slot_id": NEXT_TUESDAY_EVENING}
        reply = therapist("POST /practice/appointments", wish)
        assert reply.status == 201
        appointment = reply.body
        path = f"/practice/appointments/{appointment['appointment_id']}"
        assert reply.headers["location"] == path
        assert (appointment["client_id"], appointment["status"]) == ("annt1", "booked")
        again = therapist("POST /practice/appointments", wish)
        assert (again.status, again.body) == (200, appointment)

    def test_the_therapist_is_free_of_the_clients_limits(self, therapist, ann):
        ann("POST /appointments", {"slot_id": TUESDAY})
        therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
        wish = {"client_id": "annt1", "slot_id": TUESDAY_EVENING}
        assert therapist("POST /practice/appointments", wish).status == 201

    @pytest.mark.parametrize(
        ("query", "late", "strikes", "by"),
        [
            pytest.param("", False, 0, "therapist", id="in their own name"),
            pytest.param("?by=therapist", False, 0, "therapist", id="in their own name, said so"),
            pytest.param("?by=client", True, 1, "client", id="in the client's name"),
        ],
    )
    def test_the_therapist_cancels(self, therapist, ann, later, query, late, strikes, by):
        booked = ann.book(TUESDAY)
        later(hours=3)
        reply = therapist(f"DELETE /practice/appointments/{booked}{query}")
        assert (reply.status, reply.body["late"]) == (200, late)
        assert reply.body["strikes"]["count"] == strikes
        assert reply.body["appointment"]["ended_by"] == by
