"""A handler that returns its event, or what the body contains."""

import json


def lambda_handler(event, _context):
    """Return the event, or the value of a JSON body of the form {"answer": …}."""
    if event.get("body", "").startswith('{"answer"'):
        return json.loads(event["body"])["answer"]
    if event.get("body") == "break":
        raise RuntimeError("broken on request")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(event),
    }
