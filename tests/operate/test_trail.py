"""Who did what: the operator's acts are in the trail, and the operator reads it."""

import pytest

from infra.operate.removal import TOKENS_OUTLIVE
from openhour import clock
from openhour.rules.audit_log import AuditAction
from openhour.store.audit_log import acting_as, audit_entry, read_audit_log
from openhour.store.transactions import commit
from tests.operate.desk import operate, say
from tests.unit.builders import NOW, hours

ADD = ("add", "tess", "--email", "tess@example.org")
AFTER_THAT = NOW + TOKENS_OUTLIVE + hours(1)


def acts():
    return [(entry.actor, entry.act.value) for entry in read_audit_log("tess")]


@pytest.mark.parametrize(
    ("operator", "actor"),
    [
        pytest.param((), "operator:jo", id="who AWS says"),
        pytest.param(("--as", "Mary Ann"), "operator:Mary-Ann", id="who they say"),
        pytest.param(("--as", "jo@example.org"), "operator:jo-example-org", id="an address"),
        pytest.param(("--as", "¿?"), "operator:unnamed", id="nothing that can be kept"),
    ],
)
def test_the_trail_names_the_operator(operator, actor):
    assert operate(*ADD, *operator).code == 0
    assert {who for who, _ in acts()} == {actor}


def test_every_act_of_the_operators_is_kept_for_good():
    operate(*ADD)
    operate(*ADD, "--mail-again")
    operate("remove", "tess")
    operate(*ADD, "--reopen")
    operate("remove", "tess")
    clock.set_now(AFTER_THAT)
    operate("remove", "tess", "--erase", "--confirm", "tess")
    assert [act for _, act in acts()] == [
        "open-practice",
        "add-login",
        "invite",
        "remove-practice",
        "reopen-practice",
        "add-login",
        "remove-practice",
        "erase-practice",
    ]


def test_what_changes_nothing_is_not_kept():
    operate(*ADD)
    operate("remove", "tess")
    before = acts()
    operate("remove", "tess")
    operate("remove", "tess", "--erase", "--confirm", "tess")
    operate("list")
    operate("trail", "tess")
    assert acts() == before


def test_the_trail_tells_the_therapists_acts_and_no_names():
    operate(*ADD)
    with acting_as("therapist:ada", request_id="req-1"):
        commit([audit_entry("tess", AuditAction.SUSPEND, now=NOW + hours(1), client_id="ann")])
    told = operate("trail", "tess", "--since", "2026-11-23T09:30:00-05:00").told
    assert told == [
        {
            "what": "act",
            "at": "2026-11-23T15:00:00+00:00",
            "actor": "therapist:ada",
            "act": "suspend",
            "client_id": "ann",
            "target": None,
            "details": [],
            "request_id": "req-1",
        }
    ]
    assert "2026-11-23 15:00:00Z therapist:ada" in say("trail", "tess")


def test_the_trail_is_read_until_an_instant():
    operate(*ADD)
    assert operate("trail", "tess", "--until", "2026-11-23T08:59:00-05:00").told == []


@pytest.mark.parametrize("instant", ["yesterday", "2026-11-23T09:00:00"])
def test_an_instant_without_its_offset_is_refused(instant):
    with pytest.raises(SystemExit):
        operate("trail", "tess", "--since", instant)
