"""Random HTTP requests get documented responses and keep every invariant.

Requests come from the OpenAPI document; with FUZZ_EXAMPLES, probes of every field's bounds too.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from schemathesis.generation.meta import CoverageScenario, coverage_scenario

from infra import openapi
from infra.local import template
from tests.e2e.http_client import TIMEOUT_SECONDS
from tests.fuzz.known_ids import use_known_ids
from tests.fuzz.server import HERE, Server, rows_of
from tests.fuzz.settings import EXAMPLES, IS_EXTENSIVE, fuzz_settings

DOCUMENT = json.loads(openapi.DOCUMENT.read_text())
METHODS = {"get", "put", "post", "delete", "patch", "head"}
CAUGHT = {route.method for route in template.load().catch_all_routes()}
PAGES = r"^/($|book/|assets/|widget\.js)"
"""Files and pages, which refuse with pages: `test_requests.py` asks for them."""
UNKIND = re.compile("strike|suspend|privilege|conduct|flagged|no-show", re.IGNORECASE)
"""What a client never reads."""
HARMLESS = {"PATCH /me", "DELETE /me/regular-request"}
"""What a suspended client may still do: choose how to be told, and take a wish back."""
UNTOLD = [
    re.compile(form)
    for form in (
        # Days that their months haven't, weeks that their years haven't, the ends of time.
        r"Must be a slot id like .*",
        r"There is no such (week|date)\.",
        r"The year \d+ has no week 53\.",
        # Letters and digits of any script, and what is invisible beyond U+FFFF.
        r"Must have a letter or a digit\.",
        r"Must be one line of text, without invisible characters\.",
        # What depends on another field.
        r"Must be after the beginning\.",
        r"Must not be before the first\.",
        r"Must end within its day\.",
        r"Must end at another time than they begin\..*",
        r"\w+day [\d:]+ begins before the slot at [\d:]+ ends\.",
        r"A practice has at most 20 logins\.",
        r"An invitation needs an address\.",
        r"There is no login without an invitation\.",
        r"Give it only with `by=client`\.",
        r"There is no such weekday between the first day and the last\.",
        # What depends on what there is, or on the clock.
        r"Not a cursor: .*",
        r"No such time zone: .*",
        r"Must not exceed horizon_weeks\.",
        r"The clock change in spring skips this time\.",
        r"Clients are told to call it: .*",
        r"Clients rely on it: .*",
        r"Must be a whole minute\.",
        r"Choose a time in a published week\.",
        r"The hours have no slot on that weekday at that time\.",
        r"This time has passed\.",
        r"Must be between the booking and now\.",
        r"This session was cancelled, so it was neither kept nor missed\.",
        r"There is no late change or missed session to waive\.",
        r"A client with a login needs an address\.",
        r"A client with a repeating time is usual\. .*",
        r"Must have at most \d+ characters to be a login name\.",
    )
]
"""What is wrong with a request that is well formed: no schema can tell."""


def the_interface(*, bounds: bool = False) -> Any:
    """The document as schemathesis reads it."""
    interface = schemathesis.openapi.from_dict(DOCUMENT).exclude(path_regex=PAGES)
    interface.config.generation.update(
        no_shrink=True, with_security_parameters=False, deterministic=not IS_EXTENSIVE
    )
    interface.config.phases.update(phases=["coverage", "fuzzing"] if bounds else ["fuzzing"])
    interface.config.phases.coverage.unexpected_methods = METHODS
    checks = interface.config.checks
    # An HTTP API knows routes, not methods: one that is not declared is 404, as `ask` makes sure.
    checks.unsupported_method.enabled = False
    # Who has no token, or another's, asks in tests of their own.
    checks.ignored_auth.enabled = False
    # What is well formed may still be out of date, or make no sense: see UNTOLD.
    refused = ["401", "403", "404", "409", "412", "422"]
    checks.positive_data_acceptance.expected_statuses = ["2xx", *refused]
    checks.negative_data_rejection.expected_statuses = [*refused, "415"]
    return interface


INTERFACE = the_interface(bounds=IS_EXTENSIVE)
CALLERS = {None: "nobody", "ClientLogin": "client", "TherapistLogin": "therapist"}
"""Who may call a route, by its authorizer."""
MAY = {route.path: CALLERS[route.authorizer] for route in template.load().routes()}
"""Who may call the routes of a path."""


def routes_for(caller: str) -> Any:
    """Return the operations of the routes that a caller may call."""
    paths = "|".join(re.escape(path) for path, may in MAY.items() if may == caller)
    return the_interface().include(path_regex=f"^({paths})$")


FOR_CLIENTS, FOR_THERAPISTS = routes_for("client"), routes_for("therapist")
FEW = max(1, EXAMPLES // 3)
SESSION = requests.Session()


def ask(server: Server, who: str, case: Any) -> Any:
    """Send a request that meets what there is, and hold its answer to what is true of all."""
    use_known_ids(case, server.ids)
    assert case.meta  # looks at the case again, as it is to be sent
    before = server.rows()
    token = server.callers[who].token
    headers = {"authorization": f"Bearer {token}"} if token else {}
    answer = case.call(
        base_url=server.local.base_url, headers=headers, session=SESSION, timeout=TIMEOUT_SECONDS
    )
    reads = case.method == "GET" or (case.query or {}).get("preview") in (True, "true")
    if reads or answer.status_code >= 400:
        assert server.rows() == before
    if coverage_scenario(case) is CoverageScenario.UNSPECIFIED_HTTP_METHOD:
        assert answer.status_code == 404
        if case.method in CAUGHT:
            assert answer.json()["type"] == "/problems/not-found"
        else:
            assert case.method == "HEAD" or answer.json() == {"message": "Not Found"}
    else:
        case.validate_response(answer)
        hold_to_form(answer, who, case)
    return answer


def hold_to_form(answer: Any, who: str, case: Any) -> None:
    """A refusal says what and why, kindly, and is what its status says."""
    if answer.status_code < 400 or answer.status_code == 401:
        return
    body = answer.json()
    assert body["type"].startswith("/problems/")
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["detail"]
    if who_may(case) != "therapist":
        assert not UNKIND.search(body["title"] + body["detail"])
        assert "office_phone" in body or who == "nobody"
    if answer.status_code == 422 and case.meta.generation.mode.is_positive:
        said = [error["message"] for error in body["errors"]]
        assert [each for each in said if not any(form.fullmatch(each) for form in UNTOLD)] == []


def who_may(case: Any) -> str:
    """Who may ask for an operation."""
    return MAY[case.operation.path]


@pytest.fixture(scope="module")
def statuses() -> Iterator[dict[str, set[int]]]:
    """The statuses of each operation's responses; of many examples, at least one succeeds."""
    statuses: dict[str, set[int]] = defaultdict(set)
    yield statuses
    if IS_EXTENSIVE:
        assert [name for name, answered in statuses.items() if min(answered) >= 300] == []
        asked = (each for path, each in DOCUMENT["paths"].items() if not re.match(PAGES, path))
        assert len(statuses) == sum(map(len, asked))


@INTERFACE.parametrize()
@fuzz_settings()
def test_authorized_callers_get_documented_responses(
    case: Any, server: Server, statuses: dict[str, set[int]]
) -> None:
    statuses[case.operation.label].add(ask(server, who_may(case), case).status_code)


@FOR_CLIENTS.parametrize()
@fuzz_settings(FEW)
def test_client_routes_reject_other_callers(case: Any, server: Server) -> None:
    for who in ("nobody", "stranger", "therapist"):
        assert ask(server, who, case).status_code == 401


@FOR_THERAPISTS.parametrize()
@fuzz_settings(FEW)
def test_therapist_routes_reject_other_callers(case: Any, server: Server) -> None:
    for who in ("nobody", "stranger", "client"):
        assert ask(server, who, case).status_code == 401


@FOR_CLIENTS.parametrize()
@fuzz_settings(FEW)
def test_a_suspended_client_takes_and_gives_up_no_time(case: Any, server: Server) -> None:
    status = ask(server, "suspended client", case).status_code
    assert status >= 400 or case.method == "GET" or case.operation.label in HARMLESS


@FOR_CLIENTS.parametrize()
@fuzz_settings(FEW)
def test_a_neighbours_client_changes_nothing_here(case: Any, server: Server) -> None:
    before = rows_of(HERE, server.rows())
    ask(server, "neighbouring client", case)
    assert rows_of(HERE, server.rows()) == before


@FOR_THERAPISTS.parametrize()
@fuzz_settings(FEW)
def test_a_neighbouring_therapist_changes_nothing_here(case: Any, server: Server) -> None:
    before = rows_of(HERE, server.rows())
    ask(server, "neighbouring therapist", case)
    assert rows_of(HERE, server.rows()) == before
