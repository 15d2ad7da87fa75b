"""Events of the schedules with something wrong in them: left for the dead letters with nothing
changed, or the release that they ask for, once."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openhour import clock
from tests.fuzz.drawing import EXAMPLES, drawn
from tests.fuzz.mutations import ODD, mutated
from tests.fuzz.town import HERE, THERE, Town
from tests.unit.builders import at

DUE = {"therapist_id": HERE, "scheduled_at": "2026-11-27T23:00:00Z"}
FRIDAY = at("2026-11-27 18:00")
INSTANTS = st.one_of(
    st.datetimes(),
    st.integers(-9, 9).map(lambda weeks: FRIDAY.astimezone(UTC) + timedelta(weeks=weeks)),
    st.timedeltas(timedelta(weeks=-9), timedelta(weeks=9)).map(FRIDAY.astimezone(UTC).__add__),
)
EVENTS = st.one_of(
    mutated(DUE, most=2),
    ODD,
    st.fixed_dictionaries(
        {
            "therapist_id": st.sampled_from((HERE, THERE, "nowhere")),
            "scheduled_at": INSTANTS.map(lambda instant: f"{instant:%Y-%m-%dT%H:%M:%SZ}"),
        }
    ),
)


def release(town: Town, event: Any) -> Any:
    """What the function answers, or what it raises."""
    try:
        return town.local.functions["ReleaseFunction"].invoke(event)
    except Exception as error:  # noqa: BLE001 - Lambda tries again, then keeps the event
        return error


def test_this_one_is_valid_as_it_stands(town: Town) -> None:
    clock.set_now(FRIDAY)
    assert release(town, DUE)["opened"]


@drawn(15 * EXAMPLES)
@given(event=EVENTS)
def test_a_release_is_refused_whole_or_done_once(town: Town, event: Any) -> None:
    town.rewind()
    clock.set_now(FRIDAY)
    before = town.rows()
    answer = release(town, event)
    after = town.rows()
    if isinstance(answer, Exception):
        assert after == before
        return
    assert town.faults() == []
    assert max(practice["released_through"]["S"] for practice in of_practices(after)) <= "2026-W49"
    again = release(town, event)
    assert (again["opened"], again["published"]) == ([], [])
    assert town.rows() == after


def of_practices(rows: Any) -> Any:
    return rows["openhour-practices"].values()
