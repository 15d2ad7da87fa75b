"""The environment that every function finds on one machine: names, and an AWS that isn't there."""

REGION = "us-east-1"
ACCOUNT = "123456789012"

TABLES = {
    "PracticesTable": "openhour-practices",
    "SlotsTable": "openhour-slots",
    "ClientsTable": "openhour-clients",
    "AppointmentsTable": "openhour-appointments",
    "RegularsTable": "openhour-regulars",
    "TimeOffTable": "openhour-time-off",
    "AuditTable": "openhour-audit",
}
"""The physical name of each table, by its logical id in the template."""

PARAMETERS = {"AlarmEmail": "operator@openhour.example", "AllowedOrigins": "*"}
"""The template's parameters here, where nobody is mailed, and any page may call."""

SCHEDULE_GROUP = "openhour"
RELEASE_FUNCTION_ARN = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:openhour-release:live"
SCHEDULER_ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/openhour-scheduler"
RELEASE_DEAD_LETTER_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:openhour-release-dead-letters"

VARIABLES = {
    # Nothing here may reach a real account: the keys open none, and no settings file is read.
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_SESSION_TOKEN": "local",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    # moto answers streams at the plain address alone.
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "POWERTOOLS_METRICS_NAMESPACE": "Openhour",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "PRACTICES_TABLE": TABLES["PracticesTable"],
    "SLOTS_TABLE": TABLES["SlotsTable"],
    "CLIENTS_TABLE": TABLES["ClientsTable"],
    "APPOINTMENTS_TABLE": TABLES["AppointmentsTable"],
    "REGULARS_TABLE": TABLES["RegularsTable"],
    "TIME_OFF_TABLE": TABLES["TimeOffTable"],
    "AUDIT_TABLE": TABLES["AuditTable"],
    "AUDIT_RETENTION_DAYS": "2557",
    "USER_POOL_ID": f"{REGION}_openhour",
    "USER_POOL_CLIENT_ID": "openhour",
    "COGNITO_URL": f"https://cognito-idp.{REGION}.amazonaws.com/",
    "SCHEDULE_GROUP": SCHEDULE_GROUP,
    "RELEASE_FUNCTION_ARN": RELEASE_FUNCTION_ARN,
    "SCHEDULER_ROLE_ARN": SCHEDULER_ROLE_ARN,
    "RELEASE_DEAD_LETTER_ARN": RELEASE_DEAD_LETTER_ARN,
    "RELEASE_SPREAD_MINUTES": "0",
}
"""All of it. The ids of the user pool and its address are put right once the pool is made."""
