import { withOffset } from "../console/zones.ts";
import { assertEquals } from "./assert.ts";

const NEW_YORK = "America/New_York";
const CASES: [string, string, string, string | undefined][] = [
  ["winter", "2026-12-24T09:00", NEW_YORK, "2026-12-24T09:00:00-05:00"],
  ["summer", "2026-07-01T09:00", NEW_YORK, "2026-07-01T09:00:00-04:00"],
  ["the hour that spring skips", "2026-03-08T02:30", NEW_YORK, undefined],
  [
    "the hour that autumn repeats: the first",
    "2026-11-01T01:30",
    NEW_YORK,
    "2026-11-01T01:30:00-04:00",
  ],
  ["midnight before the clocks change", "2026-11-01T00:00", NEW_YORK, "2026-11-01T00:00:00-04:00"],
  [
    "midnight after the clocks have changed",
    "2026-11-02T00:00",
    NEW_YORK,
    "2026-11-02T00:00:00-05:00",
  ],
  ["a zone with half an hour", "2026-12-24T09:00", "Asia/Kolkata", "2026-12-24T09:00:00+05:30"],
  ["a zone without changes", "2026-12-24T09:00", "Asia/Tokyo", "2026-12-24T09:00:00+09:00"],
  ["no time at all", "2026-12-24T", NEW_YORK, undefined],
];

for (const [name, local, zone, expected] of CASES) {
  Deno.test(`a local time gets its offset: ${name}`, () => {
    assertEquals(withOffset(local, zone) ?? null, expected ?? null);
  });
}
