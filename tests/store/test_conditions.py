"""Every condition of the store's transactions is needed.

Another action runs between an action's reads and its writes. With the condition the invariants
hold; without it one is violated. Conditions that overlap with it are removed from the beginning.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from openhour.rules.appointments import Party
from openhour.rules.audit_log import AuditAction as TrailAct
from openhour.rules.hours import Entry
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import Refusal
from openhour.rules.registrations import address_digest
from openhour.rules.slots import SlotState
from openhour.rules.weeks import start_of
from openhour.store.models import ClientRow, LoginRow, RegularRow
from openhour.store.registrations import find_registration
from openhour.use_cases import (
    asked_regulars,
    bookings,
    clients,
    invitations,
    logins,
    moves,
    planning,
    registrations,
    time_off,
)
from tests.registering import mailed_token
from tests.store import use_case_calls
from tests.store.calendar_oracle import find_planning_errors
from tests.store.concurrent_writes import interrupted
from tests.store.invariants import Rows, find_faults, read_tables
from tests.store.seed import (
    FRIDAY,
    HOURS,
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    THERAPIST,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    regular_of,
    slot,
)
from tests.store.transport import Crash, in_process
from tests.store.use_case_calls import (
    Act,
    add_client,
    add_login,
    ask,
    ask_for_invitation,
    ask_to_register,
    book,
    book_for,
    cancel,
    cancel_for,
    change_regular,
    change_settings,
    choose,
    decline,
    discharge,
    end_regular,
    enter_regular,
    mark,
    move,
    open_extra,
    register,
    release,
    set_hours,
    set_other_hours,
    set_slot,
    suspend,
    take_time_off,
    withdraw,
)
from tests.stress import mutations
from tests.unit.builders import NOW, an_entry

FRIDAY_EVENING, NEXT_FRIDAY = slot("2026-11-27 17:30"), slot("2026-12-04 10:00")
EXTRA = slot("2026-12-04 12:00")
SUNDAY = slot("2026-11-29 22:00")
TOKEN = "a" * 12
Ready = Callable[[], Act]
Check = Callable[[Rows], bool]


@dataclass(frozen=True)
class Scene:
    """An action that needs a condition, and other actions that run between its reads and writes.

    `ends` is its outcome: done, crashed, or the refusal's name. `holds` checks the rows afterwards.
    Where `judged` is off, `meanwhile` deletes rows, so the invariants don't apply.
    """

    needs: str
    act: Ready
    meanwhile: Sequence[Ready]
    at_first: Sequence[Ready]
    ends: str
    holds: Check
    judged: bool


def scene(
    needs: str,
    act: Ready,
    *meanwhile: Ready,
    at_first: Sequence[Ready] = (),
    ends: str = "done",
    holds: Check = lambda _: True,
    judged: bool = True,
) -> Scene:
    return Scene(needs, act, meanwhile, at_first, ends, holds, judged)


def perform(actions: Sequence[Ready]) -> None:
    """Prepare and perform each action, one after the other."""
    for ready in actions:
        ready()()


def hours(*entries: Entry) -> Ready:
    return lambda: set_hours(*entries)


SOON = NOW + timedelta(seconds=1)


def forget_login_of(client_id: str) -> None:
    ClientRow(THERAPIST, client_id).update(actions=[ClientRow.login.remove()])


def asks(client_id: str, rows: Rows) -> bool:
    return "asked_regular" in rows.clients[client_id]


def complete() -> Act:
    return use_case_calls.complete


def repeat_tokens() -> Act:
    """Have every booking and every login draw the same token."""

    def do() -> None:
        for module in (bookings, logins, moves):
            vars(module)["new_token"] = lambda: TOKEN

    return do


def crash() -> Act:
    """Nothing is planned any more."""

    def crash(*_: Any, **__: Any) -> None:
        raise Crash

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


def a_stranger(name: str) -> Ready:
    return lambda: register(name)


def asks_as(email: str, name: str) -> Check:
    """Whether the registration of an address has that name still."""

    def check(_: Rows) -> bool:
        registration = find_registration(THERAPIST, address_digest(THERAPIST, email))
        return registration is not None and registration.name == name

    return check


def ask_as_another() -> Act:
    """Register with Eve's address and another name."""
    given: Any = {"name": "Another", "email": "eve@example.com", "phone": "5"}
    return partial(registrations.register, THERAPIST, **given, now=NOW)


def register_again() -> Act:
    """Confirm Eve's registration by another link to it."""
    token = mailed_token(THERAPIST, "eve@example.com", now=NOW)
    return partial(registrations.confirm, THERAPIST, token, now=NOW)


def end_time_off() -> Act:
    (taken,) = time_off.list_time_off(THERAPIST)
    return partial(time_off.end_time_off, THERAPIST, taken.time_off_id, preview=False, now=NOW)


def eve() -> str:
    """The id of the client who has registered."""
    (client_id,) = (c.client_id for c in clients.list_clients(THERAPIST) if c.name == "Eve")
    return client_id


def login_of(client_id: str) -> list[LoginRow]:
    """The row that keeps the client's login name from others."""
    claims = LoginRow.query(THERAPIST, LoginRow.client_id.startswith(LoginRow.key_prefix))
    return [claim for claim in claims if claim.owner == client_id]


def give_login_of(client_id: str, *, to: str) -> None:
    (claim,) = login_of(client_id)
    claim.update(actions=[LoginRow.owner.set(to)])


SCENES = (
    scene("book.slots.state", book, lambda: book("dan"), ends="slot-taken"),
    scene(
        "book.slots.week",
        lambda: book("cyd", SUNDAY),
        lambda: change_settings(timezone="Asia/Tokyo"),
        at_first=(
            hours(*HOURS, an_entry("sunday 22:00")),
            lambda: set_slot(SUNDAY, SlotState.OPEN),
            cancel,
            end_regular,
        ),
    ),
    scene("book.slots.minutes", book, set_other_hours),
    scene("book.slots.revision", lambda: book_for("dan", NEXT_TUESDAY), book, ends="slot-taken"),
    # The slot goes, comes back, and is written as often as it had been.
    scene(
        "book.slots.revision",
        lambda: book_for("dan", NEXT_TUESDAY),
        hours(*HOURS[1:]),
        hours(*HOURS),
        book,
        lambda: enter_regular("cyd", "tuesday 17:30"),
        at_first=(
            book,
            lambda: cancel("cyd", NEXT_TUESDAY),
        ),
        ends="slot-taken",
    ),
    scene("book.clients.privilege", book, lambda: suspend("cyd"), ends="privilege-suspended"),
    scene("book.clients.privilege", book_for, lambda: discharge("dan"), ends="unknown-client"),
    scene(
        "book.clients.weeks",
        book,
        lambda: book("cyd", NEXT_FRIDAY),
        at_first=(hours(*HOURS, an_entry("friday 10:00")),),
        ends="weekly-limit",
    ),
    # The client's own limit is lower than the practice's.
    scene(
        "book.clients.weeks",
        book,
        lambda: book("cyd", NEXT_FRIDAY),
        at_first=(
            hours(*HOURS, an_entry("friday 10:00")),
            lambda: change_settings(max_per_week=2),
            lambda: partial(clients.change_client, THERAPIST, "cyd", {"max_per_week": 1}, now=NOW),
        ),
        ends="weekly-limit",
    ),
    scene(
        "book.clients.new",
        lambda: book(eve(), NEXT_TUESDAY),
        at_first=(register, lambda: book(eve(), FRIDAY)),
        ends="weekly-limit",
    ),
    scene(
        "book.clients.revision",
        lambda: book(eve(), FRIDAY),
        lambda: book(eve(), NEXT_TUESDAY),
        at_first=(register,),
        ends="weekly-limit",
    ),
    scene(
        "book.appointments.appointment_id",
        book,
        at_first=(
            repeat_tokens,
            book,
            lambda: cancel("cyd", NEXT_TUESDAY),
        ),
        ends="busy",
        holds=stays_ended(NEXT_TUESDAY, "cyd"),
    ),
    scene(
        "cancel.slots.appointment_id",
        cancel,
        cancel,
        lambda: book("dan", TUESDAY),
        holds=is_booked_by("dan", TUESDAY),
    ),
    scene("cancel.clients.revision", cancel, lambda: book("ann", NEXT_TUESDAY)),
    # The regular adopts the session that is being given up.
    scene(
        "cancel.clients.revision",
        cancel,
        lambda: enter_regular("ann", "tuesday 17:30", every_weeks=4),
    ),
    scene("cancel.clients.privilege", cancel, suspend, ends="privilege-suspended"),
    scene(
        "cancel.appointments.status",
        cancel,
        lambda: cancel_for(Party.THERAPIST),
        holds=stays_ended(TUESDAY, "ann", by=Party.THERAPIST),
    ),
    # The clocks of two functions differ.
    scene(
        "cancel.appointments.status",
        lambda: cancel(now=start_of(TUESDAY) - timedelta(seconds=1)),
        lambda: mark(Outcome.NO_SHOW),
        ends="already-started",
    ),
    scene(
        "cancel.regulars.regular_id",
        lambda: cancel("bea", THURSDAY),
        lambda: RegularRow(THERAPIST, regular_of("bea")).delete,
        ends="busy",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    scene(
        "move.slots.appointment_id",
        move,
        cancel,
        lambda: book("dan", TUESDAY),
        ends="unknown-appointment",
        holds=is_booked_by("dan", TUESDAY),
    ),
    scene("move.slots.state", move, book, ends="slot-taken"),
    scene("move.slots.revision", move, book, ends="slot-taken"),
    scene(
        "move.clients.revision", move, lambda: book_for("ann", NEXT_WEDNESDAY), ends="weekly-limit"
    ),
    scene(
        "move.clients.revision", move, lambda: enter_regular("ann", "tuesday 17:30", every_weeks=4)
    ),
    scene("move.clients.privilege", move, suspend, ends="privilege-suspended"),
    scene(
        "move.appointments.status",
        move,
        lambda: cancel_for(Party.THERAPIST),
        ends="unknown-appointment",
        holds=stays_ended(TUESDAY, "ann", by=Party.THERAPIST),
    ),
    scene(
        "move.appointments.status",
        lambda: move(now=start_of(TUESDAY) - timedelta(seconds=1)),
        lambda: mark(Outcome.NO_SHOW),
        ends="already-started",
    ),
    scene(
        "move.appointments.appointment_id",
        move,
        at_first=(
            repeat_tokens,
            lambda: book("ann", NEXT_TUESDAY),
            lambda: cancel("ann", NEXT_TUESDAY),
        ),
        ends="busy",
        holds=stays_ended(NEXT_TUESDAY, "ann"),
    ),
    scene(
        "move.regulars.regular_id",
        lambda: move("bea", THURSDAY, WEDNESDAY),
        lambda: RegularRow(THERAPIST, regular_of("bea")).delete,
        ends="busy",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    scene(
        "plan.practices.plan",
        set_other_hours,
        hours(*HOURS),
        holds=lambda rows: rows.planned and FRIDAY_EVENING not in rows.slots,
    ),
    scene(
        "plan.practices.planned",
        set_other_hours,
        complete,
        lambda: book("dan", FRIDAY_EVENING),
        holds=is_booked_by("dan", FRIDAY_EVENING),
    ),
    scene(
        "plan.slots.slot_id",
        set_other_hours,
        complete,
        lambda: book("dan", FRIDAY_EVENING),
        holds=is_booked_by("dan", FRIDAY_EVENING),
    ),
    scene("plan.slots.revision", set_other_hours, book),
    scene(
        "plan.appointments.status",
        discharge,
        lambda: cancel_for(Party.CLIENT, THURSDAY),
        holds=stays_ended(THURSDAY, "bea"),
    ),
    scene(
        "plan.appointments.appointment_id",
        enter_regular,
        complete,
        lambda: cancel("cyd", NEXT_TUESDAY),
        holds=stays_ended(NEXT_TUESDAY, "cyd"),
    ),
    scene(
        "plan.clients.client_id",
        enter_regular,
        lambda: ClientRow(THERAPIST, "cyd").delete,
        ends="busy",
        holds=lambda rows: "cyd" not in rows.clients,
        judged=False,
    ),
    scene(
        "plan.clients.privilege",
        enter_regular,
        lambda: discharge("cyd"),
        holds=lambda rows: all(row["client_id"] != "cyd" for row in rows.appointments.values()),
    ),
    scene(
        "intend.practices.version",
        lambda: change_settings(max_per_week=2),
        lambda: change_settings(strike_limit=5),
        holds=lambda r: (r.settings["max_per_week"], r.settings["strike_limit"]) == (2, 5),
    ),
    scene(
        "intend.practices.plan",
        enter_regular,
        lambda: enter_regular("dan", "wednesday 17:30"),
        crash,
        ends="crashed",
        holds=lambda rows: not rows.planned,
    ),
    scene(
        "plan.regulars.regular_id",
        lambda: take_time_off(cancel_booked=True),
        lambda: RegularRow(THERAPIST, regular_of("bea")).delete,
        ends="busy",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    scene(
        "intend.slots.slot_id",
        open_extra,
        open_extra,
        lambda: book_for("dan", EXTRA),
        ends="overlap",
        holds=is_booked_by("dan", EXTRA),
    ),
    scene(
        "intend.slots.revision",
        lambda: set_slot(FRIDAY, SlotState.OPEN),
        lambda: set_slot(FRIDAY, SlotState.OPEN),
        lambda: book("dan", FRIDAY),
        at_first=(lambda: set_slot(FRIDAY, SlotState.BLOCKED),),
        ends="slot-taken",
        holds=is_booked_by("dan", FRIDAY),
    ),
    scene(
        "intend.clients.revision",
        lambda: discharge("cyd"),
        lambda: partial(clients.invite, THERAPIST, "cyd", now=NOW),
        holds=lambda _: not login_of("cyd"),
    ),
    scene(
        "intend.clients.revision",
        enter_regular,
        lambda: discharge("cyd"),
        ends="unknown-client",
        holds=lambda rows: {row["client_id"] for row in rows.regulars.values()} == {"bea"},
    ),
    scene(
        "intend.clients.owner",
        discharge,
        lambda: partial(give_login_of, "bea", to="ann"),
        ends="busy",
        holds=lambda _: len(login_of("ann")) == 2,
        judged=False,
    ),
    scene(
        "intend.regulars.ended",
        change_regular,
        end_regular,
        ends="unknown-regular",
        holds=lambda rows: all(row["ended"] for row in rows.regulars.values()),
    ),
    scene(
        "intend.regulars.regular_id",
        end_regular,
        lambda: RegularRow(THERAPIST, regular_of("bea")).delete,
        ends="unknown-regular",
        holds=lambda rows: not rows.regulars,
        judged=False,
    ),
    scene(
        "intend.time-off.time_off_id",
        end_time_off,
        end_time_off,
        at_first=(take_time_off,),
        ends="unknown-time-off",
        holds=lambda rows: (
            [entry["act"] for entry in rows.entries].count(TrailAct.END_TIME_OFF) == 1
        ),
    ),
    scene(
        "intend.logins.login_id",
        add_login,
        lambda: add_login("vera@example.com"),
        at_first=[repeat_tokens],
        ends="busy",
    ),
    scene("release.slots.revision", release, book_for, holds=is_booked_by("dan", NEXT_WEDNESDAY)),
    scene("set slot.slots.revision", set_slot, lambda: book("dan", FRIDAY), ends="slot-taken"),
    scene("change.clients.revision", suspend, lambda: discharge("ann"), ends="unknown-client"),
    scene(
        "ask.clients.revision",
        ask,
        suspend,
        ends="privilege-suspended",
        holds=lambda rows: not asks("ann", rows),
    ),
    scene(
        "ask.clients.revision",
        ask,
        cancel,
        ends="unknown-appointment",
        holds=lambda rows: not asks("ann", rows),
    ),
    scene(
        "ask.clients.revision",
        lambda: ask("cyd", NEXT_TUESDAY),
        lambda: enter_regular("cyd", "tuesday 17:30"),
        at_first=(book,),
        ends="already-regular",
        holds=lambda rows: not asks("cyd", rows),
    ),
    scene(
        "ask.clients.revision",
        withdraw,
        suspend,
        ends="privilege-suspended",
        holds=lambda rows: asks("ann", rows),
    ),
    scene(
        "ask.clients.revision",
        decline,
        lambda: partial(asked_regulars.withdraw, THERAPIST, "ann"),
        ends="unknown-regular-request",
        holds=lambda rows: not asks("ann", rows),
    ),
    scene(
        "intend.clients.revision",
        lambda: enter_regular("cyd", "tuesday 17:30"),
        lambda: ask("cyd", NEXT_TUESDAY),
        at_first=(book,),
        holds=lambda rows: not asks("cyd", rows),
    ),
    scene(
        "resend.clients.login",
        ask_for_invitation,
        lambda: partial(forget_login_of, "ann"),
        holds=lambda rows: "resend_asked_at" not in rows.clients["ann"],
        judged=False,
    ),
    scene(
        "resend.clients.resend_asked_at",
        ask_for_invitation,
        lambda: partial(
            invitations.ask_for_invitation, THERAPIST, email="ann@example.com", now=SOON
        ),
        holds=lambda rows: SOON.isoformat() in rows.clients["ann"]["resend_asked_at"],
    ),
    scene(
        "choose.clients.revision",
        choose,
        lambda: discharge("ann"),
        ends="unknown-client",
        holds=lambda rows: "mail" not in rows.clients["ann"],
    ),
    scene(
        "change.clients.client_id",
        add_client,
        register,
        ends="known-client",
        holds=is_there_once("eve@example.com"),
    ),
    scene(
        "mark.appointments.status",
        lambda: mark(Outcome.NO_SHOW),
        lambda: mark(Outcome.NO_SHOW),
        lambda: mark(Outcome.WAIVED),
        holds=lambda rows: any(row.get("waived") for row in rows.appointments.values()),
    ),
    scene(
        "mark.clients.revision",
        lambda: mark(Outcome.NO_SHOW),
        lambda: book_for("ann", WEDNESDAY),
        lambda: cancel("ann", WEDNESDAY, use_case_calls.AFTERWARDS),
        holds=lambda rows: sum(bool(row.get("strike")) for row in rows.appointments.values()) == 2,
    ),
    scene(
        "register.registrations.asked_at",
        ask_to_register,
        ask_as_another,
        holds=asks_as("eve@example.com", "Another"),
    ),
    scene(
        "register.registrations.number",
        ask_to_register,
        lambda: ask_to_register("fay"),
        at_first=(lambda: change_settings(registrations_per_day=1),),
        ends="not-accepting",
    ),
    scene(
        "register.registrations.client_id",
        register,
        register_again,
        holds=is_there_once("eve@example.com"),
    ),
    scene(
        "register.clients.client_id", register, add_client, holds=is_there_once("eve@example.com")
    ),
    scene(
        "register.clients.registered",
        register,
        *(a_stranger(name) for name in ("fay", "gus")),
        ends="intake-full",
        holds=lambda rows: len(rows.clients) == 4 + 2,
    ),
)


@pytest.fixture(autouse=True)
def _in_process() -> Iterator[None]:
    with in_process():
        yield


@pytest.fixture
def run_scene(
    restore_practice: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Scene, Sequence[str]], list[str]]]:
    """Play a scene with some conditions left out, and tell what is wrong in the end."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    modules = {*mutations.ACTS.values(), logins, planning}
    kept = {module: dict(vars(module)) for module in modules}

    def run_scene(scene: Scene, without: Sequence[str]) -> list[str]:
        restore_practice()
        perform(scene.at_first)
        act = scene.act()
        mutations.apply("+".join(without))
        with interrupted(
            mutations.ACTS[scene.needs.partition(".")[0]], partial(perform, scene.meanwhile)
        ):
            ended = end_of(act)
        tables = read_tables()
        wrong = []
        if scene.judged:
            wrong += find_faults(tables, now=NOW)
            wrong += find_planning_errors(tables, now=NOW, caught_up=False)
        if ended != scene.ends:
            wrong.append(f"ended as {ended}")
        if not scene.holds(tables.therapists[THERAPIST]):
            wrong.append("something is lost")
        return wrong

    yield run_scene
    for module, names in kept.items():
        vars(module).update(names)


def end_of(act: Act) -> str:
    try:
        act()
    except Refusal as refusal:
        return refusal.name
    except Crash:
        return "crashed"
    except Exception as error:  # noqa: BLE001 - without a condition it may end in any way
        return repr(error)
    return "done"


each_scene = pytest.mark.parametrize(
    "scene", [pytest.param(scene, id=scene.needs) for scene in SCENES]
)


@each_scene
def test_interrupted_action_keeps_every_invariant(run_scene, scene):
    assert run_scene(scene, mutations.MUTATIONS[scene.needs]) == []


@each_scene
def test_interrupted_action_without_its_condition_violates_one(run_scene, scene):
    assert run_scene(scene, (*mutations.MUTATIONS[scene.needs], scene.needs)) != []


def test_every_condition_has_a_scene(restore_practice, monkeypatch):
    met: set[str] = set()
    for name, module in mutations.ACTS.items():
        for writes in {"commit", "write"} & vars(module).keys():
            monkeypatch.setattr(module, writes, noting(name, vars(module)[writes], met))
    for ready in use_case_calls.ALL.values():
        restore_practice()
        ready()()
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
