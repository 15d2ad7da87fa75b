"""The conditions of the store's transactions.

Each can be removed, to prove that the checkers detect its absence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_
from types import ModuleType
from typing import Any

from pynamodb.expressions.condition import Condition

from openhour.store import practices
from openhour.store.statements import BoundUpdate
from openhour.store.tables import Row
from openhour.store.transactions import Update, Write
from openhour.use_cases import (
    asked_regulars,
    bookings,
    calendars,
    cancellations,
    clients,
    invitations,
    me,
    moves,
    outcomes,
    planning,
    registrations,
)
from openhour.use_cases import releases as release_store

MUTATIONS: dict[str, tuple[str, ...]] = {
    "book.slots.state": (),
    "book.slots.week": (),
    "book.slots.minutes": (),
    "book.slots.revision": (),
    "book.clients.privilege": (),
    "book.clients.weeks": (),
    "book.clients.new": (),
    "book.clients.revision": (),
    "book.appointments.appointment_id": (),
    "cancel.slots.appointment_id": ("cancel.clients.revision", "cancel.appointments.status"),
    "cancel.clients.revision": (),
    "cancel.clients.privilege": ("cancel.clients.revision",),
    "cancel.appointments.status": ("cancel.clients.revision", "cancel.slots.appointment_id"),
    "cancel.regulars.regular_id": (),
    "move.slots.appointment_id": ("move.clients.revision", "move.appointments.status"),
    "move.slots.state": ("move.slots.revision",),
    "move.slots.revision": ("move.slots.state",),
    "move.clients.revision": (),
    "move.clients.privilege": ("move.clients.revision",),
    "move.appointments.status": ("move.clients.revision", "move.slots.appointment_id"),
    "move.appointments.appointment_id": (),
    "move.regulars.regular_id": (),
    "plan.practices.plan": ("plan.practices.planned", "plan.slots.revision"),
    "plan.practices.planned": ("plan.slots.slot_id", "plan.slots.revision"),
    "plan.slots.slot_id": ("plan.practices.planned", "plan.slots.revision"),
    "plan.slots.revision": (),
    "plan.appointments.status": ("plan.slots.revision",),
    "plan.appointments.appointment_id": ("plan.practices.planned", "plan.slots.revision"),
    "plan.clients.client_id": ("plan.clients.privilege",),
    "plan.clients.privilege": (
        "plan.practices.plan",
        "plan.practices.planned",
        "plan.slots.revision",
    ),
    "plan.regulars.regular_id": (),
    "intend.practices.version": (),
    "intend.practices.plan": (),
    "intend.slots.slot_id": ("intend.practices.plan",),
    "intend.slots.revision": ("intend.practices.plan",),
    "intend.clients.revision": ("intend.practices.plan",),
    "intend.clients.owner": (),
    "intend.logins.login_id": (),
    "intend.regulars.ended": ("intend.practices.plan", "intend.clients.revision"),
    "intend.regulars.regular_id": (),
    "intend.time-off.time_off_id": ("intend.practices.plan",),
    "release.slots.revision": (),
    "set slot.slots.revision": (),
    "change.clients.revision": (),
    "change.clients.client_id": (),
    "resend.clients.login": (),
    "resend.clients.resend_asked_at": (),
    "ask.clients.revision": (),
    "choose.clients.revision": (),
    "mark.appointments.status": ("mark.clients.revision",),
    "mark.clients.revision": (),
    "register.registrations.asked_at": (),
    "register.registrations.number": (),
    "register.registrations.client_id": ("register.clients.client_id",),
    "register.clients.client_id": (),
    "register.clients.registered": ("register.registrations.number",),
}
"""Each condition, by operation, table and attribute, and the conditions that it overlaps with.

Only with those removed too does its absence show. `intend` commits what is to be planned; `change`
adds, suspends or restores a client, and `ask` is also withdrawing and declining.
"""
NOT_STRESSED = frozenset(
    {
        *("book.clients.new", "book.clients.revision"),
        *("ask.clients.revision", "choose.clients.revision", "intend.logins.login_id"),
        *("resend.clients.login", "resend.clients.resend_asked_at"),
    }
)
"""Those that the stress test does not need: it has no clients who registered online, nobody asks
for a first password or adds a login, and requests and choices rarely meet another act."""
ACTS: dict[str, ModuleType] = {
    "book": bookings,
    "cancel": cancellations,
    "move": moves,
    "plan": planning,
    "intend": practices,
    "release": release_store,
    "set slot": calendars,
    "change": clients,
    "ask": asked_regulars,
    "resend": invitations,
    "choose": me,
    "mark": outcomes,
    "register": registrations,
}
Commit = Callable[[Sequence[Write]], None]
WriteOne = Callable[[Update], Any]


def apply(names: str) -> None:
    """Remove the named conditions, joined by +, from the transactions of this process."""
    for act, module in ACTS.items():
        mine = {name for name in names.split("+") if name.startswith(f"{act}.")}
        if mine and "commit" in vars(module):
            vars(module)["commit"] = _all_without(module.commit, act, mine)
        if mine and "write" in vars(module):
            vars(module)["write"] = _one_without(module.write, act, mine)


def conditions_of(act: str, write: Write) -> Iterator[str]:
    """Yield the names of the conditions on one write."""
    table = write.model.Meta.table_name.removeprefix("openhour-")
    for leaf in _leaves(write.when):
        yield f"{act}.{table}.{_column(leaf)}"


def _all_without(commit: Commit, act: str, names: set[str]) -> Commit:
    def call(writes: Sequence[Write]) -> None:
        commit([_stripped(write, act, names) for write in writes])

    return call


def _one_without(write: WriteOne, act: str, names: set[str]) -> WriteOne:
    return lambda update: write(_stripped(update, act, names))  # type: ignore[arg-type]  # as given


def _stripped(write: Write, act: str, names: set[str]) -> Write:
    named = zip(_leaves(write.when), conditions_of(act, write), strict=True)
    kept = (leaf for leaf, name in named if name not in names)
    when = reduce(and_, kept, _no_condition(write.model))
    if isinstance(write, BoundUpdate):
        return replace(write, statement=replace(write.statement, when=when))
    return replace(write, when=when)


def _no_condition(model: type[Row]) -> Condition:
    """Return a condition that always holds."""
    key = getattr(model, model.key_names()[0])
    nothing: Condition = key.exists() | key.does_not_exist()
    return nothing


def _leaves(condition: Condition | None) -> Iterator[Condition]:
    """Yield the operands of `and`; an `or` is one condition."""
    if condition is None:
        return
    if condition.operator == "AND":
        for part in condition.values:
            yield from _leaves(part)
    else:
        yield condition


def _column(leaf: Condition) -> str:
    while leaf.operator in ("OR", "AND"):
        leaf = leaf.values[0]
    column: str = leaf.values[0].path[0]
    return column
