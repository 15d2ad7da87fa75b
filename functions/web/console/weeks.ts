/** ISO weeks by their names, such as `2026-W49`, and the weekdays as the API names them. */

import type { Schemas } from "./office.ts";
import { addDays, DAY, mondayOf } from "../shared/wall_clock.ts";

export type Weekday = Schemas["Entry"]["weekday"];

export const WEEKDAYS: readonly Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** Return the ISO week of a local date. */
export function weekOf(day: string): string {
  const thursday = addDays(mondayOf(day), 3);
  const first = Date.parse(`${thursday.slice(0, 4)}-01-01T00:00:00Z`);
  const number = Math.floor((Date.parse(`${thursday}T00:00:00Z`) - first) / (7 * DAY)) + 1;
  return `${thursday.slice(0, 4)}-W${String(number).padStart(2, "0")}`;
}

/** Return the Monday of an ISO week, or nothing for what is no week. */
export function mondayOfWeek(week: string): string | undefined {
  const match = /^(\d{4})-W(\d{2})$/.exec(week);
  if (!match) return undefined;
  const monday = addDays(mondayOf(`${match[1]}-01-04`), 7 * (Number(match[2]) - 1));
  return weekOf(monday) === week ? monday : undefined;
}

/** Return the week that begins so many weeks after another. */
export function addWeeks(week: string, weeks: number): string {
  return weekOf(addDays(mondayOfWeek(week)!, 7 * weeks));
}

/** Return the number of a week in its year. */
export function numberOf(week: string): number {
  return Number(week.slice(6));
}
