"""The headers with which browsers protect the pages."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
}


def content_security_policy(cognito_url: str, *, embedded_by: Sequence[str] = ()) -> str:
    """Return the policy of a page.

    It may be embedded by the origins in `embedded_by`, and by its own origin if there are any.
    """
    sign_in = urlsplit(cognito_url)
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": f"'self' {sign_in.scheme}://{sign_in.netloc}",
        "base-uri": "'none'",
        "form-action": "'self'",
        "require-trusted-types-for": "'script'",
        # The only policy: templates of the pages' own, made by Lit.
        "trusted-types": "lit-html",
        "frame-ancestors": " ".join(embedded_by) or "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
