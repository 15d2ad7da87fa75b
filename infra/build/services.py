"""botocore's data, cut down to the AWS services that are called: it describes all of them."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

CALLS = {
    "openhour.store.connections": "dynamodb",
    "openhour.cognito": "cognito-idp",
    "openhour.schedules": "scheduler",
    "functions.release.watch": "lambda",
}
"""The service that a module calls, by botocore's name for it."""


def called_from(modules: set[str]) -> set[str]:
    """The services that any of `modules` calls."""
    return {service for module, service in CALLS.items() if module in modules}


def cut_down(installed: Path) -> None:
    """Leave of every service's description only what a call reads, and nothing of the services
    that nobody calls."""
    for data in (installed / "botocore" / "data", installed / "boto3" / "data"):
        for directory in data.iterdir():
            if directory.is_dir() and directory.name not in CALLS.values():
                shutil.rmtree(directory)
    data = installed / "botocore" / "data"
    _cut_endpoints(data / "endpoints.json")
    for zipped in data.rglob("*.json.gz"):
        description = json.loads(gzip.decompress(zipped.read_bytes()))
        _write(zipped.with_suffix(""), _undocumented(description))
        zipped.unlink()
    for examples in data.rglob("examples-1.json"):
        examples.unlink()


def _cut_endpoints(file: Path) -> None:
    """A client parses the whole of this file when it is made, a twentieth of a cold start."""
    endpoints = json.loads(file.read_text())
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {
            name: services[name] for name in CALLS.values() if name in services
        }
    _write(file, endpoints)


def _undocumented(description: Any) -> Any:
    """Without documentation. A member may have that name too, but is more than a text."""
    if isinstance(description, list):
        return [_undocumented(each) for each in description]
    if not isinstance(description, dict):
        return description
    return {
        name: _undocumented(value)
        for name, value in description.items()
        if not (name == "documentation" and isinstance(value, str))
    }


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, separators=(",", ":")))
