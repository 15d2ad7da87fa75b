"""`make deploy` with SAM itself: the parameters, as they arrive in CloudFormation's change set."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from infra.build.libraries import ROOT
from tests.infra.deployment import EMAIL, OPTIONS, copy_project, make, options_text

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_REGION": "us-east-1",
}
MANAGED = """<DescribeStacksResponse><DescribeStacksResult><Stacks><member>
<StackName>aws-sam-cli-managed-default</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
<CreationTime>2026-01-01T00:00:00Z</CreationTime>
<Tags><member><Key>ManagedStackSource</Key><Value>AwsSamCli</Value></member></Tags>
<Outputs><member><OutputKey>SourceBucket</OutputKey><OutputValue>packages</OutputValue></member></Outputs>
</member></Stacks></DescribeStacksResult></DescribeStacksResponse>"""
"""SAM's own stack, which has the bucket for packages."""
ERROR = "<ErrorResponse><Error><Code>{}</Code><Message>{}</Message></Error></ErrorResponse>"


class Aws(ThreadingHTTPServer):
    """CloudFormation without our stack, which records change sets and refuses them, and S3."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Requests)
        self.change_sets: list[dict[str, str]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def answer(self, form: dict[str, str]) -> tuple[int, str]:
        if form.get("Action") == "CreateChangeSet":
            self.change_sets.append(form)
            return 400, ERROR.format("AccessDenied", "recorded")
        if form.get("Action") != "DescribeStacks":
            return 200, ""
        if form["StackName"] == "aws-sam-cli-managed-default":
            return 200, MANAGED
        return 400, ERROR.format(
            "ValidationError", f"Stack with id {form['StackName']} does not exist"
        )


class _Requests(BaseHTTPRequestHandler):
    server: Aws

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        is_form = "form" in (self.headers.get("content-type") or "")
        form = parse_qs(body.decode(), keep_blank_values=True) if is_form else {}
        status, text = self.server.answer({name: values[0] for name, values in form.items()})
        self.send_response(status)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815 - the base class's names

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def aws() -> Iterator[Aws]:
    with closing(Aws()) as aws:
        yield aws


@pytest.fixture
def project(tmp_path: Path) -> Path:
    copy_project(tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


def parameters(change_set: dict[str, str]) -> dict[str, str]:
    """Return the parameters of a change set's request."""
    names = {
        name.rpartition(".")[0]: value
        for name, value in change_set.items()
        if name.startswith("Parameters.") and name.endswith(".ParameterKey")
    }
    return {value: change_set[f"{member}.ParameterValue"] for member, value in names.items()}


def test_every_documented_option_arrives_as_it_was_written(aws: Aws, project: Path) -> None:
    variables = (f"EMAIL={EMAIL}", f"OPTIONS={options_text()}", "STACK=open-hour")
    _, output = make("deploy", project, *variables, AWS_ENDPOINT_URL=aws.url, **CREDENTIALS)
    assert len(aws.change_sets) == 1, output
    (change_set,) = aws.change_sets
    assert change_set["StackName"] == "open-hour"
    assert parameters(change_set) == {"AlarmEmail": EMAIL, **OPTIONS}


def test_nothing_in_an_address_is_run(aws: Aws, project: Path) -> None:
    address = "x;touch${IFS}ran;$(touch${IFS}ran)`touch${IFS}ran`'\"\\@openhour.example"
    make("deploy", project, f"EMAIL={address}", AWS_ENDPOINT_URL=aws.url, **CREDENTIALS)
    assert [parameters(each)["AlarmEmail"] for each in aws.change_sets] == [address]
    assert not (project / "ran").exists()
