"""The details of clients: names, addresses, and the same client entered twice."""

from __future__ import annotations

import pytest

from tests.functions.http import ANYBODY
from tests.functions.registering import join
from tests.functions.slots import CLEO

INVISIBLE = {
    "nothing to see": "\u200b\ufeff",
    "only directions": "\u202e\u202d",
    "a direction within": "Ann\u202eeve",
    "an isolate": "Ann \u2067eve\u2069",
    "a soft hyphen": "An\xadn",
    "a word joiner": "An\u2060n",
    "a tag": "Ann\U000e0041",
    "a blank letter": "\u3164",
    "no letter or digit": "-- !",
    "only joiners": "\u200d\u200c",
}
VISIBLE = {
    "an accent apart is one letter": ("Andre\u0301", "Andr\xe9"),
    "another script": ("\u674e\u5c0f\u9f99", "\u674e\u5c0f\u9f99"),
    "joined as it is written": ("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",) * 2,
    "a digit": ("7", "7"),
    "between blanks": (" O'Neil-Mu\xf1oz ", "O'Neil-Mu\xf1oz"),
}
NAMED = {
    "POST /practice/clients": {},
    "PATCH /practice/clients/annt1": {},
    "PATCH /practice": {},
    "POST /therapists/t1/registrations": CLEO,
}
each_named = pytest.mark.parametrize(("what", "body"), NAMED.items(), ids=NAMED)


@each_named
def test_a_name_that_nobody_can_see_is_refused(callers, unchanged, what, body):
    who = callers["anybody" if "registrations" in what else "therapist"]
    with unchanged():
        for case, name in INVISIBLE.items():
            reply = who(what, {**body, "name": name})
            assert (reply.status, reply.fields) == (422, ["name"]), case


@pytest.mark.parametrize("case", VISIBLE)
def test_a_name_is_kept_as_one_reads_it(therapist, case):
    given, kept = VISIBLE[case]
    assert therapist("POST /practice/clients", {"name": given}).body["name"] == kept
    assert therapist("PATCH /practice/clients/annt1", {"name": given}).body["name"] == kept
    assert therapist("PATCH /practice", {"name": given}).body["name"] == kept
    join({**CLEO, "name": given})
    names = [each["name"] for each in therapist("GET /practice/clients").body["clients"]]
    assert names.count(kept) == 3


def test_other_texts_have_no_directions(therapist, unchanged):
    reason = {"state": "suspended", "reason": "calls \u202eoff"}
    with unchanged():
        reply = therapist("PUT /practice/clients/annt1/privilege", reason)
    assert (reply.status, reply.fields) == (422, ["reason"])


def test_blanks_around_an_address_are_dropped(therapist):
    given = {"name": "Al", "email": " al@example.org\t", "phone": " +1 555 0100 "}
    client = therapist("POST /practice/clients", given).body
    assert (client["email"], client["phone"]) == ("al@example.org", "+1 555 0100")
    assert ANYBODY("POST /therapists/t1/registrations", {**CLEO, "email": " c@d.ef "}).status == 202


ZED = {"name": "Zed", "email": "zed@example.org", "phone": "+1 212 555 0100"}
SAME = {
    "all the same": (ZED, ZED),
    "name and address": (ZED, {**ZED, "phone": None}),
    "name and phone": (ZED, {**ZED, "email": "z@example.org"}),
    "written otherwise": (ZED, {"name": " zed ", "email": "Zed@example.org"}),
    "a phone written otherwise": (ZED, {"name": "Zed", "phone": "+1 (212) 555-0100"}),
    "a bare name": ({"name": "Zed"}, {"name": "Zed"}),
    "invited": ({**ZED, "invite": True}, {**ZED, "invite": True}),
}
OTHERS = {
    "another name": (ZED, {**ZED, "name": "Zoe"}),
    "another address": (ZED, {"name": "Zed", "email": "z@example.org"}),
    "a bare name besides": (ZED, {"name": "Zed"}),
}


@pytest.mark.parametrize(("first", "again"), SAME.values(), ids=SAME)
def test_the_same_client_posted_twice_is_one(therapist, unchanged, first, again):
    made = therapist("POST /practice/clients", first)
    with unchanged():
        repeated = therapist("POST /practice/clients", again)
    assert (made.status, repeated.status) == (201, 200)
    assert repeated.body == made.body


@pytest.mark.parametrize(("first", "again"), OTHERS.values(), ids=OTHERS)
def test_another_client_is_another(therapist, first, again):
    made = [therapist("POST /practice/clients", each) for each in (first, again)]
    assert [each.status for each in made] == [201, 201]
    assert made[0].body["client_id"] != made[1].body["client_id"]


@pytest.mark.parametrize(
    ("client", "days", "status"),
    [
        pytest.param(ZED, 300, 200, id="with an address, at any time"),
        pytest.param({"name": "Zed"}, 1, 201, id="a bare name, within a minute alone"),
    ],
)
def test_how_long_a_repetition_is_one(therapist, later, client, days, status):
    for _ in range(2):
        therapist("POST /practice/clients", client)
    later(days=days)
    assert therapist("POST /practice/clients", client).status == status
    assert therapist("POST /practice/clients", client).status == 200


def test_a_discharged_client_may_be_added_again(therapist):
    first = therapist("POST /practice/clients", ZED).body["client_id"]
    therapist(f"DELETE /practice/clients/{first}")
    again = therapist("POST /practice/clients", ZED)
    assert again.status == 201
    assert again.body["client_id"] != first
    assert therapist("POST /practice/clients", ZED).body == again.body


def test_clients_are_listed_as_one_looks_them_up(therapist):
    for name in ("Zed", "\xc9mile", "emily", "\xd8rsted", "anna", "Eve"):
        therapist("POST /practice/clients", {"name": name})
    names = [each["name"] for each in therapist("GET /practice/clients").body["clients"]]
    assert names == ["Ann", "anna", "Bob", "\xc9mile", "emily", "Eve", "\xd8rsted", "Zed"]
