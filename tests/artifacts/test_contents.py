"""The contents of an artifact."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from infra.build import artifact as recipe
from infra.build.builds import HOST, MAX_BYTES, OUT, host_architecture, measure
from infra.build.libraries import ROOT
from tests.artifacts.emulator import PYTHON, Artifact

ALL_FUNCTIONS = {
    "aws_lambda_powertools", "botocore", "dateutil", "functions", "jmespath", "openhour",
    "pynamodb", "six.pyc", "typing_extensions.pyc", "tzdata", "urllib3",
}  # fmt: skip
HOOK = ALL_FUNCTIONS - {"pynamodb"}
"""What CodeDeploy's hook contains, which reads no table."""
TABLES_ALONE = {"SignInsFunction", "PasswordMailsFunction", "MailEventsFunction"}
"""They serve no HTTP, and call DynamoDB alone."""
HTTP_FUNCTIONS = {"annotated_types", "pydantic", "pydantic_core", "typing_inspection"}
BOTO3_FUNCTIONS = {"boto3", "s3transfer"}
MAIL_LIBRARIES = {"babel", "icalendar", "jinja2", "markupsafe"}
"""What writes mails and calendar entries."""
WRITERS = {
    "MailerFunction": MAIL_LIBRARIES,
    "MailPreviewsFunction": MAIL_LIBRARIES - {"icalendar"},
    "PasswordMailsFunction": MAIL_LIBRARIES - {"icalendar"},
}
BOTO3_SERVICES = {
    "DeploymentCheckFunction": ["codedeploy", "lambda"],
    "MailerFunction": ["dynamodb", "sesv2", "sqs"],
    "NotificationsStreamFunction": ["dynamodb", "sqs"],
    "PracticeStreamFunction": ["dynamodb", "scheduler", "sqs"],
    "PrivilegesStreamFunction": ["cognito-idp", "dynamodb", "sqs"],
    "ReleaseMonitor": ["dynamodb", "lambda", "scheduler"],
    "SweepFunction": ["dynamodb", "sqs"],
}
"""The services of the functions that use boto3. They validate no requests."""


def test_an_artifact_contains_only_what_the_function_imports(artifact: Artifact) -> None:
    contained = {each.name for each in artifact.directory.iterdir()}
    others = BOTO3_FUNCTIONS if artifact.function in BOTO3_SERVICES else HTTP_FUNCTIONS
    every = HOOK if artifact.function == "DeploymentCheckFunction" else ALL_FUNCTIONS
    every = every | WRITERS.get(artifact.function, set())
    assert contained == (every if artifact.function in TABLES_ALONE else every | others)


def test_an_artifact_contains_no_other_function(artifact: Artifact) -> None:
    contained = {each.name for each in (artifact.directory / "functions").iterdir()}
    assert contained == {"__init__.pyc", artifact.handler.split(".")[1]}


def test_the_pages_are_shipped_as_built_and_nothing_else_of_them(artifact: Artifact) -> None:
    folder = artifact.directory / "functions" / artifact.handler.split(".")[1]
    others = {each for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc"}
    if artifact.function != "WebFunction":
        assert {each.parent.name for each in others} <= {"templates"}
        return
    manifest = json.loads((folder / "built" / "manifest.json").read_text())
    forms = [("", *(f".{each}" for each in entry["encodings"])) for entry in manifest.values()]
    listed = {
        folder / "built" / f"{entry['file']}{form}"
        for entry, each in zip(manifest.values(), forms, strict=True)
        for form in each
    }
    assert others == {*listed, folder / "built" / "manifest.json"}


def test_an_artifact_contains_only_the_called_services_of_botocore(artifact: Artifact) -> None:
    data = artifact.directory / "botocore" / "data"
    contained = sorted(each.name for each in data.iterdir() if each.is_dir())
    assert contained == BOTO3_SERVICES.get(artifact.function, ["dynamodb"])


def test_bytecode_has_the_runtimes_version_and_ignores_sources(artifact: Artifact) -> None:
    show = "import importlib.util; print(importlib.util.MAGIC_NUMBER.hex())"
    magic = subprocess.run([PYTHON, "-c", show], capture_output=True, text=True, check=True).stdout
    hashed_unchecked = (1).to_bytes(4, "little")
    heads = {file.read_bytes()[:8] for file in artifact.directory.rglob("*.pyc")}
    assert heads == {bytes.fromhex(magic) + hashed_unchecked}
    assert not list(artifact.directory.rglob("*.py"))
    assert not list(artifact.directory.rglob("__pycache__"))


def test_an_artifact_is_within_the_size_limit(artifact: Artifact) -> None:
    assert measure(artifact.directory).zipped <= MAX_BYTES


def test_the_emulator_has_no_other_libraries() -> None:
    places = [str(each) for each in PYTHON.parents[1].glob("lib/python*/site-packages")]
    installed = {each.name for each in importlib.metadata.distributions(path=places)}
    assert installed == {"awslambdaric", "pip", "simplejson", "snapshot-restore-py"}


def test_builds_are_reproducible(tmp_path: Path) -> None:
    shutil.move(OUT / "libraries", tmp_path / "libraries")
    command = ["make", "build-BookingFunction", f"ARTIFACTS_DIR={tmp_path / 'rebuilt'}"]
    environment = {**os.environ, recipe.ARCHITECTURE: host_architecture()}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert files_in(tmp_path / "rebuilt") == files_in(HOST / "BookingFunction")


def files_in(directory: Path) -> dict[str, str]:
    return {
        str(file.relative_to(directory)): sha256(file.read_bytes()).hexdigest()
        for file in directory.rglob("*")
        if file.is_file()
    }
