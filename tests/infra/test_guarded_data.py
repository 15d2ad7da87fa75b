"""How the template guards what is kept: by whom it can be read, and that it can't be lost."""

import pytest

from infra.local import template
from tests.infra.policies import as_list, statements, uses

STATEFUL = (
    "AWS::DynamoDB::Table",
    "AWS::Cognito::UserPool",
    "AWS::KMS::Key",
    "AWS::SQS::Queue",
    "AWS::Logs::LogGroup",
)
KEY = {"Fn::GetAtt": ["Key", "Arn"]}
ADMINISTRATION = ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion")


@pytest.mark.parametrize("kind", STATEFUL)
def test_what_keeps_data_outlives_the_stack(translated, kind):
    kept = translated.of_type(kind)
    assert kept
    for name in kept:
        resource = translated.resources[name]
        assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain", name


def test_every_table_is_under_our_key_restorable_and_not_to_be_deleted(translated):
    for name, table in translated.of_type("AWS::DynamoDB::Table").items():
        encryption = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY}
        assert table["SSESpecification"] == encryption, name
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], name
        assert table["DeletionProtectionEnabled"] is True, name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


def test_queues_logs_topic_and_secrets_are_under_our_key(with_front_door):
    for kind, property_name in (
        ("AWS::SQS::Queue", "KmsMasterKeyId"),
        ("AWS::Logs::LogGroup", "KmsKeyId"),
        ("AWS::SNS::Topic", "KmsMasterKeyId"),
        ("AWS::SecretsManager::Secret", "KmsKeyId"),
    ):
        found = with_front_door.of_type(kind)
        assert found, kind
        for name, properties in found.items():
            assert properties[property_name] in (KEY, {"Ref": "Key"}), name


def test_the_key_changes_every_year_and_is_deleted_late(translated):
    key = translated.properties("Key")
    assert key["EnableKeyRotation"] is True
    assert key["PendingWindowInDays"] == 30


def test_nobody_reads_with_the_key_but_through_the_services_that_keep_the_data(translated):
    reading = {"kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant"}
    for statement in translated.properties("Key")["KeyPolicy"]["Statement"]:
        actions = set(as_list(statement["Action"]))
        assert not {each for each in actions if "*" in each}, statement["Sid"]
        assert statement["Principal"] != "*", statement["Sid"]
        if actions & reading:
            conditions = {
                name for condition in statement["Condition"].values() for name in condition
            }
            services = "Service" in statement["Principal"]
            assert services or "kms:ViaService" in conditions, statement["Sid"]
            assert not services or conditions & {
                "aws:SourceAccount",
                "kms:EncryptionContext:aws:logs:arn",
            }, statement["Sid"]


def test_the_account_can_always_administer_the_key(translated):
    administration, *_ = translated.properties("Key")["KeyPolicy"]["Statement"]
    assert set(ADMINISTRATION) <= set(administration["Action"])
    assert "Condition" not in administration


def test_each_function_has_the_key_through_dynamodb_and_those_with_dead_letters_through_sqs(
    translated,
):
    for name in translated.handlers():
        queue = any("sqs:SendMessage" in as_list(s["Action"]) for s in statements(translated, name))
        wanted = {"TablesKeyUse"} | ({"QueuesKeyUse"} if queue else set())
        assert uses(translated, f"{name}Role") == wanted, name
    assert uses(translated, "SchedulerRole") == {"QueuesKeyUse"}


@pytest.mark.parametrize(
    ("policy", "service"), [("TablesKeyUse", "dynamodb"), ("QueuesKeyUse", "sqs")]
)
def test_the_key_is_had_through_one_service_alone(translated, policy, service):
    (statement,) = translated.properties(policy)["PolicyDocument"]["Statement"]
    via = statement["Condition"]["StringEquals"]["kms:ViaService"]["Fn::Sub"]
    assert via == f"{service}.${{AWS::Region}}.amazonaws.com"
    assert statement["Resource"] == KEY
    assert "kms:CreateGrant" not in statement["Action"]


def test_logs_are_kept_as_long_as_the_deployment_says():
    for group in template.load(LogRetentionDays="30").of_type("AWS::Logs::LogGroup").values():
        assert group["RetentionInDays"] == 30


def test_addresses_phones_and_hours_are_masked_in_every_log(translated):
    for name, group in translated.of_type("AWS::Logs::LogGroup").items():
        policy = group["DataProtectionPolicy"]
        audit, mask = policy["Statement"]
        assert audit["DataIdentifier"] == mask["DataIdentifier"], name
        kinds = {each.rpartition("/")[2] for each in mask["DataIdentifier"]}
        assert kinds == {"EmailAddress", "PhoneNumber-US", "Hour"}, name
        assert "Audit" in audit["Operation"], name
        assert mask["Operation"] == {"Deidentify": {"MaskConfig": {}}}, name


def test_every_function_logs_to_the_group_that_is_masked(translated):
    for name, function in translated.of_type("AWS::Lambda::Function").items():
        logging = function["LoggingConfig"]
        assert logging == {"LogFormat": "JSON", "LogGroup": {"Ref": "FunctionLogs"}}, name


@pytest.mark.parametrize(
    ("kind", "listed", "owners"),
    [
        ("AWS::SQS::QueuePolicy", "Queues", "AWS::SQS::Queue"),
        ("AWS::SNS::TopicPolicy", "Topics", "AWS::SNS::Topic"),
    ],
)
def test_queues_and_topic_take_nothing_in_the_clear(translated, kind, listed, owners):
    (policy,) = translated.of_type(kind).values()
    assert {each["Ref"] for each in policy[listed]} == set(translated.of_type(owners))
    denied = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
    assert [each["Condition"] for each in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]
    allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert all("AWS" not in s["Principal"] and s["Condition"] for s in allowed)


def test_nothing_is_deleted_by_the_clock_but_the_trail_and_the_counts_of_registrations(translated):
    """The counts lie with the clients, none of whom has an end."""
    ending = {
        name: table["TimeToLiveSpecification"]
        for name, table in translated.of_type("AWS::DynamoDB::Table").items()
        if "TimeToLiveSpecification" in table
    }
    by_the_clock = {"AttributeName": "expires_at", "Enabled": True}
    assert ending == {"AuditTable": by_the_clock, "ClientsTable": by_the_clock}
