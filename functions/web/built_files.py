"""The built files: what the pages' build made, with its compressed forms and entity tags."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

BUILT = Path(__file__).with_name("built")
DOCUMENT = Path(__file__).with_name("openapi.json")


class NotBuilt(Exception):
    """The pages were not built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFile:
    """One file, and the encodings in which its compressed forms stand beside it."""

    path: Path
    content_type: str
    etag: str
    encodings: tuple[str, ...]

    def content(self, encoding: str = "") -> bytes:
        """Return the bytes, compressed if an encoding is given."""
        name = f"{self.path.name}.{encoding}" if encoding else self.path.name
        return self.path.with_name(name).read_bytes()

    def text(self) -> str:
        """Return the text."""
        return self.content().decode()

    def encoding_for(self, accepted: str) -> str:
        """Return the best of the encodings that an `Accept-Encoding` header takes, or nothing."""
        taken = set(_accepted(accepted))
        return next((each for each in self.encodings if each in taken or "*" in taken), "")

    def etag_for(self, encoding: str) -> str:
        """Return the entity tag of one form: a cache may hold several."""
        return f'"{self.etag}-{encoding}"' if encoding else f'"{self.etag}"'


def built_files() -> Mapping[str, BuiltFile]:
    """Return all files: what has a path of its own by that path, a page by its name.

    Raises:
        NotBuilt: There is no manifest.
    """
    try:
        built_at = (BUILT / "manifest.json").stat().st_mtime_ns
    except FileNotFoundError:
        raise NotBuilt from None
    return _read_manifest(BUILT, built_at)


@lru_cache(maxsize=2)
def _read_manifest(folder: Path, _built_at: int) -> Mapping[str, BuiltFile]:
    # A local run serves what is built anew beside it.
    manifest = json.loads((folder / "manifest.json").read_text())
    return {
        key: BuiltFile(
            path=folder / entry["file"],
            content_type=entry["type"],
            etag=entry["etag"],
            encodings=tuple(entry["encodings"]),
        )
        for key, entry in manifest.items()
    }


def document() -> BuiltFile:
    """Return the OpenAPI document, which the API serves also where the pages were not built."""
    with suppress(NotBuilt):
        return built_files()["/openapi.json"]
    return BuiltFile(
        path=DOCUMENT,
        content_type="application/json",
        etag=sha256(DOCUMENT.read_bytes()).hexdigest()[:16],
        encodings=(),
    )


def _accepted(header: str) -> list[str]:
    """Return the encodings that an `Accept-Encoding` header does not give the weight 0."""
    found = []
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            found.append(name.strip())
    return found
