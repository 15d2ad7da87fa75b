"""What clients and the therapist do on a stage, whom and what each act concerns told by numbers: so
that an act can be drawn before it is known who is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, time, timedelta
from functools import partial
from typing import Any

from openhour.rules.appointments import Party
from openhour.rules.clients import Privilege
from openhour.rules.hours import Entry
from openhour.rules.outcomes import Outcome
from openhour.rules.regulars import Regular
from openhour.rules.slots import SlotState
from openhour.rules.time_off import TimeOff
from openhour.use_cases import (
    calendars,
    clients,
    hours,
    outcomes,
    planning,
    registrations,
    regulars,
    releases,
    settings,
    time_off,
)
from tests.store.expectations import DONE
from tests.store.invariants import LIVE, Row, end_of, instant, start_of
from tests.store.planned import Wanted
from tests.store.stage import CUT, THERAPIST, Stage, Tried
from tests.store.wire import Disturbance, Interlude

Act = tuple[str, tuple[Any, ...]]
"""The name of a method of `People`, and its arguments."""
How = Any
"""How an act is disturbed; a pair of a number and an act is an interlude."""


class People:
    """Those who act. Every act may be disturbed; who comes between has every other time to do with
    the same client, slot or appointment."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._meant: dict[str, Any] = {}
        self._between = False

    def do(self, act: Act, how: How = None) -> None:
        """Let somebody act, no two at the same moment; a pair of a number and another act is an
        interlude."""
        name, arguments = act
        if isinstance(how, tuple):
            number, other = how
            how = Interlude(number, partial(self._come_between, other))
        getattr(self, name)(*arguments, how)
        self._stage.now += timedelta(seconds=1)
        if not self._between:
            self._meant.clear()

    def _come_between(self, act: Act) -> None:
        self._stage.now += timedelta(seconds=1)
        self._between = True
        self.do(act)
        self._between = False

    # Clients, and the therapist for one of them.

    def book(self, who: int, kind: str, which: int, how: How) -> None:
        self._stage.book(self._client(who), self._slot(kind, which), disturbance=how)

    def cancel(self, kind: str, which: int, who: int, how: How) -> None:
        if claim := self._claim(kind, which):
            client_id = self._client(who) if kind == "any" else claim["client_id"]
            self._stage.cancel(client_id, claim["appointment_id"], disturbance=how)

    def move(self, kind: str, which: int, to: str, slot: int, how: How) -> None:
        if claim := self._claim(kind, which):
            slot_id = self._slot(to, slot)
            claimed = claim["client_id"], claim["appointment_id"]
            self._stage.move(*claimed, slot_id, disturbance=how)

    def register(self, who: int, how: How) -> None:
        stranger = {"name": "New", "email": f"{who % 6}@example.org", "phone": "1"}
        act = partial(registrations.register, THERAPIST, **stranger, now=self._stage.now)
        self._stage.attempt("register", act, disturbance=how)

    def book_for(self, who: int, kind: str, which: int, how: How) -> None:
        self._stage.book_for(self._client(who), self._slot(kind, which), disturbance=how)

    def cancel_for(self, kind: str, which: int, by: Party, how: How) -> None:
        if claim := self._claim(kind, which):
            self._stage.cancel_for(claim["appointment_id"], by, disturbance=how)

    def mark(self, which: int, outcome: Outcome, how: How) -> None:
        claims = list(self._stage.rows.appointments.values())
        if outcome is Outcome.WAIVED:
            fit = [claim for claim in claims if claim.get("strike")]
        else:
            fit = [claim for claim in claims if start_of(claim) <= self._stage.now]
        if claim := _pick(fit or claims, which):
            name, now = claim["appointment_id"], self._stage.now
            act = partial(outcomes.mark_outcome, THERAPIST, name, outcome, now=now)
            self._stage.again(f"mark {outcome}", act, disturbance=how)

    def set_privilege(self, who: int, privilege: Privilege, how: How) -> None:
        act = partial(clients.set_privilege, THERAPIST, self._client(who), privilege, reason="so")
        name = f"set the privilege {privilege}"
        self._stage.again(name, partial(act, now=self._stage.now), disturbance=how)

    def discharge(self, who: int, how: How) -> None:
        client_id = self._client(who)
        act = partial(clients.discharge, THERAPIST, client_id, now=self._stage.now)
        self._plan("discharge", act, how)

    def limit(self, who: int, most: int | None, how: How) -> None:
        changes = {"max_per_week": most}
        act = partial(clients.change_client, THERAPIST, self._client(who), changes)
        self._stage.again("limit a client", partial(act, now=self._stage.now), disturbance=how)

    def add(self, who: int, how: How) -> None:
        known: Any = {"name": "Dan", "email": f"{who % 6}@example.org", "phone": None}
        act = partial(clients.add_client, THERAPIST, **known, login=None, invite=True)
        self._stage.attempt("add a client", partial(act, now=self._stage.now), disturbance=how)

    # The therapist's calendar.

    def set_hours(self, entries: tuple[Entry, ...], how: How) -> None:
        self._plan_as_foreseen(
            "set the hours", partial(hours.set_hours, THERAPIST, entries, if_match=None), how
        )

    def enter_regular(
        self,
        who: int,
        which: int,
        first: int,
        lasts: int | None,
        every: int,
        changed: int | None,
        how: How,
    ) -> None:
        """Add a regular, or change the one with the number `changed`."""
        rows = self._stage.rows
        weekday, start, *_ = _pick(rows.hours, which) or ("tuesday", "12:00")
        day = self._stage.now.astimezone(rows.zone).date() + timedelta(days=first)
        regular_id = None if changed is None else _pick(self._standing(), changed)
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
        tried = self._plan_as_foreseen(name, partial(enter, THERAPIST, wish), how)
        if tried.outcome == DONE and not tried.interlude:
            self._check_placed(tried)

    def end_regular(self, which: int, how: How) -> None:
        if name := _pick(self._standing() or list(self._stage.rows.regulars), which):
            act = partial(regulars.end_regular, THERAPIST, name)
            self._plan_as_foreseen("end a regular", act, how)

    def take_time_off(self, days: int, hour: int, length: int, sick: bool, how: How) -> None:
        now = self._stage.now
        begins = now + timedelta(days=days, hours=hour)
        ends = begins + timedelta(hours=length)
        wish = TimeOff(time_off_id="", begins=begins, ends=ends, made_at=now, cancel_booked=sick)
        name = "take a sick day" if sick else "take time off"
        act = partial(time_off.take_time_off, THERAPIST, wish)
        tried = self._plan_as_foreseen(name, act, how)
        if tried.outcome == DONE and sick and not tried.interlude:
            booked = (s for s in tried.after.ahead(now) if s["state"] == "booked")
            assert not any(start_of(s) < ends and begins < end_of(s) for s in booked)

    def end_time_off(self, which: int, how: How) -> None:
        if name := _pick(list(self._stage.rows.time_off), which):
            act = partial(time_off.end_time_off, THERAPIST, name)
            self._plan_as_foreseen("end time off", act, how)

    def open_extra(self, days: int | None, hour: int, minutes: int, prime: bool, how: How) -> None:
        """Somewhere in the next weeks; or, where `days` is None, when a regular stands or waits."""
        rows, now = self._stage.rows, self._stage.now
        start = now.replace(minute=0, second=0, microsecond=0)
        start += timedelta(days=days or 0, hours=hour)
        if days is None and rows.planned and (claims := sorted(Wanted(rows, now).by_slot_id)):
            start = start_of({"slot_id": _pick(claims, hour)})
        act = partial(calendars.open_extra, THERAPIST, start=start, minutes=minutes, prime=prime)
        self._plan("open an extra slot", partial(act, now=now), how)

    def set_slot(self, kind: str, which: int, state: SlotState, how: How) -> None:
        slot_id = self._slot(kind, which)
        slot = self._stage.rows.slots.get(slot_id)
        opens = slot is not None and slot["state"] == "blocked" and state is not SlotState.BLOCKED
        act = partial(calendars.set_slot, THERAPIST, slot_id, state, now=self._stage.now)
        name = f"set a {'blocked ' if opens else ''}slot {state}"
        self._stage.attempt(name, act, disturbance=how, plans=opens)

    def change(self, name: str, changes: dict[str, Any], how: How) -> None:
        now, rows = self._stage.now, self._stage.rows
        there = {"timezone": str(rows.zone), "horizon_weeks": rows.settings["horizon_weeks"]}
        plans = any(changes.get(key, value) != value for key, value in there.items())
        act = partial(settings.change_settings, THERAPIST, changes, if_match=None, now=now)
        self._stage.attempt(f"change the {name}", act, disturbance=how, plans=plans)

    def switch(self, enabled: bool, how: How) -> None:
        act = partial(settings.switch, THERAPIST, enabled=enabled, regulars_entered=True)
        name = f"switch {'on' if enabled else 'off'}"
        self._stage.again(name, partial(act, now=self._stage.now), disturbance=how)

    def release(self, weeks: int | None, how: How) -> None:
        """On time, late, again (`weeks` ago), or early (None)."""
        rows, now = self._stage.rows, self._stage.now
        friday = now.astimezone(rows.zone) + timedelta(weeks=weeks or 0)
        friday += timedelta(days=(4 - friday.weekday()) % 7)
        at_six = friday.replace(hour=18, minute=0, second=0, microsecond=0).astimezone(UTC)
        target = rows.week_of(at_six + timedelta(weeks=1))
        act = partial(releases.release_week, THERAPIST, scheduled_at=at_six, now=now)
        if weeks is None:
            foreseen = releases.preview_release(THERAPIST, now=now)
            target = str(foreseen.week)
            act = partial(releases.release_early, THERAPIST, now=now)
        through = max(target, rows.practice["released_through"])
        held = (s for s in rows.ahead(now) if s["state"] == "held" and "manual_state" not in s)
        opens = {slot["slot_id"] for slot in held if slot["week"] <= through}
        tried = self._plan("release early" if weeks is None else "release", act, how)
        if tried.outcome == DONE and not tried.interlude:
            assert tried.after.practice["released_through"] == through
            assert how is not None or set(tried.value.opened) == opens
            self._stage.notice("a release opens slots" if opens else "a release opens nothing")
            repeated = self._stage.expect_no_change(act)
            assert not repeated.opened

    def follow_the_stream(self, how: How) -> None:
        waiting = not self._stage.caught_up and self._stage.rows.planned and self._is_waiting()
        act = partial(planning.carry_out_plan, THERAPIST, now=self._stage.now)
        tried = self._plan("finish", act, how)
        if waiting and tried.outcome == DONE:
            self._stage.notice("an occurrence that waited is placed by the stream")

    # Time, and looking.

    def wait(self, passes: timedelta, _: How) -> None:
        self._stage.wait(self._stage.now + passes)

    def wait_until(self, which: int, before: int, _: How) -> None:
        """Until some hours before a slot starts."""
        ahead = self._stage.rows.ahead(self._stage.now)
        moments = (start_of(slot) - timedelta(hours=before) for slot in ahead)
        if moment := _pick([m for m in moments if m >= self._stage.now], which):
            self._stage.wait(moment)

    def wait_for_the_end_of_grace(self, which: int, _: How) -> None:
        grace = timedelta(minutes=self._stage.rows.settings["grace_minutes"])
        claims = self._stage.rows.appointments.values()
        moments = sorted({instant(claim["made_at"]) + grace for claim in claims})
        if moment := _pick([m for m in moments if m >= self._stage.now], which):
            self._stage.wait(moment)

    def read_conflicts(self, _: How) -> None:
        now, rows = self._stage.now, self._stage.rows
        act = partial(calendars.list_conflicts, THERAPIST, now=now)
        found = self._stage.expect_no_change(act)
        for conflict in found:
            self._stage.notice(f"conflict: {conflict.reason}")
        if self._stage.caught_up and rows.planned:
            unlisted = Wanted(rows, now).unsettled() - {conflict.slot_id for conflict in found}
            assert not unlisted, f"{sorted(unlisted)} should be listed as conflicts"

    # Who and what.

    def _client(self, n: int) -> str:
        """One of the first few clients who are there; seldom one who is no longer."""
        known = self._stage.rows.clients
        staying = [name for name in known if known[name]["privilege"] != "ended"]
        name: str = self._same("client", n) or _pick(
            staying[:4] if staying and n < 22 else list(known), n
        )
        return self._mean("client", name)

    def _slot(self, kind: str, n: int) -> str:
        """A slot ahead in that state, else any slot; or one that isn't there."""
        if kind == "unknown":
            return f"{self._stage.now + timedelta(days=3, hours=n):%Y%m%dT%H}07Z"
        ahead = self._stage.rows.ahead(self._stage.now)
        alike = [slot["slot_id"] for slot in ahead if slot["state"] == kind]
        every = alike or [s["slot_id"] for s in ahead] or list(self._stage.rows.slots)
        slot_id: str = self._same("slot", n) or _pick(every, n) or "20300101T0000Z"
        return self._mean("slot", slot_id)

    def _claim(self, kind: str, n: int) -> Row | None:
        every = self._stage.rows.appointments
        live = [a for a in every.values() if a["status"] in LIVE]
        ahead = [a for a in live if start_of(a) > self._stage.now]
        same = every.get(self._same("claim", n))
        claim: Row | None = same or _pick(ahead if kind == "ahead" else list(every.values()), n)
        if claim:
            self._mean("claim", claim["appointment_id"])
            self._mean("client", claim["client_id"])
        return claim

    def _mean(self, what: str, name: str) -> str:
        """Note whom or what the act concerns, for those who come between."""
        if not self._between:
            self._meant[what] = name
        return name

    def _same(self, what: str, n: int) -> Any:
        """What the act concerns that is disturbed, every other time."""
        return self._meant.get(what) if self._between and n % 2 else None

    def _standing(self) -> list[str]:
        regulars = self._stage.rows.regulars.items()
        return [name for name, regular in regulars if not regular["ended"]]

    def _is_waiting(self) -> bool:
        rows, now = self._stage.rows, self._stage.now
        free = (slot for slot in rows.ahead(now) if slot["state"] != "booked")
        return any(Wanted(rows, now).waiting(slot) for slot in free)

    # Planning acts.

    def _plan(self, name: str, act: Callable[[], Any], how: Disturbance) -> Tried:
        return self._stage.attempt(name, act, disturbance=how, plans=True)

    def _plan_as_foreseen(self, name: str, act: Callable[..., Any], how: Disturbance) -> Tried:
        """Look first, then act: what was foreseen comes true unless somebody comes between."""
        act = partial(act, now=self._stage.now)
        foreseen = self._stage.look(partial(act, preview=True))
        tried = self._plan(name, partial(act, preview=False), how)
        if tried.interlude is None and tried.outcome != CUT:
            assert foreseen.outcome == tried.outcome, "the preview promised something else"
            if tried.outcome == DONE:
                assert _told(foreseen.value) == _told(tried.value)
        return tried

    def _check_placed(self, tried: Tried) -> None:
        """The answer names the slots in which the regular stands."""
        stands = {
            slot_id
            for slot_id, slot in tried.after.slots.items()
            if slot.get("regular_id") == tried.value.regular.regular_id
            and end_of(slot) > self._stage.now
        }
        assert stands == set(tried.value.placed)
        for slot_id in stands:
            before = tried.before.slots.get(slot_id, {})
            if before.get("client_id") and "regular_id" not in before:
                self._stage.notice("a regular adopts its client's booking")
            if before.get("regular_id"):
                self._stage.notice("a regular's slot goes to a regular")
        for conflict in tried.value.conflicts:
            self._stage.notice(f"a regular meets a conflict: {conflict.reason}")


def _told(answer: Any) -> Any:
    """What an answer tells, but for ids that are given anew each time."""
    return (
        [(c.slot_id, c.reason, c.client_id, c.appointment_id) for c in answer.conflicts],
        getattr(answer, "placed", None),
        getattr(answer, "skipped", None),
        sorted(a.appointment_id for a in getattr(answer, "cancelled", ())),
    )


def _pick(them: list[Any], n: int) -> Any:
    return them[n % len(them)] if them else None
