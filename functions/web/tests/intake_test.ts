import { changesIn, numbersFor, textOf, valueOf } from "../console/intake/numbers.ts";
import { assertEquals } from "./assert.ts";

const SETTINGS = {
  intake: "auto",
  intake_below: 0.55,
  intake_weeks: 2,
  intake_per_week: 3,
  registrations_per_day: 20,
  horizon_weeks: 6,
} as const;
const [BELOW, WEEKS] = numbersFor(SETTINGS);

Deno.test("a share is typed in percent", () => {
  assertEquals(textOf(BELOW!, SETTINGS), "55");
  assertEquals(valueOf(BELOW!, "60"), 0.6);
  assertEquals(valueOf(BELOW!, "7"), 0.07);
  assertEquals(valueOf(BELOW!, "101"), undefined);
  assertEquals(valueOf(BELOW!, "6.5"), undefined);
  assertEquals(valueOf(BELOW!, ""), undefined);
});

Deno.test("no more weeks are counted than are published", () => {
  assertEquals(valueOf(WEEKS!, "6"), 6);
  assertEquals(valueOf(WEEKS!, "7"), undefined);
});

Deno.test("only what differs is sent, and what is out of bounds is named", () => {
  assertEquals(changesIn({}, SETTINGS), { patch: {}, wrong: [] });
  assertEquals(changesIn({ intake: "auto", intake_below: "55" }, SETTINGS).patch, {});
  const { patch, wrong } = changesIn(
    { intake: "closed", intake_below: "40", intake_per_week: "99" },
    SETTINGS,
  );
  assertEquals(patch, { intake: "closed", intake_below: 0.4 });
  assertEquals(wrong.map(({ name }) => name), ["intake_per_week"]);
});
