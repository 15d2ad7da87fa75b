"""Figures, and the one table in which they are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADINGS = ("what", "figure", "budget", "")


@dataclass(frozen=True)
class Figure:
    """One line of the table. `met` is None where there is no budget."""

    what: str
    figure: str
    budget: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        verdict = {None: "", True: "met", False: "over"}[self.met]
        return (self.what, self.figure, self.budget, verdict)


def at_most(what: str, ratio: float, most: float | None, note: str = "") -> Figure:
    """A ratio, held to a budget where there is one."""
    told = f"{ratio:.2f}{f': {note}' if note else ''}"
    if most is None:
        return Figure(what, told)
    return Figure(what, told, f"at most {most}", met=ratio <= most)


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table, in Markdown."""
    rows = [HEADINGS, *(figure.cells for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join((lines[0], _line(["-" * width for width in widths], widths), *lines[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"
