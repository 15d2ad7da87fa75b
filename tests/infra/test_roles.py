"""Each function has a role of its own, without wildcards."""

from infra.local.permissions import as_list
from tests.infra.policies import may, statements


def test_every_function_has_a_role_of_its_own(translated):
    roles = [
        function["Role"]["Fn::GetAtt"][0]
        for function in translated.of_type("AWS::Lambda::Function").values()
    ]
    assert len(set(roles)) == len(roles) == len(translated.handlers())


def test_roles_contain_no_wildcards_and_only_the_monitor_scans(translated):
    scanning = set()
    for name in translated.handlers():
        for statement in statements(translated, name):
            actions = set(as_list(statement["Action"]))
            assert not {each for each in actions if "*" in each}, name
            if "dynamodb:Scan" in actions:
                scanning.add((name, statement["Resource"]["Fn::GetAtt"][0]))
            if "*" in as_list(statement["Resource"]):
                assert actions == {"dynamodb:ListStreams"}, name
    assert scanning == {("ReleaseMonitor", "PracticesTable")}


def test_aws_managed_policies_are_used_only_for_logs_and_traces(translated):
    policies = {
        each.rpartition("/")[2]
        for name in translated.handlers()
        for each in translated.properties(f"{name}Role")["ManagedPolicyArns"]
        if isinstance(each, str)
    }
    assert policies == {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"}


def test_functions_for_clients_never_write_a_practice(translated):
    for name in ("AvailabilityFunction", "BookingFunction", "CancellationFunction"):
        for action in ("PutItem", "UpdateItem", "DeleteItem"):
            assert not may(translated, name, f"dynamodb:{action}", "PracticesTable"), name


def test_schedules_may_invoke_only_the_live_release_function(translated):
    role = translated.properties("SchedulerRole")
    (policy,) = role["Policies"]
    granted = [
        (statement["Action"], statement["Resource"])
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    assert granted == [
        ("lambda:InvokeFunction", {"Ref": "ReleaseFunctionAliaslive"}),
        ("sqs:SendMessage", {"Fn::GetAtt": ["ReleaseDeadLetters", "Arn"]}),
    ]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert set(trust["Condition"]["StringEquals"]) == {"aws:SourceAccount", "aws:SourceArn"}


def test_roles_are_passed_only_to_scheduler(translated):
    for name in translated.handlers():
        for statement in statements(translated, name):
            if "iam:PassRole" in as_list(statement["Action"]):
                assert statement["Resource"] == {"Fn::GetAtt": ["SchedulerRole", "Arn"]}
                assert statement["Condition"]["StringEquals"] == {
                    "iam:PassedToService": "scheduler.amazonaws.com"
                }
