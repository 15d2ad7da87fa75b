"""A function that stands where others will: it answers with the event, or as the body says."""

import json


def lambda_handler(event, _context):
    """Answer with the event. A JSON body of the form {"answer": …} is the answer itself."""
    if event.get("body", "").startswith('{"answer"'):
        return json.loads(event["body"])["answer"]
    if event.get("body") == "break":
        raise RuntimeError("broken on request")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(event),
    }
