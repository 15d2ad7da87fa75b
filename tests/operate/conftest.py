"""An AWS with nothing in it, and an operator. It is Monday 23 November 2026, nine in the morning in
New York."""

from __future__ import annotations

import pytest

from tests.functions.records import a_cloud, nothing_in_it
from tests.operate.desk import following
from tests.operate.practice import keep, settle_in


@pytest.fixture(scope="package")
def cloud():
    with a_cloud():
        yield


@pytest.fixture(autouse=True)
def outbox(cloud):
    """What Cognito mails."""
    with nothing_in_it() as outbox:
        yield outbox


@pytest.fixture
def follow():
    """Let logins and schedules follow everything that was written since the last time."""
    return following()


@pytest.fixture(scope="package")
def settled(cloud):
    """What puts two practices back as they were, of which one's id begins with the other's."""
    with nothing_in_it():
        follow = following()
        for therapist_id in ("t1", "t10"):
            settle_in(therapist_id)
        follow()
        return keep()


@pytest.fixture
def two_practices(outbox, settled):
    settled()
