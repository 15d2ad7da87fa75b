"""Where an artefact looks for AWS when nobody points it elsewhere: what botocore knows of endpoints
and of certificates must have come with it."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from tests.artefacts.emulator import PYTHON, Artefact

CALL = {
    "dynamodb": "list_tables()",
    "cognito-idp": "list_user_pools(MaxResults=1)",
    "lambda": "list_functions()",
    "scheduler": "list_schedules()",
}
"""A call of each service."""
_HELLO = b"\x16"
"""The first byte of a client that begins TLS; it has read the certificates by then."""


class Proxy:
    """Takes what is meant for the outside, notes where it should have gone, and hangs up."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.greeted: set[str] = set()
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
                    self._note(caller)

    def _note(self, caller: socket.socket) -> None:
        with suppress(OSError):
            host = caller.recv(4096).split()[1].decode().removesuffix(":443")
            self.asked.add(host)
            caller.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            if caller.recv(1) == _HELLO:
                self.greeted.add(host)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with closing(Proxy()) as proxy:
        yield proxy


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-1"])
def test_it_finds_each_service_in_its_region_and_greets_it_over_tls(
    artefact: Artefact, region: str, proxy: Proxy
) -> None:
    data = artefact.directory / "botocore" / "data"
    held = {each.name for each in data.iterdir() if each.is_dir()}
    for service in held:
        call(service, artefact, region, proxy)
    assert proxy.asked == {f"{service}.{region}.amazonaws.com" for service in held}
    assert proxy.greeted == proxy.asked


def call(service: str, artefact: Artefact, region: str, proxy: Proxy) -> None:
    """Call the service, with the artefact's own botocore."""
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
    subprocess.run([PYTHON, "-c", code], cwd=artefact.directory, env=environment, check=True)
