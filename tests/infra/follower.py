"""A follower that stands where others will: it notes what it is handed, and fails where told."""

from typing import Any

handed: list[list[dict[str, Any]]] = []
raising: set[str] = set()
failing: set[str] = set()


def lambda_handler(event, _context):
    """Note each record's slot; raise for those in `raising`, report those in `failing`."""
    slots = [record["dynamodb"]["Keys"]["slot_id"]["S"] for record in event["Records"]]
    handed.append(event["Records"])
    if raising & set(slots):
        raise RuntimeError("cannot handle this batch")
    return {
        "batchItemFailures": [
            {"itemIdentifier": record["dynamodb"]["SequenceNumber"]}
            for record in event["Records"]
            if record["dynamodb"]["Keys"]["slot_id"]["S"] in failing
        ]
    }


def slots():
    """Tell which slots each call was handed, without what the filter doesn't let through."""
    return [[each["dynamodb"]["Keys"]["slot_id"]["S"] for each in records] for records in handed]
