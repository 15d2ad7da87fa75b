"""The headers with which browsers protect the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
}


def content_security_policy(
    cognito_url: str, *, embedded_by: Sequence[str] = (), embeds: str = "'none'"
) -> str:
    """Return the policy of a page.

    It may be embedded by the origins in `embedded_by`, and itself embed what `embeds` names.
    """
    sign_in = urlsplit(cognito_url)
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": f"'self' {sign_in.scheme}://{sign_in.netloc}",
        "frame-src": embeds,
        "base-uri": "'none'",
        "form-action": "'self'",
        "require-trusted-types-for": "'script'",
        # The only policy: templates of the pages' own, made by Lit.
        "trusted-types": "lit-html",
        "frame-ancestors": " ".join(embedded_by) or "'none'",
    }
    return _written(directives)


def policy_of_mails() -> str:
    """Return the policy of the page in which the console shows a mail.

    A mail's styles stand within it, which no other page allows. It runs no script whatsoever, loads
    nothing, and opens nothing.
    """
    return _written(
        {
            "default-src": "'none'",
            "style-src": "'unsafe-inline'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'self'",
            "sandbox": "allow-same-origin",
        }
    )


def _written(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
