"""A therapist's first weeks with Openhour, over HTTP, against the running server."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from openhour import clock
from tests.e2e.http_client import sign_in, sign_in_first, try_to_sign_in
from tests.e2e.story.context import HOURS, StoryContext, a_regular, eventually

MISSED_OFFICE = "Please call us to book"


def test_hours_are_previewed_and_then_set(story: StoryContext) -> None:
    settings = story.therapist.call("GET", "/practice")
    preview = story.therapist.call("PUT", "/practice/hours?preview=true", {"hours": HOURS})
    assert preview.status == 200
    assert len(preview.body["hours"]) == 25
    assert preview.body["conflicts"] == []
    assert len(story.therapist.get("/practice")["hours"]) == 20

    etag = {"if-match": settings.headers["etag"]}
    done = story.therapist.call("PUT", "/practice/hours", {"hours": HOURS}, headers=etag)
    assert (done.status, len(done.body["hours"])) == (200, 25)
    stale = story.therapist.call("PUT", "/practice/hours", {"hours": HOURS}, headers=etag)
    assert (stale.status, stale.refusal) == (412, "stale")
    assert story.slot("20261130T1600Z")["state"] == "open"
    assert story.slot("20261130T2230Z")["state"] == "held"


def test_regulars_alternate_and_one_is_ended(story: StoryContext) -> None:
    post = "/practice/regulars"
    dan = story.therapist.call("POST", post, a_regular(4, "monday", "18:30", "2026-11-30", 2))
    eve = story.therapist.call("POST", post, a_regular(5, "monday", "18:30", "2026-12-07", 2))
    assert dan.body["placed"][:2] == ["20261130T2330Z", "20261214T2330Z"]
    assert eve.body["placed"][:2] == ["20261207T2330Z", "20261221T2330Z"]
    finn = story.therapist.call("POST", post, a_regular(6, "friday", "17:30", "2026-11-27", 1))
    assert story.slot("20261204T2230Z")["client"] == {"client_id": "client6", "name": "Finn"}
    ended = story.therapist.call("DELETE", f"{post}/{finn.body['regular_id']}")
    assert (ended.status, ended.body["placed"]) == (200, [])
    assert story.slot("20261204T2230Z")["state"] == "held"


def test_the_office_gets_a_login_of_its_own(story: StoryContext) -> None:
    wanted = {"name": "Otto", "email": "otto@openhour.example", "role": "office"}
    added = story.therapist.call("POST", "/practice/logins", wanted)
    assert added.status == 201
    login = "demo/otto@openhour.example"

    def first_password() -> str | None:
        mails = story.public.get("/outbox")["mails"]
        return next((m["password"] for m in mails if m["login"] == login), None)

    eventually(lambda: first_password() is not None)
    lost = first_password()
    clock.set_now(clock.now() + timedelta(minutes=2))
    assert story.therapist.call("POST", "/practice/logins", wanted).status == 200
    eventually(lambda: first_password() != lost)
    base_url = story.public.base_url
    otto = sign_in_first(base_url, login, first_password() or "", pool="therapists")
    login_id = added.body["login_id"]
    signed_in = {"login_id": login_id, "name": "Otto", "role": "office"}
    assert otto.get("/practice")["signed_in"] == signed_in
    finn = next(
        each
        for each in otto.get("/practice/contacts")["contacts"]
        if each["client_id"] == "client6"
    )
    assert (finn["name"], finn["phone"], finn["mail"]) == ("Finn", None, "all")
    assert otto.call("GET", "/practice/clients").refusal == "forbidden"
    own = story.therapist.get("/practice")["signed_in"]
    assert own["role"] == "therapist"

    def try_again() -> int:
        return try_to_sign_in(base_url, login, pool="therapists").status_code

    assert try_again() == 200
    removed = story.therapist.call("DELETE", f"/practice/logins/{login_id}")
    assert [each["login_id"] for each in removed.body["logins"]] == [own["login_id"]]
    assert otto.call("GET", "/practice").refusal == "forbidden"
    eventually(lambda: try_again() != 200)


def test_a_client_books_moves_and_cancels(story: StoryContext) -> None:
    finn, path = story.client(6), "/appointments"
    open_ids = {slot["slot_id"] for slot in finn.get("/slots")["slots"]}
    assert "20261201T1500Z" in open_ids
    assert "20261201T2330Z" not in open_ids
    booked = finn.call("POST", path, {"slot_id": "20261201T1500Z"})
    assert (booked.status, booked.body["start"]) == (201, "2026-12-01T10:00:00-05:00")
    assert booked.headers["location"].endswith(booked.body["appointment_id"])
    taken = story.client(5).call("POST", path, {"slot_id": "20261201T1500Z"})
    assert (taken.status, taken.refusal) == (409, "slot-taken")
    assert taken.body["office_phone"] == "+1 212 555 0100"
    move = f"{path}/{booked.body['appointment_id']}/move"
    moved = finn.call("POST", move, {"slot_id": "20261202T1500Z"})
    assert (moved.status, moved.body["late"]) == (200, False)
    assert finn.call("POST", move, {"slot_id": "20261202T1500Z"}).body == moved.body
    assert story.slot("20261201T1500Z")["state"] == "open"
    ended = finn.call("DELETE", f"{path}/{moved.body['appointment']['appointment_id']}")
    assert (ended.body["appointment"]["status"], ended.body["late"]) == ("cancelled", False)


def cancel_late(story: StoryContext, slot_id: str) -> Any:
    finn = story.client(6)
    booked = finn.call("POST", "/appointments", {"slot_id": slot_id})
    assert booked.status == 201, booked
    path = booked.headers["location"]
    assert finn.get(path) == booked.body
    late = finn.call("DELETE", path)
    story.memory["late"] = booked.body["appointment_id"]
    return late.body


def test_a_late_cancellation_at_the_strike_limit_suspends_the_client(story: StoryContext) -> None:
    story.patch(grace_minutes=0, strike_limit=2, on_strike_limit="suspend")
    clock.set_now(datetime.fromisoformat("2026-11-24T11:00:00-05:00"))
    first = cancel_late(story, "20261125T1500Z")
    assert (first["late"], first["strikes"]["count"]) == (True, 1)
    second = cancel_late(story, "20261125T1500Z")
    assert second["strikes"] == {"count": 2, "limit": 2, "window_days": 90}

    finn = story.client(6)
    assert finn.call("GET", "/slots").refusal == "privilege-suspended"
    refused = finn.call("POST", "/appointments", {"slot_id": "20261202T1500Z"})
    assert (refused.status, refused.refusal) == (403, "privilege-suspended")
    assert MISSED_OFFICE in refused.body["detail"]
    assert refused.body["office_phone"] in refused.body["detail"]
    client = "/practice/clients/client6"
    check = story.therapist.get(f"{client}/booking-check?slot_id=20261202T1500Z")
    assert [reason["name"] for reason in check["reasons"]] == ["privilege-suspended"]
    assert story.therapist.get(f"{client}/slots")["slots"] == []
    login = "demo/client6@openhour.example"
    eventually(lambda: try_to_sign_in(finn.base_url, login).status_code != 200)
    flagged = story.therapist.get("/practice/clients")["clients"][0]
    assert (flagged["login"], bool(flagged["signed_in"])) == ("disabled", True)
    assert (flagged["client_id"], flagged["privilege"]) == ("client6", "suspended")


def test_the_therapist_waives_a_strike_and_restores_the_privilege(story: StoryContext) -> None:
    record = story.therapist.get("/practice/clients/client6")
    assert record["conduct"]["late_cancelled"] == 2
    assert [a["status"] for a in record["appointments"]].count("late_cancelled") == 2
    path = f"/practice/appointments/{story.memory['late']}/outcome"
    waived = story.therapist.call("PUT", path, {"outcome": "waived"})
    assert (waived.body["status"], waived.body["waived"]) == ("cancelled", True)
    assert story.therapist.get("/practice/clients/client6")["strikes"]["count"] == 1

    assert story.therapist.get("/practice/clients/client6")["privilege"] == "active"

    path = "/practice/clients/client6/privilege"
    login = "demo/client6@openhour.example"
    finn = story.client(6)
    story.therapist.call("PUT", path, {"state": "suspended", "reason": None})
    eventually(lambda: try_to_sign_in(finn.base_url, login).status_code != 200)
    story.patch(suspended_can_sign_in=True)
    eventually(lambda: try_to_sign_in(finn.base_url, login).status_code == 200)
    story.patch(suspended_can_sign_in=False)
    restored = story.therapist.call("PUT", path, {"state": "active", "reason": None})
    assert restored.body["privilege"] == "active"
    assert restored.body["strikes"]["count"] == 0
    assert restored.body["strikes_reset"] == 1
    eventually(lambda: try_to_sign_in(finn.base_url, login).status_code == 200)
    story.memory["client6"] = sign_in(finn.base_url, login)


def test_whoever_acts_suspends_at_the_limit(story: StoryContext) -> None:
    """The therapist cancels for the client, and the client moves, both late."""
    story.patch(strike_limit=1, cancellation_notice_hours=168, late_move_is_strike=True)
    path, wanted = "/practice/clients/client6/privilege", "20261202T1500Z"
    finn = story.client(6)
    near = finn.get("/slots?to=2026-11-29")["slots"][-1]["slot_id"]
    booked = finn.call("POST", "/appointments", {"slot_id": near}).body["appointment_id"]
    story.therapist.call("DELETE", f"/practice/appointments/{booked}?by=client")
    restored = story.therapist.call("PUT", path, {"state": "active", "reason": None})
    assert restored.body["strikes_reset"] == 1
    first = finn.call("POST", "/appointments", {"slot_id": near}).body["appointment_id"]
    moved = finn.call("POST", f"/appointments/{first}/move", {"slot_id": wanted})
    assert moved.body["late"] is True
    restored = story.therapist.call("PUT", path, {"state": "active", "reason": None})
    assert restored.body["strikes_reset"] == 1
    story.patch(
        grace_minutes=15,
        strike_limit=3,
        on_strike_limit="flag",
        cancellation_notice_hours=24,
        late_move_is_strike=False,
    )


def test_a_skipped_occurrence_stays_skipped(story: StoryContext) -> None:
    ada = story.client(1)
    standing = [a for a in ada.get("/appointments")["appointments"] if a["regular"]]
    skipped = standing[1]
    ended = ada.call("DELETE", f"/appointments/{skipped['appointment_id']}")
    assert ended.body["appointment"]["status"] == "cancelled"
    assert story.therapist.call("PUT", "/practice/hours", {"hours": HOURS}).status == 200
    assert story.slot(skipped["slot_id"])["client"] is None
    assert story.slot(standing[2]["slot_id"])["client"]["client_id"] == "client1"


def test_time_off_cancels_the_days_appointments(story: StoryContext) -> None:
    body = {
        "from": "2026-12-02T00:00:00-05:00",
        "to": "2026-12-03T00:00:00-05:00",
        "cancel_booked": True,
        "message": "I am ill.",
    }
    preview = story.therapist.call("POST", "/practice/time-off?preview=true", body)
    assert [a["client_id"] for a in preview.body["cancelled"]] == ["client6"]
    assert story.slot("20261202T1500Z")["state"] == "booked"
    sick = story.therapist.call("POST", "/practice/time-off", body)
    assert (sick.status, [a["client_id"] for a in sick.body["cancelled"]]) == (201, ["client6"])
    assert story.slot("20261202T1500Z")["state"] == "blocked"
    mine = story.client(6).get("/me")
    assert mine["appointments"] == []
    assert mine["strikes"]["count"] == 0
    path = f"/practice/time-off/{sick.body['time_off_id']}"
    assert story.therapist.call("DELETE", path).status == 200
    assert story.slot("20261202T1500Z")["state"] == "open"


def test_a_waiting_regular_gets_the_slot_when_it_is_free(story: StoryContext) -> None:
    booked = story.client(5).call("POST", "/appointments", {"slot_id": "20261216T1500Z"})
    body = a_regular(2, "wednesday", "10:00", "2026-12-16", 1)
    entered = story.therapist.call("POST", "/practice/regulars", body)
    assert [c["reason"] for c in entered.body["conflicts"]] == ["booked"]
    assert "20261216T1500Z" not in entered.body["placed"]
    story.client(5).call("DELETE", f"/appointments/{booked.body['appointment_id']}")
    eventually(lambda: (story.slot("20261216T1500Z")["client"] or {}).get("name") == "Ben")
    assert story.therapist.get("/practice/conflicts")["conflicts"] == []


def test_a_client_asks_for_a_regular_and_the_therapist_answers(story: StoryContext) -> None:
    eve, request = story.client(5), "/me/regular-request"
    booked = eve.call("POST", "/appointments", {"slot_id": "20261217T1500Z"})
    body = {"appointment_id": booked.body["appointment_id"], "every_weeks": 2}
    asked = eve.call("PUT", request, body)
    assert (asked.status, asked.body["regular_request"]["state"]) == (200, "asked")
    path = "/practice/clients/client5"
    assert story.therapist.get(path)["regular_request"] == asked.body["regular_request"]
    declined = story.therapist.call("DELETE", f"{path}/regular-request")
    assert declined.body["regular_request"]["state"] == "declined"
    assert eve.get("/me")["regular_request"]["state"] == "declined"
    assert eve.call("DELETE", request).body == {"regular_request": None}
    assert eve.call("PUT", request, body).status == 200
    entered = a_regular(5, "thursday", "10:00", "2026-12-17", 2)
    regular = story.therapist.call("POST", "/practice/regulars", entered)
    assert regular.status == 201
    mine = eve.get("/me")
    assert mine["regular_request"] is None
    assert regular.body["regular_id"] in [r["regular_id"] for r in mine["regulars"]]
    ended = story.therapist.call("DELETE", f"/practice/regulars/{regular.body['regular_id']}")
    assert ended.status == 200
    left = [r["regular_id"] for r in eve.get("/me")["regulars"]]
    assert regular.body["regular_id"] not in left
    cancelled = eve.call("DELETE", f"/appointments/{body['appointment_id']}")
    assert cancelled.status == 200


def test_a_client_chooses_language_and_mail(story: StoryContext) -> None:
    chosen = {"language": "es", "mail": "changes", "calendar_entries": True}
    assert story.client(6).call("PATCH", "/me", chosen).body == chosen
    assert chosen.items() <= story.client(6).get("/me").items()


def test_registration_requires_open_intake(
    story: StoryContext,
) -> None:
    path = "/therapists/demo/registrations"
    body = {"name": "Gus", "email": "Gus@example.com", "phone": "+1 212 555 0199"}

    def returning() -> list[dict[str, str]]:
        found: list[dict[str, str]] = story.therapist.get("/practice/registrations")[
            "registrations"
        ]
        return found

    story.patch(intake="open")
    assert story.public.get("/therapists/demo")["accepting_new_clients"] is True
    eve = {"name": "Eve", "email": "client5+2@openhour.example", "phone": "+1 212 555 0198"}
    privilege = "/practice/clients/client5/privilege"
    assert story.therapist.call("PUT", privilege, {"state": "suspended"}).status == 200
    for person in (eve, body):
        assert story.public.call("POST", path, person).status == 202
    eventually(lambda: bool(returning()))
    (listed,) = returning()
    assert (listed["name"], listed["client_id"]) == ("Eve", "client5")
    dismissed = f"/practice/registrations/{listed['registration_id']}"
    assert story.therapist.call("DELETE", dismissed).body == {"registrations": []}
    assert story.therapist.call("PUT", privilege, {"state": "active"}).status == 200
    assert story.therapist.get("/practice/intake")["asked_today"] == 2
    login = "demo/gus@example.com"

    def mails() -> list[dict[str, str]]:
        found: list[dict[str, str]] = story.public.get("/outbox")["mails"]
        return found

    def link() -> str | None:
        texts = (mail["text"] for mail in mails() if mail["to"] == body["email"])
        tokens = (re.search(r"/book/demo#confirm=([\w-]+)", text) for text in texts)
        return next((found[1] for found in tokens if found), None)

    def first_password() -> str | None:
        return next((m["password"] for m in mails() if m["login"] == login), None)

    eventually(lambda: link() is not None)
    assert first_password() is None
    for _ in range(2):
        confirmed = story.public.call("POST", f"{path}/confirm", {"token": link()})
        assert (confirmed.status, confirmed.body) == (200, {"email": body["email"]})

    eventually(lambda: first_password() is not None)
    lost = first_password()
    again = story.public.call("POST", "/therapists/demo/invitations", {"email": "gus@example.com"})
    assert again.status == 202
    eventually(lambda: first_password() != lost)
    invitation = next(mail for mail in mails() if mail["login"] == login)
    assert invitation["subject"] == "Your first password"
    assert f"{story.public.base_url}/book/demo" in invitation["html"]
    assert invitation["password"] in invitation["html"]
    gus = sign_in_first(story.public.base_url, login, first_password() or "")
    assert gus.get("/me")["name"] == "Gus"
    assert gus.call("POST", "/appointments", {"slot_id": "20261203T1500Z"}).status == 201

    story.patch(intake="closed")
    assert story.public.get("/therapists/demo")["accepting_new_clients"] is False
    refused = story.public.call("POST", path, {**body, "email": "hal@example.com"})
    assert (refused.status, refused.refusal) == (403, "not-accepting")
    assert refused.body["office_phone"] == "+1 212 555 0100"
    stranger = story.public.call("POST", f"{path}/confirm", {"token": "x" * 86})
    assert (stranger.status, stranger.refusal) == (410, "registration-expired")


def test_the_release_preview_matches_the_release(story: StoryContext) -> None:
    coming = story.therapist.get("/practice/release")
    assert coming["next_at"] == "2026-11-27T18:00:00-05:00"
    assert coming["week"] == "2026-W49"
    prime = "20261203T2330Z"
    assert prime in [slot["slot_id"] for slot in coming["will_open"]]
    without = {client["client_id"] for client in coming["without_session"]}
    assert "client1" in without
    assert "client4" not in without
    kept_back = story.therapist.call("PUT", "/practice/slots/20261204T2330Z", {"state": "held"})
    assert kept_back.status == 200

    clock.set_now(datetime.fromisoformat("2026-11-27T17:58:00-05:00"))
    taken = story.client(6).call("POST", "/appointments", {"slot_id": prime})
    assert taken.refusal == "slot-taken"
    clock.set_now(datetime.fromisoformat("2026-11-27T17:59:58-05:00"))
    eventually(lambda: story.slot(prime)["state"] == "open")
    assert story.slot("20261204T2330Z")["state"] == "held"
    assert story.therapist.get("/practice")["released_through"] == "2026-W49"
    booked = story.client(6).call("POST", "/appointments", {"slot_id": prime})
    assert booked.status == 201
    next_week = story.therapist.get("/practice/release")
    assert next_week["week"] == "2026-W50"


def test_the_therapist_reads_who_did_what(story: StoryContext) -> None:
    acts = story.therapist.get("/practice/audit-log?since=2026-11-24")["entries"]
    assert acts[0]["act"] == "set-slot"
    assert {"client_id": "client6", "name": "Finn"} in [each["client"] for each in acts]


def test_a_discharged_client_loses_access(story: StoryContext) -> None:
    finn = story.client(6)
    gone = story.therapist.call("DELETE", "/practice/clients/client6")
    assert gone.status == 200
    assert story.slot("20261203T2330Z")["client"] is None
    for method, path, body in (
        ("GET", "/me", None),
        ("POST", "/appointments", {"slot_id": "20261203T1600Z"}),
    ):
        assert finn.call(method, path, body).refusal == "unknown-client"
    login = "demo/client6@openhour.example"
    eventually(lambda: try_to_sign_in(finn.base_url, login).status_code != 200)
