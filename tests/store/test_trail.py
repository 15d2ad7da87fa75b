"""The trail: entries are added, each by somebody, and read in their order."""

from __future__ import annotations

import contextvars
from datetime import timedelta
from types import SimpleNamespace

import pytest

from openhour.rules.trail import Act, TrailEntry
from openhour.store import trail
from openhour.store.tables import AuditRow
from openhour.store.trail import acting, note, read_trail
from openhour.store.transactions import Refused, commit
from tests.store.scenes import THERAPIST
from tests.tables import rows
from tests.unit.builders import NOW, hours


def noted(act: Act = Act.SUSPEND, after: timedelta = timedelta(0), **said) -> None:
    commit([note(THERAPIST, act, now=NOW + after, **said)])


def test_an_entry_says_who_did_what_to_whom_and_when():
    with acting("operator:jo", request_id="req-1"):
        noted(Act.CHANGE_CLIENT, client_id="ann", details=("phone", "email"))
    assert list(read_trail(THERAPIST)) == [
        TrailEntry(
            at=NOW,
            actor="operator:jo",
            act=Act.CHANGE_CLIENT,
            client_id="ann",
            details=("email", "phone"),
            request_id="req-1",
        )
    ]


def test_an_entry_is_kept_for_seven_years():
    noted()
    ((_, row),) = rows()["openhour-audit"].items()
    kept = int(row["expires_at"]["N"]) - NOW.timestamp()
    assert timedelta(seconds=kept) == timedelta(days=2557)


def test_nothing_is_noted_where_nobody_acts():
    with pytest.raises(LookupError):
        contextvars.Context().run(note, THERAPIST, Act.SUSPEND, now=NOW)


def test_who_acts_ends_with_the_act():
    with acting("operator:jo"):
        noted(after=hours(1))
    noted(after=hours(2))
    assert [entry.actor for entry in read_trail(THERAPIST)] == ["operator:jo", "therapist:ada"]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        pytest.param(None, None, [1, 2, 3], id="all, oldest first"),
        pytest.param(2, None, [2, 3], id="from an instant on"),
        pytest.param(None, 2, [1], id="until before an instant"),
        pytest.param(2, 3, [2], id="a span"),
        pytest.param(4, None, [], id="nothing yet"),
    ],
)
def test_the_trail_is_read_by_time(since, until, found):
    for after in (3, 1, 2):
        noted(after=hours(after))
    commit([note("t2", Act.SUSPEND, now=NOW)])
    span = {
        name: NOW + hours(after)
        for name, after in (("since", since), ("until", until))
        if after is not None
    }
    assert [entry.at for entry in read_trail(THERAPIST, **span)] == [
        NOW + hours(after) for after in found
    ]


def test_no_entry_is_written_over(monkeypatch):
    monkeypatch.setattr(trail, "uuid4", lambda: SimpleNamespace(hex=16 * "0"))
    noted(Act.SUSPEND)
    before = rows()
    with pytest.raises(Refused) as refused:
        noted(Act.RESTORE)
    assert refused.value.found.keys() == {AuditRow}
    assert rows() == before
