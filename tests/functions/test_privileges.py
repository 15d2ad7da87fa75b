import pytest

from openhour import clock
from openhour.store.audit_log import acting_as
from openhour.use_cases.therapists import remove_therapist
from tests.functions.http import a_client
from tests.functions.registering import ask, join
from tests.functions.slots import (
    CLEO,
    NEXT_TUESDAY,
    TUESDAY,
    WEDNESDAY,
    WEDNESDAY_AT_11,
    WEDNESDAYS,
)

pytestmark = pytest.mark.usefixtures("integrity")

CONDUCT = {
    "booked": 0,
    "kept": 0,
    "cancelled": 0,
    "late_cancelled": 0,
    "moved": 0,
    "no_shows": 0,
    "median_notice_hours": None,
}


def _cancel_late(client, later):
    appointment_id = client.book(TUESDAY)
    later(hours=3)
    client(f"DELETE /appointments/{appointment_id}")
    return appointment_id


MONDAY = "2026-11-23T09:00:00-05:00"


def test_a_new_client_is_taken_in(therapist):
    cleo = {"name": "Cleo", "email": "cleo@example.org", "phone": "+1 555 0123", "invite": True}
    reply = therapist("POST /practice/clients", cleo)
    assert reply.status == 201
    client = reply.body
    assert reply.headers["location"] == f"/practice/clients/{client.pop('client_id')}"
    assert client == {
        "name": "Cleo",
        "email": "cleo@example.org",
        "phone": "+1 555 0123",
        "privilege": "active",
        "privilege_reason": None,
        "discharge_reason": None,
        "discharged_at": None,
        "login": "invited",
        "invited_at": MONDAY,
        "welcomed_at": None,
        "signed_in": None,
        "registered_online": False,
        "created_at": MONDAY,
        "flagged": False,
        "flag_seen": False,
        "usual": False,
        "max_per_week": None,
        "next_appointment": None,
        "regular": False,
        "regular_request": None,
        "strikes": {"count": 0, "limit": 3, "window_days": 90},
        "conduct": CONDUCT,
        "language": None,
        "mail": "all",
        "calendar_entries": False,
        "mail_stopped": None,
    }


def test_two_clients_share_an_address_under_a_login_of_their_own(therapist):
    child = {"name": "Al", "email": "ann@example.org", "invite": True}
    assert therapist("POST /practice/clients", child).refusal == "known-client"
    assert therapist("POST /practice/clients", {**child, "login": "al"}).status == 201


def test_a_client_without_a_login_needs_no_address(therapist):
    assert therapist("POST /practice/clients", {"name": "Al"}).status == 201


def test_the_list_of_clients_begins_with_those_who_are_flagged(therapist, bob, later):
    therapist("PATCH /practice", {"strike_limit": 1})
    _cancel_late(bob, later)
    clients = therapist("GET /practice/clients").body["clients"]
    assert [(each["name"], each["flagged"]) for each in clients] == [("Bob", True), ("Ann", False)]


def test_the_therapist_reads_who_cancels_late_and_how_often(therapist, ann, later):
    late = _cancel_late(ann, later)
    reply = therapist("GET /practice/clients/annt1")
    assert reply.body["strikes"]["count"] == 1
    assert reply.body["conduct"] == {
        **CONDUCT,
        "booked": 1,
        "late_cancelled": 1,
        "median_notice_hours": 21.9,
    }
    assert reply.body["next"] is None
    (appointment,) = reply.body["appointments"]
    assert appointment.pop("made_at").startswith("2026-11-23T09:0")
    assert appointment.pop("ended_at").startswith("2026-11-23T12:0")
    assert appointment == {
        "appointment_id": late,
        "slot_id": TUESDAY,
        "start": "2026-11-24T10:00:00-05:00",
        "end": "2026-11-24T10:50:00-05:00",
        "status": "late_cancelled",
        "regular": False,
        "cancel_free_until": None,
        "client_id": "annt1",
        "notice_hours": 21.9,
        "ended_by": "client",
        "message": None,
        "uid": late,
        "sequence": 0,
        "time_off_id": None,
        "strike": True,
        "waived": False,
    }


def test_the_next_session_is_shown_with_the_client(therapist, ann):
    appointment_id = ann.book(WEDNESDAY)
    assert therapist("GET /practice/clients/annt1").body["next_appointment"] == {
        "appointment_id": appointment_id,
        "slot_id": WEDNESDAY,
        "start": "2026-11-25T10:00:00-05:00",
        "end": "2026-11-25T10:50:00-05:00",
        "regular": False,
    }


def test_a_clients_details_are_changed_one_by_one(therapist):
    changes = {"usual": True, "max_per_week": 2, "phone": "+1 555 0199"}
    reply = therapist("PATCH /practice/clients/annt1", changes)
    assert reply.status == 200
    client = reply.body
    assert {name: client[name] for name in changes} == changes
    assert (client["name"], client["email"]) == ("Ann", "ann@example.org")
    back = therapist("PATCH /practice/clients/annt1", {"max_per_week": None, "phone": None}).body
    assert (back["max_per_week"], back["phone"]) == (None, None)


def test_a_client_with_a_number_of_their_own_books_that_often(therapist, ann):
    therapist("PATCH /practice/clients/annt1", {"max_per_week": 2})
    ann.book(TUESDAY)
    assert ann("POST /appointments", {"slot_id": WEDNESDAY}).status == 201


def test_a_first_password_is_sent_again(therapist):
    reply = therapist("POST /practice/clients/annt1/invitation")
    assert (reply.status, reply.body["client_id"]) == (202, "annt1")


def test_nobody_is_invited_without_an_address(therapist):
    client_id = therapist("POST /practice/clients", {"name": "Al"}).body["client_id"]
    reply = therapist(f"POST /practice/clients/{client_id}/invitation")
    assert (reply.status, reply.fields) == (422, ["email"])


def test_a_suspension_lists_the_sessions_that_stay(therapist, ann):
    appointment_id = ann.book(WEDNESDAY)
    state = {"state": "suspended", "reason": "cancels at the last minute"}
    reply = therapist("PUT /practice/clients/annt1/privilege", state)
    assert (reply.status, reply.body["privilege"]) == (200, "suspended")
    (stays,) = reply.body["appointments"]
    assert (stays["appointment_id"], stays["status"]) == (appointment_id, "booked")


def test_a_suspended_client_can_do_nothing_until_restored(therapist, ann, unchanged):
    appointment_id = ann.book(WEDNESDAY)
    therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
    with unchanged():
        acts = [
            ann("POST /appointments", {"slot_id": NEXT_TUESDAY}),
            ann(f"POST /appointments/{appointment_id}/move", {"slot_id": TUESDAY}),
            ann(f"DELETE /appointments/{appointment_id}"),
        ]
    assert [(each.status, each.refusal) for each in acts] == [(403, "privilege-suspended")] * 3
    assert all(each.body["office_phone"] == "+1 555 0100" for each in acts)
    therapist("PUT /practice/clients/annt1/privilege", {"state": "active"})
    assert ann(f"DELETE /appointments/{appointment_id}").status == 200


def test_the_strike_limit_suspends_where_the_therapist_says_so(therapist, ann, later):
    therapist("PATCH /practice", {"strike_limit": 1, "on_strike_limit": "suspend"})
    _cancel_late(ann, later)
    assert ann("GET /me").body["privilege"] == "suspended"


@pytest.mark.parametrize(
    ("late", "waived", "restored", "privilege"),
    [
        pytest.param(2, [1], False, "active", id="the one that caused it"),
        pytest.param(2, [0], False, "active", id="an earlier one that counted"),
        pytest.param(3, [1], False, "suspended", id="where enough are left"),
        pytest.param(3, [1, 2], False, "active", id="until too few are left"),
        pytest.param(2, [1], True, "suspended", id="a suspension by hand stays"),
    ],
)
def test_waiving_lifts_the_suspension_that_the_strike_caused(
    therapist, ann, later, late, waived, restored, privilege
):
    rules = {"strike_limit": 2, "on_strike_limit": "suspend", "max_per_week": 7}
    therapist("PATCH /practice", {**rules, "grace_minutes": 0, "cancellation_notice_hours": 168})
    booked = [ann.book(slot_id) for slot_id in (TUESDAY, WEDNESDAY, WEDNESDAY_AT_11)[:late]]
    for appointment_id in booked:
        later(minutes=1)
        therapist(f"DELETE /practice/appointments/{appointment_id}?by=client")
    assert ann("GET /me").body["privilege"] == "suspended"
    if restored:
        by_hand = {"state": "suspended", "reason": "we talked"}
        therapist("PUT /practice/clients/annt1/privilege", by_hand)
    for number in waived:
        path = f"PUT /practice/appointments/{booked[number]}/outcome"
        assert therapist(path, {"outcome": "waived"}).status == 200
    assert ann("GET /me").body["privilege"] == privilege
    registered = {"name": "Ann", "email": "ann+2@example.org", "phone": "555 0100"}
    therapist("PATCH /practice", {"intake": "open"})
    ask(registered)
    listed = therapist("GET /practice/registrations").body["registrations"]
    assert len(listed) == (privilege == "suspended")


def test_an_automatic_suspension_does_not_show_the_reason_of_an_earlier_one(therapist, ann, later):
    path = "PUT /practice/clients/annt1/privilege"
    therapist(path, {"state": "suspended", "reason": "we talked"})
    assert therapist(path, {"state": "active"}).body["privilege_reason"] == "we talked"
    later(minutes=1)
    rules = {"strike_limit": 1, "on_strike_limit": "suspend", "cancellation_notice_hours": 168}
    therapist("PATCH /practice", {**rules, "grace_minutes": 0})
    booked = ann.book(TUESDAY)
    later(minutes=1)
    ann(f"DELETE /appointments/{booked}")
    record = therapist("GET /practice/clients/annt1").body
    assert (record["privilege"], record["privilege_reason"]) == ("suspended", None)
    assert therapist(path, {"state": "active"}).body["privilege_reason"] is None


def test_a_missed_session_marked_by_mistake_lifts_its_suspension(therapist, ann, go_to):
    therapist("PATCH /practice", {"strike_limit": 1, "on_strike_limit": "suspend"})
    path = f"PUT /practice/appointments/{ann.book(TUESDAY)}/outcome"
    go_to("2026-11-24T11:00:00-05:00")
    therapist(path, {"outcome": "no_show"})
    assert ann("GET /me").body["privilege"] == "suspended"
    therapist(path, {"outcome": "kept"})
    assert ann("GET /me").body["privilege"] == "active"


def test_a_flag_that_was_seen_is_quiet_until_the_next_strike(therapist, ann, later):
    rules = {"strike_limit": 1, "max_per_week": 2, "cancellation_notice_hours": 168}
    therapist("PATCH /practice", rules)

    def flags():
        client = therapist("GET /practice/clients/annt1").body
        return client["flagged"], client["flag_seen"]

    def late(slot_id):
        appointment_id = ann.book(slot_id)
        later(minutes=20)
        ann(f"DELETE /appointments/{appointment_id}")

    assert flags() == (False, False)
    late(TUESDAY)
    assert flags() == (True, False)
    for _ in range(2):
        therapist("PATCH /practice/clients/annt1", {"flag_seen": True})
        assert flags() == (False, True)
    therapist("PATCH /practice/clients/annt1", {"flag_seen": False})
    assert flags() == (True, False)
    therapist("PATCH /practice/clients/annt1", {"flag_seen": True})
    late(WEDNESDAY)
    assert flags() == (True, False)


@pytest.mark.parametrize("reason", ["left", "moved_on", "died", "other", None])
def test_a_discharge_has_a_reason(therapist, reason):
    query = f"?reason={reason}" if reason else ""
    reply = therapist(f"DELETE /practice/clients/annt1{query}")
    assert (reply.status, reply.body["discharge_reason"]) == (200, reason)


def test_a_discharge_for_no_known_reason_is_refused(therapist, unchanged):
    with unchanged():
        reply = therapist("DELETE /practice/clients/annt1?reason=tired")
    assert (reply.status, reply.fields) == (422, ["reason"])


def test_a_restoration_says_that_it_resets_the_strikes(therapist, ann, later):
    _cancel_late(ann, later)
    path = "PUT /practice/clients/annt1/privilege"
    assert therapist(path, {"state": "suspended"}).body["strikes_reset"] == 0
    later(minutes=1)
    reply = therapist(path, {"state": "active"})
    assert (reply.body["strikes_reset"], reply.body["strikes"]["count"]) == (1, 0)


def test_a_client_with_a_regular_stays_usual(therapist, unchanged):
    therapist("POST /practice/regulars", WEDNESDAYS)
    with unchanged():
        reply = therapist("PATCH /practice/clients/annt1", {"usual": False})
    assert (reply.status, reply.fields) == (422, ["usual"])
    assert "End the regular" in reply.body["errors"][0]["message"]
    assert therapist("PATCH /practice/clients/bobt1", {"usual": False}).status == 200


def test_a_suspended_client_reads_their_own_and_nothing_else(therapist, ann):
    ann.book(WEDNESDAY)
    therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
    for what in ("GET /me", "GET /appointments", "GET /appointments?past=true"):
        assert ann(what).status == 200
    refused = ann("GET /slots")
    assert refused.refusal == "privilege-suspended"
    assert refused.body["office_phone"] == "+1 555 0100"


def test_a_suspended_client_is_refused_openings_while_booking_is_off(therapist, ann):
    therapist("PUT /practice/self-scheduling", {"enabled": False})
    assert ann("GET /slots").refusal == "self-scheduling-off"
    therapist("PUT /practice/clients/annt1/privilege", {"state": "suspended"})
    assert ann("GET /slots").refusal == "privilege-suspended"


@pytest.fixture
def cleo(therapist):
    """Somebody who registered online."""
    therapist("PATCH /practice", {"intake": "open", "max_per_week": 3})
    join(CLEO)
    (client_id,) = (
        each["client_id"]
        for each in therapist("GET /practice/clients").body["clients"]
        if each["name"] == "Cleo"
    )
    return a_client("t1", client_id)


def test_a_new_client_holds_one_session(cleo, unchanged):
    first = cleo.book(TUESDAY)
    with unchanged():
        reply = cleo("POST /appointments", {"slot_id": WEDNESDAY})
    assert (reply.status, reply.refusal) == (409, "weekly-limit")
    assert "once you have been here" in reply.body["detail"]
    moved = cleo(f"POST /appointments/{first}/move", {"slot_id": WEDNESDAY}).body["appointment"]
    assert cleo("POST /appointments", {"slot_id": NEXT_TUESDAY}).refusal == "weekly-limit"
    cleo(f"DELETE /appointments/{moved['appointment_id']}")
    assert cleo("POST /appointments", {"slot_id": NEXT_TUESDAY}).status == 201
    assert cleo("POST /appointments", {"slot_id": NEXT_TUESDAY}).status == 200


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [
        pytest.param("kept", "", id="kept"),
        pytest.param("no_show", "weekly-limit", id="missed"),
    ],
)
def test_a_new_client_is_new_until_a_session_is_kept(therapist, cleo, go_to, outcome, refusal):
    first = cleo.book(TUESDAY)
    go_to("2026-11-24T11:00:00-05:00")
    therapist(f"PUT /practice/appointments/{first}/outcome", {"outcome": outcome})
    assert cleo("POST /appointments", {"slot_id": WEDNESDAY}).status == 201
    assert cleo("POST /appointments", {"slot_id": NEXT_TUESDAY}).refusal == refusal


def test_a_session_that_the_therapist_booked_is_the_new_clients_one(therapist, cleo):
    client_id = cleo("GET /me").body["client_id"]
    for slot_id in (TUESDAY, WEDNESDAY):
        booking = {"client_id": client_id, "slot_id": slot_id}
        assert therapist("POST /practice/appointments", booking).status == 201
    assert cleo("POST /appointments", {"slot_id": NEXT_TUESDAY}).refusal == "weekly-limit"


def test_a_discharge_cancels_the_sessions_and_ends_the_client(therapist, ann, bob):
    ann.book(WEDNESDAY)
    reply = therapist("DELETE /practice/clients/annt1")
    assert (reply.status, reply.body["privilege"]) == (200, "ended")
    assert reply.body["next_appointment"] is None
    for what in ("GET /me", "GET /appointments", "GET /appointments?past=true"):
        assert ann(what).refusal == "unknown-client"
    assert ann("POST /appointments", {"slot_id": TUESDAY}).refusal == "unknown-client"
    assert therapist("GET /practice/clients/annt1").refusal == "unknown-client"
    assert bob("POST /appointments", {"slot_id": WEDNESDAY}).status == 201


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("POST /practice/clients", {"name": "Al", "email": "al@example.org", "invite": True}),
        ("PATCH /practice/clients/annt1", {"usual": True}),
        ("DELETE /practice/clients/annt1", None),
        ("POST /practice/clients/annt1/invitation", None),
        ("POST /practice/clients/annt1/welcome", None),
        ("PUT /practice/clients/annt1/privilege", {"state": "suspended"}),
        ("PUT /practice/appointments/{booked}/outcome", {"outcome": "no_show"}),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_therapist_who_was_removed_changes_nothing_with_an_old_token(
    therapist, ann, unchanged, go_to, what, body
):
    booked = ann.book(TUESDAY)
    go_to("2026-11-24T12:00:00-05:00")
    with acting_as("operator:jo"):
        remove_therapist("t1", now=clock.now())
    with unchanged():
        reply = therapist(what.format(booked=booked), body)
    assert (reply.status, reply.refusal) == (404, "unknown-therapist")


@pytest.mark.parametrize(
    ("outcome", "status", "strikes"),
    [
        pytest.param("kept", "booked", 0, id="the session was kept"),
        pytest.param("no_show", "no_show", 1, id="nobody came"),
    ],
)
def test_the_therapist_says_how_a_session_went(therapist, ann, go_to, outcome, status, strikes):
    appointment_id = ann.book(TUESDAY)
    go_to("2026-11-24T11:00:00-05:00")
    path = f"PUT /practice/appointments/{appointment_id}/outcome"
    reply = therapist(path, {"outcome": outcome})
    assert (reply.status, reply.body["status"]) == (200, status)
    assert therapist("GET /practice/clients/annt1").body["strikes"]["count"] == strikes


def test_a_waived_late_cancellation_counts_as_in_time(therapist, ann, later):
    late = _cancel_late(ann, later)
    path = f"PUT /practice/appointments/{late}/outcome"
    reply = therapist(path, {"outcome": "waived"})
    assert (reply.body["status"], reply.body["waived"]) == ("cancelled", True)
    assert therapist("GET /practice/clients/annt1").body["strikes"]["count"] == 0
    assert therapist(path, {"outcome": "waived"}).body == reply.body


def test_waiving_needs_a_strike(therapist, ann):
    appointment_id = ann.book(WEDNESDAY)
    path = f"PUT /practice/appointments/{appointment_id}/outcome"
    reply = therapist(path, {"outcome": "waived"})
    assert (reply.status, reply.fields) == (422, ["outcome"])
