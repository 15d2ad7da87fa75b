"""The messages of refusals for clients and therapists."""

import pytest

from openhour.api.identity import Role
from openhour.api.messages import message_for
from openhour.rules.refusals import Refusal

HARSH = ("strike", "suspend", "privilege", "conduct", "flag", "no-show", "no show", "no_show")
FACTS = {"missing": ["hours", "office_phone"], "week": "2026-W48"}
EVERY = [pytest.param(refusal, id=refusal.name) for refusal in Refusal.__subclasses__()]


@pytest.mark.parametrize("refusal", EVERY)
@pytest.mark.parametrize("phone", ["+1 555 0100", None], ids=["with a phone", "without one"])
@pytest.mark.parametrize("role", [Role.CLIENT, None, Role.THERAPIST], ids=str)
def test_messages_are_full_sentences_and_never_harsh_to_clients(refusal, phone, role):
    title, detail = message_for(refusal(**FACTS), role=role, phone=phone)
    assert title
    assert detail.endswith(".")
    assert "{" not in detail
    assert "None" not in detail
    if role is not Role.THERAPIST:
        assert not [harsh for harsh in HARSH if harsh in f"{title} {detail}".lower()]


def test_the_therapist_reads_which_values_are_missing():
    refusal = next(each for each in Refusal.__subclasses__() if each.name == "not-ready")
    _, detail = message_for(refusal(**FACTS), role=Role.THERAPIST, phone=None)
    assert detail == "Still missing: hours, office phone."
