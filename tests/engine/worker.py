"""One process under torture: told a round on its standard input, it does its share of the round's
operations in some threads. Killed and started again, it goes on with those it had not begun.

Everything asked and answered is written to a journal at once, so that a killed process leaves its
unfinished operations on record. Times are the machine's monotonic nanoseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.use_cases import bookings, moves
from tests.engine import calendar, deeds, faults, mutations

Record = Callable[[dict[str, Any]], None]


class _Token:
    """What a booking draws as its token: the number of the operation, so that the appointment
    tells whose it is."""

    def __init__(self) -> None:
        current = faults.under_way()
        self.hex = f"{current:012d}" + 20 * "0"


def main() -> None:
    """Do the rounds that are asked for, a line each: its number, its first operation and the one
    after its last."""
    arguments = _arguments()
    journal = os.open(arguments.journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def record(entry: dict[str, Any]) -> None:
        os.write(journal, json.dumps(entry).encode() + b"\n")

    for module in (bookings, moves):
        vars(module)["uuid4"] = _Token
    mutations.apply(arguments.mutate)
    begun = _begun(arguments.journal)
    with faults.injected(arguments.seed, record):
        for line in sys.stdin:
            number, first, last = map(int, line.split())
            practices.invalidate()
            now = calendar.clock(arguments.seed, number)
            shares = [
                [deeds.draw(arguments.seed, each, now=now) for each in share if each not in begun]
                for share in _shares(arguments, range(first, last))
            ]
            with ThreadPoolExecutor(arguments.threads) as pool:
                list(pool.map(partial(_work, record), shares))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


def _work(record: Record, share: list[deeds.Deed]) -> None:
    for deed in share:
        _do(deed, record)


def _do(deed: deeds.Deed, record: Record) -> None:
    asked = {"client": deed.client_id, "slot": deed.slot_id, "now": deed.now.isoformat()}
    record({"op": deed.number, "kind": deed.kind, "since": time.monotonic_ns(), **asked})

    def note(more: dict[str, Any]) -> None:
        record({"op": deed.number, **more})

    with faults.operation(deed.number), acting_as("therapist:ada", request_id=str(deed.number)):
        answer = deeds.do(deed, note)
        until = time.monotonic_ns()
    record({"op": deed.number, "until": until, "answer": answer})


def _shares(arguments: argparse.Namespace, numbers: range) -> list[list[int]]:
    """This process's operations, one list a thread: the same in every run."""
    step = arguments.processes * arguments.threads
    first = arguments.process * arguments.threads
    return [list(numbers[first + thread :: step]) for thread in range(arguments.threads)]


def _begun(journal: Path) -> set[int]:
    """What this process had begun before it was killed."""
    entries = (json.loads(line) for line in journal.read_text().splitlines())
    return {entry["op"] for entry in entries if "since" in entry}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", required=True)
    parser.add_argument("--journal", type=Path, required=True)
    parser.add_argument("--process", type=int, required=True)
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--mutate", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
