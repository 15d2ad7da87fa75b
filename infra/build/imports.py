"""What a function imports: modules of its own and of the domain package, and of libraries."""

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {"functions": ROOT, "openhour": ROOT / "shared"}
"""Our own packages, and the directory where each is."""


@dataclass(frozen=True)
class Imports:
    """The imports of one handler, with all that they lead to. What only a type checker imports
    doesn't count."""

    graph: grimp.ImportGraph
    handler: str

    @cached_property
    def reached(self) -> frozenset[str]:
        """Every module that is reached, packages included: importing a module runs those too."""
        found: set[str] = set()
        waiting = {self.handler}
        while waiting:
            module = waiting.pop()
            found.add(module)
            package = module.rpartition(".")[0]
            waiting |= (self._imported_by(module) | {package}) - found - {""}
        return frozenset(found)

    @property
    def own(self) -> set[str]:
        """The modules of our own packages."""
        return {module for module in self.reached if _top(module) in SOURCES}

    @property
    def libraries(self) -> set[str]:
        """The top-level packages that our own modules import, and Python doesn't have. Python
        itself reads time zones from `tzdata`."""
        imported: set[str] = set()
        for module in self.own:
            imported |= {
                _top(each) for each in self.graph.find_modules_directly_imported_by(module)
            }
        zones = {"tzdata"} if "zoneinfo" in imported else set()
        return (imported | zones) - set(SOURCES) - sys.stdlib_module_names

    def _imported_by(self, module: str) -> set[str]:
        return self.graph.find_modules_directly_imported_by(module)


def imports_of(handler: str, library: str, installed: Path) -> Imports:
    """The imports of the module `handler`; those of `library`, as it is installed there, are
    followed too."""
    places = [str(place) for place in (*SOURCES.values(), installed)]
    sys.path[:0] = places
    try:
        graph = grimp.build_graph(
            *SOURCES,
            library,
            include_external_packages=True,
            exclude_type_checking_imports=True,
            cache_dir=None,
        )
    finally:
        del sys.path[: len(places)]
    return Imports(graph, handler)


def _top(module: str) -> str:
    return module.partition(".")[0]
