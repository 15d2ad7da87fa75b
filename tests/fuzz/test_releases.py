"""Malformed schedule events go to the dead-letter queue, or run one release."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openhour import clock
from tests.fuzz.mutations import ODD, mutated
from tests.fuzz.server import HERE, THERE, Server
from tests.fuzz.settings import EXAMPLES, fuzz_settings
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


def release(server: Server, event: Any) -> Any:
    """What the function answers, or what it raises."""
    try:
        return server.local.functions["ReleaseFunction"].invoke(event)
    except Exception as error:  # noqa: BLE001 - Lambda tries again, then keeps the event
        return error


def test_the_unchanged_event_is_valid(server: Server) -> None:
    clock.set_now(FRIDAY)
    assert release(server, DUE)["opened"]


@fuzz_settings(15 * EXAMPLES)
@given(event=EVENTS)
def test_a_release_is_refused_whole_or_done_once(server: Server, event: Any) -> None:
    server.rewind()
    clock.set_now(FRIDAY)
    before = server.rows()
    answer = release(server, event)
    after = server.rows()
    if isinstance(answer, Exception):
        assert after == before
        return
    assert server.violations() == []
    practices = after["openhour-practices"].values()
    assert max(practice["released_through"]["S"] for practice in practices) <= "2026-W49"
    again = release(server, event)
    assert (again["opened"], again["published"]) == ([], [])
    assert server.rows() == after
