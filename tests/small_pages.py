"""Built pages, small enough to be read: tests of the function need none of the pages' tools."""

import gzip
import json

from functions.web.built_files import DOCUMENT

SCRIPT = b"// the client's page"
BOOK = (
    '<!doctype html><html lang="$language"><title>$title: $name</title>'
    '<openhour-book therapist="$therapist_id" name="$name" phone="$phone" language="$language">'
    "<noscript>$without_script</noscript><p>$old_browser</p>"
    '<p>$call <a href="$phone_link">$phone</a></p></openhour-book></html>'
)
_FILES = {
    "/assets/book.js": ("assets/book.js", "text/javascript; charset=utf-8", SCRIPT),
    "/openapi.json": ("openapi.json", "application/json", DOCUMENT.read_bytes()),
    "console.html": ("console.html", "text/html; charset=utf-8", b"<title>Console</title>"),
    "mail.html": ("mail.html", "text/html; charset=utf-8", b"<title>Mail</title>"),
    "/widget.js": ("widget.js", "text/javascript; charset=utf-8", b"// the widget"),
    "book.html": ("book.html", "text/html; charset=utf-8", BOOK.encode()),
    "index.html": ("index.html", "text/html; charset=utf-8", b"<title>Openhour</title>"),
    "not_found.html": ("not_found.html", "text/html; charset=utf-8", b"<title>Nobody</title>"),
    "busy.html": ("busy.html", "text/html; charset=utf-8", b"<title>Busy</title>"),
}


def build(folder):
    """Write what the pages' build writes, with one compressed form; the handler serves it."""
    (folder / "assets").mkdir(parents=True)
    manifest = {}
    for key, (file, content_type, content) in _FILES.items():
        (folder / file).write_bytes(content)
        (folder / f"{file}.gzip").write_bytes(gzip.compress(content))
        manifest[key] = {
            "file": file,
            "type": content_type,
            "etag": f"{len(content):016x}",
            "encodings": ["gzip"],
        }
    (folder / "manifest.json").write_text(json.dumps(manifest))
