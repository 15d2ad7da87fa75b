"""The template's tables, created in moto or in a running DynamoDB."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from infra.local.environment import TABLES
from infra.local.template import Template

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def create_tables(template: Template, dynamodb: "DynamoDBClient") -> None:
    """Create every table of `template` that does not exist yet."""
    for logical_id, properties in template.of_type("AWS::DynamoDB::Table").items():
        stream = properties.get("StreamSpecification", {})
        specification: Any = {"StreamEnabled": bool(stream), **stream}
        with suppress(dynamodb.exceptions.ResourceInUseException):
            dynamodb.create_table(
                TableName=TABLES[logical_id],
                AttributeDefinitions=properties["AttributeDefinitions"],
                KeySchema=properties["KeySchema"],
                BillingMode=properties["BillingMode"],
                StreamSpecification=specification,
            )
