"""The audit log's table: append-only, written in transactions, with a retention period."""

import pytest

from infra.local import template
from infra.local.permissions import as_list
from infra.local.template import Template
from tests.infra.policies import statements

WRITERS = {"PracticeFunction", "PrivilegesFunction"}


@pytest.fixture(scope="module")
def table(translated: Template):
    return translated.properties("AuditTable")


def test_only_the_therapists_functions_put_entries_and_only_in_transactions(
    translated,
):
    grants = {
        function: statement
        for function in translated.handlers()
        for statement in statements(translated, function)
        if {"Fn::GetAtt": ["AuditTable", "Arn"]} in as_list(statement["Resource"])
    }
    assert grants.keys() == WRITERS
    for statement in grants.values():
        assert statement["Effect"] == "Allow"
        assert statement["Action"] == ["dynamodb:PutItem"]
        assert statement["Resource"] == {"Fn::GetAtt": ["AuditTable", "Arn"]}
        assert statement["Condition"] == {
            "ForAnyValue:StringEquals": {"dynamodb:EnclosingOperation": ["TransactWriteItems"]}
        }


def test_no_principal_may_change_or_delete_an_entry(table):
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


def test_entries_expire_after_the_retention_period(table):
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    other = template.load(AuditRetentionDays="3650")
    for function in WRITERS:
        variables = other.properties(function)["Environment"]["Variables"]
        assert variables["AUDIT_RETENTION_DAYS"] == 3650


def test_the_default_retention_is_seven_years(parameters):
    assert parameters["AuditRetentionDays"]["Default"] == 2557
