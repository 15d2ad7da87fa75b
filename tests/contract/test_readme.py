"""The README's commands are ones that there are, with options that they take."""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name
from samtranslator.yaml_helper import yaml_parse

from infra.local.template import TEMPLATE

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
LINES = [line.strip() for line in re.findall(r"^    (\S.*)$", README, re.MULTILINE)]
INLINE = re.findall(r"`((?:aws|make)\s[^`]+)`", README)
MODULE = ".venv/bin/python -m "
OURS = [line.removeprefix(MODULE) for line in LINES if line.startswith(MODULE)]
AWS = [" ".join(each.split()) for each in [*LINES, *INLINE] if each.startswith("aws ")]
MAKE = [each.split("#")[0] for each in [*LINES, *INLINE] if each.startswith("make ")]


@pytest.mark.parametrize("command", OURS)
def test_an_operators_command_takes_what_it_is_given(command):
    package, *arguments = shlex.split(command)
    reader = {
        "infra.operate": "infra.operate.arguments",
        "infra.recovery": "infra.recovery.command",
    }[package]
    given = importlib.import_module(reader).read_arguments(arguments)
    assert isinstance(given, argparse.Namespace)


def test_both_commands_are_told_of():
    assert {line.split()[0] for line in OURS} == {"infra.operate", "infra.recovery"}
    verbs = {line.split()[1] for line in OURS if line.startswith("infra.recovery")}
    assert verbs == {
        "audit",
        "bring-in",
        "copy",
        "follow",
        "hold",
        "let-go",
        "replay",
        "write-back",
    }


@pytest.mark.parametrize("command", AWS)
def test_a_command_of_aws_is_one_and_takes_what_it_is_given(command):
    _, service, name, *rest = shlex.split(command)
    model = botocore.session.get_session().get_service_model(service)
    (operation,) = (each for each in model.operation_names if xform_name(each, "-") == name)
    members = model.operation_model(operation).input_shape
    assert members is not None
    flags = {f"--{xform_name(member, '-')}" for member in members.members}
    assert {each for each in rest if each.startswith("--")} <= flags


@pytest.mark.parametrize("command", sorted(set(MAKE)))
def test_make_makes_what_is_asked(command):
    makefile = (ROOT / "Makefile").read_text()
    target, *variables = (part for part in shlex.split(command)[1:] if part)
    assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)
    for variable in variables:
        name = variable.partition("=")[0]
        assert re.search(rf"\$[({{]{name}[)}}]|\$\(if \$\({name}\)", makefile), variable


def test_every_parameter_is_in_the_table_with_its_default():
    parameters = yaml_parse(TEMPLATE.read_text())["Parameters"]
    rows = re.findall(r"^\| (`.+?`) \| (.+?) \|", README, re.MULTILINE)
    told = {name: default for names, default in rows for name in re.findall(r"`(\w+)`", names)}
    assert set(parameters) <= set(told)
    for name, parameter in parameters.items():
        if parameter["Type"] == "Number":
            assert told[name] == str(parameter["Default"]), name
        if parameter.get("Default") == "":
            assert told[name] == "none", name
