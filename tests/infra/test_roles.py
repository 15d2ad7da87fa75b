"""Each function has a role of its own, without wildcards; the audit log is append-only."""

from infra.local.permissions import as_list


def may(translated, function, action, resource):
    """Return whether a function's role allows an action on a resource, by its logical id."""
    return any(
        action in as_list(statement["Action"])
        and any(
            isinstance(each, dict) and each.get("Fn::GetAtt", [None])[0] == resource
            for each in as_list(statement["Resource"])
        )
        for statement in translated.statements(function)
    )


def test_every_function_has_a_role_of_its_own(translated):
    roles = [
        function["Role"]["Fn::GetAtt"][0]
        for function in translated.of_type("AWS::Lambda::Function").values()
    ]
    assert len(set(roles)) == len(roles) == len(translated.handlers())


def test_roles_contain_no_wildcards_and_only_the_monitor_scans(translated):
    scanning = set()
    for name in translated.handlers():
        for statement in translated.statements(name):
            actions = set(as_list(statement["Action"]))
            assert not {each for each in actions if "*" in each}, name
            if "dynamodb:Scan" in actions:
                scanning.add((name, statement["Resource"]["Fn::GetAtt"][0]))
            if "*" in as_list(statement["Resource"]):
                assert actions in ({"dynamodb:ListStreams"}, {"ses:DeleteSuppressedDestination"})
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


def tables_of(translated, name):
    """Return the actions that a function may perform on each table."""
    granted: dict[str, set[str]] = {}
    for statement in translated.statements(name):
        for resource in as_list(statement["Resource"]):
            table = resource.get("Fn::GetAtt", [""])[0] if isinstance(resource, dict) else ""
            if table.endswith("Table"):
                actions = (each.partition(":")[2] for each in as_list(statement["Action"]))
                granted.setdefault(table, set()).update(actions)
    return granted


def test_whoever_registers_is_answered_without_the_clients_table(translated):
    assert tables_of(translated, "RegistrationFunction") == {
        "PracticesTable": {"GetItem"},
        "SlotsTable": {"Query"},
        "RegistrationsTable": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem"},
    }


def test_the_function_that_confirms_knows_clients_by_their_keys_alone(translated):
    by_key = {"GetItem", "BatchGetItem", "PutItem", "UpdateItem"}
    assert tables_of(translated, "ConfirmationFunction") == {
        "PracticesTable": {"GetItem"},
        "RegistrationsTable": {"GetItem", "UpdateItem"},
        "ClientsTable": by_key,
        "MessagesTable": {"GetItem"},
    }


def test_the_function_that_stops_mail_reads_and_writes_clients_alone(translated):
    granted = tables_of(translated, "MailEventsFunction")
    assert granted == {"ClientsTable": {"GetItem", "UpdateItem"}}


def test_schedules_may_invoke_only_the_live_release_function(translated):
    role = translated.properties("SchedulerRole")
    (policy,) = role["Policies"]
    granted = [
        (statement["Action"], statement["Resource"])
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    assert granted == [
        ("lambda:InvokeFunction", {"Fn::Sub": "${ReleaseFunction.Arn}:live"}),
        ("sqs:SendMessage", {"Fn::GetAtt": ["ReleaseDeadLetters", "Arn"]}),
    ]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert set(trust["Condition"]["StringEquals"]) == {"aws:SourceAccount", "aws:SourceArn"}


def test_roles_are_passed_only_to_scheduler(translated):
    for name in translated.handlers():
        for statement in translated.statements(name):
            if "iam:PassRole" in as_list(statement["Action"]):
                assert statement["Resource"] == {"Fn::GetAtt": ["SchedulerRole", "Arn"]}
                assert statement["Condition"]["StringEquals"] == {
                    "iam:PassedToService": "scheduler.amazonaws.com"
                }


def test_only_the_therapists_functions_put_audit_entries_and_only_in_transactions(translated):
    table = {"Fn::GetAtt": ["AuditTable", "Arn"]}
    puts = {
        "Effect": "Allow",
        "Action": ["dynamodb:PutItem"],
        "Resource": table,
        "Condition": {
            "ForAnyValue:StringEquals": {"dynamodb:EnclosingOperation": ["TransactWriteItems"]}
        },
    }
    reads = {"Effect": "Allow", "Action": ["dynamodb:Query"], "Resource": table}
    grants = {
        function: statements
        for function in translated.handlers()
        if (
            statements := [
                each
                for each in translated.statements(function)
                if table in as_list(each["Resource"])
            ]
        )
    }
    assert grants == {"PracticeFunction": [puts, reads], "PrivilegesFunction": [puts]}


def test_no_principal_may_change_or_delete_an_audit_entry(translated):
    policy = translated.properties("AuditTable")["ResourcePolicy"]["PolicyDocument"]
    (statement,) = policy["Statement"]
    denied = (statement["Effect"], statement["Principal"], statement["Resource"])
    assert denied == ("Deny", "*", "*")
    assert "Condition" not in statement
    assert {action.removeprefix("dynamodb:") for action in statement["Action"]} == {
        "UpdateItem",
        "DeleteItem",
        "BatchWriteItem",
        "PartiQLInsert",
        "PartiQLUpdate",
        "PartiQLDelete",
    }
