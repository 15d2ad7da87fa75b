/** A session as a calendar entry (RFC 5545), the same that mails carry. */

import type { Appointment, Page } from "./page.ts";

export interface Entry {
  readonly uid: string;
  readonly sequence: number;
  readonly start: Date;
  readonly end: Date;
  /** The title, which tells nobody what the appointment is. */
  readonly summary: string;
  readonly place: string | null;
}

const MAX_OCTETS = 75;
const encoder = new TextEncoder();

/** Return the text of a file that calendars open. */
export function calendarFile(entry: Entry, now: Date): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Openhour//Appointments//EN",
    "CALSCALE:GREGORIAN",
    "BEGIN:VEVENT",
    `UID:${escaped(entry.uid)}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(entry.start)}`,
    `DTEND:${utc(entry.end)}`,
    `SUMMARY:${escaped(entry.summary)}`,
    "CLASS:PRIVATE",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
    ...(entry.place ? [`LOCATION:${escaped(entry.place)}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Have the browser save a session, or hand it to the calendar. */
export function saveEntry(page: Page, appointment: Appointment): void {
  const { me, strings } = page;
  const entry = {
    uid: appointment.uid,
    sequence: appointment.sequence,
    start: new Date(appointment.start),
    end: new Date(appointment.end),
    summary: strings.appointment,
    place: me?.place_in_mail ? me.place : null,
  };
  const link = document.createElement("a");
  // Safari on iPhones opens the calendar by the type of the file.
  const file = new Blob([calendarFile(entry, new Date(page.now))], { type: "text/calendar" });
  link.href = URL.createObjectURL(file);
  link.download = `${strings.appointment.toLowerCase()}.ics`;
  document.body.append(link); // Firefox ignores a link outside the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // iPhones read it after they have asked
}

function utc(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, "");
}

function escaped(text: string): string {
  // deno-lint-ignore no-control-regex -- they are not allowed in a file
  return text.replace(/\r\n?/g, "\n").replace(/[\x00-\x09\x0b-\x1f\x7f]/g, " ")
    .replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
}

/** Break a line after 75 octets, and never within a character. */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > MAX_OCTETS) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += length;
  }
  return text;
}
