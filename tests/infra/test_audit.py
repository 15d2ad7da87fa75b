"""The audit trail's table: added to, within the acts alone, and kept for as long as was asked."""

import pytest
from samtranslator.yaml_helper import yaml_parse

from infra.local import template
from infra.local.template import TEMPLATE, Template

WRITERS = {"PracticeFunction", "PrivilegesFunction"}
"""The functions by which a therapist acts."""


@pytest.fixture(scope="module")
def table(translated: Template):
    return translated.properties("AuditTable")


def test_the_therapists_functions_add_entries_within_a_transaction_and_no_function_does_more(
    translated,
):
    grants = {
        function: statement
        for function in translated.handlers()
        for statement in _statements(translated, function)
        if {"Fn::GetAtt": ["AuditTable", "Arn"]} in _listed(statement["Resource"])
    }
    assert grants.keys() == WRITERS
    for statement in grants.values():
        assert statement["Effect"] == "Allow"
        assert statement["Action"] == ["dynamodb:PutItem"]
        assert statement["Resource"] == {"Fn::GetAtt": ["AuditTable", "Arn"]}
        assert statement["Condition"] == {
            "ForAnyValue:StringEquals": {"dynamodb:EnclosingOperation": ["TransactWriteItems"]}
        }


def test_nobody_at_all_changes_or_deletes_an_entry(table):
    (statement,) = table["ResourcePolicy"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Resource"]) == (
        "Deny",
        "*",
        "*",
    )
    assert "Condition" not in statement
    assert {action.removeprefix("dynamodb:") for action in statement["Action"]} == {
        "UpdateItem",
        "DeleteItem",
        "BatchWriteItem",
        "PartiQLInsert",
        "PartiQLUpdate",
        "PartiQLDelete",
    }


def test_entries_go_when_their_time_has_come(table):
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    kept = template.load(AuditRetentionDays="3650")
    for function in WRITERS:
        variables = kept.properties(function)["Environment"]["Variables"]
        assert variables["AUDIT_RETENTION_DAYS"] == 3650


def test_the_deployment_says_for_how_long_and_seven_years_where_it_does_not():
    parameter = yaml_parse(TEMPLATE.read_text())["Parameters"]["AuditRetentionDays"]
    assert parameter["Default"] == 2557


def _statements(translated, function):
    for policy in translated.properties(f"{function}Role")["Policies"]:
        yield from policy["PolicyDocument"]["Statement"]


def _listed(value):
    return value if isinstance(value, list) else [value]
