import { calendarFile } from "../book/calendar_entry.ts";
import { assertEquals } from "./assert.ts";

const ENTRY = {
  uid: "20261203T2130Z-c4-1",
  sequence: 2,
  start: new Date("2026-12-04T13:00:00-05:00"),
  end: new Date("2026-12-04T13:50:00-05:00"),
  summary: "Appointment",
  place: null,
};
const NOW = new Date("2026-12-01T15:40:12.345Z");

function linesOf(entry: typeof ENTRY | { place: string }): string[] {
  return calendarFile({ ...ENTRY, ...entry }, NOW).split("\r\n");
}

Deno.test("a session is an entry in UTC that tells nothing", () => {
  assertEquals(linesOf(ENTRY), [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Openhour//Appointments//EN",
    "CALSCALE:GREGORIAN",
    "BEGIN:VEVENT",
    "UID:20261203T2130Z-c4-1",
    "SEQUENCE:2",
    "DTSTAMP:20261201T154012Z",
    "DTSTART:20261204T180000Z",
    "DTEND:20261204T185000Z",
    "SUMMARY:Appointment",
    "CLASS:PRIVATE",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

Deno.test("a place is escaped, and no character of it is torn", () => {
  const place = `218 Maple Street, Room 2; "Süd"\\ ${"ü🌿".repeat(30)}\r\nEND:VEVENT\u0000`;
  const lines = linesOf({ place });
  const octets = lines.map((line) => new TextEncoder().encode(line).length);
  assertEquals(octets.filter((length) => length > 75), []);
  const unfolded = lines.join("\r\n").replaceAll("\r\n ", "");
  const written = place.slice(0, place.indexOf("\r"));
  const escaped = written.replace(/[\\;,]/g, "\\$&");
  assertEquals(
    unfolded.split("\r\n").find((line) => line.startsWith("LOCATION")),
    `LOCATION:${escaped}\\nEND:VEVENT `,
  );
  assertEquals(lines.filter((line) => line === "END:VEVENT").length, 1);
});
