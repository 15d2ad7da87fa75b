"""The commands in the READMEs exist and take the options that they are given."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name
from click.testing import CliRunner
from samtranslator.yaml_helper import yaml_parse

from infra.cli import concurrency, stack_verbs
from infra.cli.commands import openhour
from infra.cli.execution import Invocation
from infra.local.template import TEMPLATE
from infra.settings_table import settings_table

ROOT = Path(__file__).parents[2]
README = "\n".join(
    (ROOT / folder / "README.md").read_text() for folder in ("", "functions", "infra", "tests")
)
LINES = [line.strip() for line in re.findall(r"^    (\S.*)$", README, re.MULTILINE)]
INLINE = re.findall(r"`((?:aws|make)\s[^`]+)`", README)
OPENHOUR = ".venv/bin/openhour "
OURS = [line.removeprefix(OPENHOUR) for line in LINES if line.startswith(OPENHOUR)]
AWS = [" ".join(each.split()) for each in [*LINES, *INLINE] if each.startswith("aws ")]
RECOVERY = ["check_copy", "copy", "import_tables", "replay", "restore", "resync"]
MAKE = [each.split("#")[0] for each in [*LINES, *INLINE] if each.startswith("make ")]


def parse(command: str) -> Invocation:
    """Parse a command of the operator's without running it."""
    invocations: list[Invocation] = []
    done = CliRunner().invoke(openhour, shlex.split(command), obj=invocations.append)
    assert done.exit_code == 0, done.stderr
    (invocation,) = invocations
    return invocation


@pytest.mark.parametrize("command", OURS)
def test_an_operators_command_takes_its_options(command):
    parse(command)


def test_every_verb_for_recovery_is_documented():
    documented = {parse(command).function for command in OURS}
    assert documented >= {getattr(stack_verbs, name) for name in RECOVERY}
    assert documented >= {concurrency.pause, concurrency.resume}


@pytest.mark.parametrize("command", AWS)
def test_every_aws_command_exists_and_has_its_options(command):
    _, service, name, *rest = shlex.split(command)
    model = botocore.session.get_session().get_service_model(service)
    (operation,) = (each for each in model.operation_names if xform_name(each, "-") == name)
    members = model.operation_model(operation).input_shape
    assert members is not None
    flags = {f"--{xform_name(member, '-')}" for member in members.members}
    given = {each.replace("--no-", "--") for each in rest if each.startswith("--")}
    assert given <= flags


@pytest.mark.parametrize("command", sorted(set(MAKE)))
def test_every_make_command_has_its_target_and_variables(command):
    makefile = (ROOT / "Makefile").read_text()
    target, *variables = (part for part in shlex.split(command)[1:] if part)
    assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)
    for variable in variables:
        name = variable.partition("=")[0]
        assert re.search(rf"\$[({{]{name}[)}}]|foreach name,[A-Z_ ]*\b{name}\b", makefile), variable


def test_the_table_contains_every_parameter_with_its_default():
    parameters = yaml_parse(TEMPLATE.read_text())["Parameters"]
    rows = re.findall(r"^\| (`.+?`) \| (.+?) \|", README, re.MULTILINE)
    documented = {
        name: default for names, default in rows for name in re.findall(r"`(\w+)`", names)
    }
    assert set(parameters) <= set(documented)
    for name, parameter in parameters.items():
        if parameter["Type"] == "Number":
            assert documented[name] == str(parameter["Default"]), name
        if parameter.get("Default") == "":
            assert documented[name] == "none", name


def test_the_table_of_settings_is_up_to_date():
    assert settings_table() in README, "run `python -m infra.settings_table`"


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 180
