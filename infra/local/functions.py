"""The functions, run in this process as Lambda runs them.

Lambda gives an execution environment one event at a time, and Powertools relies on it: the event
and the context of an invocation are attributes of classes. Here threads do at once what there many
environments do, so each thread is given its own.
"""

import contextvars
import importlib
import json
import threading
import time
import uuid
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver, Route

from infra.local.environment import ACCOUNT, REGION
from infra.local.permissions import Permissions, held_to

Event = dict[str, Any]

SECONDS = 29
"""How long an invocation may take by its context's word; nothing here cuts it off."""


class Context:
    """What Lambda tells a handler about the invocation."""

    function_version = "$LATEST"
    memory_limit_in_mb = 1024
    log_stream_name = "local"

    def __init__(self, function_name: str) -> None:
        self.function_name = function_name
        self.log_group_name = f"/aws/lambda/{function_name}"
        self.invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function_name}"
        self.aws_request_id = str(uuid.uuid4())
        self._ends = time.monotonic() + SECONDS

    def get_remaining_time_in_millis(self) -> int:
        """Tell how long the invocation may still take."""
        return max(0, round((self._ends - time.monotonic()) * 1000))


class Function:
    """One function of the template, imported when it is first needed."""

    def __init__(self, name: str, handler: str, permissions: Permissions | None = None) -> None:
        """Take the dotted path of the handler, and what it may do; None is everything."""
        self.name = name
        self._path = handler
        self.permissions = permissions

    @cached_property
    def handler(self) -> Callable[[Event, Context], Any]:
        """The function's handler. Raises ImportError or AttributeError where there is none."""
        module, _, name = self._path.rpartition(".")
        handler: Callable[[Event, Context], Any] = getattr(importlib.import_module(module), name)
        return handler

    def invoke(self, event: Event) -> Any:
        """Run the handler on a copy of `event`; its answer, or whatever it raises. It knows
        nothing of what its caller has set, as if it ran elsewhere."""
        return contextvars.Context().run(self._run, event)

    def _run(self, event: Event) -> Any:
        with held_to(self.permissions):
            return self.handler(json.loads(json.dumps(event)), Context(self.name))


class _PerThread:
    """A dictionary of which every thread has its own, whatever the instance."""

    def __init__(self) -> None:
        self._own = threading.local()

    def __get__(self, instance: Any, _owner: type) -> Any:
        if instance is None:
            return self
        if not hasattr(self._own, "value"):
            self._own.value = {}
        return self._own.value

    def __set__(self, instance: Any, value: Any) -> None:
        self._own.value = value


def let_threads_be_environments() -> None:
    """Give each thread its own invocation, in this process, from now on."""
    if isinstance(ApiGatewayResolver.__dict__.get("context"), _PerThread):
        return
    for name in ("context", "current_event", "lambda_context"):
        setattr(ApiGatewayResolver, name, _PerThread())
    _wrap(ApiGatewayResolver, "resolve", _remembering)
    _wrap(Route, "_build_middleware_stack", _once)


def _wrap(owner: type, name: str, wrapper: Callable[[Any], Any]) -> None:
    setattr(owner, name, wrapper(getattr(owner, name)))


def _remembering(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Powertools writes the event to a base class; the thread's own hides what is there."""

    @wraps(resolve)
    def call(resolver: Any, event: Event, context: Any) -> Any:
        resolver.current_event = resolver._to_proxy_event(event)  # noqa: SLF001 - as `resolve` does
        resolver.lambda_context = context
        return resolve(resolver, event, context)

    return call


def _once(build: Callable[..., None]) -> Callable[..., None]:
    """A route builds its middleware when first called, which two threads may do at once."""
    lock = threading.Lock()

    @wraps(build)
    def call(route: Any, *args: Any, **kwargs: Any) -> None:
        with lock:
            if not route._middleware_stack_built:  # noqa: SLF001 - what the build itself sets
                build(route, *args, **kwargs)

    return call
