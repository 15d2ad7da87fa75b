"""The demo's page at `/` of the local run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser

import pytest
import requests

from infra.local.demo import LOGINS, PASSWORD, seed
from infra.local.seeded_practice import SeededLogin, SeededPractice
from infra.local.server import RunningServer, running
from tests.e2e.http_client import TIMEOUT_SECONDS

TUESDAY = datetime.fromisoformat("2026-11-24T09:00:00-05:00")
MAPLE = SeededPractice(
    therapist_id="maple",
    name="Maple & <b>Street</b>",
    password="Maple-demo-1",
    logins=(SeededLogin("maple/therapist@openhour.example", "Therapist"),),
)


@pytest.fixture(scope="module")
def local() -> Iterator[RunningServer]:
    with running(now=TUESDAY, prepare=seed) as local:
        yield local


def get(local: RunningServer, path: str = "/") -> requests.Response:
    answer = requests.get(local.base_url + path, timeout=TIMEOUT_SECONDS)
    assert answer.status_code == 200
    return answer


class Elements(HTMLParser):
    """The elements of a page, each with its attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [each[attribute] or "" for _, each in self.elements if attribute in each]


def test_the_page_links_to_every_page_and_names_every_login(local: RunningServer) -> None:
    page = Elements(get(local).text)
    links = {"/book/demo", "/outbox", "/openapi.json"}
    assert links <= {each["href"] for tag, each in page.elements if tag == "a"}
    for text in (*LOGINS, PASSWORD, "America/New_York", "Tuesday, November 24, 2026"):
        assert text in page.text
    assert re.search(r"\b9:0\d\s+am\b", page.text)


def test_every_button_of_the_clock_names_an_instant_that_the_clock_tells(
    local: RunningServer,
) -> None:
    page = Elements(get(local).text)
    assert set(page.values("data-to")) <= get(local, "/local/clock").json().keys()
    assert "To Friday, November 27, 5:58\N{NO-BREAK SPACE}pm" in page.text


def test_a_practice_that_was_seeded_too_is_on_the_page(local: RunningServer) -> None:
    local.practices.append(MAPLE)
    page = Elements(get(local).text)
    local.practices.remove(MAPLE)
    assert {"/book/demo", "/book/maple"} <= set(page.values("href"))
    for text in (MAPLE.name, MAPLE.password, MAPLE.logins[0].name):
        assert text in page.text


def test_the_page_runs_nothing_but_its_own_script_and_style(local: RunningServer) -> None:
    answer = get(local)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    page = Elements(answer.text)
    assert not [tag for tag, each in page.elements if tag == "style" or "style" in each]
    for path in (*page.values("src"), "/local/demo.css"):
        assert path.startswith("/local/")
        asset = get(local, path)
        assert asset.headers["x-content-type-options"] == "nosniff"
    assert get(local, "/local/demo.js").headers["content-type"].startswith("text/javascript")
    assert get(local, "/local/demo.css").headers["content-type"].startswith("text/css")


def test_every_element_that_the_script_looks_for_is_there(local: RunningServer) -> None:
    ids = Elements(get(local).text).values("id")
    assert len(ids) == len(set(ids))
    script = get(local, "/local/demo.js").text
    assert set(re.findall(r'byId\("([a-z-]+)"\)', script)) <= set(ids)
    referred = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', get(local).text)
    assert set(referred) <= set(ids)
