"""The bench itself: what it measures is what clients do, whatever becomes of rows and answers."""

from __future__ import annotations

import pytest

from tests.bench import samples, warm
from tests.bench.figures import Figure, at_most, table


def test_every_act_that_is_measured_does_what_it_says(monkeypatch):
    monkeypatch.setattr(warm, "TURNS", 1)
    monkeypatch.setattr(samples, "SECONDS", 0.0)
    figures = warm.measure()
    assert [figure.what.partition(",")[0] for figure in figures] == [
        "warm: list 30 open slots",
        "warm: see oneself",
        "warm: book",
        "warm: cancel",
        "warm: move",
    ]


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [pytest.param(2.5, "met", id="as much"), pytest.param(2.51, "over", id="more")],
)
def test_a_ratio_is_held_to_its_budget(ratio, verdict):
    assert at_most("book", ratio, 2.5).cells[-1] == verdict


def test_the_table_is_aligned():
    assert table([Figure("book", "1.50", "at most 2.5", met=True)]).splitlines() == [
        "| what | figure | budget      |     |",
        "| ---- | ------ | ----------- | --- |",
        "| book | 1.50   | at most 2.5 | met |",
    ]
