"""Lambda's part: the functions that functions invoke, by their ARN."""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from moto.awslambda.models import LambdaBackend


@contextmanager
def invocations(fire: Callable[[str, str], None]) -> Iterator[None]:
    """Have moto's Lambda give ARN and input of every event to `fire`. As with Lambda, whoever sends
    an event learns nothing of how it went."""
    kept = LambdaBackend.invoke

    def invoke(
        _backend: LambdaBackend, arn: str, _qualifier: str, body: Any, *_headers: Any
    ) -> str:
        try:
            fire(arn, body if isinstance(body, str) else body.decode())
        except Exception:  # noqa: BLE001 - whatever a function raises
            traceback.print_exc(file=sys.stderr)
        return ""

    LambdaBackend.invoke = invoke
    try:
        yield
    finally:
        LambdaBackend.invoke = kept
