"""The page at `/` of the local run: the demo's links and logins, and the practice's clock."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template

from werkzeug import Response

from infra.local.clock_routes import clock_routes
from infra.local.clock_view import ClockView, view_clock
from infra.local.events import Request
from infra.local.gateway import Gateway, Page
from infra.local.practice_clock import PracticeClock
from infra.local.seeded_practice import SeededPractice
from openhour import clock

_FOLDER = Path(__file__).parent / "pages"
_HTML = _FOLDER / "demo.html"
_ASSETS = {"demo.css": "text/css", "demo.js": "text/javascript", "icon.svg": "image/svg+xml"}
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def demo_pages(
    practice_clock: PracticeClock, gateway: Gateway, practices: Sequence[SeededPractice]
) -> dict[str, Page]:
    """Return the page, its script and style, and `/local/clock`, by method and path.

    The clock is told in the zone of the first practice. `practices` are read with each request.
    """

    def view() -> ClockView:
        return view_clock(practices[0].therapist_id if practices else None, now=clock.now())

    def page(request: Request) -> Response:
        with gateway.lock.shared():
            html = _fill(practices, view(), practice_clock, host=request.headers.get("host", ""))
        return Response(html, headers=_HEADERS, content_type="text/html; charset=utf-8")

    return {
        "GET /": page,
        **{f"GET /local/{name}": _asset(name, kind) for name, kind in _ASSETS.items()},
        **clock_routes(practice_clock, gateway, lambda: view().as_json()),
    }


def _asset(name: str, kind: str) -> Page:
    def page(_: Request) -> Response:
        return Response((_FOLDER / name).read_bytes(), headers=_HEADERS, content_type=kind)

    return page


def _fill(
    practices: Sequence[SeededPractice],
    view: ClockView,
    practice_clock: PracticeClock,
    *,
    host: str,
) -> str:
    instants = view.as_json()
    before, start = view.before_release, practice_clock.start
    hide_if = {True: "hidden", False: ""}
    values = {
        "date": f"{view.now:%A, %B} {view.now.day}, {view.now.year}",
        "hour": _hour(view.now),
        "half": _half(view.now),
        "now": instants["now"],
        "timezone": view.timezone,
        "before_release": _when(before) if before else "",
        "start": _when(start.astimezone(view.now.tzinfo)) if start else "the present",
        "origin": f"http://{host}",
        "example": instants["in_one_day"],
    }
    return Template(_HTML.read_text(encoding="utf-8")).substitute(
        {name: escape(str(value)) for name, value in values.items()},
        links="".join(map(_link, practices)),
        logins="".join(map(_logins, practices)),
        release_state=hide_if[before is None],
        rows_in_memory=hide_if[not practice_clock.can_start_over],
        rows_outside=hide_if[practice_clock.can_start_over],
    )


def _link(practice: SeededPractice) -> str:
    return (
        f'<li><a href="/book/{escape(practice.therapist_id)}">Book a session</a>'
        f" <span>For clients of {escape(practice.name)}</span></li>"
    )


def _logins(practice: SeededPractice) -> str:
    rows = "".join(
        f"<div><dt>{escape(login.owner)} <span>{escape(login.comes)}</span></dt>"
        f"<dd><code>{escape(login.name)}</code></dd></div>"
        for login in practice.logins
    )
    return (
        f'<p class="password">{escape(practice.name)}: every password is'
        f" <code>{escape(practice.password)}</code></p>"
        f'<dl class="rows">{rows}</dl>'
    )


def _when(instant: datetime) -> str:
    return f"{instant:%A, %B} {instant.day}, {_time(instant)}"


def _time(instant: datetime) -> str:
    """Return a time such as `5:58 pm`, which does not break."""
    return f"{_hour(instant)}\N{NO-BREAK SPACE}{_half(instant)}"


def _hour(instant: datetime) -> str:
    return f"{instant.hour % 12 or 12}:{instant:%M}"


def _half(instant: datetime) -> str:
    return "am" if instant.hour < 12 else "pm"
