/** Words and marks for clients and their sessions. */

import { html, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { clock } from "../../shared/parts.ts";
import { addDays, readTime } from "../../shared/wall_clock.ts";
import { type Weekday, WEEKDAYS } from "../weeks.ts";
import type { Office } from "../office.ts";
import { type Became, spanOf } from "./sessions.ts";

const BECAME_MARKS: Readonly<Record<Became, unknown>> = {
  coming: marks.booked,
  kept: marks.kept,
  cancelled: marks.cancelled,
  late: marks.late,
  moved: marks.moved,
  "moved-late": marks.moved,
  missed: marks.missed,
  "cancelled-by-you": marks.cancelled,
  "moved-by-you": marks.moved,
};

/** The mark of what became of a session, in the colour of what counts. */
export function becameMark(became: Became): TemplateResult {
  const isLate = became === "late" || became === "moved-late";
  const className = isLate ? "late-word" : became === "missed" ? "missed-word" : "";
  return html`<span class="became ${className}">${BECAME_MARKS[became]}</span>`;
}

/** Say a notice: `10.5 hours`, `6 days`. */
export function noticeWords(office: Office, hours: number): string {
  const { unit, count } = spanOf(hours);
  return office.strings[unit](count);
}

/** Say when a session is: `Today, 5:30 pm`, `Tue, Dec 8, 4:30 pm`. */
export function whenWords(office: Office, time: string): TemplateResult {
  const { wall, day } = readTime(time);
  const { strings, format } = office;
  const date = day === office.today
    ? strings.today
    : day === addDays(office.today, 1)
    ? strings.tomorrow
    : `${format.weekday(wall)}, ${format.shortDate(wall)}`;
  return html`${date}, ${clock(format, wall)}`;
}

/** Say a day: `Dec 2, 2026`, without the year where it is this one. */
export function dayWords(office: Office, time: string): string {
  const { wall, day } = readTime(time);
  const year = day.slice(0, 4);
  const date = office.format.shortDate(wall);
  return year === office.today.slice(0, 4) ? date : `${date}, ${year}`;
}

/** Say how often and when somebody comes: `weekly, Tue 4:30 pm`. */
export function rhythmWords(
  office: Office,
  { weekday, start, every_weeks }: {
    readonly weekday: Weekday;
    readonly start: string;
    readonly every_weeks: number;
  },
): string {
  const monday = "2024-01-01";
  const day = addDays(monday, WEEKDAYS.indexOf(weekday));
  const wall = new Date(`${day}T${start.slice(0, 5)}:00Z`);
  const { strings, format } = office;
  return `${strings.everyWeeks(every_weeks)}, ${format.weekday(wall)} ${format.time(wall)}`;
}

/** Draw what became of sessions as marks in a row; whoever listens hears the counts. */
export function strip(office: Office, sessions: readonly Became[]): TemplateResult {
  const words = office.strings.clientsView.became;
  const kinds = [...new Set(sessions)];
  const counts = kinds.map((kind) => {
    const count = sessions.filter((each) => each === kind).length;
    return `${count} ${words[kind].toLowerCase()}`;
  });
  return html`<span class="strip" aria-hidden="true">${
    sessions.map((each) => each === "kept" ? html`<span class="dot"></span>` : becameMark(each))
  }</span><span class="read">${counts.join(", ")}</span>`;
}

/** Return the text with a capital at its beginning. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
