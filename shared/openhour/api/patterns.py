"""Patterns: regular expressions for the texts of requests, also shown in the OpenAPI document."""

from __future__ import annotations

_CONTROL_CODES = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029"
"""Control characters and line separators, except the line feed."""
_INVISIBLE = (
    r"\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800"
    r"\u3164\ufeff\uffa0\ufff9-\ufffb"
)
"""Characters that can't be seen, and those that turn the direction of text around."""
JOINERS = "\u200c\u200d"
"""Not among them, since Persian names and emoji are written with them."""
_CONTROLS = rf"{_CONTROL_CODES}{_INVISIBLE}"
_BREAKS = rf"\n{_CONTROLS}"
LINES = rf"[^{_CONTROLS}]*[^{_CONTROLS}\s][^{_CONTROLS}]*"
"""Visible text on one or several lines."""
LINE = rf"[^{_BREAKS}]*[^{_BREAKS}\s][^{_BREAKS}]*"
"""Visible text on one line."""
NAMED = r"[^\W_]"
"""A letter or a digit, of any script."""

PHONE = rf"([^{_BREAKS}0-9]*[0-9]){{3}}[^{_BREAKS}]*"
"""At least three digits."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+"
"""RFC 5321's dot-string and domain. SES sends to ASCII addresses only (API Reference,
Destination)."""
SHORT_ENOUGH = r"[^@]{1,64}@.*"
"""An address whose local part is no longer than RFC 5321, 4.5.3.1.1, allows. The document states
this by the format `email`."""

WEB_ADDRESS = (
    rf"https://{_LABEL}(\.{_LABEL})+(:[0-9]{{1,5}})?([/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?"
)
"""An https address (RFC 3986) of a host with a domain, without a user's name."""

LOGIN = r'[!"$-.0-~]+'
"""ASCII without # and /. Cognito ignores case, and may treat other letters as equal that differ
here."""

SIGN_IN_NAME = rf"({ADDRESS}|{LOGIN})"
"""What a client types to sign in."""

_YEAR = r"(19[7-9][0-9]|2[0-9]{3})"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
_HOUR, _MINUTE = r"([01][0-9]|2[0-3])", r"[0-5][0-9]"
FIRST_YEAR, LAST_YEAR = 1970, 2999
"""The years that a date or an instant may name."""
DATE = rf"{_YEAR}-{_MONTH}-{_DAY}"
TIME_OF_DAY = rf"{_HOUR}:{_MINUTE}"
INSTANT = rf"{DATE}T{TIME_OF_DAY}:{_MINUTE}(\.[0-9]+)?(Z|[+-]{TIME_OF_DAY})"
"""RFC 3339, without leap seconds."""
INSTANT_OR_DATE = rf"({INSTANT}|{DATE})"
WEEK = r"[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])"
SLOT_ID = rf"[0-9]{{4}}{_MONTH}{_DAY}T{_HOUR}{_MINUTE}Z"
