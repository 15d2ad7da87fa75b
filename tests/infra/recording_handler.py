"""A stream handler that records its batches, and fails for chosen slots."""

from typing import Any

batches: list[list[dict[str, Any]]] = []
raising: set[str] = set()
failing: set[str] = set()


def lambda_handler(event, _context):
    """Record the batch; raise an error for slots in `raising`, report those in `failing`."""
    slots = [record["dynamodb"]["Keys"]["slot_id"]["S"] for record in event["Records"]]
    batches.append(event["Records"])
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
    """Return the slots of each batch."""
    return [[each["dynamodb"]["Keys"]["slot_id"]["S"] for each in records] for records in batches]
