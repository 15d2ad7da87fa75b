"""Page sizes: what a browser fetches, compressed with gzip, in kB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from functions.web.built_files import NotBuilt, built_files
from infra.bench.report import Figure

_LANGUAGES = ("/assets/console-en-", "/assets/console-es-")
_WIDGET_KB, _BOOK_KB, _CONSOLE_KB = 3, 40, 120


def measure() -> Iterator[Figure]:
    """Return the sizes of the widget's script, of the client's page and of the console."""
    try:
        files = built_files()
    except NotBuilt:
        yield Figure("page sizes", "not measured: the pages are not built")
        return
    book = {key for key in files if key.startswith("/assets/book-")}
    yield _figure("size: the widget's script", ["/widget.js"], _WIDGET_KB)
    yield _figure("size: the client's page, all in all", ["book.html", *book], _BOOK_KB)
    console = {key for key in files if key.startswith("/assets/console")}
    languages = [key for key in console if key.startswith(_LANGUAGES)]
    console -= set(
        sorted(languages, key=_size_of)[:-1]
    )  # Everybody loads one, at most the largest.
    yield _figure("size: the console, all its views", ["console.html", *console], _CONSOLE_KB)


def _figure(what: str, keys: Iterable[str], budget: int) -> Figure:
    size = sum(map(_size_of, keys)) / 1000
    words = f"at most {budget} kB"
    return Figure(what, f"{size:.1f} kB", words, size <= budget, numbers=(size,), tolerance=0.02)


def _size_of(key: str) -> int:
    return len(built_files()[key].content("gzip"))
