"""The bench measures successful calls."""

from __future__ import annotations

import pytest

from infra.bench import profiler, warm_calls
from infra.bench.calls import client_calls
from infra.bench.last_run import compare, read_record
from infra.bench.report import Figure, ratio_figure, table


def test_every_measured_call_succeeds(monkeypatch):
    monkeypatch.setattr(warm_calls, "TURNS", 1)
    monkeypatch.setattr(warm_calls, "_WARM_UP", 1)
    monkeypatch.setattr(profiler, "SECONDS", 0.0)
    figures = warm_calls.measure()
    assert [figure.what.removeprefix("warm: ") for figure in figures] == [
        "list 30 open slots",
        "see oneself, with 31 appointments",
        "see oneself, with 31 appointments / list 30 open slots",
        "see one's 31 appointments",
        "see one's 31 appointments / list 30 open slots",
        "book",
        "be refused a taken slot",
        "be refused a taken slot / book",
        "cancel",
        "cancel / book",
        "move",
    ]


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [pytest.param(2.5, "met", id="equal"), pytest.param(2.51, "over", id="more")],
)
def test_a_ratio_is_compared_with_its_budget(ratio, verdict):
    assert ratio_figure("book", ratio, 2.5).cells[-1] == verdict


def test_the_table_is_aligned():
    rows = [Figure("book", "1.50", "at most 2.5", met=True).cells]
    assert table(("what", "figure", "budget", ""), rows).splitlines() == [
        "| what | figure | budget      |     |",
        "| ---- | -----: | ----------- | --- |",
        "| book |   1.50 | at most 2.5 | met |",
    ]


COMPARED = {
    "the same": (Figure("a", "", numbers=(2, 1.5, 0)), "not worse"),
    "fewer": (Figure("a", "", numbers=(1, 1.5, 0)), "not worse"),
    "one more": (Figure("a", "", numbers=(3, 1.5, 0)), "worse than 2, 1.5, 0"),
    "now dependent on the history": (
        Figure("a", "", numbers=(2, 1.5, 0, 9, 9, 0)),
        "worse than 2, 1.5, 0",
    ),
    "a ratio within the noise": (ratio_figure("b", 1.3, None), "not worse"),
    "a ratio beyond it": (ratio_figure("b", 1.4, None), "worse than 1.2"),
    "a new line": (ratio_figure("c", 1.0, None), ""),
    "a text": (Figure("a", "not measured"), ""),
}


@pytest.mark.parametrize(("figure", "words"), COMPARED.values(), ids=COMPARED)
def test_a_figure_is_compared_with_the_last_runs(figure, words):
    assert compare(figure, {"a": [2, 1.5, 0], "b": [1.2]}) == words


def test_the_recorded_lines_are_those_of_the_bench():
    recorded = [what for what in read_record() if what.startswith("warm: ")]
    calls = client_calls()
    compared = [f"warm: {call.name} / {call.compared[0]}" for call in calls if call.compared]
    assert sorted(recorded) == sorted([*(f"warm: {call.name}" for call in calls), *compared])
