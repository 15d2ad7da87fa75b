"""What the template promises: routes, logins, permissions, and that nothing is lost unseen."""

import importlib
import json

import pytest
from cfnlint.api import lint_file

from infra.local.environment import TABLES, VARIABLES
from infra.local.template import TEMPLATE

PUBLIC = {
    "GET /therapists/{therapist_id}",
    "POST /therapists/{therapist_id}/registrations",
    "GET /config.json",
    "GET /openapi.json",
}

BEHIND = {
    "AvailabilityFunction": {"GET /me", "GET /slots", "GET /appointments"},
    "BookingFunction": {"POST /appointments", "POST /appointments/{appointment_id}/move"},
    "CancellationFunction": {"DELETE /appointments/{appointment_id}"},
    "RegistrationFunction": PUBLIC,
    "PrivilegesFunction": {
        "GET /practice/clients",
        "POST /practice/clients",
        "GET /practice/clients/{client_id}",
        "PATCH /practice/clients/{client_id}",
        "DELETE /practice/clients/{client_id}",
        "POST /practice/clients/{client_id}/invitation",
        "PUT /practice/clients/{client_id}/privilege",
        "PUT /practice/appointments/{appointment_id}/outcome",
    },
    "PracticeFunction": {
        "GET /practice",
        "PATCH /practice",
        "PUT /practice/hours",
        "PUT /practice/self-scheduling",
        "GET /practice/regulars",
        "POST /practice/regulars",
        "PUT /practice/regulars/{regular_id}",
        "DELETE /practice/regulars/{regular_id}",
        "GET /practice/time-off",
        "POST /practice/time-off",
        "DELETE /practice/time-off/{time_off_id}",
        "GET /practice/conflicts",
        "GET /practice/calendar",
        "POST /practice/slots",
        "PUT /practice/slots/{slot_id}",
        "GET /practice/release",
        "POST /practice/release",
        "POST /practice/appointments",
        "DELETE /practice/appointments/{appointment_id}",
    },
}


def test_the_template_lints_clean():
    assert [str(match) for match in lint_file(TEMPLATE)] == []


@pytest.mark.parametrize("function", BEHIND)
def test_each_function_answers_its_documented_routes_and_no_others(translated, function):
    assert {each.key for each in translated.routes() if each.function == function} == BEHIND[
        function
    ]


def test_no_route_leads_to_any_other_function(translated):
    assert {route.function for route in translated.routes()} == set(BEHIND)


def test_only_the_public_routes_are_open_without_a_login(translated):
    assert {route.key for route in translated.routes() if route.public} == PUBLIC


def test_every_function_has_its_handler(translated):
    for dotted in translated.handlers().values():
        module, _, name = dotted.rpartition(".")
        assert callable(getattr(importlib.import_module(module), name)), dotted


def test_the_local_run_knows_every_table_and_every_name_in_the_functions_environment(translated):
    functions = translated.of_type("AWS::Lambda::Function").values()
    names = {name for each in functions for name in each["Environment"]["Variables"]}
    assert names <= set(VARIABLES)
    assert set(TABLES) == set(translated.of_type("AWS::DynamoDB::Table"))


def test_no_user_can_write_who_their_therapist_is_or_which_client_they_are(translated):
    custom = {
        each["Name"]: each
        for each in translated.properties("UserPool")["Schema"]
        if each["Name"] != "email"
    }
    client = translated.properties("UserPoolClient")
    assert {name for name, each in custom.items() if not each["Mutable"]} == {
        "therapist_id",
        "client_id",
    }
    assert not [name for name in client["WriteAttributes"] if name.startswith("custom:")]
    assert {"custom:therapist_id", "custom:client_id"} <= set(client["ReadAttributes"])


def test_nobody_signs_up_alone_and_no_address_is_a_login(translated):
    pool = translated.properties("UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert not {"AliasAttributes", "UsernameAttributes"} & set(pool)


def test_a_first_password_is_valid_for_seven_days(translated):
    policy = translated.properties("UserPool")["Policies"]["PasswordPolicy"]
    assert policy["TemporaryPasswordValidityDays"] == 7


def test_a_refused_sign_in_does_not_tell_whether_the_login_exists(translated):
    client = translated.properties("UserPoolClient")
    assert client["PreventUserExistenceErrors"] == "ENABLED"


def test_what_keeps_data_survives_the_stack(translated):
    for kind in ("AWS::DynamoDB::Table", "AWS::Cognito::UserPool"):
        for name in translated.of_type(kind):
            resource = translated.resources[name]
            assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain", name


def test_every_table_is_encrypted_restorable_and_paid_by_request(translated):
    for name, table in translated.of_type("AWS::DynamoDB::Table").items():
        assert table["SSESpecification"] == {"SSEEnabled": True}, name
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


def test_what_a_follower_cannot_handle_ends_in_a_queue(translated):
    queues = set(translated.of_type("AWS::SQS::Queue"))
    mappings = translated.of_type("AWS::Lambda::EventSourceMapping")
    assert len(mappings) == 3
    for name, mapping in mappings.items():
        queue = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
        assert queue in queues, name
        assert may(translated, mapping["FunctionName"]["Ref"], "sqs:SendMessage", queue), name
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert mapping["BisectBatchOnFunctionError"] is True, name


def test_a_release_that_fails_for_good_ends_in_a_queue(translated):
    (config,) = translated.of_type("AWS::Lambda::EventInvokeConfig").values()
    assert config["FunctionName"] == {"Ref": "ReleaseFunction"}
    queue = config["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert queue in translated.of_type("AWS::SQS::Queue")
    assert may(translated, "ReleaseFunction", "sqs:SendMessage", queue)


def test_schedules_may_invoke_the_release_and_nothing_else(translated):
    role = translated.properties("SchedulerRole")
    (policy,) = role["Policies"]
    granted = {
        (statement["Action"], statement["Resource"]["Fn::GetAtt"][0])
        for statement in policy["PolicyDocument"]["Statement"]
    }
    assert granted == {
        ("lambda:InvokeFunction", "ReleaseFunction"),
        ("sqs:SendMessage", "ReleaseDeadLetters"),
    }
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert "ManagedPolicyArns" not in role


def test_functions_name_the_tables_they_may_touch_and_never_scan_them(translated):
    for name in translated.handlers():
        for statement in statements(translated, name):
            actions = set(as_list(statement["Action"]))
            assert not {each for each in actions if "*" in each or each.endswith("Scan")}, name
            if "*" in as_list(statement["Resource"]):
                assert actions == {"dynamodb:ListStreams"}, name


def test_clients_functions_never_write_a_practice(translated):
    for name in ("AvailabilityFunction", "BookingFunction", "CancellationFunction"):
        for action in ("PutItem", "UpdateItem", "DeleteItem"):
            assert not may(translated, name, f"dynamodb:{action}", "PracticesTable"), name


def test_access_logs_tell_the_route_and_not_the_path(translated):
    (stage,) = translated.of_type("AWS::ApiGatewayV2::Stage").values()
    written = set(json.loads(stage["AccessLogSettings"]["Format"]).values())
    assert {"$context.routeKey", "$context.requestId"} <= written
    assert not written & {"$context.path", "$context.identity.sourceIp", "$context.customDomain"}


def statements(translated, function):
    role = translated.properties(f"{function}Role")
    return [
        statement
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def may(translated, function, action, resource):
    return any(
        action in as_list(statement["Action"])
        and any(
            isinstance(each, dict) and each.get("Fn::GetAtt", [None])[0] == resource
            for each in as_list(statement["Resource"])
        )
        for statement in statements(translated, function)
    )


def as_list(value):
    return value if isinstance(value, list) else [value]
