"""One process of the stress test.

It reads rounds from standard input and performs its share of each round's operations in threads.
Killed and restarted, it continues with the operations that it had not started. Every request and
response goes to a journal at once, so a killed process leaves its unfinished operations on record.
Times are the machine's monotonic nanoseconds.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from infra.local.environment import enter_local_environment
from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.use_cases import bookings, moves
from tests.stress import calendar, fault_injection, mutations, operations

Record = Callable[[dict[str, Any]], None]


def _token() -> str:
    """Return the number of the operation, so that an appointment tells which one made it."""
    return f"{fault_injection.current_operation():012d}"


def main() -> None:
    """Perform rounds; each line has a round's number, its first operation and its end."""
    enter_local_environment()
    arguments = SimpleNamespace(**json.loads(sys.argv[1]))
    journal = os.open(arguments.journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def record(entry: dict[str, Any]) -> None:
        os.write(journal, json.dumps(entry).encode() + b"\n")

    for module in (bookings, moves):
        vars(module)["new_token"] = _token
    mutations.apply(arguments.mutate)
    started = _started_operations(Path(arguments.journal))
    with fault_injection.injected(arguments.seed, record):
        for line in sys.stdin:
            number, first, last = map(int, line.split())
            practices.invalidate()
            now = calendar.clock(arguments.seed, number)
            shares = _shares(arguments, range(first, last))

            def work(share: list[int], now: datetime = now) -> None:
                for each in share:
                    if each not in started:
                        _perform(operations.draw(arguments.seed, each, now=now), record)

            with ThreadPoolExecutor(arguments.threads) as pool:
                list(pool.map(work, shares))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def _perform(operation: operations.Operation, record: Record) -> None:
    number, kind = operation.number, operation.kind
    request = {
        "client": operation.client_id,
        "slot": operation.slot_id,
        "now": operation.now.isoformat(),
    }
    record({"op": number, "kind": kind, "since": time.monotonic_ns(), **request})
    with (
        fault_injection.operation(number),
        acting_as("therapist:ada", request_id=str(number)),
    ):
        response = operations.perform(operation, lambda details: record({"op": number, **details}))
        until = time.monotonic_ns()
    record({"op": number, "until": until, "response": response})


def _shares(arguments: SimpleNamespace, numbers: range) -> list[list[int]]:
    """Return this process's operations by thread, the same in every run."""
    step = arguments.processes * arguments.threads
    first = arguments.process * arguments.threads
    return [list(numbers[first + thread :: step]) for thread in range(arguments.threads)]


def _started_operations(journal: Path) -> set[int]:
    """Return the operations that this process had started before it was killed."""
    entries = (json.loads(line) for line in journal.read_text().splitlines())
    return {entry["op"] for entry in entries if "since" in entry}


if __name__ == "__main__":
    main()
