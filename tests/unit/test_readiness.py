"""Readiness: the conditions for self-scheduling."""

from dataclasses import replace

import pytest

from openhour.rules.conflicts import Conflict, Reason
from openhour.rules.readiness import missing_requirements, require_ready
from openhour.rules.refusals import NotReady
from tests.unit.builders import a_practice

WAITING = Conflict(slot_id="20261124T2230Z", reason=Reason.BOOKED, client_id="ann")
CROWDED = Conflict(slot_id="20261124T2230Z", reason=Reason.OVERLAP)
SKIPPED = Conflict(slot_id="20270314T0730Z", reason=Reason.CLOCK_CHANGE)


@pytest.mark.parametrize(
    ("but", "conflicts", "entered", "missing"),
    [
        pytest.param({}, (), True, [], id="all there"),
        pytest.param({"hours": ()}, (), True, ["hours"], id="no hours"),
        pytest.param({"timezone": None}, (), True, ["timezone"], id="no zone"),
        pytest.param({"office_phone": None}, (), True, ["office_phone"], id="no phone"),
        pytest.param({"office_phone": ""}, (), True, ["office_phone"], id="an empty phone"),
        pytest.param({"crisis_line": None}, (), True, ["crisis_line"], id="no crisis line"),
        pytest.param({}, (), False, ["regulars_entered"], id="regulars not vouched for"),
        pytest.param({}, (WAITING,), True, ["conflicts"], id="a conflict"),
        pytest.param({}, (SKIPPED,), True, [], id="a skipped start, which nobody can settle"),
        pytest.param({}, (CROWDED,), True, [], id="no room beside a slot that is nobody's"),
        pytest.param({}, (SKIPPED, WAITING), True, ["conflicts"], id="a conflict besides"),
        pytest.param(
            {"hours": (), "timezone": None, "office_phone": None, "crisis_line": None},
            (WAITING,),
            False,
            [
                *("hours", "timezone", "office_phone", "crisis_line"),
                *("regulars_entered", "conflicts"),
            ],
            id="nothing at all",
        ),
    ],
)
def test_clients_are_let_in_when_everything_is_there(but, conflicts, entered, missing):
    practice = a_practice(**but)
    assert missing_requirements(practice, conflicts, regulars_entered=entered) == missing
    if missing:
        with pytest.raises(NotReady) as refused:
            require_ready(practice, conflicts, regulars_entered=entered)
        assert refused.value.extra == {"missing": missing}
    else:
        require_ready(practice, conflicts, regulars_entered=entered)


@pytest.mark.parametrize("reason", Reason)
def test_a_conflict_keeps_clients_out_if_the_therapist_can_settle_it(reason):
    settled_by_itself = Conflict(slot_id="20261124T2230Z", reason=reason)
    assert not missing_requirements(a_practice(), (settled_by_itself,), regulars_entered=True)
    session = replace(settled_by_itself, client_id="ann", appointment_id="20261124T2230Z-ann-b1")
    missing = missing_requirements(a_practice(), (session,), regulars_entered=True)
    assert missing == ([] if reason is Reason.NO_NOTICE else ["conflicts"])


@pytest.mark.parametrize(
    "reason", [Reason.BOOKED, Reason.NO_HOURS, Reason.OVERLAP, Reason.TIME_OFF]
)
@pytest.mark.parametrize("whose", [{"client_id": "ann"}, {"regular_id": "r1"}], ids="".join)
def test_every_conflict_that_can_be_settled_keeps_clients_out(reason, whose):
    conflict = Conflict(slot_id="20261124T2230Z", reason=Reason(reason), **whose)
    assert missing_requirements(a_practice(), (conflict,), regulars_entered=True) == ["conflicts"]
