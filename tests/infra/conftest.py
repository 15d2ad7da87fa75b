"""The template, and an AWS in this process with its tables and user pool."""

import pytest

from infra.local import template
from infra.local.cloud import standing
from openhour import clock


@pytest.fixture(scope="session")
def translated():
    return template.load()


@pytest.fixture(scope="session")
def with_front_door():
    """The template with a domain, and a firewall before it."""
    return template.load(
        DomainName="booking.practice.example",
        CertificateArn="arn:aws:acm:us-east-1:123456789012:certificate/1",
        WebAclArn="arn:aws:wafv2:us-east-1:123456789012:global/webacl/openhour/1",
    )


@pytest.fixture(scope="module")
def cloud(translated):
    with standing(translated) as cloud:
        yield cloud


@pytest.fixture(autouse=True)
def _real_time():
    yield
    clock.reset()
