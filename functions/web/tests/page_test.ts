import { assert, assertEquals } from "./assert.ts";
import { hueOf } from "../book/look.ts";
import type { Slot } from "../book/page.ts";
import { byWeek, nearest, weeksBetween } from "../book/slots.ts";
import { isFresh } from "../shared/session.ts";
import { LANGUAGES, stringsFor } from "../shared/strings/strings.ts";

function slot(start: string): Slot {
  return { slot_id: start, start, end: start };
}

Deno.test("the nearest times to a lost one come in order of time", () => {
  const slots = ["2026-12-03T09:00-05:00", "2026-12-04T10:00-05:00", "2026-12-04T14:00-05:00"]
    .concat("2026-12-11T13:00-05:00").map(slot);
  const found = nearest(slots, slot("2026-12-04T13:00-05:00"));
  assertEquals(found.map((each) => each.start.slice(0, 13)), [
    "2026-12-03T09",
    "2026-12-04T10",
    "2026-12-04T14",
  ]);
  assertEquals(nearest([], slot("2026-12-04T13:00-05:00")), []);
});

Deno.test("times are listed by week and day", () => {
  const slots = ["2026-12-04T10:00-05:00", "2026-12-04T23:00-05:00", "2026-12-07T10:00-05:00"];
  const weeks = byWeek(slots.map(slot));
  assertEquals(weeks.map((week) => [week.monday, week.days.map((each) => each.day)]), [
    ["2026-11-30", ["2026-12-04"]],
    ["2026-12-07", ["2026-12-07"]],
  ]);
  assertEquals(weeks[0]!.days[0]!.slots.length, 2);
  assertEquals(weeksBetween("2026-10-26", "2026-11-09"), 2); // across a clock change
});

Deno.test("an accent gives its hue and nothing else", () => {
  assertEquals(hueOf("205"), 205);
  assertEquals(hueOf("725"), 5);
  assertEquals(hueOf("#f00"), 29);
  assertEquals(hueOf("#0000FF"), 264);
  for (const grey of ["#777", "#ffffff", "#000", "", "teal", "-4", "1e9", "url(x)"]) {
    assertEquals(hueOf(grey), undefined);
  }
});

Deno.test("a token is refreshed before it ends, by the time since it came, not by the clock", () => {
  const payload = (life: number) => btoa(JSON.stringify({ iat: 1_000_000, exp: 1_000_000 + life }));
  const kept = (life: number, age: number) => ({
    id_token: `x.${payload(life)}.y`,
    access_token: "",
    refresh_token: "r",
    received_at: Date.now() - age * 1000,
  });
  assert(isFresh(kept(1800, 60)));
  assert(!isFresh(kept(1800, 1700)));
  assert(!isFresh(kept(1800, -3600)), "the clock was set back");
  assert(
    !isFresh({ id_token: "forged", access_token: "", refresh_token: "r", received_at: Date.now() }),
  );
});

Deno.test("the first language that there is counts, whatever its country", () => {
  assertEquals(stringsFor("es-MX").language, "es");
  assertEquals(stringsFor("fr", "es").language, "es");
  assertEquals(stringsFor(null, undefined, "xx").language, "en");
});

Deno.test("both languages have the same keys, and no word of the practice's own side", () => {
  const forbidden = /strike|suspend|privilege|conduct|flagged|no-show|penal|sanci/i;
  const keys = (strings: object) => Object.keys(strings).sort();
  assertEquals(keys(LANGUAGES["es"]!), keys(LANGUAGES["en"]!));
  for (const strings of Object.values(LANGUAGES)) {
    assertEquals(keys(strings.refusals), keys(LANGUAGES["en"]!.refusals));
    for (const [key, value] of Object.entries(strings)) {
      const text = typeof value === "function"
        ? String((value as (...words: unknown[]) => string)("x", "x", "x"))
        : JSON.stringify(value);
      assert(!forbidden.test(text), `${key}: ${text}`);
    }
  }
});
