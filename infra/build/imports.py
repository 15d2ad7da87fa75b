"""What a function imports: its own modules, the domain package's, and libraries."""

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {"functions": ROOT, "openhour": ROOT / "shared"}
"""Our own packages, and the directory of each."""


@dataclass(frozen=True)
class Imports:
    """All direct and indirect imports of one handler, without those for type checking."""

    graph: grimp.ImportGraph
    handler: str

    @cached_property
    def modules(self) -> frozenset[str]:
        """Every imported module, and the packages around it, which Python also runs."""
        visited: set[str] = set()
        queue = {self.handler}
        while queue:
            module = queue.pop()
            visited.add(module)
            package = module.rpartition(".")[0]
            imported = self.graph.find_modules_directly_imported_by(module)
            queue |= (imported | {package}) - visited - {""}
        return frozenset(visited)

    @property
    def own(self) -> set[str]:
        """The imported modules of our own packages."""
        return {module for module in self.modules if _top(module) in SOURCES}

    @property
    def libraries(self) -> set[str]:
        """The top-level packages that our own modules import, without the standard library.

        The standard library's `zoneinfo` reads its time zones from `tzdata`.
        """
        imported: set[str] = set()
        for module in self.own:
            imported |= {
                _top(each) for each in self.graph.find_modules_directly_imported_by(module)
            }
        zones = {"tzdata"} if "zoneinfo" in imported else set()
        return (imported | zones) - set(SOURCES) - sys.stdlib_module_names


def imports_of(handler: str, library: str, installed: Path) -> Imports:
    """Return the imports of the module `handler`, including those within `library`.

    `installed` is the directory that contains the library.
    """
    paths = [str(path) for path in (*SOURCES.values(), installed)]
    sys.path[:0] = paths
    try:
        graph = grimp.build_graph(
            *SOURCES,
            library,
            include_external_packages=True,
            exclude_type_checking_imports=True,
            cache_dir=None,
        )
    finally:
        del sys.path[: len(paths)]
    return Imports(graph, handler)


def _top(module: str) -> str:
    return module.partition(".")[0]
