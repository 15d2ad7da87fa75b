"""All of DynamoDB: models, mapping, queries, statements and transactions."""
