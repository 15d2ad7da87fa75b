"""The bench measures successful calls."""

from __future__ import annotations

import pytest

from infra.bench import profiler, warm_calls
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
