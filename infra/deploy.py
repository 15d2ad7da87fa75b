"""Deploy the packages, or with `--firewall` the firewall.

`make deploy` and `make firewall` run this module. It takes what the user sets from the environment,
so that no shell evaluates it: `STACK`, `EMAIL`, and the template's parameters in `OPTIONS`, such as
`MailSenderName="Dr. Ada" AllowedOrigins=*`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import boto3
from samtranslator.yaml_helper import yaml_parse

_SAM = Path(".venv/build/bin/sam")
_TEMPLATE = Path("infra/template.yaml")
_BUILT = Path(".aws-sam/build/template.yaml")
_STACK = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,49}")
"""The names that AWS allows, but shorter, since the names of resources begin with the stack's."""


class UsageError(Exception):
    """The user has set something that can't be deployed. The message says what."""


def parameters(email: str, options: str) -> dict[str, str]:
    """Return the values of the template's parameters. Those that are not set stay as they are.

    Raises:
        UsageError: The options are not of the form `NAME=VALUE`, or the template has no such name,
            or does not allow a value.
    """
    try:
        words = shlex.split(options)
    except ValueError as error:
        raise UsageError(f"OPTIONS can't be read ({error}): {options}") from error
    names = yaml_parse(_TEMPLATE.read_text())["Parameters"]
    values = {"AlarmEmail": email} if email else {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f'OPTIONS are of the form NAME="VALUE", but {word} is not.')
        if name not in names:
            raise UsageError(f"There is no option {name}. Options: {', '.join(names)}.")
        values[name] = value
    for name, value in values.items():
        if not _is_allowed(value, names[name]):
            raise UsageError(f"{name} can't be {value!r}. {names[name]['Description']}")
    return values


def _is_allowed(value: str, declared: Mapping[str, Any]) -> bool:
    """Return whether CloudFormation would accept a parameter's value. It is asked late."""
    if declared["Type"] == "Number":
        low, high = declared.get("MinValue", 0), declared.get("MaxValue", inf)
        if not value.isdecimal() or not low <= int(value) <= high:
            return False
    if "AllowedValues" in declared:
        return value in map(str, declared["AllowedValues"])
    return re.fullmatch(declared.get("AllowedPattern", ".*"), value) is not None


def command(stack: str, *, firewall: bool) -> list[str]:
    """Return SAM's command, without parameters.

    Raises:
        UsageError: A stack can't have that name, no region is set, or nothing has been built.
    """
    if not _STACK.fullmatch(stack):
        raise UsageError(
            f"STACK is a letter and up to 49 letters, digits and hyphens, but {stack!r} is not."
        )
    if not firewall and boto3.Session().region_name is None:
        raise UsageError("No AWS region is set. Set AWS_REGION, then run the command again.")
    sam = [str(_SAM), "deploy", "--resolve-s3", "--confirm-changeset"]
    sam.append("--no-fail-on-empty-changeset")
    if firewall:
        template = ["--template-file", "infra/firewall.yaml", "--stack-name", f"{stack}-firewall"]
        return [*sam, *template, "--region", "us-east-1"]
    if not _BUILT.exists():
        raise UsageError("There is nothing to deploy: make build")
    template = ["--template-file", str(_BUILT), "--stack-name", stack]
    return [*sam, *template, "--capabilities", "CAPABILITY_IAM"]


def run(arguments: list[str], values: Mapping[str, str]) -> int:
    """Run SAM and return its exit code.

    The values are in a file, since SAM evaluates the quotes in arguments. JSON is also YAML.
    """
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    with TemporaryDirectory() as directory:
        if values:
            file = Path(directory, "parameters.yaml")
            file.write_text(json.dumps(values))
            arguments = [*arguments, "--parameter-overrides", f"file://{file}"]
        return subprocess.run(arguments, check=False, env=environment).returncode  # noqa: S603 - SAM


def main() -> int | str:
    """Deploy, and return SAM's exit code, or what is wrong with what the user has set."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument("--firewall", action="store_true", help="deploy the firewall")
    firewall = parser.parse_args().firewall
    try:
        arguments = command(os.environ.get("STACK", "openhour"), firewall=firewall)
        email, options = (os.environ.get(name, "") for name in ("EMAIL", "OPTIONS"))
        return run(arguments, {} if firewall else parameters(email, options))
    except UsageError as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main())
