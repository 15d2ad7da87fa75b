"""Lambda's Invoke action, routed to functions that run in this process."""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from moto.awslambda.models import LambdaBackend


@contextmanager
def patch_lambda_invoke(invoke: Callable[[str, str], None]) -> Iterator[None]:
    """Pass the ARN and the payload of every invocation to `invoke`.

    Invocations are asynchronous in AWS, so the caller never sees an error of the function.
    """
    original = LambdaBackend.invoke

    def patched(
        _backend: LambdaBackend, arn: str, _qualifier: str, body: Any, *_headers: Any
    ) -> str:
        try:
            invoke(arn, body if isinstance(body, str) else body.decode())
        except Exception:  # noqa: BLE001 - whatever a function raises
            traceback.print_exc(file=sys.stderr)
        return ""

    LambdaBackend.invoke = patched
    try:
        yield
    finally:
        LambdaBackend.invoke = original
