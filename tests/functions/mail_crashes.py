"""Crashes on the way of a mail: how many mails are lost, doubled or left to the operator.

The stream function and the mailer may crash between any two of their requests to DynamoDB, SQS and
SES, and after the last. Usage: `python -m tests.functions.mail_crashes [MAILS] [PER_CENT] [SEED]`.
"""

from __future__ import annotations

import io
import logging
import random
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import repeat
from multiprocessing import get_context
from typing import Any

from infra.local.environment import enter_local_environment
from infra.local.moto.dynamodb import patch_dynamodb
from openhour import clock, mail_queue, ses
from openhour.rules.appointments import Appointment, appointment_id_of
from openhour.rules.clients import Client
from openhour.rules.weeks import Week, slot_id_of
from openhour.store.appointments import insert_appointment
from openhour.store.audit_log import acting_as
from openhour.store.clients import insert_client
from openhour.store.connections import connection
from openhour.store.messages import CLAIM_LASTS
from openhour.store.transactions import commit
from tests.functions.mail_service import MailService, a_mail_service, function
from tests.unit.builders import NOW

_STREAM_ATTEMPTS, _ROUNDS, _AT_ONCE = 50, 60, 100
_PART = 500
"""The mails of one simulation."""


class Crash(BaseException):
    """The function ends, as after a timeout. No handler sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a number of mails."""

    mails: int = 0
    crashes: int = 0
    doubled: int = 0
    tripled: int = 0
    lost: int = 0
    dead_lettered: int = 0

    def __add__(self, other: Report) -> Report:
        return Report(**{name: getattr(self, name) + getattr(other, name) for name in _FIGURES})

    def __str__(self) -> str:
        return (
            f"{self.mails} mails, {self.crashes} crashes: {self.doubled} sent twice"
            f" ({self.doubled / self.mails:.2%} of the mails,"
            f" {100 * self.doubled / max(1, self.crashes):.1f} of 100 crashes),"
            f" {self.tripled} more often, {self.lost} lost,"
            f" {self.dead_lettered} left to the operator ({self.dead_lettered / self.mails:.2%})"
        )


_FIGURES = tuple(each.name for each in fields(Report))


class _Faults:
    """Crashes functions after a share of all requests."""

    def __init__(self, share: float, seed: int) -> None:
        self.crashes = 0
        self._share = share
        self._random = random.Random(seed)
        self._are_on = False

    def __call__(self, **_: Any) -> None:
        if self._are_on and self._random.random() < self._share:
            self.crashes += 1
            raise Crash

    @contextmanager
    def crashing(self) -> Iterator[None]:
        """Let the steps of a function crash."""
        self._are_on = True
        try:
            with suppress(Crash):
                yield
        finally:
            self._are_on = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear of every request. Each change of the listeners costs botocore a search for them."""
        clients = [connection.client, mail_queue.sqs_client(), ses.ses_client()]
        for client in clients:
            client.meta.events.register("after-call", self)
        try:
            yield
        finally:
            for client in clients:
                client.meta.events.unregister("after-call", self)


def simulate(service: MailService, mails: int, *, per_cent: float, seed: int) -> Report:
    """Book sessions, let the functions crash, and count what each client was mailed."""
    faults = _Faults(per_cent / 100, seed)
    with faults.listening():
        return _simulate(service, mails, faults)


def _simulate(service: MailService, mails: int, faults: _Faults) -> Report:
    sent: Counter[str] = Counter()
    letters: set[str] = set()
    expected: set[str] = set()
    for first in range(0, mails, _AT_ONCE):
        booked = _book(range(first, min(mails, first + _AT_ONCE)))
        expected |= booked
        _announce(service, faults)
        _send(service, faults)
        sent.update(mail.tags["client_id"] for mail in service.mails())
        letters |= {letter["client_id"] for letter in service.dead_letters()}
    told = Counter(sent[each] for each in expected)
    return Report(
        mails=mails,
        crashes=faults.crashes,
        doubled=told[2],
        tripled=sum(count for times, count in told.items() if times > 2),
        lost=len(expected - sent.keys() - letters),
        dead_lettered=len(letters),
    )


def _book(numbers: range) -> set[str]:
    """Write a client with a session for each number. Return the clients' ids."""
    for number in numbers:
        client = Client(client_id=f"c{number}", name="Ann", email=f"c{number}@example.org")
        start = NOW + timedelta(days=60, minutes=number)
        session = Appointment(
            appointment_id=appointment_id_of(slot_id_of(start), client.client_id, "b"),
            client_id=client.client_id,
            minutes=50,
            made_at=clock.now(),
        )
        booked = insert_appointment("t1", session, Week.of(start.date()))
        commit([*insert_client("t1", client), booked])
    return {f"c{number}" for number in numbers}


def _announce(service: MailService, faults: _Faults) -> None:
    """Have each record handled. Lambda splits a batch that fails until one record is left."""
    for record in service.records("AppointmentsTable"):
        for _ in range(_STREAM_ATTEMPTS):
            with faults.crashing():
                answer = function("NotificationsStreamFunction").invoke({"Records": [record]})
                if not answer["batchItemFailures"]:
                    break
        else:
            raise AssertionError("a record was never handled")


def _send(service: MailService, faults: _Faults) -> None:
    """Have the queue's messages handled until none is left."""
    for _ in range(_ROUNDS):
        if not service.queued():
            return
        for record in service.receive():
            answer = {"batchItemFailures": [record]}
            with faults.crashing():
                answer = function("MailerFunction").invoke({"Records": [record]})
            if not answer["batchItemFailures"]:
                service.delete(record)
        clock.set_now(clock.now() + CLAIM_LASTS + timedelta(seconds=1))
    raise AssertionError("the queue was never emptied")


def simulate_afresh(mails: int, per_cent: float, seed: int) -> Report:
    """Simulate in a process of its own, with nothing in it. What it keeps would slow it down."""
    logging.disable(logging.CRITICAL)
    enter_local_environment()
    patch_dynamodb()
    with acting_as("operator:crashes"), a_mail_service() as service, redirect_stdout(io.StringIO()):
        service.open()
        return simulate(service, mails, per_cent=per_cent, seed=seed)


def main(mails: int = 20_000, per_cent: float = 2.0, seed: int = 1) -> None:
    """Print a report of many simulations with a seed each, and what it is so far after each.

    There is one at a time on each processor.
    """
    sizes = [min(_PART, mails - first) for first in range(0, mails, _PART)]
    seeds = range(seed, seed + len(sizes))
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        report = Report()
        for part in pool.map(simulate_afresh, sizes, repeat(per_cent), seeds):
            report += part
            sys.stdout.write(f"{report}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*(kind(text) for kind, text in zip((int, float, int), given, strict=False)))
