"""Protection of stored data: encryption, retention, masking and expiry."""

import pytest

from infra.local import template
from infra.local.permissions import as_list

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
def test_resources_with_data_outlive_the_stack(translated, kind):
    resources = translated.of_type(kind)
    assert resources
    for name in resources:
        resource = translated.resources[name]
        assert resource["UpdateReplacePolicy"] == "Retain", name
        assert resource["DeletionPolicy"].startswith("Retain"), name


@pytest.mark.parametrize("kind", STATEFUL)
def test_a_failed_creation_leaves_only_what_is_protected_from_deletion(translated, kind):
    """CloudFormation can't delete what is protected, and its rollback would fail."""
    for name, properties in translated.of_type(kind).items():
        protected = "DeletionProtectionEnabled" in properties or "DeletionProtection" in properties
        wanted = "Retain" if protected else "RetainExceptOnCreate"
        assert translated.resources[name]["DeletionPolicy"] == wanted, name


def test_every_table_is_encrypted_restorable_and_protected_from_deletion(translated):
    for name, table in translated.of_type("AWS::DynamoDB::Table").items():
        encryption = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEY}
        assert table["SSESpecification"] == encryption, name
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], name
        assert table["DeletionProtectionEnabled"] is True, name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name


def test_queues_logs_topic_and_secrets_are_encrypted_with_the_key(with_distribution):
    for kind, property_name in (
        ("AWS::SQS::Queue", "KmsMasterKeyId"),
        ("AWS::Logs::LogGroup", "KmsKeyId"),
        ("AWS::SNS::Topic", "KmsMasterKeyId"),
        ("AWS::SecretsManager::Secret", "KmsKeyId"),
    ):
        resources = with_distribution.of_type(kind)
        assert resources, kind
        for name, properties in resources.items():
            assert properties[property_name] in (KEY, {"Ref": "Key"}), name


def test_the_key_rotates_and_has_the_longest_deletion_window(translated):
    key = translated.properties("Key")
    assert key["EnableKeyRotation"] is True
    assert key["PendingWindowInDays"] == 30


def test_the_key_decrypts_only_through_the_services_that_store_data(translated):
    decryption = {"kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant"}
    for statement in translated.properties("Key")["KeyPolicy"]["Statement"]:
        actions = set(as_list(statement["Action"]))
        assert not {each for each in actions if "*" in each}, statement["Sid"]
        assert statement["Principal"] != "*", statement["Sid"]
        if actions & decryption:
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


def uses(translated, role):
    """Return the template's managed policies that a role has."""
    managed = translated.properties(role).get("ManagedPolicyArns", ())
    return {each["Ref"] for each in managed if isinstance(each, dict)}


def test_functions_use_the_key_through_dynamodb_and_for_dead_letters_through_sqs(translated):
    for name in translated.handlers():
        actions = (action for s in translated.statements(name) for action in as_list(s["Action"]))
        queue = any(action.startswith("sqs:") for action in actions)
        tables = {"TablesKeyUse"} if name != "DeploymentCheckFunction" else set()
        wanted = tables | ({"QueuesKeyUse"} if queue else set())
        assert uses(translated, f"{name}Role") == wanted, name
    assert uses(translated, "SchedulerRole") == {"QueuesKeyUse"}


@pytest.mark.parametrize(
    ("policy", "service"), [("TablesKeyUse", "dynamodb"), ("QueuesKeyUse", "sqs")]
)
def test_each_key_policy_allows_one_service(translated, policy, service):
    (statement,) = translated.properties(policy)["PolicyDocument"]["Statement"]
    via = statement["Condition"]["StringEquals"]["kms:ViaService"]["Fn::Sub"]
    assert via == f"{service}.${{AWS::Region}}.amazonaws.com"
    assert statement["Resource"] == KEY
    assert "kms:CreateGrant" not in statement["Action"]


def test_a_parameter_sets_the_retention_of_logs():
    for group in template.load(LogRetentionDays="30").of_type("AWS::Logs::LogGroup").values():
        assert group["RetentionInDays"] == 30


def test_every_log_masks_emails_phone_numbers_and_slot_times(translated):
    for name, group in translated.of_type("AWS::Logs::LogGroup").items():
        policy = group["DataProtectionPolicy"]
        audit, mask = policy["Statement"]
        assert audit["DataIdentifier"] == mask["DataIdentifier"], name
        kinds = {each.rpartition("/")[2] for each in mask["DataIdentifier"]}
        assert kinds == {"EmailAddress", "PhoneNumber-US", "SlotTime"}, name
        assert "Audit" in audit["Operation"], name
        assert mask["Operation"] == {"Deidentify": {"MaskConfig": {}}}, name


def test_every_function_logs_to_the_masked_group(translated):
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
def test_queues_and_topic_reject_insecure_transport(translated, kind, listed, owners):
    (policy,) = translated.of_type(kind).values()
    assert {each["Ref"] for each in policy[listed]} == set(translated.of_type(owners))
    denied = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
    assert [each["Condition"] for each in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]
    allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert all("AWS" not in s["Principal"] and s["Condition"] for s in allowed)


def test_only_the_audit_log_messages_and_registrations_expire(translated):
    """The counters are in the clients' table; clients themselves do not expire."""
    expiring = {
        name: table["TimeToLiveSpecification"]
        for name, table in translated.of_type("AWS::DynamoDB::Table").items()
        if "TimeToLiveSpecification" in table
    }
    specification = {"AttributeName": "expires_at", "Enabled": True}
    tables = ("AuditTable", "ClientsTable", "MessagesTable", "DueTable", "RegistrationsTable")
    assert expiring == dict.fromkeys(tables, specification)


def test_audit_entries_are_kept_for_seven_years_unless_a_parameter_says_otherwise(parameters):
    assert parameters["AuditRetentionDays"]["Default"] == 2557
    other = template.load(AuditRetentionDays="3650")
    for function in ("PracticeFunction", "PrivilegesFunction"):
        variables = other.properties(function)["Environment"]["Variables"]
        assert variables["AUDIT_RETENTION_DAYS"] == 3650
