"""DynamoDB Local itself: who can connect to it."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def engine():
    return os.environ["AWS_ENDPOINT_URL_DYNAMODB"]


def test_only_this_machine_can_connect(engine):
    port = urlsplit(engine).port
    socket.create_connection(("127.0.0.1", port)).close()
    with pytest.raises(ConnectionRefusedError):  # a server on all interfaces has this address too
        socket.create_connection(("127.0.0.2", port))
