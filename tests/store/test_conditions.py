"""Every condition of the store's transactions is needed: somebody else comes between an act's
reading and its writing, and all ends well; without the condition it does not.

Where two conditions would each notice, the other one is left out from the beginning.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from openhour.rules.appointments import Party
from openhour.rules.audit_log import AuditAction as TrailAct
from openhour.rules.hours import Entry
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import Refusal
from openhour.rules.slots import SlotState
from openhour.rules.weeks import start_of
from openhour.store.models import ClientRow, LoginRow, RegularRow
from openhour.use_cases import bookings, clients, moves, planning, registrations, releases, time_off
from openhour.use_cases.hours import set_hours
from tests.engine import mutations
from tests.store import acts
from tests.store.acts import Act, book, book_for, cancel, move
from tests.store.interludes import interrupted
from tests.store.invariants import Rows, find_faults, read_tables
from tests.store.planned import find_misplanned
from tests.store.scenes import (
    FRIDAY,
    HOURS,
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    THERAPIST,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    furnish,
    regular_of,
    slot,
)
from tests.store.wire import PowerCut
from tests.tables import fresh_tables, remember
from tests.unit.builders import NOW, an_entry

FRIDAY_EVENING, NEXT_FRIDAY = slot("2026-11-27 17:30"), slot("2026-12-04 10:00")
EXTRA = slot("2026-12-04 12:00")
SUNDAY = slot("2026-11-29 22:00")
TOKEN = "a" * 12
Ready = Callable[[], Act]
Check = Callable[[Rows], bool]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An act, what somebody else does `meanwhile`, and how it is right to end: done, cut short, or
    refused. `at_first` is done before; `holds` is what else has to be so afterwards."""

    needs: str
    act: Ready
    meanwhile: Callable[[], Any]
    ends: str = "done"
    at_first: Callable[[], Any] = lambda: None
    holds: Check = lambda _: True
    judged: bool = True
    """Whether the rows are such that they can be judged: none has been taken away."""


def one_by_one(*ready: Ready) -> Callable[[], None]:
    """Acts, each made ready once the one before it is done."""

    def do() -> None:
        for each in ready:
            each()()

    return do


def hours(*entries: Entry) -> Ready:
    return lambda: partial(set_hours, THERAPIST, entries, if_match=None, preview=False, now=NOW)


def complete() -> Act:
    """What follows the stream."""
    return partial(planning.carry_out_plan, THERAPIST, now=NOW)


def repeat_tokens() -> Act:
    """Have every booking draw the same token."""

    def do() -> None:
        for module in (bookings, moves):
            vars(module)["uuid4"] = lambda: SimpleNamespace(hex=TOKEN)

    return do


def cut_the_power() -> Act:
    """Nothing is planned any more."""

    def crash(*_: Any, **__: Any) -> None:
        raise PowerCut

    return lambda: vars(planning).update(carry_out_plan=crash)


def is_booked_by(client_id: str, slot_id: str) -> Check:
    return lambda rows: rows.slots[slot_id].get("client_id") == client_id


def stays_ended(slot_id: str, client_id: str, *, by: Party = Party.CLIENT) -> Check:
    """Whether all of the client's appointments there ended, by whom they did."""
    start = f"{slot_id}-{client_id}-"
    return lambda rows: all(
        row.get("ended_by") == by
        for name, row in rows.appointments.items()
        if name.startswith(start)
    )


def is_there_once(email: str) -> Check:
    return lambda rows: [row.get("email") for row in rows.clients.values()].count(email) == 1


def a_stranger(name: str) -> Act:
    given = {"name": name, "email": f"{name}@example.com", "phone": "5"}
    return partial(registrations.register, THERAPIST, **given, now=NOW)


def end_time_off() -> Act:
    (taken,) = time_off.list_time_off(THERAPIST)
    return partial(time_off.end_time_off, THERAPIST, taken.time_off_id, preview=False, now=NOW)


def login_of(client_id: str) -> list[LoginRow]:
    """The row that keeps the client's login name from others."""
    claims = LoginRow.query(THERAPIST, LoginRow.client_id.startswith(LoginRow.key_prefix))
    return [claim for claim in claims if claim.owner == client_id]


def give_login_of(client_id: str, *, to: str) -> None:
    (claim,) = login_of(client_id)
    claim.update(actions=[LoginRow.owner.set(to)])


SCENES = (
    Scene(
        needs="book.slots.state",
        act=book,
        meanwhile=one_by_one(lambda: book("dan")),
        ends="slot-taken",
    ),
    Scene(
        needs="book.slots.week",
        at_first=one_by_one(
            hours(*HOURS, an_entry("sunday 22:00")),
            lambda: acts.set_slot(SUNDAY, SlotState.OPEN),
            cancel,
            acts.end_regular,  # while anybody has a session the zone stays
        ),
        act=lambda: book("cyd", SUNDAY),
        meanwhile=one_by_one(lambda: acts.change_settings(timezone="Asia/Tokyo")),
    ),
    Scene(needs="book.slots.minutes", act=book, meanwhile=one_by_one(acts.set_other_hours)),
    Scene(
        needs="book.slots.revision",
        act=lambda: book_for("dan", NEXT_TUESDAY),
        meanwhile=one_by_one(book),
        ends="slot-taken",
    ),
    Scene(  # the slot goes, comes back, and is written as often as it had been
        needs="book.slots.revision",
        at_first=one_by_one(book, lambda: cancel("cyd", NEXT_TUESDAY)),
        act=lambda: book_for("dan", NEXT_TUESDAY),
        meanwhile=one_by_one(
            hours(*HOURS[1:]),
            hours(*HOURS),
            book,
            lambda: acts.enter_regular("cyd", "tuesday 17:30"),
        ),
        ends="slot-taken",
    ),
    Scene(
        needs="book.clients.privilege",
        act=book,
        meanwhile=one_by_one(lambda: acts.suspend("cyd")),
        ends="privilege-suspended",
    ),
    Scene(
        needs="book.clients.privilege",
        act=book_for,
        meanwhile=one_by_one(lambda: acts.discharge("dan")),
        ends="unknown-client",
    ),
    Scene(
        needs="book.clients.weeks",
        at_first=one_by_one(hours(*HOURS, an_entry("friday 10:00"))),
        act=book,
        meanwhile=one_by_one(lambda: book("cyd", NEXT_FRIDAY)),
        ends="weekly-limit",
    ),
    Scene(
        needs="book.appointments.appointment_id",
        at_first=one_by_one(repeat_tokens, book, lambda: cancel("cyd", NEXT_TUESDAY)),
        act=book,
        meanwhile=lambda: None,
        ends="busy",
        holds=stays_ended(NEXT_TUESDAY, "cyd"),
    ),
    Scene(
        needs="cancel.slots.appointment_id",
        act=cancel,
        meanwhile=one_by_one(cancel, lambda: book("dan", TUESDAY)),
        holds=is_booked_by("dan", TUESDAY),
    ),
    Scene(
        needs="cancel.clients.revision",
        act=cancel,
        meanwhile=one_by_one(lambda: book("ann", NEXT_TUESDAY)),
    ),
    Scene(  # the regular adopts the session that is being given up
        needs="cancel.clients.revision",
        act=cancel,
        meanwhile=one_by_one(lambda: acts.enter_regular("ann", "tuesday 17:30", every_weeks=4)),
    ),
    Scene(
        needs="cancel.clients.privilege",
        act=cancel,
        meanwhile=one_by_one(acts.suspend),
        ends="privilege-suspended",
    ),
    Scene(
        needs="cancel.appointments.status",
        act=cancel,
        meanwhile=one_by_one(lambda: acts.cancel_for(Party.THERAPIST)),
        holds=stays_ended(TUESDAY, "ann", by=Party.THERAPIST),
    ),
    Scene(  # the clocks of two functions differ
        needs="cancel.appointments.status",
        act=lambda: cancel(now=start_of(TUESDAY) - timedelta(seconds=1)),
        meanwhile=one_by_one(lambda: acts.mark(Outcome.NO_SHOW)),
        ends="already-started",
    ),
    Scene(
        needs="cancel.regulars.regular_id",
        act=lambda: cancel("bea", THURSDAY),
        meanwhile=lambda: RegularRow(THERAPIST, regular_of("bea")).delete(),
        ends="busy",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    Scene(
        needs="move.slots.appointment_id",
        act=move,
        meanwhile=one_by_one(cancel, lambda: book("dan", TUESDAY)),
        ends="unknown-appointment",
        holds=is_booked_by("dan", TUESDAY),
    ),
    Scene(
        needs="move.slots.state",
        act=move,
        meanwhile=one_by_one(book),
        ends="slot-taken",
    ),
    Scene(
        needs="move.slots.revision",
        act=move,
        meanwhile=one_by_one(book),
        ends="slot-taken",
    ),
    Scene(
        needs="move.clients.revision",
        act=move,
        meanwhile=one_by_one(lambda: book_for("ann", NEXT_WEDNESDAY)),
        ends="weekly-limit",
    ),
    Scene(
        needs="move.clients.revision",
        act=move,
        meanwhile=one_by_one(lambda: acts.enter_regular("ann", "tuesday 17:30", every_weeks=4)),
    ),
    Scene(
        needs="move.clients.privilege",
        act=move,
        meanwhile=one_by_one(acts.suspend),
        ends="privilege-suspended",
    ),
    Scene(
        needs="move.appointments.status",
        act=move,
        meanwhile=one_by_one(lambda: acts.cancel_for(Party.THERAPIST)),
        ends="unknown-appointment",
        holds=stays_ended(TUESDAY, "ann", by=Party.THERAPIST),
    ),
    Scene(
        needs="move.appointments.status",
        act=lambda: move(now=start_of(TUESDAY) - timedelta(seconds=1)),
        meanwhile=one_by_one(lambda: acts.mark(Outcome.NO_SHOW)),
        ends="already-started",
    ),
    Scene(
        needs="move.appointments.appointment_id",
        at_first=one_by_one(
            repeat_tokens,
            lambda: book("ann", NEXT_TUESDAY),
            lambda: cancel("ann", NEXT_TUESDAY),
        ),
        act=move,
        meanwhile=lambda: None,
        ends="busy",
        holds=stays_ended(NEXT_TUESDAY, "ann"),
    ),
    Scene(
        needs="move.regulars.regular_id",
        act=lambda: move("bea", THURSDAY, WEDNESDAY),
        meanwhile=lambda: RegularRow(THERAPIST, regular_of("bea")).delete(),
        ends="busy",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    Scene(
        needs="plan.practices.plan",
        act=acts.set_other_hours,
        meanwhile=one_by_one(hours(*HOURS)),
        holds=lambda rows: rows.planned and FRIDAY_EVENING not in rows.slots,
    ),
    Scene(
        needs="plan.practices.planned",
        act=acts.set_other_hours,
        meanwhile=one_by_one(complete, lambda: book("dan", FRIDAY_EVENING)),
        holds=is_booked_by("dan", FRIDAY_EVENING),
    ),
    Scene(
        needs="plan.slots.slot_id",
        act=acts.set_other_hours,
        meanwhile=one_by_one(complete, lambda: book("dan", FRIDAY_EVENING)),
        holds=is_booked_by("dan", FRIDAY_EVENING),
    ),
    Scene(needs="plan.slots.revision", act=acts.set_other_hours, meanwhile=one_by_one(book)),
    Scene(
        needs="plan.appointments.status",
        act=acts.discharge,
        meanwhile=one_by_one(lambda: acts.cancel_for(Party.CLIENT, THURSDAY)),
        holds=stays_ended(THURSDAY, "bea"),
    ),
    Scene(
        needs="plan.appointments.appointment_id",
        act=acts.enter_regular,
        meanwhile=one_by_one(complete, lambda: cancel("cyd", NEXT_TUESDAY)),
        holds=stays_ended(NEXT_TUESDAY, "cyd"),
    ),
    Scene(
        needs="plan.clients.client_id",
        act=acts.enter_regular,
        meanwhile=lambda: ClientRow(THERAPIST, "cyd").delete(),
        ends="busy",
        holds=lambda rows: "cyd" not in rows.clients,
        judged=False,
    ),
    Scene(
        needs="plan.clients.privilege",
        act=acts.enter_regular,
        meanwhile=one_by_one(lambda: acts.discharge("cyd")),
        holds=lambda rows: all(row["client_id"] != "cyd" for row in rows.appointments.values()),
    ),
    Scene(
        needs="intend.practices.version",
        act=lambda: acts.change_settings(max_per_week=2),
        meanwhile=one_by_one(lambda: acts.change_settings(strike_limit=5)),
        holds=lambda r: (r.settings["max_per_week"], r.settings["strike_limit"]) == (2, 5),
    ),
    Scene(
        needs="intend.practices.plan",
        act=acts.enter_regular,
        meanwhile=one_by_one(lambda: acts.enter_regular("dan", "wednesday 17:30"), cut_the_power),
        ends="cut short",
        holds=lambda rows: not rows.planned,
    ),
    Scene(
        needs="plan.regulars.regular_id",
        act=lambda: acts.take_time_off(cancel_booked=True),
        meanwhile=lambda: RegularRow(THERAPIST, regular_of("bea")).delete(),
        ends="busy",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    Scene(
        needs="intend.slots.slot_id",
        act=acts.open_extra,
        meanwhile=one_by_one(acts.open_extra, lambda: book_for("dan", EXTRA)),
        ends="overlap",
        holds=is_booked_by("dan", EXTRA),
    ),
    Scene(
        needs="intend.slots.revision",
        at_first=one_by_one(lambda: acts.set_slot(FRIDAY, SlotState.BLOCKED)),
        act=lambda: acts.set_slot(FRIDAY, SlotState.OPEN),
        meanwhile=one_by_one(
            lambda: acts.set_slot(FRIDAY, SlotState.OPEN), lambda: book("dan", FRIDAY)
        ),
        ends="slot-taken",
        holds=is_booked_by("dan", FRIDAY),
    ),
    Scene(
        needs="intend.clients.revision",
        act=lambda: acts.discharge("cyd"),
        meanwhile=one_by_one(lambda: partial(clients.invite, THERAPIST, "cyd", now=NOW)),
        holds=lambda _: not login_of("cyd"),
    ),
    Scene(
        needs="intend.clients.privilege",
        act=acts.enter_regular,
        meanwhile=one_by_one(lambda: acts.discharge("cyd")),
        ends="unknown-client",
        holds=lambda rows: {row["client_id"] for row in rows.regulars.values()} == {"bea"},
    ),
    Scene(
        needs="intend.clients.owner",
        act=acts.discharge,
        meanwhile=lambda: give_login_of("bea", to="ann"),
        ends="busy",
        holds=lambda _: len(login_of("ann")) == 2,
        judged=False,
    ),
    Scene(
        needs="intend.regulars.ended",
        act=acts.change_regular,
        meanwhile=one_by_one(acts.end_regular),
        ends="unknown-regular",
        holds=lambda rows: all(row["ended"] for row in rows.regulars.values()),
    ),
    Scene(
        needs="intend.regulars.regular_id",
        act=acts.end_regular,
        meanwhile=lambda: RegularRow(THERAPIST, regular_of("bea")).delete(),
        ends="unknown-regular",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    Scene(
        needs="intend.time-off.time_off_id",
        at_first=one_by_one(acts.take_time_off),
        act=end_time_off,
        meanwhile=one_by_one(end_time_off),
        ends="unknown-time-off",
        holds=lambda rows: (
            [entry["act"] for entry in rows.entries].count(TrailAct.END_TIME_OFF) == 1
        ),
    ),
    Scene(
        needs="release.slots.revision",
        act=acts.release,
        meanwhile=one_by_one(book_for),
        holds=is_booked_by("dan", NEXT_WEDNESDAY),
    ),
    Scene(
        needs="set slot.slots.revision",
        act=acts.set_slot,
        meanwhile=one_by_one(lambda: book("dan", FRIDAY)),
        ends="slot-taken",
    ),
    Scene(
        needs="change.clients.revision",
        act=acts.suspend,
        meanwhile=one_by_one(lambda: acts.discharge("ann")),
        ends="unknown-client",
    ),
    Scene(
        needs="change.clients.client_id",
        act=acts.add_client,
        meanwhile=one_by_one(acts.register),
        ends="known-client",
        holds=is_there_once("eve@example.com"),
    ),
    Scene(
        needs="mark.appointments.status",
        act=lambda: acts.mark(Outcome.NO_SHOW),
        meanwhile=one_by_one(lambda: acts.mark(Outcome.NO_SHOW), lambda: acts.mark(Outcome.WAIVED)),
        holds=lambda rows: any(row.get("waived") for row in rows.appointments.values()),
    ),
    Scene(
        needs="mark.clients.revision",
        act=lambda: acts.mark(Outcome.NO_SHOW),
        meanwhile=one_by_one(
            lambda: book_for("ann", WEDNESDAY), lambda: cancel("ann", WEDNESDAY, acts.AFTERWARDS)
        ),
        holds=lambda rows: sum(bool(row.get("strike")) for row in rows.appointments.values()) == 2,
    ),
    Scene(
        needs="register.clients.client_id",
        act=acts.register,
        meanwhile=one_by_one(acts.register),
        holds=is_there_once("eve@example.com"),
    ),
    Scene(
        needs="register.clients.registered",
        act=acts.register,
        meanwhile=one_by_one(*(partial(a_stranger, name) for name in ("fay", "gus"))),
        ends="not-accepting",
        holds=lambda rows: len(rows.clients) == 4 + 2,
    ),
)


@pytest.fixture(scope="module", autouse=True)
def _tables() -> Iterator[None]:
    with fresh_tables():
        yield


@pytest.fixture(scope="module")
def furnished(_tables: None) -> Callable[[], None]:
    furnish()
    return remember()


@pytest.fixture
def play(
    furnished: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Scene, Sequence[str]], list[str]]]:
    """Play a scene with some conditions left out, and tell what is wrong in the end."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(releases, "_AT_ONCE", 1)
    modules = {*mutations.ACTS.values(), planning}
    kept = {module: dict(vars(module)) for module in modules}

    def play(scene: Scene, without: Sequence[str]) -> list[str]:
        furnished()
        scene.at_first()
        act = scene.act()
        mutations.apply("+".join(without))
        with interrupted(mutations.ACTS[scene.needs.partition(".")[0]], scene.meanwhile):
            ended = end_of(act)
        tables = read_tables()
        wrong = []
        if scene.judged:
            wrong += find_faults(tables, now=NOW)
            wrong += find_misplanned(tables, now=NOW, caught_up=False)
        if ended != scene.ends:
            wrong.append(f"ended as {ended}")
        if not scene.holds(tables.therapists[THERAPIST]):
            wrong.append("something is lost")
        return wrong

    yield play
    for module, names in kept.items():
        vars(module).update(names)
    furnished()


def end_of(act: Act) -> str:
    try:
        act()
    except Refusal as refusal:
        return refusal.name
    except PowerCut:
        return "cut short"
    except Exception as error:  # noqa: BLE001 - without a condition it may end in any way
        return repr(error)
    return "done"


each_scene = pytest.mark.parametrize(
    "scene", [pytest.param(scene, id=scene.needs) for scene in SCENES]
)


@each_scene
def test_whoever_comes_between_all_ends_well(play, scene):
    assert play(scene, mutations.MUTATIONS[scene.needs]) == []


@each_scene
def test_without_the_condition_it_does_not(play, scene):
    assert play(scene, (*mutations.MUTATIONS[scene.needs], scene.needs)) != []


def test_every_condition_has_a_scene(furnished, monkeypatch):
    met: set[str] = set()
    for name, module in mutations.ACTS.items():
        for writes in {"commit", "write"} & vars(module).keys():
            monkeypatch.setattr(module, writes, noting(name, vars(module)[writes], met))
    for ready in (*acts.OF_CLIENTS.values(), *acts.OF_THE_THERAPIST.values()):
        furnished()
        ready()()
    for ready in acts.PLANNING.values():
        furnished()
        ready()()
    furnished()
    new_entries = {name for name in met if name.endswith(".audit.entry_id")}
    assert {scene.needs for scene in SCENES} >= met - new_entries
    assert {scene.needs for scene in SCENES} == mutations.MUTATIONS.keys()


def noting(act: str, write: Callable[..., Any], met: set[str]) -> Callable[..., Any]:
    """Take note of every condition that is written."""

    def call(given: Any) -> Any:
        for each in given if isinstance(given, Sequence) else [given]:
            met.update(mutations.conditions_of(act, each))
        return write(given)

    return call
