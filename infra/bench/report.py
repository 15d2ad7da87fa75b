"""Figures, their budgets, and Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NOISE = 0.1
"""The share by which a ratio differs between two runs of the same code."""


@dataclass(frozen=True)
class Figure:
    """One line of the table; `met` is None where there is no budget.

    `numbers` are those of the figure, of which less is better. One is worse than in another run if
    it exceeds that by more than `tolerance`, a share.
    """

    what: str
    figure: str
    budget: str = ""
    met: bool | None = None
    numbers: tuple[float, ...] = ()
    tolerance: float = 0.0

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells, the verdict last."""
        verdict = {None: "", True: "met", False: "over"}[self.met]
        return (self.what, self.figure, self.budget, verdict)


def ratio_figure(what: str, ratio: float, budget: float | None, details: str = "") -> Figure:
    """Build the line of a ratio and compare it with its budget, if it has one."""
    text = f"{ratio:.2f}{f': {details}' if details else ''}"
    words, met = (f"at most {budget}", ratio <= budget) if budget else ("", None)
    return Figure(what, text, words, met, numbers=(ratio,), tolerance=_NOISE)


def share_details(shares: dict[str, float], ratio: float) -> str:
    """Spell each owner's part of a ratio, such as `botocore 0.73, PynamoDB 0.12`."""
    return ", ".join(f"{owner} {share * ratio:.2f}" for owner, share in shares.items())


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, align_figures: bool = True
) -> str:
    """Format a Markdown table, with columns of figures aligned right unless told otherwise."""
    columns = list(zip(headings, *rows, strict=True))
    right = [align_figures and _holds_figures(column) for column in columns]
    widths = [max(map(len, column)) for column in columns]
    rule = ["-" * (w - 1) + (":" if r else "-") for w, r in zip(widths, right, strict=True)]
    lines = [
        [f"{cell:{'>' if r else '<'}{w}}" for cell, w, r in zip(row, widths, right, strict=True)]
        for row in zip(*columns, strict=True)
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (lines[0], rule, *lines[1:]))


def _holds_figures(column: Sequence[str]) -> bool:
    return all(cell[:1].isdigit() or cell in ("", "never") for cell in column[1:])
