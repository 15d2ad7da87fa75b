"""The stress test: processes and threads use one practice while requests fail in every way.

Afterwards, checkers examine every response and every commit.

    python -m tests.stress.runner --operations 20000 --seed 1 [--mutate book.slots.state]

A seed determines the operations and their faults. The interleaving depends on the machine, so no
two runs commit the same history.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import boto3
import pytest

from infra.dynamodb_local import DynamoDBLocalUnavailable, running
from infra.local import template
from infra.local.environment import enter_local_environment
from infra.local.tables import create_tables
from openhour.rules.refusals import Busy
from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.use_cases import planning
from tests.stress import calendar, fault_injection
from tests.stress.commit_checker import check_commits, writers_of
from tests.stress.history import History, check_tables
from tests.stress.invariants import check_invariants
from tests.stress.mutations import MUTATIONS, NOT_STRESSED
from tests.stress.response_checker import check_responses

ROUND = 500
"""Operations between two checks."""
_MAX_PRINTED = 20
_HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The size of a run, its seed, and the conditions to remove."""

    operations: int
    seed: str
    processes: int = 2
    threads: int = 8
    mutate: str = ""


@dataclass
class Report:
    """What happened in a run, and what the checkers found."""

    settings: Settings
    operations: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    commits: int = 0
    appointments: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    """Texts that begin with the violated invariant."""
    seconds: float = 0

    @property
    def by_invariant(self) -> Counter[str]:
        """Violations of each invariant."""
        return Counter(text.partition(":")[0] for text in self.violations)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the report."""
        s = self.settings
        yield (
            f"seed {s.seed}: {self.operations} operations by {s.processes} processes of "
            f"{s.threads} threads in {self.seconds:.0f} s, {self.commits} rows written, "
            f"{sum(self.faults.values())} faults, {self.kills} processes killed"
        )
        for name in ("kinds", "answers", "faults", "rows"):
            counted: Counter[str] = getattr(self, name)
            counts = ", ".join(f"{what} {n}" for what, n in counted.most_common())
            yield f"{name}: {counts}"
        violations = self.by_invariant
        lost = ", ".join(
            f"{name} {violations[name]}" for name in ("sold twice", "lost", "invented")
        )
        total = len(self.violations)
        yield f"appointments: {self.appointments} made, {lost}; violations: {total}"
        yield from self.violations[:_MAX_PRINTED]


@dataclass
class Worker:
    """A process that is restarted whenever it is killed."""

    command: Sequence[str]
    journal: Path
    engine: str
    kills: int = 0

    def __post_init__(self) -> None:
        self.journal.touch()
        self._start()

    def begin(self, line: str) -> None:
        """Start a round."""
        self.line = line
        self._send_line()

    def finish(self) -> None:
        """Wait for the end of the round, restarting the process when it was killed."""
        while not self._output.readline():
            code = self.process.wait()
            if code != -9:
                raise RuntimeError(f"a worker exited with {code}: see {self.journal}")
            self.kills += 1
            self._start()
            self._send_line()

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()

    def _start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=_HOME,
            env={**os.environ, "AWS_ENDPOINT_URL_DYNAMODB": self.engine},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin
        assert self.process.stdout
        self._input, self._output = self.process.stdin, self.process.stdout

    def _send_line(self) -> None:
        self._input.write(self.line)
        self._input.flush()


def stress(settings: Settings, engine: str, *, verbose: bool = False) -> Report:
    """Stress DynamoDB Local, emptied, until every operation is done or a check fails."""
    history, report = History(engine), Report(settings)
    began = time.monotonic()
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("AWS_ENDPOINT_URL_DYNAMODB", engine)
        stack.enter_context(fault_injection.injected(settings.seed, history.take))
        stack.enter_context(fault_injection.operation(fault_injection.NO_OPERATION))
        stack.enter_context(acting_as("therapist:ada"))
        dynamodb = boto3.client("dynamodb")
        for name in dynamodb.list_tables()["TableNames"]:
            dynamodb.delete_table(TableName=name)
        create_tables(template.load(), dynamodb, all_streams=True)
        practices.invalidate()
        calendar.seed()
        workers = stack.enter_context(_workers(settings, engine))
        for number, first in enumerate(range(0, settings.operations, ROUND)):
            last = min(first + ROUND, settings.operations)
            _round(settings, history, report, workers, (number, first, last))
            if verbose:
                count = f", {len(report.violations)} violations" if report.violations else ""
                sys.stderr.write(f"{last} operations, {time.monotonic() - began:.0f} s{count}\n")
            if report.violations:
                break
        report.violations += check_tables(history)
    report.faults, report.kills = history.faults, sum(worker.kills for worker in workers)
    report.rows = Counter(key[0] for key, versions in history.rows.items() if versions[-1].image)
    report.seconds = time.monotonic() - began
    return report


def _round(
    settings: Settings,
    history: History,
    report: Report,
    workers: Sequence[Worker],
    bounds: tuple[int, int, int],
) -> None:
    now = calendar.clock(settings.seed, bounds[0])
    calendar.enable_self_scheduling()
    history.read_streams(time.monotonic_ns())
    report.violations += check_commits(history)
    history.begin()
    deaths = sum(worker.kills for worker in workers)
    for worker in workers:
        worker.begin("{} {} {}\n".format(*bounds))
    for worker in workers:
        worker.finish()
        history.read_journal(worker.journal)
    if sum(worker.kills for worker in workers) > deaths:
        time.sleep(0.3)  # requests of killed processes may still arrive
    report.violations += _complete(now, again=False)
    history.read_streams(time.monotonic_ns())
    missing = set(range(*bounds[1:])) - history.calls.keys()
    report.violations += [f"lost: operation {number} never started" for number in missing]
    report.violations += check_commits(history)
    report.violations += check_responses(history, writers_of(history))
    report.violations += check_invariants(history, now=now)
    if not report.violations:
        report.violations += _complete(now, again=True)
    _count(report, history)


def _complete(now: datetime, *, again: bool) -> Iterator[str]:
    """Complete interrupted planning, as the stream handler does; a second time has no effect."""
    try:
        changed = planning.carry_out_plan(calendar.THERAPIST, now=now).changes
    except Busy:
        yield "G: planning does not complete without concurrent writes"
    except Exception as error:  # noqa: BLE001  # inconsistent rows
        yield f"G: planning failed: {error!r}"
    else:
        if changed and again:
            yield f"G: repeated planning changed rows: {changed}"


def _count(report: Report, history: History) -> None:
    report.operations += len(history.calls)
    report.commits += len(history.fresh)
    report.appointments += sum(
        key[0] == "appointments" and history.rows[key][place - 1].image is None
        for key, place in history.fresh
    )
    for call in history.calls.values():
        report.kinds[call.kind] += 1
        response = "killed" if call.response is None else call.refused or "done"
        report.answers[response] += 1


@contextmanager
def _workers(settings: Settings, engine: str) -> Iterator[list[Worker]]:
    with ExitStack() as stack:
        journals = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        workers = []
        for number in range(settings.processes):
            journal = journals / f"{number}.jsonl"
            given = {**asdict(settings), "journal": str(journal), "process": number}
            command = [sys.executable, "-m", "tests.stress.worker", json.dumps(given)]
            worker = Worker(command, journal, engine)
            stack.callback(worker.stop)
            workers.append(worker)
        yield workers


def run_mutations(engine: str, names: Sequence[str], operations: int, seed: str) -> list[str]:
    """Remove one condition after another; return the names of those that no check misses."""
    undetected = []
    for name in names:
        report = stress(Settings(operations=operations, seed=seed, mutate=name), engine)
        if not report.violations:
            undetected.append(name)
        counts = ", ".join(f"{what} {times}" for what, times in report.by_invariant.most_common())
        after = f"after {report.operations:5}" if counts else "not in    "
        sys.stdout.write(f"{name:40} {after} operations  {counts}\n")
        sys.stdout.writelines(f"    {text:.150}\n" for text in report.violations[:1])
        sys.stdout.flush()
    return undetected


def main() -> int:
    """Run the stress test; exit with 1 after a violation, or after an undetected mutation."""
    enter_local_environment()
    parser = argparse.ArgumentParser(description="Stress the store on DynamoDB Local.")
    parser.add_argument("--operations", type=int, default=5000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--mutate", default="", help="conditions to remove, joined by +")
    parser.add_argument("--mutations", action="store_true", help="remove each condition in turn")
    given = vars(parser.parse_args())
    every = given.pop("mutations")
    settings = Settings(**given)
    try:
        with running() as engine:
            if every:
                every_one = [
                    "+".join((name, *beside))
                    for name, beside in MUTATIONS.items()
                    if name not in NOT_STRESSED
                ]
                names = [settings.mutate] if settings.mutate else every_one
                return bool(run_mutations(engine, names, settings.operations, settings.seed))
            report = stress(settings, engine, verbose=True)
    except DynamoDBLocalUnavailable as missing:
        sys.stdout.write(f"The stress test needs DynamoDB Local: {missing}.\n")
        return 0
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return 1 if report.violations else 0


if __name__ == "__main__":
    sys.exit(main())
