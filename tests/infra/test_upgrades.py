"""How an upgrade takes over: a tenth of the calls first, and back on an alarm."""

import re

import pytest

from infra.local import template


@pytest.fixture(scope="module")
def aliases(translated):
    """The alias of each function."""
    found = translated.of_type("AWS::Lambda::Alias")
    return {alias["FunctionName"]["Ref"]: name for name, alias in found.items()}


def test_every_function_is_called_by_its_alias_alone(translated, aliases):
    assert set(aliases) == set(translated.handlers())
    for path, operations in translated.properties("Api")["Body"]["paths"].items():
        for operation in operations.values():
            uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
            (invoked,) = re.findall(r"functions/\$\{(\w+)\}/invocations", uri)
            assert invoked in aliases.values(), path
    for mapping in translated.of_type("AWS::Lambda::EventSourceMapping").values():
        assert mapping["FunctionName"]["Ref"] in aliases.values()
    for permission in translated.of_type("AWS::Lambda::Permission").values():
        assert permission["FunctionName"]["Ref"] in aliases.values()
    variables = translated.properties("PracticeFollower")["Environment"]["Variables"]
    assert variables["RELEASE_FUNCTION_ARN"] == {"Ref": aliases["ReleaseFunction"]}
    (config,) = translated.of_type("AWS::Lambda::EventInvokeConfig").values()
    assert config["Qualifier"] == "live"


OTHERWISE = (
    {"AuditRetentionDays": "1"},
    {"ReleaseSpreadMinutes": "60"},
    {
        "LogRetentionDays": "30",
        "RequestsPerSecond": "1",
        "ReleaseConcurrency": "20",
        "Deployment": "AllAtOnce",
        "WatchedDeployment": "false",
        "ThreatProtection": "on",
    },
)
"""Other values for all parameters but free texts, those apart that functions are told."""


def test_what_a_function_is_told_by_a_parameter_is_a_new_version(translated, with_front_door):
    """SAM makes one only where the template's text has changed."""
    others = [template.load(**given) for given in OTHERWISE]
    told = set()
    for other in (*others, with_front_door):
        for name in translated.handlers():
            if _configuration(translated, name) != _configuration(other, name):
                told.add(name)
                assert _version(translated, name) != _version(other, name), name
    assert {"PracticeFollower", "RegistrationFunction"} <= told


def _configuration(translated, function):
    """What a version holds: all but how many may run at once."""
    properties = dict(translated.properties(function))
    properties.pop("ReservedConcurrentExecutions", None)
    return properties


def _version(translated, function):
    """What makes a version another: its logical id, and its properties, which can't be changed."""
    (alias,) = (
        alias
        for alias in translated.of_type("AWS::Lambda::Alias").values()
        if alias["FunctionName"]["Ref"] == function
    )
    version = alias["FunctionVersion"]["Fn::GetAtt"][0]
    return version, translated.properties(version)


def test_a_tenth_of_the_calls_goes_first_and_alarms_bring_the_old_version_back(translated, aliases):
    groups = translated.of_type("AWS::CodeDeploy::DeploymentGroup")
    alarms = translated.of_type("AWS::CloudWatch::Alarm")
    for function, alias in aliases.items():
        update = translated.resources[alias]["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]
        group = groups[update["DeploymentGroupName"]["Ref"]]
        (_, names) = group["DeploymentConfigName"]["Fn::Sub"]
        assert names == {"ConfigName": "Canary10Percent5Minutes"}
        watched = {alarm["Name"]["Ref"] for alarm in group["AlarmConfiguration"]["Alarms"]}
        assert watched == {"Failures", f"{function}Errors"} <= set(alarms)
        assert group["AlarmConfiguration"]["Enabled"] is True
        rollback = group["AutoRollbackConfiguration"]
        assert rollback["Enabled"] is True
        assert "DEPLOYMENT_STOP_ON_ALARM" in rollback["Events"]


def test_how_it_takes_over_is_a_parameter():
    groups = template.load(Deployment="AllAtOnce").of_type("AWS::CodeDeploy::DeploymentGroup")
    for group in groups.values():
        assert group["DeploymentConfigName"]["Fn::Sub"][1] == {"ConfigName": "AllAtOnce"}


def test_while_an_alarm_is_on_a_version_can_be_had_to_take_over_at_once(aliases):
    unwatched = template.load(WatchedDeployment="false")
    assert not unwatched.of_type("AWS::CodeDeploy::DeploymentGroup")
    assert not [alias for alias in aliases.values() if "UpdatePolicy" in unwatched.resources[alias]]


def test_releases_take_no_more_than_their_share(translated):
    assert "ReservedConcurrentExecutions" not in translated.properties("ReleaseFunction")
    reserved = template.load(ReleaseConcurrency="20").properties("ReleaseFunction")
    assert reserved["ReservedConcurrentExecutions"] == 20


def test_every_function_is_traced(translated):
    for name, function in translated.of_type("AWS::Lambda::Function").items():
        assert function["TracingConfig"] == {"Mode": "Active"}, name
