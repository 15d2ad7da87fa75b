"""The logins of a practice: who may be added and removed, and what a removed login may do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openhour import clock
from openhour.rules.logins import LoginRole
from openhour.rules.refusals import Invalid
from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.use_cases import logins
from tests.functions.http import a_therapist
from tests.functions.slots import TUESDAY

OTTO = {"name": "Otto Desk", "email": "Otto@example.org", "role": "office"}
TESS = {"name": "Dr. Tess", "email": "tess@example.org", "role": "therapist"}
FIRST = "login-of-t1"


@pytest.fixture
def add(therapist):
    """Add a login; who signs in with it."""

    def act(who):
        added = therapist("POST /practice/logins", who)
        assert added.status == 201
        return a_therapist("t1", **{"custom:login_id": added.body["login_id"]})

    return act


def login_id(caller):
    return caller.claims["custom:login_id"]


def listed(caller):
    return caller("GET /practice/logins").body["logins"]


def test_a_login_is_added_and_listed_after_the_first(therapist):
    added = therapist("POST /practice/logins", OTTO)
    assert added.status == 201
    assert added.headers["location"] == f"/practice/logins/{added.body['login_id']}"
    assert added.body == {
        "login_id": added.body["login_id"],
        "login": "otto@example.org",
        "name": "Otto Desk",
        "email": "Otto@example.org",
        "role": "office",
        "created_at": added.body["created_at"],
        "invited_at": added.body["created_at"],
        "removable": True,
    }
    first, otto = listed(therapist)
    assert otto == added.body
    assert (first["login_id"], first["removable"]) == (FIRST, False)


def test_who_is_signed_in_is_told(therapist, add):
    tess = add(TESS)
    for caller, name in ((therapist, "Dr. Ada"), (tess, "Dr. Tess")):
        signed_in = caller("GET /practice").body["signed_in"]
        wanted = {"login_id": login_id(caller), "name": name, "role": "therapist"}
        assert signed_in == wanted


def test_the_audit_log_tells_logins_apart(therapist, add):
    tess = add(TESS)
    tess("POST /practice/appointments", {"client_id": "annt1", "slot_id": TUESDAY})
    therapist(f"DELETE /practice/logins/{login_id(tess)}")
    entries = therapist("GET /practice/audit-log").body["entries"]
    told = [(each["act"], each["actor"]["name"], each["target"]) for each in entries]
    assert told[:1] == [("remove-login", "Dr. Ada", login_id(tess))]
    assert ("book", "Dr. Tess") in [each[:2] for each in told]


def test_the_same_address_again_asks_for_a_first_password_after_a_minute(therapist, later):
    first = therapist("POST /practice/logins", OTTO)
    again = therapist("POST /practice/logins", {**OTTO, "email": "otto@EXAMPLE.org"})
    assert (again.status, again.body) == (200, first.body)
    later(minutes=1)
    asked = therapist("POST /practice/logins", OTTO)
    assert (asked.status, asked.body["login_id"]) == (200, first.body["login_id"])
    assert asked.body["invited_at"] > first.body["invited_at"]
    assert len(listed(therapist)) == 2


def test_an_address_has_one_role(therapist, add):
    add(OTTO)
    refused = therapist("POST /practice/logins", {**OTTO, "role": "therapist"})
    assert (refused.status, refused.refusal) == (409, "known-login")


def test_a_practice_has_at_most_twenty_logins(therapist):
    wanted = [{**OTTO, "email": f"desk{number}@example.org"} for number in range(20)]
    *added, refused = (therapist("POST /practice/logins", each) for each in wanted)
    assert {each.status for each in added} == {201}
    assert (refused.status, refused.fields) == (422, ["email"])
    assert therapist("POST /practice/logins", wanted[0]).status == 200


def test_a_removed_login_may_do_nothing(therapist, add):
    tess = add(TESS)
    assert tess("GET /practice").status == 200
    removed = therapist(f"DELETE /practice/logins/{login_id(tess)}")
    assert [each["login_id"] for each in removed.body["logins"]] == [FIRST]
    refused = tess("GET /practice")
    assert (refused.status, refused.refusal) == (403, "forbidden")
    again = therapist(f"DELETE /practice/logins/{login_id(tess)}")
    assert (again.status, again.refusal) == (404, "unknown-login")


def test_another_process_refuses_a_removed_login_once_its_cache_has_expired(therapist, add):
    tess = add(TESS)
    before = practices.read_practice("t1")
    therapist(f"DELETE /practice/logins/{login_id(tess)}")
    practices.invalidate()
    practices.cache(before)  # as another process has it
    assert tess("GET /practice/calendar").status == 200
    assert tess("GET /practice").refusal == "forbidden"  # it reads the practice anew
    assert tess("GET /practice/calendar").refusal == "forbidden"


def test_a_removed_login_removes_nobody_even_before_it_is_refused(therapist, add):
    tess, una = add(TESS), add({**TESS, "email": "una@example.org"})
    before = practices.read_practice("t1")
    therapist(f"DELETE /practice/logins/{login_id(tess)}")
    practices.invalidate()
    practices.cache(before)  # as another process has it
    assert tess(f"DELETE /practice/logins/{login_id(una)}").refusal == "forbidden"
    assert una("GET /practice").status == 200


def test_an_address_may_be_added_again_after_its_removal(therapist, add):
    first = add(TESS)
    therapist(f"DELETE /practice/logins/{login_id(first)}")
    second = add(TESS)
    assert login_id(second) != login_id(first)
    assert first("GET /practice").refusal == "forbidden"
    assert second("GET /practice").status == 200


def refused_with(caller, wanted):
    reply = caller(f"DELETE /practice/logins/{wanted}")
    assert (reply.status, reply.refusal) == (409, "login-kept")
    return reply.body["why"], reply.body["detail"]


def test_nobody_removes_their_own_login_or_the_first(therapist, add):
    tess = add(TESS)
    assert refused_with(tess, login_id(tess))[0] == "own"
    why, detail = refused_with(tess, FIRST)
    assert (why, detail) == (
        "first",
        "It is the practice's first login, which only the operator can remove.",
    )
    assert therapist(f"DELETE /practice/logins/{login_id(tess)}").status == 200
    assert refused_with(therapist, FIRST)[0] == "last"


def test_the_operator_removes_the_first_login_and_the_next_takes_its_place(therapist, add):
    otto, tess, uma = add(OTTO), add(TESS), add({**TESS, "email": "uma@example.org"})
    with acting_as("operator:jo"):
        logins.remove_login("t1", FIRST, by=None, now=clock.now())
    assert therapist("GET /practice").refusal == "forbidden"
    assert refused_with(uma, login_id(tess))[0] == "first"
    removable = {each["login_id"]: each["removable"] for each in listed(tess)}
    assert removable == {login_id(otto): True, login_id(tess): False, login_id(uma): True}


def test_a_practices_first_login_is_a_therapists(therapist):
    practice = practices.read_practice("t1")
    with acting_as("operator:jo"):
        practices.write_practice(practice, replace(practice, logins=()), plans=False)
        with pytest.raises(Invalid) as refused:
            logins.add_login(
                "t1", name="Otto", email="otto@x.org", role=LoginRole.OFFICE, now=clock.now()
            )
    assert refused.value.extra["errors"][0]["field"] == "role"


def test_a_login_is_its_practices_alone(therapist, add):
    otto = add(OTTO)
    other = a_therapist("t2")
    assert len(listed(other)) == 1
    assert other(f"DELETE /practice/logins/{login_id(otto)}").refusal == "unknown-login"
    stray = a_therapist("t2", **{"custom:login_id": login_id(otto)})
    assert stray("GET /practice").refusal == "forbidden"
    assert other("POST /practice/logins", OTTO).status == 201


def test_a_login_works_at_once_whatever_was_read_before(therapist, add):
    practices.read_practice("t1")
    before = dict(practices._cache)
    otto = add(OTTO)
    practices._cache.update(before)  # as another process has it
    assert otto("GET /practice").status == 200
