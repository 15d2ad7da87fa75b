"""moto's SQS, whose queues can be emptied at any time.

moto purges a queue once a minute at most, as SQS does.
"""

from moto.sqs.models import sqs_backends

from infra.local.environment import ACCOUNT, REGION


def delete_messages(queue: str) -> None:
    """Delete every message of a queue, received ones included."""
    messages = sqs_backends[ACCOUNT][REGION].get_queue(queue)
    messages._messages = []  # noqa: SLF001 - moto has no other
    messages._pending_messages = set()  # noqa: SLF001
