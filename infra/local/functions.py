"""The template's functions, invoked in this process as Lambda invokes them."""

import contextvars
import importlib
import json
import time
import uuid
from collections.abc import Callable
from functools import cached_property
from typing import Any

from infra.local.environment import ACCOUNT, REGION
from infra.local.permissions import Permissions, restricted_to
from infra.local.powertools import name_function_in_logs

Event = dict[str, Any]

TIMEOUT_SECONDS = 29
"""Remaining time that the context reports. The local run does not enforce it."""


class Context:
    """The context object that Lambda passes to a handler."""

    function_version = "$LATEST"
    memory_limit_in_mb = 1024
    log_stream_name = "local"

    def __init__(self, function_name: str) -> None:
        self.function_name = function_name
        self.log_group_name = f"/aws/lambda/{function_name}"
        self.invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function_name}"
        self.aws_request_id = str(uuid.uuid4())
        self._deadline = time.monotonic() + TIMEOUT_SECONDS

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds left until the timeout."""
        return max(0, round((self._deadline - time.monotonic()) * 1000))


class Function:
    """One function of the template, imported on its first invocation."""

    def __init__(self, name: str, handler: str, permissions: Permissions | None = None) -> None:
        """Take the handler's dotted path and the function's permissions; None allows all."""
        self.name = name
        self._path = handler
        self.permissions = permissions

    @cached_property
    def handler(self) -> Callable[[Event, Context], Any]:
        """The function's handler.

        Raises:
            ImportError: The module does not exist.
            AttributeError: The module has no such handler.
        """
        module, _, name = self._path.rpartition(".")
        handler: Callable[[Event, Context], Any] = getattr(importlib.import_module(module), name)
        return handler

    def invoke(self, event: Event) -> Any:
        """Run the handler on a copy of `event`, and return or raise whatever it does.

        The handler sees none of the caller's context variables, as in another process.
        """
        return contextvars.Context().run(self._run, event)

    def _run(self, event: Event) -> Any:
        name_function_in_logs(self.name)
        with restricted_to(self.permissions):
            return self.handler(json.loads(json.dumps(event)), Context(self.name))
