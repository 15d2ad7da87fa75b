"""The trigger of the clients' user pool: it records a first sign-in, and never prevents one."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from functions.sign_ins import handler
from infra.local import template
from infra.local.functions import Function
from infra.local.permissions import Permissions
from openhour.store.models import ClientRow
from tests.dynamodb_backends import rows
from tests.store.transport import intercepted, unreachable
from tests.unit.builders import NOW

NAME = "SignInsFunction"


@pytest.fixture
def sign_in(practice):
    """Report a sign-in to the function, which has the permissions of its role."""
    loaded = template.load()
    function = Function(NAME, loaded.handlers()[NAME], Permissions(loaded, NAME))

    def report(**attributes):
        own = {"custom:therapist_id": "t1", "custom:client_id": "annt1", **attributes}
        event = {
            "triggerSource": "PostAuthentication_Authentication",
            "userName": "t1/ann@example.org",
            "request": {"userAttributes": own, "newDeviceUsed": False},
            "response": {},
        }
        assert function.invoke(event) == event
        return event

    return report


def test_the_first_one_is_recorded_once(sign_in, therapist, later):
    before = ClientRow.get("t1", "annt1").revision
    sign_in()
    later(days=1)
    sign_in()
    row = ClientRow.get("t1", "annt1")
    assert NOW <= row.signed_in_at < NOW + timedelta(hours=1)
    assert row.revision == before + 1
    assert therapist("GET /practice/clients/annt1").body["login"] == "active"


@pytest.mark.parametrize(
    "attributes",
    [
        {"custom:client_id": "nobody"},
        {"custom:client_id": "annt2"},
        {"custom:therapist_id": "t9"},
        {"custom:client_id": "#login#t1/ann@example.org"},
        {"custom:client_id": ""},
        {"custom:therapist_id": None},
    ],
    ids=str,
)
def test_of_a_client_who_is_not_there_nothing_is_written(sign_in, unchanged, attributes):
    with unchanged():
        sign_in(**attributes)


def test_an_error_prevents_no_sign_in_and_names_nobody(sign_in, written):
    before = rows()
    with intercepted() as transport:
        transport.fail(unreachable, lambda _: True)
        sign_in()
    assert rows() == before
    logged = written()
    assert "a first sign-in was not recorded" in logged
    assert "ann@example.org" not in logged


def test_a_slow_database_prevents_no_sign_in(sign_in, monkeypatch):
    monkeypatch.setattr(handler, "_SECONDS", 0.05)
    monkeypatch.setattr(handler, "_record", lambda _: time.sleep(0.5))
    began = time.monotonic()
    sign_in()
    assert time.monotonic() - began < 0.4


@pytest.mark.usefixtures("practice")
def test_an_event_of_another_form_prevents_no_sign_in():
    loaded = template.load()
    function = Function(NAME, loaded.handlers()[NAME])
    events: tuple[dict[str, Any], ...] = (
        {},
        {"request": None},
        {"request": {"userAttributes": []}},
    )
    for event in events:
        assert function.invoke(event) == event
