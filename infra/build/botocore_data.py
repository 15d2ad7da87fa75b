"""botocore's data, reduced to the AWS services that the functions call."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

SERVICES = {
    "openhour.store.connections": "dynamodb",
    "openhour.cognito": "cognito-idp",
    "openhour.schedules": "scheduler",
    "openhour.mail_queue": "sqs",
    "openhour.ses": "sesv2",
    "functions.deployment_check.deployments": "codedeploy",
    "functions.deployment_check.handler": "lambda",
    "functions.privileges.stream_handler": "sqs",
    "functions.release.overdue_monitor": "lambda",
}
"""botocore's name of the service that a module calls, by module."""
_SES = "email"
"""SES's name among the endpoints."""


def services_of(modules: set[str]) -> set[str]:
    """Return the services that any of `modules` calls."""
    return {service for module, service in SERVICES.items() if module in modules}


def reduce(installed: Path) -> None:
    """Remove uncalled services, and from the other services' data everything that no call reads."""
    for data in (installed / "botocore" / "data", installed / "boto3" / "data"):
        for directory in data.iterdir():
            if directory.is_dir() and directory.name not in SERVICES.values():
                shutil.rmtree(directory)
    data = installed / "botocore" / "data"
    _reduce_endpoints(data / "endpoints.json")
    for file in data.rglob("*.json.gz"):
        model = json.loads(gzip.decompress(file.read_bytes()))
        _write(file.with_suffix(""), _without_documentation(model))
        file.unlink()
    for examples in data.rglob("examples-1.json"):
        examples.unlink()


def _reduce_endpoints(file: Path) -> None:
    """Remove other services' endpoints: each new client parses the file, 5 % of a cold start."""
    endpoints = json.loads(file.read_text())
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {
            name: services[name] for name in (*SERVICES.values(), _SES) if name in services
        }
    _write(file, endpoints)


def _without_documentation(description: Any) -> Any:
    """Copy without documentation; a member of that name is an object, not a string."""
    if isinstance(description, list):
        return [_without_documentation(each) for each in description]
    if not isinstance(description, dict):
        return description
    return {
        name: _without_documentation(value)
        for name, value in description.items()
        if not (name == "documentation" and isinstance(value, str))
    }


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, separators=(",", ":")))
