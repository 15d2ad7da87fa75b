import { assertEquals } from "./assert.ts";
import { addDays, Format, mondayOf, readTime } from "../shared/wall_clock.ts";

const NARROW = /[\u00a0\u202f]/g;
/** Browsers differ in the spaces of `p. m.`. */
const plain = (text: string) => text.replace(NARROW, " ").replace("p. m.", "p.m.");

Deno.test("a time shows the practice's wall clock, whatever zone the browser is in", () => {
  const { wall, day, instant } = readTime("2026-12-03T09:00:00-05:00");
  assertEquals(wall.toISOString(), "2026-12-03T09:00:00.000Z");
  assertEquals(day, "2026-12-03");
  assertEquals(instant, Date.parse("2026-12-03T14:00:00Z"));
});

Deno.test("dates and times are written as people in each country write them", () => {
  const { wall } = readTime("2026-12-03T13:05:00-05:00");
  for (
    const [language, zone, date, time] of [
      ["en", "America/New_York", "Thursday, December 3", "1:05 pm"],
      ["es", "America/New_York", "jueves 3 de diciembre", "1:05 p.m."],
      ["en", "Europe/London", "Thursday 3 December", "13:05"],
      ["es", "Europe/Madrid", "jueves 3 de diciembre", "13:05"],
    ] as const
  ) {
    const format = new Format(language, zone);
    assertEquals(plain(format.date(wall)), date);
    assertEquals(plain(format.time(wall)), time);
  }
});

Deno.test("midnight and noon are not confused", () => {
  const format = new Format("en", "America/New_York");
  const time = (text: string) => plain(format.time(readTime(text).wall));
  assertEquals(time("2026-12-03T00:30:00-05:00"), "12:30 am");
  assertEquals(time("2026-12-03T12:30:00-05:00"), "12:30 pm");
});

Deno.test("the client's own time stands beside the practice's only where it differs", () => {
  const format = new Format("en", "America/New_York");
  const own = (text: string, zone: string) => format.ownTime(readTime(text), zone);
  assertEquals(own("2026-12-03T09:00:00-05:00", "America/New_York"), undefined);
  assertEquals(own("2026-12-03T09:00:00-05:00", "America/Toronto"), undefined);
  assertEquals(plain(own("2026-12-03T09:00:00-05:00", "America/Chicago")!), "8:00 am");
  // The United States change their clocks two weeks before Europe.
  assertEquals(plain(own("2027-03-20T09:00:00-04:00", "Europe/Berlin")!), "2:00 pm");
  assertEquals(plain(own("2027-04-20T09:00:00-04:00", "Europe/Berlin")!), "3:00 pm");
});

Deno.test("weeks begin on Monday, across months, years and clock changes", () => {
  for (
    const [day, monday] of [
      ["2026-11-30", "2026-11-30"],
      ["2026-12-06", "2026-11-30"],
      ["2027-01-01", "2026-12-28"],
      ["2026-11-01", "2026-10-26"],
    ] as const
  ) assertEquals(mondayOf(day), monday);
  assertEquals(addDays("2026-12-31", 1), "2027-01-01");
});

Deno.test("the zone is called what people call it", () => {
  const winter = readTime("2026-12-03T09:00:00-05:00").wall;
  assertEquals(new Format("en", "America/New_York").zoneName(winter), "Eastern Time");
  assertEquals(new Format("es", "America/New_York").zoneName(winter), "hora oriental");
});
