"""The store: all of DynamoDB. Each act of a client is one conditional transaction."""
