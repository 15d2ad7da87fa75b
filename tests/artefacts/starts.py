"""How long functions take to start, with bytecode and without, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Starts:
    """The shortest start of each function, in milliseconds, by how it was built."""

    shortest: dict[str, dict[str, float]] = field(default_factory=dict)

    def note(self, function: str, build: str, times: list[float]) -> None:
        """Keep the shortest of a function's starts."""
        self.shortest.setdefault(function, {})[build] = min(times)

    def table(self) -> Iterator[str]:
        """The lines of the table; none where nothing was measured."""
        if self.shortest:
            yield f"{'starts, in ms':24}{'bytecode':>10}{'sources':>10}"
        for function, by_build in sorted(self.shortest.items()):
            cells = (by_build.get(build) for build in ("bytecode", "sources"))
            figures = "".join(f"{'' if each is None else round(each):>10}" for each in cells)
            yield f"{function:24}{figures}"
