import { difference, type Entry, isChanged, paint } from "../console/hours/entries.ts";
import { type Weekday } from "../console/weeks.ts";
import { assert, assertEquals } from "./assert.ts";

function entry(weekday: Weekday, start: string, fields: Partial<Entry> = {}): Entry {
  return { weekday, start, minutes: 50, prime: false, ...fields };
}

const NINE = entry("monday", "09:00");

Deno.test("a brush adds a time, and leaves alone what is in the way", () => {
  assertEquals(paint([], "ordinary", NINE, 30), [NINE]);
  assertEquals(paint([NINE], "ordinary", entry("monday", "08:30"), 30), [NINE]);
  assertEquals(paint([NINE], "ordinary", entry("tuesday", "08:30"), 30).length, 2);
  assertEquals(paint([], "ordinary", entry("monday", "23:30"), 30), [], "it ends on its day");
});

Deno.test("the prime brush changes a time that is there, wherever it is touched", () => {
  assertEquals(paint([NINE], "prime", entry("monday", "09:30"), 30), [{ ...NINE, prime: true }]);
});

Deno.test("erasing takes a time away", () => {
  assertEquals(paint([NINE], "erase", entry("monday", "09:00"), 30), []);
});

Deno.test("times stay in order of the week", () => {
  const painted = paint([entry("tuesday", "09:00")], "ordinary", NINE, 30);
  assertEquals(painted.map(({ weekday }) => weekday), ["monday", "tuesday"]);
});

Deno.test("what changed is told apart: added, gone, prime, ordinary and resized", () => {
  const before = [NINE, entry("monday", "10:00"), entry("monday", "11:00", { prime: true })];
  const after = [
    { ...NINE, prime: true },
    entry("monday", "11:00", { minutes: 45 }),
    entry("friday", "09:00"),
  ];
  const found = difference(before, after);
  assertEquals(found.added.length, 1);
  assertEquals(found.gone.map(({ start }) => start), ["10:00"]);
  assertEquals(found.prime.map(({ start }) => start), ["09:00"]);
  assertEquals(found.ordinary.map(({ start }) => start), ["11:00"]);
  assertEquals(found.resized.map(({ start }) => start), ["11:00"]);
  assert(!isChanged(difference(before, before)));
});
