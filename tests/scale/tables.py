"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, figures to the right."""
    columns = list(zip(headings, *rows, strict=True))
    aligned = [_align(column) for column in columns]
    lines = [f"| {' | '.join(cells)} |" for cells in zip(*aligned, strict=True)]
    ruled = (_rule(column, len(cells[0])) for column, cells in zip(columns, aligned, strict=True))
    return "\n".join((lines[0], f"| {' | '.join(ruled)} |", *lines[1:]))


def _align(column: Sequence[str]) -> list[str]:
    width = max(map(len, column))
    return [f"{cell:{'>' if _is_of_figures(column) else '<'}{width}}" for cell in column]


def _rule(column: Sequence[str], width: int) -> str:
    return "-" * (width - 1) + (":" if _is_of_figures(column) else "-")


def _is_of_figures(column: Sequence[str]) -> bool:
    return all(cell[:1].isdigit() or cell in ("", "never") for cell in column[1:])
