"""Forms: how the texts of requests are written, each a regular expression for the whole of it. The
document tells them as they are checked."""

from __future__ import annotations

_CONTROLS = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029"
"""Control characters, and what breaks lines and paragraphs, but for the line feed."""
_BREAKS = rf"\n{_CONTROLS}"
LINES = rf"[^{_CONTROLS}]*[^{_CONTROLS}\s][^{_CONTROLS}]*"
"""Something to read, on one line or several."""
LINE = rf"[^{_BREAKS}]*[^{_BREAKS}\s][^{_BREAKS}]*"
"""Something to read, on one line."""

PHONE = rf"([^{_BREAKS}0-9]*[0-9]){{3}}[^{_BREAKS}]*"
"""Three digits at least."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+"
"""RFC 5321's dot-string and domain. SES sends to ASCII alone (API Reference, Destination)."""
SHORT_ENOUGH = r"[^@]{1,64}@.*"
"""An address of which the part before the @ is no longer than RFC 5321, 4.5.3.1.1, allows. The
document has it in the format `email`."""

LOGIN = r'[!"$-.0-~]+'
"""ASCII alone, without # and /: Cognito tells no capital from a small letter, and other letters may
be one to it where they are two to us."""

_YEAR = r"(19[7-9][0-9]|2[0-9]{3})"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
_HOUR, _MINUTE = r"([01][0-9]|2[0-3])", r"[0-5][0-9]"
FIRST_YEAR, LAST_YEAR = 1970, 2999
"""The years that a date or an instant may name."""
DATE = rf"{_YEAR}-{_MONTH}-{_DAY}"
TIME_OF_DAY = rf"{_HOUR}:{_MINUTE}"
INSTANT = rf"{DATE}T{TIME_OF_DAY}:{_MINUTE}(\.[0-9]+)?(Z|[+-]{TIME_OF_DAY})"
"""RFC 3339, without leap seconds."""
WEEK = r"[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])"
SLOT_ID = rf"[0-9]{{4}}{_MONTH}{_DAY}T{_HOUR}{_MINUTE}Z"
