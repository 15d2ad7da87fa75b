import { freeFrom, meet, nextOn, type Regular, sharing } from "../console/regulars/halves.ts";
import { assert, assertEquals } from "./assert.ts";

function regular(first: string, every_weeks: number): Regular {
  return {
    regular_id: "r",
    client_id: "c",
    client: { client_id: "c", name: "Nora" },
    weekday: "tuesday",
    start: "16:30",
    first,
    every_weeks,
    until: null,
  };
}

Deno.test("two fortnightly clients share a time in alternate weeks", () => {
  assert(!meet(regular("2026-12-01", 2), regular("2026-12-08", 2)));
  assert(meet(regular("2026-12-01", 2), regular("2026-12-15", 2)));
  assert(meet(regular("2026-12-01", 1), regular("2026-12-08", 2)), "weekly meets everybody");
  assert(meet(regular("2026-12-01", 2), regular("2026-12-08", 3)), "2 and 3 meet some day");
});

Deno.test("the free half of an alternating time is offered", () => {
  assertEquals(freeFrom([regular("2026-12-01", 2)], "2026-12-01", 2), "2026-12-08");
  assertEquals(freeFrom([], "2026-12-01", 1), "2026-12-01");
  assertEquals(freeFrom([regular("2026-12-01", 1)], "2026-12-01", 2), undefined);
  const both = [regular("2026-12-01", 2), regular("2026-12-08", 2)];
  assertEquals(freeFrom(both, "2026-12-01", 4), undefined);
});

Deno.test("only the regulars of the same weekday and start share it", () => {
  const found = sharing([regular("2026-12-01", 1)], { weekday: "tuesday", start: "16:30" });
  assertEquals(found.length, 1);
  assertEquals(sharing(found, { weekday: "monday", start: "16:30" }), []);
});

Deno.test("the first date is the next such weekday, today included", () => {
  assertEquals(nextOn(2, "2026-12-02"), "2026-12-02");
  assertEquals(nextOn(1, "2026-12-02"), "2026-12-08");
});
