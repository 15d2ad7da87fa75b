import {
  daysOf,
  kindOf,
  minuteOf,
  nearestSlot,
  scaleOf,
  type Slot,
} from "../console/week/calendar.ts";
import { addWeeks, mondayOfWeek, weekOf } from "../console/weeks.ts";
import { assert, assertEquals } from "./assert.ts";

const NOW = Date.parse("2026-12-02T10:40:00-05:00");

function slot(start: string, fields: Partial<Slot> = {}): Slot {
  const end = new Date(Date.parse(start) + 50 * 60_000).toISOString();
  return {
    slot_id: start,
    start,
    end,
    state: "open",
    prime: false,
    note: null,
    client: null,
    appointment_id: null,
    regular_id: null,
    outcome: null,
    reason: null,
    time_off_id: null,
    ended: [],
    ...fields,
  };
}

const KINDS: [string, Slot, string][] = [
  ["an open time", slot("2026-12-03T09:00:00-05:00"), "open"],
  ["an open time that has passed", slot("2026-12-01T09:00:00-05:00"), "unused"],
  [
    "a blocked time that has passed",
    slot("2026-12-01T09:00:00-05:00", { state: "blocked" }),
    "blocked",
  ],
  ["a coming session", slot("2026-12-03T09:00:00-05:00", { state: "booked" }), "booked"],
  [
    "a coming session of a regular",
    slot("2026-12-03T09:00:00-05:00", { state: "booked", regular_id: "r" }),
    "regular",
  ],
  ["a session that runs", slot("2026-12-02T10:00:00-05:00", { state: "booked" }), "now"],
  ["a session that nobody marked", slot("2026-12-01T09:00:00-05:00", { state: "booked" }), "kept"],
  [
    "a missed session",
    slot("2026-12-01T09:00:00-05:00", { state: "booked", outcome: "no_show" }),
    "missed",
  ],
];

for (const [name, each, kind] of KINDS) {
  Deno.test(`${name} is drawn as ${kind}`, () => assertEquals(kindOf(each, NOW), kind));
}

Deno.test("slots stand under the day of the practice's wall clock", () => {
  const late = slot("2026-12-02T23:30:00-05:00");
  const days = daysOf("2026-11-30", [late]);
  assertEquals(days.map((day) => day.slots.length), [0, 0, 1, 0, 0, 0, 0]);
  assertEquals(minuteOf(late.start), 23 * 60 + 30);
});

Deno.test("the shortest time still has room for two lines", () => {
  const short = slot("2026-12-02T09:00:00-05:00");
  assertEquals(scaleOf([short]), { from: 9, to: 10, pixels: 68 });
  const quarter = { ...short, end: "2026-12-02T14:15:00Z" };
  assert(scaleOf([quarter]).pixels >= 208);
});

Deno.test("the arrow keys lead to the time nearest by the clock", () => {
  const [, , wednesday] = daysOf("2026-11-30", [
    slot("2026-12-02T09:00:00-05:00"),
    slot("2026-12-02T14:00:00-05:00"),
  ]);
  assertEquals(nearestSlot(wednesday!, 12 * 60)?.start, "2026-12-02T14:00:00-05:00");
});

Deno.test("weeks are named as ISO 8601 does, also around New Year", () => {
  assertEquals(weekOf("2026-12-02"), "2026-W49");
  assertEquals(weekOf("2027-01-03"), "2026-W53");
  assertEquals(weekOf("2027-01-04"), "2027-W01");
  assertEquals(mondayOfWeek("2026-W49"), "2026-11-30");
  assertEquals(mondayOfWeek("2027-W53"), undefined);
  assertEquals(addWeeks("2026-W53", 1), "2027-W01");
});
