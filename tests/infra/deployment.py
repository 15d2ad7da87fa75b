"""`make deploy` in a directory of its own, with the project's Makefile and programs."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from infra.build.libraries import ROOT
from infra.local.template import TEMPLATE

EMAIL = "operator@openhour.example"
OPTIONS = {
    "AllowedOrigins": "https://www.example.com,https://example.org",
    "AuditRetentionDays": "3650",
    "LogRetentionDays": "30",
    "RequestsPerSecond": "321",
    "ReleaseConcurrency": "20",
    "ReleaseSpreadMinutes": "10",
    "TherapistMfa": "optional",
    "Deployment": "AllAtOnce",
    "WatchedDeployment": "false",
    "ThreatProtection": "on",
    "MailIdentityArn": "arn:aws:ses:us-east-1:123456789012:identity/practice.example",
    "MailSenderName": "Dr. Ada O'Neill & Partners, $HOME `id` $(id) #1; id",
    "MailSenderAddress": "office@practice.example",
    "PageUrl": "https://booking.practice.example",
    "DomainName": "booking.example.com",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1f-2",
    "WebAclArn": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/Firewall-1/1f-2",
    "OriginVerifyKeyNumber": "2",
}
"""A value for every option that the README documents."""


def options_text() -> str:
    """Return the options as a user writes them."""
    return " ".join(f"{name}={shlex.quote(value)}" for name, value in OPTIONS.items())


def copy_project(directory: Path) -> None:
    """Give a directory what `make deploy` needs, and functions of a few bytes as built ones."""
    for name in ("Makefile", "infra"):
        (directory / name).symlink_to(ROOT / name)
    code = directory / ".aws-sam" / "build" / "code"
    code.mkdir(parents=True)
    (code / "handler.py").write_text("# nothing\n")
    template = TEMPLATE.read_text().replace("CodeUri: ..", "CodeUri: code")
    (code.parent / "template.yaml").write_text(template)


def make(target: str, directory: Path, *variables: str, **environment: str) -> tuple[int, str]:
    """Run make, and return its exit code and its output.

    The tools of the build are taken as they are, and not installed again. The region is us-east-1,
    unless the environment names one.
    """
    if "AWS_DEFAULT_REGION" not in environment:
        environment = {"AWS_REGION": "us-east-1", **environment}
    command = ["make", "--old-file", ".venv/build/made", target, *variables]
    ran = subprocess.run(
        command,
        cwd=directory,
        env={"PATH": os.environ["PATH"], "HOME": str(directory), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr
