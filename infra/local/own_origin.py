"""Telling requests of the local run's own page from those of other sites' pages."""

from urllib.parse import urlsplit

from infra.local.events import Request

_LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}


class ForeignOrigin(Exception):
    """The request comes from a page of another site."""


def require_own_origin(request: Request) -> None:
    """Require that a request, other than GET, comes from an own page or from no page at all.

    A browser names the origin of the page. The host is checked as well: another site's name may
    lead to this machine, and its pages then have the origin that they send to.

    Raises:
        ForeignOrigin: It comes from another page.
    """
    host = request.headers.get("host", "")
    origin = request.headers.get("origin", f"http://{host}")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if not _is_loopback(host) or origin != f"http://{host}" or site != "same-origin":
        raise ForeignOrigin


def _is_loopback(host: str) -> bool:
    try:
        return urlsplit(f"http://{host}").hostname in _LOOPBACK_NAMES
    except ValueError:
        return False
