"""The options of the local run, checked before anything that takes long to import is imported."""

import argparse
import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

HOST = "127.0.0.1"
YEARS = range(2000, 9000)
"""Rows expire years after the present, and Python's calendar ends in the year 9999."""
_CONNECT_SECONDS, _ANSWER_SECONDS = 0.5, 10
"""A new DynamoDB Local needs some seconds for its first answer."""
_LIST_TABLES = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "DynamoDB_20120810.ListTables",
    # DynamoDB Local requires a signature, and verifies none.
    "Authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
    " SignedHeaders=host, Signature=none",
}


class CannotStart(Exception):
    """The local run cannot start with these options. The message says why."""


def parse_options() -> argparse.Namespace:
    """Parse the command line. Wrong usage ends the process."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.local",
        description="Run Openhour on this machine, with two practices, until Ctrl-C.",
    )
    parser.add_argument("--port", type=_port, default=8000, help="port of the API (default: 8000)")
    parser.add_argument("--now", type=_instant, help="start the practice's clock at this instant")
    parser.add_argument("--endpoint", type=_endpoint, help="URL of a running DynamoDB")
    parser.add_argument(
        "--demo-alone", action="store_true", help="leave the practice `maple` out, to start sooner"
    )
    return parser.parse_args()


def check_options(options: argparse.Namespace) -> None:
    """Check that the port is free and that a DynamoDB answers at the endpoint.

    Raises:
        CannotStart: one of the two is not so.
    """
    try:
        with bound_socket(options.port):
            pass
    except OSError as error:
        text = f"Cannot listen on port {options.port}: {error.strerror}. Choose another with PORT=."
        raise CannotStart(text) from error
    if options.endpoint:
        _require_dynamodb(options.endpoint)


@contextmanager
def bound_socket(port: int) -> Iterator[socket.socket]:
    """Reserve a port, which refuses connections until it listens; `port` 0 takes a free one.

    Raises:
        OSError: The port is in use.
    """
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind((HOST, port))
        yield reserved


def _require_dynamodb(endpoint: str) -> None:
    url = urlsplit(endpoint)
    secure = url.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connect(url.hostname or "", url.port, timeout=_CONNECT_SECONDS)
    try:
        connection.connect()
        connection.sock.settimeout(_ANSWER_SECONDS)
        connection.request("POST", "/", body="{}", headers=_LIST_TABLES)
        response = connection.getresponse()
        is_dynamodb = response.status == 200 and b"TableNames" in response.read()
    except (OSError, http.client.HTTPException) as error:
        text = f"Cannot connect to DynamoDB at {endpoint}: {error}. Start it, or correct ENDPOINT=."
        raise CannotStart(text) from error
    finally:
        connection.close()
    if not is_dynamodb:
        raise CannotStart(f"What answers at {endpoint} is not DynamoDB. Correct ENDPOINT=.")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number up to 65535")
    return int(text)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is not a time such as 2026-11-27T17:58:00-05:00"
        ) from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"{text} has no UTC offset, as in 2026-11-27T17:58:00-05:00"
        )
    if instant.year not in YEARS:
        raise argparse.ArgumentTypeError(
            f"{text} is not between the years {YEARS[0]} and {YEARS[-1]}"
        )
    return instant


def _endpoint(text: str) -> str:
    try:
        url = urlsplit(text)
        valid = url.scheme in {"http", "https"} and url.hostname and url.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise argparse.ArgumentTypeError(f"{text} is not a URL such as http://127.0.0.1:8001")
    return text
