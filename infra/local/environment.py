"""The functions' environment in the local run: names of resources, and credentials for none."""

import os

from functions.deployment_check.checks import CHECKS
from openhour.store.models import tables

REGION = "us-east-1"
ACCOUNT = "123456789012"

TABLES = {table.logical_id: table.default_name for table in tables()}
"""The physical name of each table, by its logical id in the template."""

PARAMETERS = {
    "AlarmEmail": "operator@openhour.example",
    "AllowedOrigins": "*",
    "TherapistMfa": "optional",
    "MailIdentityArn": f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/openhour.example",
    "MailSenderAddress": "appointments@openhour.example",
    "PageUrl": "https://openhour.example",
}
"""The template's parameters in the local run."""

TARGET_PATH = "/target.json"
"""Where the local run tells the operator's command its AWS addresses and its clock."""

SCHEDULE_GROUP = "openhour"
FUNCTIONS = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function"
RELEASE_FUNCTION_ARN = f"{FUNCTIONS}:openhour-release:live"
SCHEDULER_ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/openhour-scheduler"
RELEASE_DEAD_LETTER_ARN = f"arn:aws:sqs:{REGION}:{ACCOUNT}:openhour-release-dead-letters"
PRIVILEGES_DEAD_LETTERS_URL = (
    f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/openhour-privileges-dead-letters"
)
MAIL_QUEUE = "openhour-mail"
MAIL_QUEUE_URL = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{MAIL_QUEUE}"
NOTIFICATIONS_DEAD_LETTERS = "openhour-notifications-dead-letters"
MAIL_CONFIGURATION_SET = "openhour-mail"

VARIABLES = {
    # Nothing may reach a real account: the keys are invalid, and no configuration file is read.
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_SESSION_TOKEN": "local",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    # moto serves streams only at the endpoint without an account id.
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "POWERTOOLS_METRICS_NAMESPACE": "Openhour",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
    "POWERTOOLS_TRACE_DISABLED": "true",
    **{table.variable: table.default_name for table in tables()},
    "AUDIT_RETENTION_DAYS": "2557",
    "CLIENTS_USER_POOL_ID": f"{REGION}_clients",
    "CLIENTS_APP_CLIENT_ID": "clientsapp",
    "THERAPISTS_USER_POOL_ID": f"{REGION}_therapists",
    "THERAPISTS_APP_CLIENT_ID": "therapistsapp",
    "COGNITO_URL": f"https://cognito-idp.{REGION}.amazonaws.com/",
    "SCHEDULE_GROUP": SCHEDULE_GROUP,
    "RELEASE_FUNCTION_ARN": RELEASE_FUNCTION_ARN,
    "SCHEDULER_ROLE_ARN": SCHEDULER_ROLE_ARN,
    "RELEASE_DEAD_LETTER_ARN": RELEASE_DEAD_LETTER_ARN,
    "RELEASE_SPREAD_MINUTES": "0",
    "PRIVILEGES_DEAD_LETTERS_URL": PRIVILEGES_DEAD_LETTERS_URL,
    "MAIL_QUEUE_URL": MAIL_QUEUE_URL,
    "MAIL_SENDER": PARAMETERS["MailSenderAddress"],
    "SENDS_MAIL": "mail",
    "MAIL_CONFIGURATION_SET": MAIL_CONFIGURATION_SET,
    "PAGE_URL": "http://127.0.0.1",
    "CHECKED_FUNCTIONS": " ".join(f"{each}={each}" for each in CHECKS),
}
"""The environment variables. `local_aws` sets the URL of Cognito once its port is known, and
`running` that of the pages."""


def enter_local_environment() -> None:
    """Give this process the functions' environment."""
    os.environ.update(VARIABLES)
