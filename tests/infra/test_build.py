"""The build: imports of functions, botocore's data, the Python for bytecode, sizes."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import aws_lambda_powertools
import babel
import pytest
from babel.core import get_global
from samtranslator.yaml_helper import yaml_parse

from functions.notifications.mails import dates
from infra.build import artifact, babel_data, botocore_data, imports, runtime
from infra.build.builds import MAX_BYTES, Build

SITE_PACKAGES = Path(aws_lambda_powertools.__file__).parents[1]
FUNCTIONS = {
    name: resource
    for name, resource in yaml_parse(runtime.TEMPLATE.read_text())["Resources"].items()
    if resource["Type"] == "AWS::Serverless::Function"
}
ALL_FUNCTIONS = {"aws_lambda_powertools", "botocore", "pynamodb", "tzdata"}
HTTP_FUNCTIONS = ALL_FUNCTIONS | {"pydantic", "typing_extensions"}


@pytest.fixture(scope="module")
def imports_of():
    """A function that returns the imports of one of the template's functions."""
    handlers = {function: artifact.handler_of(function) for function in FUNCTIONS}
    handler = handlers["BookingFunction"]
    graph = imports.imports_of(handler, "aws_lambda_powertools", SITE_PACKAGES).graph
    return lambda function: imports.Imports(graph, handlers[function])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_is_built_by_the_makefile_from_the_root(function):
    assert FUNCTIONS[function]["Metadata"] == {"BuildMethod": "makefile"}
    assert "CodeUri" not in FUNCTIONS[function]["Properties"]


def test_http_functions_require_no_boto3_and_stream_functions_no_pydantic(imports_of):
    assert imports_of("BookingFunction").libraries == HTTP_FUNCTIONS
    assert imports_of("PrivilegesStreamFunction").libraries == ALL_FUNCTIONS | {"boto3"}


def test_imports_include_packages_and_their_imports(imports_of):
    reached = imports_of("BookingFunction").modules
    assert {"functions", "openhour.api", "aws_lambda_powertools.event_handler"} <= reached
    assert "aws_lambda_powertools.event_handler.openapi.params" in reached
    assert "aws_lambda_powertools.utilities.batch" not in reached


def test_imports_for_type_checking_are_excluded(imports_of):
    assert not {each for each in imports_of("PrivilegesStreamFunction").modules if "mypy" in each}


def test_only_mails_require_calendars_templates_and_languages(imports_of):
    graph = imports_of("BookingFunction").graph
    writing = imports.Imports(graph, "functions.notifications.mails.writing")
    assert {"babel", "jinja2", "tzdata"} == writing.libraries - {"typing_extensions"}
    mails = imports.Imports(graph, "functions.notifications.mails.composing")
    assert {"babel", "icalendar", "jinja2", "tzdata"} == mails.libraries - {"typing_extensions"}
    for function in ("BookingFunction", "PracticeStreamFunction", "WebFunction"):
        assert not {"babel", "icalendar", "jinja2"} & imports_of(function).libraries


def test_data_files_lie_beside_their_modules(imports_of):
    graph = imports_of("BookingFunction").graph
    mails = imports.Imports(graph, "functions.notifications.mails.composing")
    files = {str(path) for _, path in artifact._own_files(mails)}
    folder = "functions/notifications/mails"
    assert {f"{folder}/templates/mail.html.jinja", f"{folder}/blocks.py"} <= files


def test_the_locales_of_mails_are_kept_with_those_from_which_they_inherit():
    parents = get_global("parent_exceptions")
    for locale in babel_data.LOCALES - {"root"}:
        parent = parents.get(locale) or locale.rpartition("_")[0] or "root"
        assert parent in babel_data.LOCALES
    used = {name for names in dates._LOCALES.values() for name in names.values()}
    assert used <= babel_data.LOCALES


def test_babels_reduced_data_writes_every_date_and_zone_as_before(tmp_path):
    installed = Path(babel.__file__).parent
    shutil.copytree(installed, tmp_path / "babel", ignore=shutil.ignore_patterns("__pycache__"))
    sizes = [sum(file.stat().st_size for file in tmp_path.rglob("*.dat"))]
    babel_data.reduce(tmp_path)
    sizes.append(sum(file.stat().st_size for file in tmp_path.rglob("*.dat")))
    assert sizes[1] < sizes[0] / 10
    before, after = (_dates_by(path) for path in (installed.parent, tmp_path))
    assert before == after
    assert "Central European" in after


def _dates_by(libraries: Path) -> str:
    """Write the dates of a year, and every zone's name, with Babel from a directory."""
    code = """
import sys
sys.path.insert(0, sys.argv[1])
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones
from functions.notifications.mails.dates import Dates
from openhour.rules.zones import is_zone
now = datetime(2026, 12, 1, tzinfo=UTC)
for language in ("en", "es"):
    for zone in sorted(filter(is_zone, available_timezones())):
        dates = Dates(language, ZoneInfo(zone))
        print(zone, dates.zone_name(now))
        for month in range(1, 13):
            day = date(2026, month, month)
            print(dates.write_date_with_year(day), dates.short_weekday(day), dates.short_month(day))
"""
    command = [sys.executable, "-c", code, str(libraries)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_build_knows_every_aws_service_that_a_module_calls():
    clients = {
        ".".join(source.relative_to(root).with_suffix("").parts): service
        for name, root in imports.SOURCES.items()
        for source in (root / name).rglob("*.py")
        for service in re.findall(r"\.client\(\s*\"([\w-]+)\"", source.read_text())
    }
    assert clients | {"openhour.store.connections": "dynamodb"} == botocore_data.SERVICES


def test_botocores_data_is_reduced_to_what_calls_read(tmp_path):
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

    botocore_data.reduce(tmp_path)

    remaining = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    described = "botocore/data/dynamodb/2012-08-10/service-2.json"
    assert remaining == {"botocore/data/endpoints.json", described}
    assert json.loads((tmp_path / described).read_text()) == {
        "shapes": {"Table": {"members": {"documentation": {"shape": "S"}}}}
    }
    assert json.loads((data / "endpoints.json").read_text()) == {
        "partitions": [{"partition": "aws", "services": {"dynamodb": {}}}]
    }


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Add a Python to an otherwise empty PATH or pyenv."""
    monkeypatch.delenv(runtime.PYTHON, raising=False)
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
    python = machine("bin", f"echo {runtime.version()}")
    machine(f"pyenv/versions/{runtime.version()}.1/bin", f"echo {runtime.version()}")
    assert runtime.find() == python


def test_the_newest_pyenv_version_is_used_if_the_one_on_the_path_does_not_run(machine):
    machine("bin", "exit 127")
    version = runtime.version()
    in_pyenv = [machine(f"pyenv/versions/{version}.{n}/bin", f"echo {version}") for n in (9, 10)]
    assert runtime.find() == in_pyenv[-1]


def test_a_python_of_another_version_is_rejected(machine):
    machine("bin", "echo 3.9")
    assert runtime.find() is None
    assert runtime.version() in runtime.missing()


def test_an_environment_variable_overrides_the_python(machine, monkeypatch):
    machine("bin", f"echo {runtime.version()}")
    monkeypatch.setenv(runtime.PYTHON, "/opt/python")
    assert runtime.find() == "/opt/python"
    monkeypatch.setenv(runtime.PYTHON, "")
    assert runtime.find() is None


def test_an_artifact_that_is_too_large_is_reported(tmp_path, capsys):
    for function, size in (("Small", 10), ("Large", MAX_BYTES + 1)):
        (tmp_path / function).mkdir()
        (tmp_path / function / "noise").write_bytes(os.urandom(size))
    build = Build(directory=tmp_path, architecture="arm64", python=None)
    assert build.report() == ["Large"]
    assert re.search(r"Small +0\.00 MB +0\.00 MB +1\n", capsys.readouterr().out)
