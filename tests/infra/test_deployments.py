"""Deployments: gradual traffic shifting with rollback on alarms."""

import re
from graphlib import TopologicalSorter

import pytest

from infra.local import template
from infra.local.permissions import as_list

HOOK = "DeploymentCheckFunction"
"""CodeDeploy invokes it."""
TRIGGERS = {"SignInsFunction", "PasswordMailsFunction"}
"""Cognito invokes them. The hook needs the user pools, so their triggers can't need the hook."""
UNVERSIONED = {HOOK, *TRIGGERS}


@pytest.fixture(scope="module")
def aliases(translated):
    resources = translated.of_type("AWS::Lambda::Alias")
    return {alias["FunctionName"]["Ref"]: name for name, alias in resources.items()}


def test_every_function_is_invoked_only_through_its_alias(translated, aliases):
    assert set(aliases) == set(translated.handlers()) - UNVERSIONED
    for path, operations in translated.properties("Api")["Body"]["paths"].items():
        for operation in operations.values():
            uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
            (invoked,) = re.findall(r"functions/\$\{(\w+)\}/invocations", uri)
            assert invoked in aliases.values(), path
    for mapping in translated.of_type("AWS::Lambda::EventSourceMapping").values():
        assert mapping["FunctionName"]["Ref"] in aliases.values()
    for permission in translated.of_type("AWS::Lambda::Permission").values():
        invoked = permission["FunctionName"]
        by_cognito = permission["Principal"] == "cognito-idp.amazonaws.com"
        known = TRIGGERS if by_cognito else aliases.values()
        assert next(iter(invoked.values())) in known or invoked["Ref"] in known
    variables = translated.properties("PracticeStreamFunction")["Environment"]["Variables"]
    assert variables["RELEASE_FUNCTION_ARN"] == {"Fn::Sub": "${ReleaseFunction.Arn}:live"}
    for config in translated.of_type("AWS::Lambda::EventInvokeConfig").values():
        assert config["Qualifier"] == "live"


OTHER_PARAMETERS = (
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
"""Other values for all parameters except free text; those that functions read are separate."""


def test_a_changed_parameter_of_a_function_creates_a_new_version(
    translated, with_distribution, aliases
):
    """SAM creates a new version only if the function's text in the template changes."""
    others = [template.load(**parameters) for parameters in OTHER_PARAMETERS]
    changed = set()
    for other in (*others, with_distribution):
        for name in aliases:
            if _configuration(translated, name) != _configuration(other, name):
                changed.add(name)
                assert _version(translated, name) != _version(other, name), name
    assert {"PracticeStreamFunction", "RegistrationFunction"} <= changed


def _configuration(translated, function):
    """Return what a version contains: all properties but the reserved concurrency."""
    properties = dict(translated.properties(function))
    properties.pop("ReservedConcurrentExecutions", None)
    return properties


def _version(translated, function):
    """Return what identifies a version: its logical id and its immutable properties."""
    (alias,) = (
        alias
        for alias in translated.of_type("AWS::Lambda::Alias").values()
        if alias["FunctionName"]["Ref"] == function
    )
    version = alias["FunctionVersion"]["Fn::GetAtt"][0]
    return version, translated.properties(version)


def test_deployments_shift_a_tenth_of_the_traffic_first_and_roll_back_on_alarms(
    translated, aliases
):
    groups = translated.of_type("AWS::CodeDeploy::DeploymentGroup")
    alarms = translated.of_type("AWS::CloudWatch::Alarm")
    for function, alias in aliases.items():
        update = translated.resources[alias]["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]
        assert update["BeforeAllowTrafficHook"] == {"Ref": HOOK}
        group = groups[update["DeploymentGroupName"]["Ref"]]
        (_, names) = group["DeploymentConfigName"]["Fn::Sub"]
        assert names == {"ConfigName": "Canary10Percent5Minutes"}
        watched = {alarm["Name"]["Ref"] for alarm in group["AlarmConfiguration"]["Alarms"]}
        assert watched == {"Failures", f"{function}Errors"} <= set(alarms)
        assert group["AlarmConfiguration"]["Enabled"] is True
        rollback = group["AutoRollbackConfiguration"]
        assert rollback["Enabled"] is True
        assert "DEPLOYMENT_STOP_ON_ALARM" in rollback["Events"]


def references(value):
    """Yield the logical ids to which a part of the template refers."""
    if isinstance(value, list):
        yield from (name for each in value for name in references(each))
    if isinstance(value, dict):
        for name, argument in value.items():
            if name == "Ref":
                yield argument
            elif name == "Fn::GetAtt":
                yield argument[0]
            elif name == "Fn::Sub":
                text, values = (argument, {}) if isinstance(argument, str) else argument
                yield from re.findall(r"\$\{(\w+)", text)
                yield from references(values)
            else:
                yield from references(argument)


@pytest.mark.parametrize("watched", ["true", "false"])
def test_resources_do_not_wait_for_each_other_in_a_circle(watched):
    """An alias waits for the hook, which waits for every function that it may invoke."""
    resources = template.load(WatchedDeployment=watched).resources
    graph = {
        name: {*references(resource), *as_list(resource.get("DependsOn", []))} & resources.keys()
        for name, resource in resources.items()
    }
    order = list(TopologicalSorter(graph).static_order())
    assert order.index(HOOK) > order.index("BookingFunction")
    if watched == "true":
        assert order.index(HOOK) < order.index("BookingFunctionAliaslive")


def test_codedeploy_may_invoke_the_hook_of_this_stack_only(translated):
    """AWS's policy for CodeDeploy's role, which SAM uses, names functions by this prefix."""
    name, values = translated.properties(HOOK)["FunctionName"]["Fn::Sub"]
    assert name == "CodeDeployHook_${Id}"
    assert values == {"Id": {"Fn::Select": [2, {"Fn::Split": ["/", {"Ref": "AWS::StackId"}]}]}}
    role = translated.properties("CodeDeployServiceRole")
    (policy,) = role["ManagedPolicyArns"]
    assert "AWSCodeDeployRoleForLambda" in str(policy)


def test_a_parameter_sets_the_deployment_type():
    groups = template.load(Deployment="AllAtOnce").of_type("AWS::CodeDeploy::DeploymentGroup")
    for group in groups.values():
        assert group["DeploymentConfigName"]["Fn::Sub"][1] == {"ConfigName": "AllAtOnce"}


def test_a_parameter_deploys_at_once_despite_an_active_alarm(aliases):
    unwatched = template.load(WatchedDeployment="false")
    assert not unwatched.of_type("AWS::CodeDeploy::DeploymentGroup")
    assert not [alias for alias in aliases.values() if "UpdatePolicy" in unwatched.resources[alias]]


def test_a_parameter_reserves_concurrency_for_releases(translated):
    assert "ReservedConcurrentExecutions" not in translated.properties("ReleaseFunction")
    reserved = template.load(ReleaseConcurrency="20").properties("ReleaseFunction")
    assert reserved["ReservedConcurrentExecutions"] == 20


def test_every_function_is_traced(translated):
    for name, function in translated.of_type("AWS::Lambda::Function").items():
        assert function["TracingConfig"] == {"Mode": "Active"}, name
