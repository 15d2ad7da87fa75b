"""Torture: several processes and threads at one practice, with everything going wrong that may go
wrong between a function and its tables; then every answer and every commit is looked at.

    python -m tests.engine.torture --operations 20000 --seed 1 [--mutate book.slots.state]

The same seed draws the same operations and the same faults for them. What they meet depends on
which thread is quicker, so that no two runs are alike in what the tables go through.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

import boto3
import pytest

from infra.local import template
from infra.local.environment import TABLES
from openhour.rules.refusals import Busy
from openhour.store import practices
from openhour.store.audit_log import acting_as
from openhour.use_cases import planning
from tests.engine import calendar, faults
from tests.engine.answers import check_answers
from tests.engine.commits import check_commits, writers_of
from tests.engine.dynamodb import NoEngine, serving
from tests.engine.history import History, check_tables
from tests.engine.mutations import MUTATIONS
from tests.engine.standing import check_standing

ROUND = 500
"""Operations between two looks at everything."""
_MOST_TOLD = 20
_HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How much, by how many, from which seed, and which conditions are taken out."""

    operations: int
    seed: str
    processes: int = 2
    threads: int = 8
    mutate: str = ""


@dataclass
class Report:
    """What was done, how it went wrong, and what the checker found."""

    settings: Settings
    operations: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    commits: int = 0
    appointments: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    wrongs: list[str] = field(default_factory=list)
    """What broke, each in words that begin with the promise."""
    seconds: float = 0

    @property
    def broken(self) -> Counter[str]:
        """How often each promise was broken."""
        return Counter(wrong.partition(":")[0] for wrong in self.wrongs)

    def lines(self) -> Iterator[str]:
        """The report, to be printed."""
        s = self.settings
        yield (
            f"seed {s.seed}: {self.operations} operations by {s.processes} processes of "
            f"{s.threads} threads in {self.seconds:.0f} s, {self.commits} rows written, "
            f"{sum(self.faults.values())} faults, {self.kills} processes killed"
        )
        for name in ("kinds", "answers", "faults", "rows"):
            counted: Counter[str] = getattr(self, name)
            told = ", ".join(f"{what} {n}" for what, n in counted.most_common())
            yield f"{name}: {told}"
        broken = self.broken
        lost = ", ".join(f"{what} {broken[what]}" for what in ("sold twice", "lost", "invented"))
        yield f"appointments: {self.appointments} made, {lost}; wrong in all: {len(self.wrongs)}"
        yield from self.wrongs[:_MOST_TOLD]


@dataclass
class Worker:
    """One process, started again whenever it is killed."""

    command: Sequence[str]
    journal: Path
    engine: str
    kills: int = 0

    def __post_init__(self) -> None:
        self.journal.touch()
        self._start()

    def begin(self, line: str) -> None:
        """Ask for a round."""
        self.line = line
        self._tell()

    def finish(self) -> None:
        """Wait for the round's end, through as many deaths as it takes."""
        while not self._output.readline():
            code = self.process.wait()
            if code != -9:
                raise RuntimeError(f"a worker broke down with {code}: see {self.journal}")
            self.kills += 1
            self._start()
            self._tell()

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

    def _tell(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(self.line)
        self.process.stdin.flush()

    @property
    def _output(self) -> TextIO:
        assert self.process.stdout is not None
        output: Any = self.process.stdout
        return output  # type: ignore[no-any-return]  # it is text


def torture(settings: Settings, engine: str, *, told: bool = False) -> Report:
    """Torture the engine at that address, emptied, until all is done or something is wrong."""
    history, report = History(engine), Report(settings)
    began = time.monotonic()
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("AWS_ENDPOINT_URL_DYNAMODB", engine)
        stack.enter_context(faults.injected(settings.seed, history.take))
        stack.enter_context(faults.operation(faults.NOBODY))
        stack.enter_context(acting_as("therapist:ada"))
        create_tables()
        practices.invalidate()
        calendar.furnish()
        workers = stack.enter_context(_workers(settings, engine))
        for number, first in enumerate(range(0, settings.operations, ROUND)):
            last = min(first + ROUND, settings.operations)
            _round(settings, history, report, workers, (number, first, last))
            if told:
                wrong = f", {len(report.wrongs)} wrong" if report.wrongs else ""
                sys.stderr.write(f"{last} operations, {time.monotonic() - began:.0f} s{wrong}\n")
            if report.wrongs:
                break
        report.wrongs += check_tables(history)
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
    calendar.switch_on()
    history.read_streams(time.monotonic_ns())
    report.wrongs += check_commits(history)
    history.begin()
    deaths = sum(worker.kills for worker in workers)
    for worker in workers:
        worker.begin("{} {} {}\n".format(*bounds))
    for worker in workers:
        worker.finish()
        history.read_journal(worker.journal)
    if sum(worker.kills for worker in workers) > deaths:
        time.sleep(0.3)  # what the dead had sent may still arrive
    report.wrongs += _complete(now, again=False)
    history.read_streams(time.monotonic_ns())
    missing = set(range(*bounds[1:])) - history.done.keys()
    report.wrongs += [f"lost: operation {number} was never begun" for number in missing]
    report.wrongs += check_commits(history)
    report.wrongs += check_answers(history, writers_of(history))
    report.wrongs += check_standing(history, now=now)
    if not report.wrongs:
        report.wrongs += _complete(now, again=True)
    _count(report, history)


def _complete(now: datetime, *, again: bool) -> Iterator[str]:
    """What the stream's follower does with planning that was cut short: once, and then again to no
    effect."""
    try:
        changed = planning.carry_out_plan(calendar.THERAPIST, now=now).changes
    except Busy:
        yield "G: planning does not come to an end, with nobody else there"
    except Exception as error:  # noqa: BLE001  # rows such as nobody can plan with
        yield f"G: planning broke down: {error!r}"
    else:
        if changed and again:
            yield f"G: planning again changed something: {changed}"


def _count(report: Report, history: History) -> None:
    report.operations += len(history.done)
    report.commits += len(history.fresh)
    report.appointments += sum(
        key[0] == "appointments" and history.rows[key][place - 1].image is None
        for key, place in history.fresh
    )
    for done in history.done.values():
        report.kinds[done.kind] += 1
        answer = "killed" if done.answer is None else done.refused or "done"
        report.answers[answer] += 1


def create_tables() -> None:
    """The template's tables, anew, each with a stream, so that none changes unseen."""
    dynamodb = boto3.client("dynamodb")
    for name in dynamodb.list_tables()["TableNames"]:
        dynamodb.delete_table(TableName=name)
    for logical_id, properties in template.load().of_type("AWS::DynamoDB::Table").items():
        dynamodb.create_table(
            TableName=TABLES[logical_id],
            AttributeDefinitions=properties["AttributeDefinitions"],
            KeySchema=properties["KeySchema"],
            BillingMode=properties["BillingMode"],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )


@contextmanager
def _workers(settings: Settings, engine: str) -> Iterator[list[Worker]]:
    with ExitStack() as stack:
        journals = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        workers = []
        for number in range(settings.processes):
            journal = journals / f"{number}.jsonl"
            options = {
                "seed": settings.seed,
                "journal": str(journal),
                "process": str(number),
                "processes": str(settings.processes),
                "threads": str(settings.threads),
                "mutate": settings.mutate,
            }
            command = [sys.executable, "-m", "tests.engine.worker"]
            command += [part for name, value in options.items() for part in (f"--{name}", value)]
            worker = Worker(command, journal, engine)
            stack.callback(worker.stop)
            workers.append(worker)
        yield workers


def show_mutations(engine: str, names: Sequence[str], operations: int, seed: str) -> list[str]:
    """Take out one condition after another, and print what is noticed when and as what; the names
    of those that go unnoticed."""
    unnoticed = []
    for name in names:
        report = torture(Settings(operations=operations, seed=seed, mutate=name), engine)
        if not report.wrongs:
            unnoticed.append(name)
        told = ", ".join(f"{what} {times}" for what, times in report.broken.most_common())
        after = f"after {report.operations:5}" if told else "not in    "
        sys.stdout.write(f"{name:40} {after} operations  {told}\n")
        sys.stdout.writelines(f"    {wrong:.150}\n" for wrong in report.wrongs[:1])
        sys.stdout.flush()
    return unnoticed


def main() -> int:
    """Torture as asked; tell, and fail where anything was wrong, or a mutation went unnoticed."""
    parser = argparse.ArgumentParser(description="Torture the store on DynamoDB Local.")
    parser.add_argument("--operations", type=int, default=5000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--mutate", default="", help="conditions to take out, joined by +")
    parser.add_argument("--mutations", action="store_true", help="take out each in turn")
    given = vars(parser.parse_args())
    every = given.pop("mutations")
    settings = Settings(**given)
    try:
        with serving() as engine:
            if every:
                every_one = ["+".join((name, *beside)) for name, beside in MUTATIONS.items()]
                names = [settings.mutate] if settings.mutate else every_one
                return bool(show_mutations(engine, names, settings.operations, settings.seed))
            report = torture(settings, engine, told=True)
    except NoEngine as missing:
        sys.stdout.write(f"No torture without the engine: {missing}.\n")
        return 0
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return 1 if report.wrongs else 0


if __name__ == "__main__":
    sys.exit(main())
