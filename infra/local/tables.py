"""The template's tables, created in moto or in a running DynamoDB."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from infra.local.environment import TABLES
from infra.local.template import Template

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def create_tables(
    template: Template, dynamodb: "DynamoDBClient", *, all_streams: bool = False
) -> None:
    """Create every table of `template` that does not exist yet, with its stream or with any."""
    for logical_id, properties in template.of_type("AWS::DynamoDB::Table").items():
        default = {"StreamViewType": "NEW_AND_OLD_IMAGES"} if all_streams else {}
        stream = properties.get("StreamSpecification", default)
        specification: Any = {"StreamEnabled": bool(stream), **stream}
        indexes: Any = properties.get("GlobalSecondaryIndexes")
        with suppress(dynamodb.exceptions.ResourceInUseException):
            dynamodb.create_table(
                TableName=TABLES[logical_id],
                AttributeDefinitions=properties["AttributeDefinitions"],
                KeySchema=properties["KeySchema"],
                BillingMode=properties["BillingMode"],
                StreamSpecification=specification,
                **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
            )
