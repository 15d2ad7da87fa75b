"""`make deploy` and `make firewall`: what the user sets reaches SAM as it is.

SAM is replaced by a program that records its arguments. `make test-artifacts` runs SAM itself.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from samtranslator.yaml_helper import yaml_parse

from infra.local.intrinsics import Intrinsics
from infra.local.template import TEMPLATE
from tests.infra.deployment import EMAIL, OPTIONS, copy_project, make, options_text

RECORDER = f"""#!{sys.executable}
import json, os, pathlib, sys
files = [word.removeprefix("file://") for word in sys.argv if word.startswith("file://")]
values = [json.loads(pathlib.Path(file).read_text()) for file in files]
region = os.environ.get("AWS_DEFAULT_REGION")
record = {{"arguments": sys.argv[1:], "values": values, "region": region}}
pathlib.Path("record.json").write_text(json.dumps(record))
"""
RULES = yaml_parse(TEMPLATE.read_text())["Rules"]


@pytest.fixture
def project(tmp_path):
    """A directory to deploy from, with a recorder in place of SAM."""
    copy_project(tmp_path)
    for name, text in (
        ("sam", RECORDER),
        ("python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'),
    ):
        program = tmp_path / ".venv" / "build" / "bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
    return tmp_path


@pytest.fixture
def deploy(project):
    """A function that runs make, and returns what SAM was given."""

    def deploy(*variables, target="deploy", **environment):
        exit_code, output = make(target, project, *variables, **environment)
        assert exit_code == 0, output
        return json.loads((project / "record.json").read_text())

    return deploy


def argument(record, name):
    return record["arguments"][record["arguments"].index(name) + 1]


def test_every_option_has_a_value_here_that_its_parameter_allows(parameters):
    assert {"AlarmEmail", *OPTIONS} == set(parameters)
    for name, value in {"AlarmEmail": EMAIL, **OPTIONS}.items():
        assert is_allowed(parameters[name], value), name


def is_allowed(parameter, value):
    """Return whether CloudFormation accepts a value of a parameter."""
    if parameter["Type"] == "Number":
        number = int(value)
        values = parameter.get("AllowedValues", [number])
        bounds = (parameter.get("MinValue", number), parameter.get("MaxValue", number))
        return number in values and bounds[0] <= number <= bounds[1]
    return (
        value in parameter.get("AllowedValues", [value])
        and re.fullmatch(parameter.get("AllowedPattern", ".*"), value) is not None
        and len(value) <= parameter.get("MaxLength", len(value))
    )


def test_every_option_reaches_sam_unharmed(deploy):
    record = deploy(f"EMAIL={EMAIL}", f"OPTIONS={options_text()}")
    assert record["values"] == [{"AlarmEmail": EMAIL, **OPTIONS}]
    assert argument(record, "--stack-name") == "openhour"


def test_options_may_come_from_the_environment(deploy):
    record = deploy(EMAIL=EMAIL, OPTIONS=options_text(), STACK="openhour-test")
    assert record["values"] == [{"AlarmEmail": EMAIL, **OPTIONS}]
    assert argument(record, "--stack-name") == "openhour-test"


def test_without_options_the_parameters_stay_as_they_are(deploy):
    assert "--parameter-overrides" not in deploy()["arguments"]


ODD_ADDRESSES = ("x;touch${IFS}ran;@x", "$(touch${IFS}ran)@x", "`touch${IFS}ran`@x", "$(shell)@x")
HARMFUL = ("a b@x.com;touch ran", "$(touch ran)@x", "`touch ran`@x", "$(shell touch ran)@x", '"')


@pytest.mark.parametrize("value", ODD_ADDRESSES)
def test_an_odd_address_reaches_sam_as_it_is(deploy, project, value):
    assert deploy(f"EMAIL={value}")["values"] == [{"AlarmEmail": value}]
    assert deploy(EMAIL=value)["values"] == [{"AlarmEmail": value}]
    assert not (project / "ran").exists()


@pytest.mark.parametrize("value", HARMFUL)
def test_neither_make_nor_the_shell_evaluates_a_value(project, value):
    for variable in ("EMAIL", "OPTIONS", "STACK"):
        assert make("deploy", project, f"{variable}={value}")[0], variable
        assert make("deploy", project, **{variable: value})[0], variable
    assert not (project / "ran").exists()


VARIABLES = {
    "run": ("PORT", "NOW", "ENDPOINT"),
    "stress": ("OPERATIONS", "SEED"),
    "test-engine": ("OPERATIONS", "SEED"),
    "fuzz": ("FUZZ_EXAMPLES",),
    "build-BookingFunction": ("ARTIFACTS_DIR",),
}


@pytest.mark.parametrize("target", VARIABLES)
def test_no_other_targets_variable_is_evaluated(project, target):
    """Without the tools that the target starts, only its shell runs."""
    for name in ("run", "test", "bin/openhour"):
        file = project / ".venv" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    old = [f"--old-file=.venv/{name}" for name in ("run", "test", "bin/openhour")]
    for variable in VARIABLES[target]:
        make(target, project, *old, f"{variable}={' '.join(HARMFUL)}")
        make(target, project, *old, **{variable: " ".join(HARMFUL)})
    assert not (project / "ran").exists()


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        pytest.param("OPTIONS=AlowedOrigins=*", "no option AlowedOrigins", id="a mistyped name"),
        pytest.param("OPTIONS=AllowedOrigins", "of the form NAME=", id="no value"),
        pytest.param('OPTIONS=AllowedOrigins="*', "can't be read", id="an open quotation"),
        pytest.param("EMAIL=you", "Recipient of alarms", id="no address"),
        pytest.param(
            "OPTIONS=RequestsPerSecond=many", "RequestsPerSecond can't be 'many'", id="no number"
        ),
        pytest.param(
            "OPTIONS=RequestsPerSecond=0", "RequestsPerSecond can't be '0'", id="too small a number"
        ),
        pytest.param(
            "OPTIONS=AuditRetentionDays=36526",
            "AuditRetentionDays can't be",
            id="too large",
        ),
        pytest.param(
            "OPTIONS=LogRetentionDays=31", "LogRetentionDays can't be", id="none of the numbers"
        ),
        pytest.param("OPTIONS=Deployment=Now", "Deployment can't be 'Now'", id="none of the words"),
        pytest.param("AWS_REGION=", "Set AWS_REGION", id="no region"),
        pytest.param("STACK=open hour", "STACK is a letter", id="a stack's name with a space"),
        pytest.param(f"STACK={'x' * 51}", "STACK is a letter", id="a stack's name too long"),
    ],
)
def test_what_cannot_be_deployed_is_told_before_aws_is_asked(project, variable, message):
    exit_code, output = make("deploy", project, variable)
    assert exit_code
    assert message in output
    assert "Traceback" not in output
    assert not (project / "record.json").exists()


def test_without_a_build_nothing_is_deployed(project):
    (project / ".aws-sam" / "build" / "template.yaml").unlink()
    exit_code, output = make("deploy", project)
    assert exit_code
    assert "make build" in output


def test_the_region_has_either_name(deploy):
    assert deploy(AWS_REGION="eu-central-1")["region"] == "eu-central-1"
    assert deploy(AWS_DEFAULT_REGION="eu-central-1")["region"] == "eu-central-1"


def test_the_firewall_is_a_stack_of_its_own_in_us_east_1(deploy):
    record = deploy("STACK=clinic", target="firewall", AWS_REGION="eu-central-1")
    assert argument(record, "--stack-name") == "clinic-firewall"
    assert argument(record, "--region") == "us-east-1"
    assert Path(argument(record, "--template-file")).name == "firewall.yaml"
    assert record["values"] == []


@pytest.mark.parametrize(
    ("name", "given", "fits"),
    [
        ("MailSenderAddress", "office@example.com", True),
        ("MailSenderAddress", "Practice <office@example.com>", False),
        ("MailSenderName", "Dr. Ada Lovelace", True),
        ("MailSenderName", 'Dr. "Ada"', False),
        ("MailSenderName", "Ada\\", False),
        ("MailSenderName", " ", False),
        ("MailSenderName", "x" * 65, False),
        ("MailIdentityArn", "practice.example", False),
        ("DomainName", "https://booking.example.com", False),
        ("DomainName", f"{'a' * 63}.{'b' * 63}.example.com", True),
        ("CertificateArn", "arn:aws:iam::123456789012:server-certificate/x", False),
        ("WebAclArn", "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/x/1", False),
    ],
)
def test_a_parameter_has_the_form_that_aws_requires(parameters, name, given, fits):
    assert is_allowed(parameters[name], given) is fits


def rejected(**given):
    """Return the messages with which CloudFormation rejects values together."""
    document = yaml_parse(TEMPLATE.read_text())
    intrinsics = Intrinsics(document, {"AlarmEmail": EMAIL, **given})
    return [
        assertion["AssertDescription"]
        for rule in RULES.values()
        if intrinsics.resolve(rule["RuleCondition"])
        for assertion in rule["Assertions"]
        if not intrinsics.resolve(assertion["Assert"])
    ]


REQUIREMENTS = [
    ("MailIdentityArn", ["MailSenderAddress"]),
    ("MailSenderAddress", ["MailIdentityArn"]),
    ("MailSenderName", ["MailSenderAddress"]),
    ("PageUrl", ["MailIdentityArn"]),
    ("DomainName", ["CertificateArn"]),
    ("CertificateArn", ["DomainName"]),
    ("WebAclArn", ["DomainName", "CertificateArn"]),
]


@pytest.mark.parametrize(("name", "others"), REQUIREMENTS)
def test_a_value_that_has_no_effect_without_others_is_rejected(name, others):
    message = f"{name} requires {' and '.join(others)}"
    assert message in rejected(**{name: OPTIONS[name]})
    assert message not in rejected(**{each: OPTIONS[each] for each in (name, *others)})


def test_no_values_and_all_values_are_accepted():
    assert rejected() == rejected(**OPTIONS) == []


def test_a_versions_description_fits_whatever_the_parameters_are(parameters):
    """Lambda API Reference, PublishVersion: at most 256 characters."""
    for name, function in yaml_parse(TEMPLATE.read_text())["Resources"].items():
        described = function.get("Properties", {}).get("VersionDescription")
        if described is None:
            continue
        text = described.get("Fn::Sub", "")
        text, own = text if isinstance(text, list) else (text, {})
        names = re.findall(r"\$\{(\w+)\}", text) or [described["Ref"]]
        lengths = [
            max(map(len, own[each]["Fn::If"][1:])) if each in own else longest(parameters[each])
            for each in names
        ]
        assert sum(lengths) + len(lengths) - 1 <= 256, name


def longest(parameter):
    """Return the length of a parameter's longest value."""
    if "AllowedValues" in parameter:
        return max(len(str(each)) for each in parameter["AllowedValues"])
    return parameter.get("MaxLength") or len(str(parameter["MaxValue"]))
