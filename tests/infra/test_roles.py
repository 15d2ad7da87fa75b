"""Who may do what: each function by a role of its own, and none more than it names."""

from tests.infra.policies import as_list, may, statements


def test_every_function_has_a_role_of_its_own(translated):
    roles = [
        function["Role"]["Fn::GetAtt"][0]
        for function in translated.of_type("AWS::Lambda::Function").values()
    ]
    assert len(set(roles)) == len(roles) == len(translated.handlers())


def test_functions_name_what_they_may_touch_and_none_that_somebody_waits_for_scans(translated):
    scanning = set()
    for name in translated.handlers():
        for statement in statements(translated, name):
            actions = set(as_list(statement["Action"]))
            assert not {each for each in actions if "*" in each}, name
            if "dynamodb:Scan" in actions:
                scanning.add((name, statement["Resource"]["Fn::GetAtt"][0]))
            if "*" in as_list(statement["Resource"]):
                assert actions == {"dynamodb:ListStreams"}, name
    assert scanning == {("ReleaseWatch", "PracticesTable")}


def test_of_the_managed_policies_of_aws_only_those_to_log_and_to_trace_are_in_use(translated):
    found = {
        each.rpartition("/")[2]
        for name in translated.handlers()
        for each in translated.properties(f"{name}Role")["ManagedPolicyArns"]
        if isinstance(each, str)
    }
    assert found == {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"}


def test_clients_functions_never_write_a_practice(translated):
    for name in ("AvailabilityFunction", "BookingFunction", "CancellationFunction"):
        for action in ("PutItem", "UpdateItem", "DeleteItem"):
            assert not may(translated, name, f"dynamodb:{action}", "PracticesTable"), name


def test_schedules_may_invoke_the_release_that_is_live_and_nothing_else(translated):
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


def test_only_those_who_pass_a_role_name_to_whom(translated):
    for name in translated.handlers():
        for statement in statements(translated, name):
            if "iam:PassRole" in as_list(statement["Action"]):
                assert statement["Resource"] == {"Fn::GetAtt": ["SchedulerRole", "Arn"]}
                assert statement["Condition"]["StringEquals"] == {
                    "iam:PassedToService": "scheduler.amazonaws.com"
                }
