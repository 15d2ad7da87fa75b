"""The command line: its verbs, their help, and what is wrong usage."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from infra.cli.commands import openhour

ROOT = Path(__file__).parents[2]


def verbs(group=openhour, path=()):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from verbs(command, (*path, name))
        else:
            yield (*path, name)


def invoke(*arguments):
    """Run the command; a verb that would start fails the test."""

    def fail(invocation):
        raise AssertionError(invocation)

    return CliRunner().invoke(openhour, arguments, obj=fail, catch_exceptions=False)


@pytest.mark.parametrize("verb", [(), *verbs()], ids=" ".join)
def test_every_verb_has_help_and_a_function(verb):
    done = invoke(*verb, "--help")
    assert done.exit_code == 0
    assert "--help" in done.stdout


def test_the_help_documents_exit_codes_and_completion():
    text = invoke("--help").stdout
    assert all(f"  {code:<4}" in text for code in (0, 1, 2, 75))
    assert "_OPENHOUR_COMPLETE=bash_source" in text


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [(("chek",), "check"), (("therapist", "list"), "therapists"), (("clients", "ls"), "list")],
)
def test_an_unknown_verb_suggests_the_nearest(typed, suggested):
    done = invoke(*typed)
    assert done.exit_code == 2
    assert f"Did you mean '{suggested}'?" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["therapists", "list"], id="no target"),
        pytest.param(["therapists", "list", "--local", "--stack", "openhour"], id="two targets"),
        pytest.param(["pause", "--local"], id="a stack's verb on the local run"),
        pytest.param(["fly", "--local"], id="an unknown verb"),
        pytest.param(["therapists", "add", "--local", "--email", "t@example.org"], id="no id"),
        pytest.param(["therapists", "add", "tess", "--local"], id="no address"),
    ],
)
def test_wrong_usage_runs_nothing(arguments):
    done = invoke(*arguments)
    assert done.exit_code == 2
    assert "Usage:" in done.stderr


def test_the_script_that_make_writes_runs_and_completes_anywhere(tmp_path):
    script = tmp_path / "bin" / "openhour"
    subprocess.run(["make", script], cwd=ROOT, check=True, capture_output=True)
    python = script.with_name("python")
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    asked = {
        "PATH": os.environ["PATH"],
        "_OPENHOUR_COMPLETE": "bash_complete",
        "COMP_WORDS": "openhour backups ",
        "COMP_CWORD": "2",
    }
    completed = subprocess.check_output([script], cwd=tmp_path, env=asked, text=True)
    assert completed.split() == ["plain,check", "plain,copy", "plain,import", "plain,restore"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({"AWS_REGION": "eu-west-3"}, "eu-west-3", id="AWS_REGION"),
        pytest.param({"AWS_DEFAULT_REGION": "eu-west-1"}, "eu-west-1", id="AWS_DEFAULT_REGION"),
        pytest.param(
            {"AWS_REGION": "eu-west-3", "AWS_DEFAULT_REGION": "eu-west-1"}, "eu-west-3", id="both"
        ),
        pytest.param({}, "unset", id="neither"),
    ],
)
def test_make_passes_on_the_region_under_the_name_that_sam_reads(tmp_path, given, expected):
    makefile = tmp_path / "Makefile"
    makefile.write_text("show: ; @echo $${AWS_DEFAULT_REGION-unset}\n")
    command = ["make", "--silent", "-f", "Makefile", "-f", makefile, "show"]
    environment = {"PATH": os.environ["PATH"], **given}
    shown = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)
    assert shown.strip() == expected


def test_the_console_script_is_the_module():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"openhour": "infra.cli.__main__:main"}
