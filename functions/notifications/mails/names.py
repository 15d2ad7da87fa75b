"""Names as a mail shows them: cleaned, the first name alone, or initials."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""Control characters, and characters that change the direction of text or hide in it."""
_LONGEST_FIRST_NAME = 40
_LONGEST_SENDER_NAME = 64
"""More would take a second line of the header, at whose break Python inserts a space."""


def clean_text(text: str) -> str:
    """Return text of a person without invisible characters. Line breaks stay."""
    unified = re.sub("\r\n?|[\u0085\u2028\u2029]", "\n", text)
    return _INVISIBLE.sub("", unified).expandtabs(1).strip()


def clean_line(text: str) -> str:
    """Return text of a person on one line."""
    return " ".join(clean_text(text).split())


def sender_name(name: str) -> str:
    """Return a name as a header holds it: on one line, without marks of encoded words."""
    return clean_line(name.replace("=?", ""))[:_LONGEST_SENDER_NAME].strip()


def first_name(name: str) -> str:
    """Return the first part of a name, or nothing if it has no letter."""
    first, *_ = [*clean_line(name).split(" "), ""]
    is_name = any(each.isalnum() for each in first)
    return first.strip(",;")[:_LONGEST_FIRST_NAME] if is_name else ""


def initials(name: str) -> str:
    """Return the initials of a name, such as `NW`."""
    parts = (unicodedata.normalize("NFC", part) for part in clean_line(name).split(" "))
    letters = (next(filter(str.isalnum, part), "") for part in parts)
    return "".join(letters).upper()
