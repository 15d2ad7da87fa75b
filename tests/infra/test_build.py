"""The build: what a function's imports lead to, what is left of botocore, which Python compiles."""

from __future__ import annotations

import gzip
import json
import os
import re
import stat
from pathlib import Path

import aws_lambda_powertools
import pytest
from samtranslator.yaml_helper import yaml_parse

from infra.build import artefact, imports, runtime, services
from infra.build.builds import MOST_BYTES, Build

SITE_PACKAGES = Path(aws_lambda_powertools.__file__).parents[1]
FUNCTIONS = {
    name: resource
    for name, resource in yaml_parse(runtime.TEMPLATE.read_text())["Resources"].items()
    if resource["Type"] == "AWS::Serverless::Function"
}
EVERYWHERE = {"aws_lambda_powertools", "botocore", "pynamodb", "tzdata"}
API = EVERYWHERE | {"pydantic", "typing_extensions"}


def imports_of(function):
    handler = artefact.handler_of(function)
    return imports.imports_of(handler, "aws_lambda_powertools", SITE_PACKAGES)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_is_built_by_the_makefile_from_the_root(function):
    assert FUNCTIONS[function]["Metadata"] == {"BuildMethod": "makefile"}
    assert "CodeUri" not in FUNCTIONS[function]["Properties"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_reaches_its_own_folder_and_no_other_function(function):
    folder = artefact.handler_of(function).split(".")[1]
    reached = {
        module.split(".")[1] for module in imports_of(function).own if "functions." in module
    }
    assert reached == {folder}


def test_a_handler_needs_no_boto3_and_a_follower_no_pydantic():
    assert imports_of("BookingFunction").libraries == API
    assert imports_of("PrivilegesFollower").libraries == EVERYWHERE | {"boto3"}


def test_what_is_imported_runs_its_packages_and_what_those_import():
    reached = imports_of("BookingFunction").reached
    assert {"functions", "openhour.api", "aws_lambda_powertools.event_handler"} <= reached
    assert "aws_lambda_powertools.event_handler.openapi.params" in reached
    assert "aws_lambda_powertools.utilities.batch" not in reached


def test_a_module_that_only_a_type_checker_imports_is_not_reached():
    assert not {each for each in imports_of("PrivilegesFollower").reached if "mypy" in each}


def test_every_client_of_aws_that_a_module_makes_is_known_to_the_build():
    made = {
        ".".join(source.relative_to(root).with_suffix("").parts): service
        for name, root in imports.SOURCES.items()
        for source in (root / name).rglob("*.py")
        for service in re.findall(r"\.client\(\s*\"([\w-]+)\"", source.read_text())
    }
    assert made | {"openhour.store.connections": "dynamodb"} == services.CALLS


def test_of_botocores_data_is_left_what_calls_read(tmp_path):
    model = {
        "documentation": "What DynamoDB is.",
        "shapes": {"Table": {"members": {"documentation": {"shape": "S", "documentation": "x"}}}},
    }
    endpoints = {"partitions": [{"partition": "aws", "services": {"dynamodb": {}, "s3": {}}}]}
    data = tmp_path / "botocore" / "data"
    for service in ("dynamodb", "s3"):
        version = data / service / "2012-08-10"
        version.mkdir(parents=True)
        (version / "service-2.json.gz").write_bytes(gzip.compress(json.dumps(model).encode()))
        (version / "examples-1.json").write_text("{}")
    (data / "endpoints.json").write_text(json.dumps(endpoints))
    (tmp_path / "boto3" / "data" / "s3").mkdir(parents=True)

    services.cut_down(tmp_path)

    left = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    described = "botocore/data/dynamodb/2012-08-10/service-2.json"
    assert left == {"botocore/data/endpoints.json", described}
    assert json.loads((tmp_path / described).read_text()) == {
        "shapes": {"Table": {"members": {"documentation": {"shape": "S"}}}}
    }
    assert json.loads((data / "endpoints.json").read_text()) == {
        "partitions": [{"partition": "aws", "services": {"dynamodb": {}}}]
    }


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing but what a test puts on its PATH or among pyenv's Pythons."""
    monkeypatch.delenv(runtime.CHOSEN, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))

    def put(place, script):
        program = tmp_path / place / f"python{runtime.version()}"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return str(program)

    return put


def test_the_runtimes_python_is_found_on_the_path(machine):
    found = machine("bin", f"echo {runtime.version()}")
    machine(f"pyenv/versions/{runtime.version()}.1/bin", f"echo {runtime.version()}")
    assert runtime.find() == found


def test_the_newest_of_pyenvs_is_taken_where_the_one_on_the_path_does_not_run(machine):
    machine("bin", "exit 127")
    version = runtime.version()
    of_pyenv = [machine(f"pyenv/versions/{version}.{n}/bin", f"echo {version}") for n in (9, 10)]
    assert runtime.find() == of_pyenv[-1]


def test_another_version_under_the_same_name_is_not_taken(machine):
    machine("bin", "echo 3.9")
    assert runtime.find() is None
    assert runtime.version() in runtime.missing()


def test_the_environment_may_name_a_python_or_none(machine, monkeypatch):
    machine("bin", f"echo {runtime.version()}")
    monkeypatch.setenv(runtime.CHOSEN, "/opt/python")
    assert runtime.find() == "/opt/python"
    monkeypatch.setenv(runtime.CHOSEN, "")
    assert runtime.find() is None


def test_an_artefact_that_is_too_large_is_told(tmp_path, capsys):
    for function, size in (("Small", 10), ("Large", MOST_BYTES + 1)):
        (tmp_path / function).mkdir()
        (tmp_path / function / "noise").write_bytes(os.urandom(size))
    build = Build(place=tmp_path, architecture="arm64", python=None)
    assert build.tell() == ["Large"]
    assert re.search(r"Small +0\.00 MB +0\.00 MB +1\n", capsys.readouterr().out)
