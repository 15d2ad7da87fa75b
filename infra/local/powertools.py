"""Powertools, made safe for several invocations at once in one process.

Lambda sends an execution environment one event at a time, and Powertools relies on that: it keeps
the event and the context of an invocation in class attributes, and the keys of log lines in the
logger. In the local run threads take the place of environments, so each thread gets its own
attributes, and each invocation its own keys.
"""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver, Route
from aws_lambda_powertools.logging.formatter import set_context_keys


class _PerThread:
    """A dictionary that each thread has of its own, shared by all instances of the owner."""

    def __init__(self) -> None:
        self._local = threading.local()

    def __get__(self, instance: Any, _owner: type) -> Any:
        if instance is None:
            return self
        if not hasattr(self._local, "value"):
            self._local.value = {}
        return self._local.value

    def __set__(self, instance: Any, value: Any) -> None:
        self._local.value = value


def isolate_invocations_per_thread() -> None:
    """Give each thread its own invocation in this process. Idempotent."""
    if isinstance(ApiGatewayResolver.__dict__.get("context"), _PerThread):
        return
    for name in ("context", "current_event", "lambda_context"):
        setattr(ApiGatewayResolver, name, _PerThread())
    _wrap(ApiGatewayResolver, "resolve", _set_current_event)
    _wrap(Route, "_build_middleware_stack", _build_once)
    Logger.append_keys = Logger.thread_safe_append_keys  # type: ignore[method-assign]


def name_function_in_logs(name: str) -> None:
    """Add the function's name to each log line for the rest of the current context."""
    set_context_keys(function_name=name)  # type: ignore[arg-type]  # Powertools' mistake


def _wrap(owner: type, name: str, wrapper: Callable[[Any], Any]) -> None:
    setattr(owner, name, wrapper(getattr(owner, name)))


def _set_current_event(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Set the thread's event, since `resolve` sets it on a base class, where it is hidden."""

    @wraps(resolve)
    def call(resolver: Any, event: dict[str, Any], context: Any) -> Any:
        resolver.current_event = resolver._to_proxy_event(event)  # noqa: SLF001 - as `resolve` does
        resolver.lambda_context = context
        return resolve(resolver, event, context)

    return call


def _build_once(build: Callable[..., None]) -> Callable[..., None]:
    """Let one thread build a route's middleware, which happens on the route's first call."""
    lock = threading.Lock()

    @wraps(build)
    def call(route: Any, *args: Any, **kwargs: Any) -> None:
        with lock:
            if not route._middleware_stack_built:  # noqa: SLF001 - what the build itself sets
                build(route, *args, **kwargs)

    return call
