"""Warm calls: a handler's CPU time against that of the bare boto3 calls that it makes.

Both run in turns in one process, with DynamoDB's answers from memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time
from typing import Any

import boto3
from botocore import xform_name

from infra.bench.calls import Call, client_calls, practice_item
from infra.bench.profiler import shares_of
from infra.bench.report import Figure, ratio_figure, share_details
from infra.bench.stub_transport import StubTransport, encode_all, stubbed
from infra.seed import NOW
from openhour import clock

TURNS, CALLS = 120, 10
"""Pairs of turns, and calls of each side in one turn."""
_WARM_UP = 50


def measure() -> list[Figure]:
    """Return the ratio of every call, and which library its time goes to."""
    with stubbed(practice_item()) as transport:
        clock.set_now(NOW)
        calls = client_calls()
        # A function's garbage collector would not traverse what the bench itself holds.
        gc.collect()
        gc.freeze()
        try:
            return [_measure(call, transport) for call in calls]
        finally:
            gc.unfreeze()
            clock.reset()


def _measure(call: Call, transport: StubTransport) -> Figure:
    handler = partial(call.handler, call.event, None)
    bare = _bare_calls(call, handler, transport)
    for _ in range(_WARM_UP):
        handler()
        bare()
    ratio = median(_cpu_time(handler) / _cpu_time(bare) for _ in range(TURNS))
    details = share_details(shares_of(handler), ratio)
    return ratio_figure(f"warm: {call.name}", ratio, call.budget, details)


def _bare_calls(
    call: Call, handler: Callable[[], Any], transport: StubTransport
) -> Callable[[], Any]:
    """Record what the handler requests of DynamoDB, and return boto3 calls that do the same."""
    transport.responses = encode_all(call.responses)
    transport.requests.clear()
    transport.recording = True
    response = handler()
    transport.recording = False
    if response["statusCode"] != call.status:
        raise RuntimeError(f"{call.name}: {response}")
    client: Any = boto3.client("dynamodb")
    methods = [
        partial(getattr(client, xform_name(operation)), **parameters)
        for operation, parameters in transport.requests
    ]

    def bare() -> None:
        for method in methods:
            method()

    return bare


def _cpu_time(call: Callable[[], Any]) -> float:
    started = process_time()
    for _ in range(CALLS):
        call()
    return process_time() - started
