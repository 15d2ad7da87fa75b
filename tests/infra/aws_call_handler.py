"""A handler that makes the AWS call in its event, in its own thread or in another."""

from concurrent.futures import ThreadPoolExecutor

import boto3


def lambda_handler(event, _context):
    """Make the call in the event."""
    call = getattr(boto3.client(event["service"]), event["call"])
    if event.get("thread"):
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(call, **event["with"]).result() and None
    return call(**event["with"]) and None
