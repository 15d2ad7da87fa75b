"""Random tokens: the parts of ids that make them unique."""

from __future__ import annotations

from secrets import token_hex, token_urlsafe


def new_token(length: int = 12) -> str:
    """Return a random token of an even number of hexadecimal digits."""
    return token_hex(length // 2)


def new_secret() -> str:
    """Return 32 random bytes as text that fits into a link, of 43 characters."""
    return token_urlsafe(32)
