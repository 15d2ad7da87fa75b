"""The translated template, and AWS in this process with its tables and user pool."""

import boto3
import pytest
from samtranslator.yaml_helper import yaml_parse

from infra.local import template
from infra.local.aws import local_aws
from infra.translation import DOMAIN, FIREWALL
from openhour import clock


@pytest.fixture(scope="session")
def translated():
    return template.load()


@pytest.fixture(scope="session")
def parameters():
    """The template's parameters as written."""
    return yaml_parse(template.TEMPLATE.read_text())["Parameters"]


@pytest.fixture(scope="session")
def with_distribution():
    """The template with a domain, a distribution and a firewall."""
    return template.load(**DOMAIN, **FIREWALL)


@pytest.fixture(scope="module")
def aws(translated):
    with local_aws(translated) as aws:
        yield aws


@pytest.fixture
def dynamodb(aws):
    return boto3.client("dynamodb")


@pytest.fixture(autouse=True)
def _real_time():
    yield
    clock.reset()
