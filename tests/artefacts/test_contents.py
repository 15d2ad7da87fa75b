"""What is in an artefact, and what isn't."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from infra.build import artefact as recipe
from infra.build.builds import HERE, MOST_BYTES, OUT, measure, processor
from infra.build.libraries import ROOT
from tests.artefacts.emulator import PYTHON, Artefact

EVERYWHERE = {
    "aws_lambda_powertools", "botocore", "dateutil", "functions", "jmespath", "openhour",
    "pynamodb", "six.pyc", "typing_extensions.pyc", "tzdata", "urllib3",
}  # fmt: skip
CHECKS_REQUESTS = {"annotated_types", "pydantic", "pydantic_core", "typing_inspection"}
CALLS_BY_BOTO3 = {"boto3", "s3transfer"}
BY_BOTO3 = {
    "PracticeFollower": ["dynamodb", "scheduler"],
    "PrivilegesFollower": ["cognito-idp", "dynamodb"],
    "ReleaseWatch": ["dynamodb", "lambda", "scheduler"],
}
"""The services of the functions that call others than DynamoDB. Their events need no checks."""


def test_nothing_is_shipped_but_what_the_function_imports(artefact: Artefact) -> None:
    held = {each.name for each in artefact.directory.iterdir()}
    also = CALLS_BY_BOTO3 if artefact.function in BY_BOTO3 else CHECKS_REQUESTS
    assert held == EVERYWHERE | also


def test_of_the_functions_it_holds_its_own_alone(artefact: Artefact) -> None:
    held = {each.name for each in (artefact.directory / "functions").iterdir()}
    assert held == {"__init__.pyc", artefact.handler.split(".")[1]}


def test_of_botocore_it_holds_the_services_that_it_calls(artefact: Artefact) -> None:
    data = artefact.directory / "botocore" / "data"
    held = sorted(each.name for each in data.iterdir() if each.is_dir())
    assert held == BY_BOTO3.get(artefact.function, ["dynamodb"])


def test_bytecode_is_the_runtimes_own_and_never_looks_at_sources(artefact: Artefact) -> None:
    show = "import importlib.util; print(importlib.util.MAGIC_NUMBER.hex())"
    magic = subprocess.run([PYTHON, "-c", show], capture_output=True, text=True, check=True).stdout
    hashed_unchecked = (1).to_bytes(4, "little")
    heads = {file.read_bytes()[:8] for file in artefact.directory.rglob("*.pyc")}
    assert heads == {bytes.fromhex(magic) + hashed_unchecked}
    assert not list(artefact.directory.rglob("*.py"))
    assert not list(artefact.directory.rglob("__pycache__"))


def test_it_is_small(artefact: Artefact) -> None:
    assert measure(artefact.directory).zipped <= MOST_BYTES


def test_it_runs_beside_nothing_but_lambdas_own_client() -> None:
    places = [str(each) for each in PYTHON.parents[1].glob("lib/python*/site-packages")]
    installed = {each.name for each in importlib.metadata.distributions(path=places)}
    assert installed == {"awslambdaric", "pip", "simplejson", "snapshot-restore-py"}


def test_built_again_from_nothing_it_is_the_same_to_the_byte(tmp_path: Path) -> None:
    shutil.move(OUT / "libraries", tmp_path / "libraries")
    command = ["make", "build-BookingFunction", f"ARTIFACTS_DIR={tmp_path / 'again'}"]
    for_here = {**os.environ, recipe.ARCHITECTURE: processor()}
    subprocess.run(command, cwd=ROOT, env=for_here, check=True, capture_output=True)
    assert files_in(tmp_path / "again") == files_in(HERE / "BookingFunction")


def files_in(directory: Path) -> dict[str, str]:
    """The digest of every file, by its place."""
    return {
        str(file.relative_to(directory)): sha256(file.read_bytes()).hexdigest()
        for file in directory.rglob("*")
        if file.is_file()
    }
