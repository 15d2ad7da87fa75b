"""Actions of clients and the therapist on the harness.

Numbers choose their clients, slots and appointments, so that Hypothesis can draw an action before
it is known what exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from infra.cli.snapshot import LIVE, Row, end_of, instant, start_of
from openhour.rules.appointments import Party
from openhour.rules.clients import Privilege
from openhour.rules.hours import Entry
from openhour.rules.outcomes import Outcome
from openhour.rules.refusals import Refusal
from openhour.rules.regulars import Regular
from openhour.rules.slots import SlotState
from openhour.rules.time_off import TimeOff
from openhour.use_cases import (
    calendars,
    clients,
    confirmations,
    hours,
    me,
    outcomes,
    planning,
    registrations,
    regulars,
    releases,
    settings,
    time_off,
)
from tests.registering import mailed
from tests.store.calendar_oracle import DesiredCalendar
from tests.store.harness import CRASHED, THERAPIST, Attempt, Harness
from tests.store.outcome_oracle import DONE, request_of
from tests.store.transport import Disturbance, RunBefore

Act = tuple[str, tuple[Any, ...]]
"""The name of a method of `Actions`, and its arguments."""
Fault = Any
"""A disturbance; a pair of a request's number and an action runs the action before the request."""


class Actions:
    """Performs actions; half of those that interrupt another concern the same targets."""

    def __init__(self, harness: Harness) -> None:
        self._harness = harness
        self._targets: dict[str, Any] = {}
        self._is_nested = False

    def do(self, act: Act, fault: Fault = None) -> None:
        """Perform an action, each at an instant of its own."""
        name, arguments = act
        if isinstance(fault, tuple):
            number, other = fault
            fault = RunBefore(number, partial(self._run_nested, other))
        getattr(self, name)(*arguments, fault)
        self._harness.now += timedelta(seconds=1)
        if not self._is_nested:
            self._targets.clear()

    def _run_nested(self, act: Act) -> None:
        self._harness.now += timedelta(seconds=1)
        self._is_nested = True
        self.do(act)
        self._is_nested = False

    # Clients, and the therapist for one of them.

    def book(self, who: int, kind: str, which: int, fault: Fault) -> None:
        self._harness.book(self._client(who), self._slot(kind, which), fault=fault)

    def cancel(self, kind: str, which: int, who: int, fault: Fault) -> None:
        if appointment := self._choose_appointment(kind, which):
            client_id = self._client(who) if kind == "any" else appointment["client_id"]
            self._harness.cancel(client_id, appointment["appointment_id"], fault=fault)

    def move(self, kind: str, which: int, to: str, slot: int, fault: Fault) -> None:
        if appointment := self._choose_appointment(kind, which):
            slot_id = self._slot(to, slot)
            ids = appointment["client_id"], appointment["appointment_id"]
            self._harness.move(*ids, slot_id, fault=fault)

    def register(self, who: int, fault: Fault) -> None:
        phone = f"212555010{who % 4}"
        email, now = f"{who % 6}@example.org", self._harness.now
        stranger: Any = {"name": "New", "email": email, "phone": phone}
        with suppress(Refusal):
            registrations.register(THERAPIST, **stranger, now=now)
            facts = mailed(THERAPIST, email, now=now)
            if facts and facts.token:
                act = partial(registrations.confirm, THERAPIST, facts.token, now=now)
                self._harness.attempt("register", act, fault=fault)

    def book_for(self, who: int, kind: str, which: int, fault: Fault) -> None:
        self._harness.book_for(self._client(who), self._slot(kind, which), fault=fault)

    def cancel_for(self, kind: str, which: int, by: Party, fault: Fault) -> None:
        if appointment := self._choose_appointment(kind, which):
            self._harness.cancel_for(appointment["appointment_id"], by, fault=fault)

    def move_for(self, kind: str, which: int, to: str, slot: int, by: Party, fault: Fault) -> None:
        if appointment := self._choose_appointment(kind, which):
            name, slot_id = appointment["appointment_id"], self._slot(to, slot)
            self._harness.move_for(name, slot_id, by, fault=fault)

    def mark(self, which: int, outcome: Outcome, fault: Fault) -> None:
        appointments = list(self._harness.rows.appointments.values())
        waives, now = outcome is Outcome.WAIVED, self._harness.now
        fit = [a for a in appointments if (a.get("strike") if waives else start_of(a) <= now)]
        if appointment := _pick(fit or appointments, which):
            name = appointment["appointment_id"]
            act = partial(outcomes.mark_outcome, THERAPIST, name, outcome, now=now)
            self._harness.perform_twice(f"mark {outcome}", act, fault=fault)

    def set_privilege(self, who: int, privilege: Privilege, fault: Fault) -> None:
        act = partial(clients.set_privilege, THERAPIST, self._client(who), privilege, reason="so")
        name = f"set the privilege {privilege}"
        self._harness.perform_twice(name, partial(act, now=self._harness.now), fault=fault)

    def discharge(self, who: int, fault: Fault) -> None:
        client_id = self._client(who)
        act = partial(clients.discharge, THERAPIST, client_id, now=self._harness.now)
        self._plan("discharge", act, fault)

    def change_contacts(self, who: int, which: int, fault: Fault) -> None:
        changes = {"email": f"{which % 6}@example.org", "phone": f"212555010{which % 4}"}
        act = partial(clients.change_client, THERAPIST, self._client(who), changes)
        self._harness.perform_twice(
            "change the contacts", partial(act, now=self._harness.now), fault=fault
        )

    def limit(self, who: int, most: int | None, fault: Fault) -> None:
        changes = {"max_per_week": most}
        act = partial(clients.change_client, THERAPIST, self._client(who), changes)
        self._harness.perform_twice(
            "limit a client", partial(act, now=self._harness.now), fault=fault
        )

    def add(self, who: int, fault: Fault) -> None:
        known: Any = {"name": "Dan", "email": f"{who % 6}@example.org", "phone": None}
        act = partial(clients.add_client, THERAPIST, **known, login=None, invite=True)
        self._harness.attempt("add a client", partial(act, now=self._harness.now), fault=fault)

    def ask(self, kind: str, which: int, every_weeks: int, fault: Fault) -> None:
        """Ask that a session repeat, mostly of one's own."""
        if appointment := self._choose_appointment(kind, which):
            client_id = appointment["client_id"] if which % 8 else self._client(which)
            name = appointment["appointment_id"]
            self._harness.ask(client_id, name, every_weeks, fault=fault)

    def withdraw(self, who: int, fault: Fault) -> None:
        self._harness.withdraw(self._asking(who), fault=fault)

    def decline(self, who: int, fault: Fault) -> None:
        self._harness.decline(self._asking(who), fault=fault)

    def choose(self, who: int, changes: dict[str, Any], fault: Fault) -> None:
        act = partial(me.change_preferences, THERAPIST, self._client(who), changes)
        self._harness.perform_twice("choose", act, fault=fault)

    # The therapist's calendar.

    def set_hours(self, entries: tuple[Entry, ...], fault: Fault) -> None:
        self._plan_after_preview(
            "set the hours",
            partial(hours.set_hours, THERAPIST, entries, if_match=None),
            fault,
        )

    def enter_regular(
        self,
        who: int,
        which: int,
        first: int,
        lasts: int | None,
        every: int,
        changed: int | None,
        fault: Fault,
    ) -> None:
        """Add a regular, or change the one with the number `changed`."""
        rows = self._harness.rows
        weekday, start, *_ = _pick(rows.hours, which) or ("tuesday", "12:00")
        day = self._harness.now.astimezone(rows.zone).date() + timedelta(days=first)
        regular_id = None if changed is None else _pick(self._running_regulars(), changed)
        wish = Regular(
            regular_id=regular_id or "",
            client_id=self._client(who),
            weekday=weekday,
            start=time.fromisoformat(start),
            every_weeks=every,
            first=day,
            until=None if lasts is None else day + timedelta(days=lasts),
        )
        name = "change a regular" if regular_id else "add a regular"
        enter = regulars.change_regular if regular_id else regulars.add_regular
        attempt = self._plan_after_preview(name, partial(enter, THERAPIST, wish), fault)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            self._check_placed(attempt)

    def end_regular(self, which: int, fault: Fault) -> None:
        if name := _pick(self._running_regulars() or list(self._harness.rows.regulars), which):
            act = partial(regulars.end_regular, THERAPIST, name)
            self._plan_after_preview("end a regular", act, fault)

    def take_time_off(self, days: int, hour: int, length: int, sick: bool, fault: Fault) -> None:
        now = self._harness.now
        begins = now + timedelta(days=days, hours=hour)
        ends = begins + timedelta(hours=length)
        wish = TimeOff(time_off_id="", begins=begins, ends=ends, made_at=now, cancel_booked=sick)
        name = "take a sick day" if sick else "take time off"
        act = partial(time_off.take_time_off, THERAPIST, wish)
        attempt = self._plan_after_preview(name, act, fault)
        if attempt.outcome == DONE and sick and not attempt.interrupted_by:
            booked = (s for s in attempt.after.ahead(now) if s["state"] == "booked")
            assert not any(start_of(s) < ends and begins < end_of(s) for s in booked)

    def end_time_off(self, which: int, fault: Fault) -> None:
        if name := _pick(list(self._harness.rows.time_off), which):
            act = partial(time_off.end_time_off, THERAPIST, name)
            self._plan_after_preview("end time off", act, fault)

    def open_extra(
        self, days: int | None, hour: int, minutes: int, prime: bool, fault: Fault
    ) -> None:
        """Open a slot in the next weeks, or with `days` None at the time of a regular."""
        rows, now = self._harness.rows, self._harness.now
        start = now.replace(minute=0, second=0, microsecond=0)
        start += timedelta(days=days or 0, hours=hour)
        if (
            days is None
            and rows.planned
            and (appointments := sorted(DesiredCalendar(rows, now).by_slot_id))
        ):
            start = start_of({"slot_id": _pick(appointments, hour)})
        act = partial(calendars.open_extra, THERAPIST, start=start, minutes=minutes, prime=prime)
        self._plan("open an extra slot", partial(act, now=now), fault)

    def set_slot(self, kind: str, which: int, state: SlotState, fault: Fault) -> None:
        slot_id = self._slot(kind, which)
        slot = self._harness.rows.slots.get(slot_id)
        opens = slot is not None and slot["state"] == "blocked" and state is not SlotState.BLOCKED
        act = partial(calendars.set_slot, THERAPIST, slot_id, state, now=self._harness.now)
        name = f"set a {'blocked ' if opens else ''}slot {state}"
        self._harness.attempt(name, act, fault=fault, plans=opens)

    def return_slot(self, which: int, fault: Fault) -> None:
        """Undo what was done to a slot by hand."""
        ahead = self._harness.rows.ahead(self._harness.now)
        by_hand = [s["slot_id"] for s in ahead if s.get("extra") or s.get("manual_state")]
        slot_id = _pick(by_hand, which) or self._slot("any", which)
        act = partial(calendars.return_to_plan, THERAPIST, slot_id, now=self._harness.now)
        self._harness.attempt("return a slot", act, fault=fault, plans=slot_id in by_hand)

    def confirm(self, which: int, fault: Fault) -> None:
        if appointment := self._choose_appointment("ahead", which):
            name = appointment["appointment_id"]
            self._plan(
                "confirm",
                partial(confirmations.confirm, THERAPIST, name, now=self._harness.now),
                fault,
            )

    def change(self, name: str, changes: dict[str, Any], fault: Fault) -> None:
        now, rows = self._harness.now, self._harness.rows
        current = {"timezone": str(rows.zone), "horizon_weeks": rows.settings["horizon_weeks"]}
        plans = any(changes.get(key, value) != value for key, value in current.items())
        act = partial(settings.change_settings, THERAPIST, changes, if_match=None, now=now)
        self._harness.attempt(f"change the {name}", act, fault=fault, plans=plans)

    def switch(self, enabled: bool, fault: Fault) -> None:
        act = partial(settings.switch, THERAPIST, enabled=enabled, regulars_entered=True)
        name = f"switch {'on' if enabled else 'off'}"
        self._harness.perform_twice(name, partial(act, now=self._harness.now), fault=fault)

    def release(self, weeks: int | None, fault: Fault) -> None:
        """Release on time, late, again (`weeks` ago), or early (None)."""
        rows, now = self._harness.rows, self._harness.now
        friday = now.astimezone(rows.zone) + timedelta(weeks=weeks or 0)
        friday += timedelta(days=(4 - friday.weekday()) % 7)
        at_six = friday.replace(hour=18, minute=0, second=0, microsecond=0).astimezone(UTC)
        target = rows.week_of(at_six + timedelta(weeks=1))
        act = partial(releases.release_week, THERAPIST, scheduled_at=at_six, now=now)
        if weeks is None:
            target = str(releases.preview_release(THERAPIST, now=now).week)
            released_at = rows.practice.get("released_at")
            if released_at and now - instant(released_at) < timedelta(hours=1):
                target = rows.practice["released_through"]  # The same release again.
            act = partial(releases.release_early, THERAPIST, now=now)
        through = max(target, rows.practice["released_through"])
        held = (s for s in rows.ahead(now) if s["state"] == "held" and "manual_state" not in s)
        opens = {slot["slot_id"] for slot in held if slot["week"] <= through}
        attempt = self._plan("release early" if weeks is None else "release", act, fault)
        if attempt.outcome == DONE and not attempt.interrupted_by:
            assert attempt.after.practice["released_through"] == through
            # Incomplete planning, which the release completes first, changes what it opens.
            if fault is None and rows.planned:
                assert set(attempt.value.opened) == opens
            self._harness.events[
                "a release opens slots" if opens else "a release opens nothing"
            ] += 1
            repeated = self._harness.expect_no_change(act)
            assert not repeated.opened

    def follow_the_stream(self, fault: Fault) -> None:
        waiting = not self._harness.caught_up and self._harness.rows.planned and self._is_waiting()
        act = partial(planning.carry_out_plan, THERAPIST, now=self._harness.now)
        attempt = self._plan("finish", act, fault)
        if waiting and attempt.outcome == DONE:
            self._harness.events["an occurrence that waited is placed by the stream"] += 1

    # Time and reads.

    def wait(self, passes: timedelta, _: Fault) -> None:
        self._harness.wait(self._harness.now + passes)

    def wait_until(self, which: int, before: int, _: Fault) -> None:
        """Wait until some hours before a slot starts."""
        ahead = self._harness.rows.ahead(self._harness.now)
        moments = (start_of(slot) - timedelta(hours=before) for slot in ahead)
        self._wait_for_one_of(moments, which)

    def wait_for_the_end_of_grace(self, which: int, _: Fault) -> None:
        grace = timedelta(minutes=self._harness.rows.settings["grace_minutes"])
        appointments = self._harness.rows.appointments.values()
        moments = {instant(appointment["made_at"]) + grace for appointment in appointments}
        self._wait_for_one_of(sorted(moments), which)

    def _wait_for_one_of(self, moments: Iterable[datetime], which: int) -> None:
        if moment := _pick([m for m in moments if m >= self._harness.now], which):
            self._harness.wait(moment)

    def read_conflicts(self, _: Fault) -> None:
        now, rows = self._harness.now, self._harness.rows
        act = partial(calendars.list_conflicts, THERAPIST, now=now)
        found = self._harness.expect_no_change(act)
        for conflict in found:
            self._harness.events[f"conflict: {conflict.reason}"] += 1
        if self._harness.caught_up and rows.planned:
            unlisted = DesiredCalendar(rows, now).conflicting_slots() - {
                conflict.slot_id for conflict in found
            }
            assert not unlisted, f"{sorted(unlisted)} should be listed as conflicts"

    # Targets.

    def _client(self, n: int) -> str:
        """Choose one of the first clients, rarely a discharged one."""
        known = self._harness.rows.clients
        staying = [name for name in known if known[name]["privilege"] != "ended"]
        name: str = self._same_target("client", n) or _pick(
            staying[:4] if staying and n < 22 else list(known), n
        )
        return self._remember("client", name)

    def _asking(self, n: int) -> str:
        """Choose a client who asks for a regular, if there is one, or has asked for one."""
        rows, now = self._harness.rows, self._harness.now
        asked = [name for name, client in rows.clients.items() if "asked_regular" in client]
        standing = [name for name in asked if request_of(rows, name, now=now)]
        name: str | None = _pick(standing or asked, n)
        return self._remember("client", name) if name and n % 6 else self._client(n)

    def _slot(self, kind: str, n: int) -> str:
        """Choose a future slot in that state, else any slot; or an unknown one."""
        if kind == "unknown":
            return f"{self._harness.now + timedelta(days=3, hours=n):%Y%m%dT%H}07Z"
        ahead = self._harness.rows.ahead(self._harness.now)
        alike = [slot["slot_id"] for slot in ahead if slot["state"] == kind]
        every = alike or [s["slot_id"] for s in ahead] or list(self._harness.rows.slots)
        slot_id: str = self._same_target("slot", n) or _pick(every, n) or "20300101T0000Z"
        return self._remember("slot", slot_id)

    def _choose_appointment(self, kind: str, n: int) -> Row | None:
        every = self._harness.rows.appointments
        live = [a for a in every.values() if a["status"] in LIVE]
        ahead = [a for a in live if start_of(a) > self._harness.now]
        same = every.get(self._same_target("claim", n))
        appointment: Row | None = same or _pick(
            ahead if kind == "ahead" else list(every.values()), n
        )
        if appointment:
            self._remember("claim", appointment["appointment_id"])
            self._remember("client", appointment["client_id"])
        return appointment

    def _remember(self, what: str, name: str) -> str:
        """Remember a target, for an action that interrupts this one."""
        if not self._is_nested:
            self._targets[what] = name
        return name

    def _same_target(self, what: str, n: int) -> Any:
        """Return the interrupted action's target, half of the time."""
        return self._targets.get(what) if self._is_nested and n % 2 else None

    def _running_regulars(self) -> list[str]:
        regulars = self._harness.rows.regulars.items()
        return [name for name, regular in regulars if not regular["ended"]]

    def _is_waiting(self) -> bool:
        rows, now = self._harness.rows, self._harness.now
        free = (slot for slot in rows.ahead(now) if slot["state"] != "booked")
        return any(DesiredCalendar(rows, now).waiting(slot) for slot in free)

    # Planning acts.

    def _plan(self, name: str, act: Callable[[], Any], fault: Disturbance) -> Attempt:
        return self._harness.attempt(name, act, fault=fault, plans=True)

    def _plan_after_preview(
        self, name: str, act: Callable[..., Any], fault: Disturbance
    ) -> Attempt:
        """Preview, then perform: the preview holds unless another action interrupts."""
        act = partial(act, now=self._harness.now)
        preview = self._harness.preview_only(partial(act, preview=True))
        attempt = self._plan(name, partial(act, preview=False), fault)
        if attempt.interrupted_by is None and attempt.outcome != CRASHED:
            assert preview.outcome == attempt.outcome, "the preview differs from the outcome"
            if attempt.outcome == DONE:
                assert _summary(preview.value) == _summary(attempt.value)
        return attempt

    def _check_placed(self, attempt: Attempt) -> None:
        """The result names the slots in which the regular was placed."""
        stands = {
            slot_id
            for slot_id, slot in attempt.after.slots.items()
            if slot.get("regular_id") == attempt.value.regular.regular_id
            and end_of(slot) > self._harness.now
        }
        assert stands == set(attempt.value.placed)
        for slot_id in stands:
            before = attempt.before.slots.get(slot_id, {})
            if before.get("client_id") and "regular_id" not in before:
                self._harness.events["a regular adopts its client's booking"] += 1
            if before.get("regular_id"):
                self._harness.events["a regular's slot goes to a regular"] += 1
        for conflict in attempt.value.conflicts:
            self._harness.events[f"a regular meets a conflict: {conflict.reason}"] += 1


def _summary(answer: Any) -> Any:
    """Return a result without random ids."""
    return (
        [(c.slot_id, c.reason, c.client_id, c.appointment_id) for c in answer.conflicts],
        getattr(answer, "placed", None),
        getattr(answer, "skipped", None),
        sorted(a.appointment_id for a in getattr(answer, "cancelled", ())),
    )


def _pick(choices: list[Any], n: int) -> Any:
    return choices[n % len(choices)] if choices else None
