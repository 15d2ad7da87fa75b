import { countOf, found, linesOf, type Seen } from "../console/clients/listing.ts";
import { heightOf, levelsFor, timeScale } from "../console/clients/notice_scale.ts";
import {
  becameOf,
  canWaive,
  comingOf,
  isChange,
  lastTen,
  noticesOf,
  recordsOf,
  type Session,
  spanOf,
} from "../console/clients/sessions.ts";
import { assert, assertEquals } from "./assert.ts";

const NOW = Date.parse("2026-12-02T10:40:00-05:00");

function session(day: string, fields: Partial<Session> = {}): Session {
  return {
    appointment_id: day,
    slot_id: day,
    client_id: "nora",
    start: `${day}T09:00:00-05:00`,
    end: `${day}T09:50:00-05:00`,
    status: "booked",
    regular: false,
    cancel_free_until: null,
    ended_by: null,
    ended_at: null,
    message: null,
    made_at: "2026-11-01T08:00:00-05:00",
    notice_hours: null,
    strike: false,
    waived: false,
    uid: day,
    sequence: 0,
    time_off_id: null,
    ...fields,
  };
}

const LATE = session("2026-11-25", {
  status: "late_cancelled",
  ended_by: "client",
  ended_at: "2026-11-25T06:30:00-05:00",
  notice_hours: 2.5,
  strike: true,
});
const OURS = session("2026-11-24", { status: "cancelled", ended_by: "therapist" });

Deno.test("a session that has passed unmarked was kept, and a running one is to come", () => {
  assertEquals(becameOf(session("2026-12-01"), NOW), "kept");
  assertEquals(becameOf(session("2026-12-03"), NOW), "coming");
  assertEquals(becameOf(session("2026-12-01", { status: "no_show" }), NOW), "missed");
  assertEquals(becameOf(LATE, NOW), "late");
  assertEquals(becameOf(OURS, NOW), "cancelled-by-you");
  const moved = session("2026-12-01", { status: "moved", ended_by: "client" });
  assertEquals(becameOf(moved, NOW), "moved");
  assertEquals(becameOf({ ...moved, strike: true }, NOW), "moved-late");
  assert(isChange(LATE, NOW) && !isChange(session("2026-12-01"), NOW));
});

Deno.test("what comes is in order, and a strike can be set aside once", () => {
  const days = comingOf([session("2026-12-10"), session("2026-12-03"), LATE], NOW);
  assertEquals(days.map(({ slot_id }) => slot_id), ["2026-12-03", "2026-12-10"]);
  assert(canWaive(LATE) && !canWaive({ ...LATE, waived: true }));
});

Deno.test("the last ten have the newest last, and leave out what the therapist ended", () => {
  const days = Array.from(
    { length: 12 },
    (_, day) => session(`2026-11-${String(day + 1).padStart(2, "0")}`),
  );
  const shown = lastTen([...days, OURS, session("2026-12-09")], NOW);
  assertEquals(shown.length, 10);
  assertEquals(shown.at(-1)!.slot_id, "2026-11-12");
  assertEquals(noticesOf([...days, OURS, LATE], NOW), [LATE]);
});

Deno.test("notice is said as a person would", () => {
  assertEquals(spanOf(0.4), { unit: "minutes", count: 24 });
  assertEquals(spanOf(10.5), { unit: "hours", count: 10.5 });
  assertEquals(spanOf(30.2), { unit: "hours", count: 30 });
  assertEquals(spanOf(53.7), { unit: "days", count: 2 });
});

Deno.test("a record has one row a session, the latest first", () => {
  const words = {
    heads: ["Date"],
    became: { late: "Cancelled late", kept: "Kept" } as never,
    by: { client: "client", therapist: "you" },
    yes: "yes",
  };
  const rows = recordsOf([session("2026-11-18"), LATE], words, NOW);
  assertEquals(rows.length, 3);
  assertEquals(rows[1], [
    "2026-11-25",
    "09:00",
    "Cancelled late",
    "client",
    "2026-11-25 06:30",
    "2.5",
    "yes",
    "",
    "",
    "2026-11-01 08:00",
  ]);
});

Deno.test("notice stands on equal steps, with the limit among them", () => {
  assertEquals(levelsFor(24), [0, 6, 24, 48, 168, 336]);
  assertEquals(levelsFor(36), [0, 6, 24, 36, 48, 168, 336]);
  assertEquals(levelsFor(0)[0], 0);
  const levels = levelsFor(24);
  assertEquals(heightOf(0, levels), 0);
  assertEquals(heightOf(24, levels), 2 / 5);
  assertEquals(heightOf(3, levels), 0.5 / 5);
  assertEquals(heightOf(9999, levels), 1);
  assertEquals(heightOf(-1, levels), 0);
});

Deno.test("the time scale has a tick a month, and few of them over years", () => {
  const scale = timeScale(new Date("2026-06-10T00:00:00Z"), new Date("2026-12-02T00:00:00Z"));
  assertEquals(scale.ticks.length, 6);
  assert(scale.placeOf(new Date("2026-06-10T00:00:00Z")) >= 0);
  assert(scale.placeOf(new Date("2026-12-02T00:00:00Z")) <= 1);
  const years = timeScale(new Date("2020-01-01T00:00:00Z"), new Date("2026-12-02T00:00:00Z"));
  assert(years.ticks.length <= 7);
  const day = new Date("2026-06-10T00:00:00Z");
  assert(timeScale(day, day).placeOf(day) < 1);
});

const CLIENTS: readonly Seen[] = [
  { client_id: "1", name: "Zoë Álvarez", email: "zoe@example.com", phone: "(802) 555-0101" },
  { client_id: "2", name: "Bob Lee", login: "invited" },
  { client_id: "3", name: "Carl Lee", flagged: true, login: "active" },
];

Deno.test("flagged clients come first, then by name whatever its accents", () => {
  const names = linesOf(CLIENTS, [], "en").map(({ client }) => client.client_id);
  assertEquals(names, ["3", "2", "1"]);
});

Deno.test("a client may have several regulars", () => {
  const regular = {
    regular_id: "r1",
    client_id: "2",
    client: { client_id: "2", name: "Bob Lee" },
    weekday: "monday",
    start: "09:00",
    every_weeks: 1,
    first: "2026-11-02",
    until: null,
  } as const;
  const lines = linesOf(CLIENTS, [regular, { ...regular, regular_id: "r2" }], "en");
  assertEquals(lines.map(({ regulars }) => regulars.length), [0, 2, 0]);
});

Deno.test("a search finds parts of names without accents, addresses and phones", () => {
  const lines = linesOf(CLIENTS, [], "en");
  const ids = (search: string) => found(lines, "all", search).map(({ client }) => client.client_id);
  assertEquals(ids("alva"), ["1"]);
  assertEquals(ids("lee b"), ["2"]);
  assertEquals(ids("zoe@"), ["1"]);
  assertEquals(ids("555-01"), ["1"]);
  assertEquals(ids("xyz"), []);
  assertEquals(found(lines, "flagged", "").length, 1);
  assertEquals(countOf(lines, "not-signed-in"), 1);
});
