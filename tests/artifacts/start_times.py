"""A table of the functions' start times, with bytecode and with sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StartTimes:
    """The shortest start of each function in milliseconds, by build."""

    shortest: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(self, function: str, build: str, times: list[float]) -> None:
        self.shortest.setdefault(function, {})[build] = min(times)

    def table(self) -> Iterator[str]:
        """Yield the lines of the table; none if nothing was measured."""
        if self.shortest:
            yield f"{'starts, in ms':24}{'bytecode':>10}{'sources':>10}"
        for function, by_build in sorted(self.shortest.items()):
            cells = (by_build.get(build) for build in ("bytecode", "sources"))
            figures = "".join(f"{'' if each is None else round(each):>10}" for each in cells)
            yield f"{function:24}{figures}"
