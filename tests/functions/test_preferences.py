"""What a client chooses for themselves: the language, and how they are told."""

import pytest

from openhour.rules.clients import Mail
from openhour.rules.erasure import anonymized
from openhour.store.clients import find_client

pytestmark = pytest.mark.usefixtures("integrity")

SUSPENDED = {"state": "suspended", "reason": None}


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "es"},
        {"language": "en", "mail": "changes"},
        {"mail": "none"},
        {"calendar_entries": True},
        {"language": "es", "mail": "none", "calendar_entries": True},
    ],
    ids=" and ".join,
)
def test_a_client_chooses(ann, bob, unchanged, changes):
    expected = {"language": None, "mail": "all", "calendar_entries": False, **changes}
    reply = ann("PATCH /me", changes)
    assert (reply.status, reply.body) == (200, expected)
    assert expected.items() <= ann("GET /me").body.items()
    assert bob("GET /me").body["language"] is None
    with unchanged():
        assert ann("PATCH /me", changes).body == expected


def test_choices_are_changed_one_by_one(ann):
    ann("PATCH /me", {"language": "es", "mail": "none", "calendar_entries": True})
    ann("PATCH /me", {"mail": "all"})
    reply = ann("PATCH /me", {"calendar_entries": False})
    assert reply.body == {"language": "es", "mail": "all", "calendar_entries": False}


def test_without_a_language_the_practices_counts(ann, therapist):
    ann("PATCH /me", {"language": "en"})
    therapist("PATCH /practice", {"language": "es"})
    assert ann("PATCH /me", {"language": None}).body["language"] is None
    assert ann("GET /me").body["practice_language"] == "es"


def test_nothing_chosen_changes_nothing(ann, unchanged):
    with unchanged():
        assert ann("PATCH /me", {}).status == 200


def test_a_suspended_client_may_choose(ann, therapist):
    therapist("PUT /practice/clients/annt1/privilege", SUSPENDED)
    assert ann("PATCH /me", {"mail": "none"}).body["mail"] == "none"
    assert ann("GET /me").body["privilege"] == "suspended"


def test_erasure_forgets_what_a_client_chose(ann):
    ann("PATCH /me", {"language": "es", "mail": "none", "calendar_entries": True})
    chosen = find_client("t1", "annt1")
    assert chosen
    client = anonymized(chosen)
    assert (client.language, client.mail, client.calendar_entries) == (None, Mail.ALL, False)
