"""An artifact contains botocore's data on AWS's endpoints, and certificates."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from tests.artifacts.emulator import PYTHON, Artifact

CALL = {
    "dynamodb": "list_tables()",
    "codedeploy": "list_applications()",
    "cognito-idp": "list_user_pools(MaxResults=1)",
    "lambda": "list_functions()",
    "scheduler": "list_schedules()",
    "sesv2": "get_account()",
    "sqs": "list_queues()",
}
HOSTS = {"sesv2": "email"}
"""The first part of a service's host where it is not the service's name."""
_TLS_HANDSHAKE = b"\x16"
"""The first byte of a TLS handshake, which a client starts after reading its certificates."""


class Proxy:
    """An HTTPS proxy that records the hosts of requests, and closes the connections."""

    def __init__(self) -> None:
        self.hosts: set[str] = set()
        self.tls_hosts: set[str] = set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                with self._listening.accept()[0] as caller:
                    caller.settimeout(10)
                    self._record(caller)

    def _record(self, caller: socket.socket) -> None:
        with suppress(OSError):
            host = caller.recv(4096).split()[1].decode().removesuffix(":443")
            self.hosts.add(host)
            caller.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if caller.recv(1) == _TLS_HANDSHAKE:
                self.tls_hosts.add(host)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with closing(Proxy()) as proxy:
        yield proxy


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-1"])
def test_botocore_resolves_each_services_endpoint_and_starts_tls(
    artifact: Artifact, region: str, proxy: Proxy
) -> None:
    data = artifact.directory / "botocore" / "data"
    services = {each.name for each in data.iterdir() if each.is_dir()}
    for service in services:
        call(service, artifact, region, proxy)
    assert proxy.hosts == {
        f"{HOSTS.get(service, service)}.{region}.amazonaws.com" for service in services
    }
    assert proxy.tls_hosts == proxy.hosts


def call(service: str, artifact: Artifact, region: str, proxy: Proxy) -> None:
    code = f"""
import botocore.config, botocore.exceptions, botocore.session
once = botocore.config.Config(retries={{"total_max_attempts": 1}})
client = botocore.session.get_session().create_client({service!r}, {region!r}, config=once)
try:
    client.{CALL[service]}
except botocore.exceptions.HTTPClientError:
    pass
"""
    environment = {
        "HTTPS_PROXY": proxy.address,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    subprocess.run([PYTHON, "-c", code], cwd=artifact.directory, env=environment, check=True)
