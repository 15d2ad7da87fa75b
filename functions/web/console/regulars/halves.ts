/** Who has a time of the hours already, and which of its weeks are still free. */

import { addDays, dateOf, DAY, mondayOf } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";

export type Regular = Schemas["Regular"];
type Time = Pick<Regular, "weekday" | "start">;

/** Return the regulars of one time of the hours. */
export function sharing(regulars: readonly Regular[], time: Time): readonly Regular[] {
  return regulars.filter(({ weekday, start }) => weekday === time.weekday && start === time.start);
}

/** Return whether two regulars of one time would ever meet in a week. */
export function meet(
  one: Pick<Regular, "first" | "every_weeks">,
  other: Pick<Regular, "first" | "every_weeks">,
): boolean {
  const apart = Date.parse(mondayOf(one.first)) - Date.parse(mondayOf(other.first));
  const weeks = Math.round(apart / (7 * DAY));
  return weeks % greatestCommonDivisor(one.every_weeks, other.every_weeks) === 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Return the first date from `first` on, in the next weeks, from which a rhythm meets no other.
 *
 * Nothing where every week is taken.
 */
export function freeFrom(
  others: readonly Regular[],
  first: string,
  everyWeeks: number,
): string | undefined {
  for (let week = 0; week < everyWeeks; week++) {
    const candidate = { first: addDays(first, 7 * week), every_weeks: everyWeeks };
    if (!others.some((other) => meet(candidate, other))) return candidate.first;
  }
  return undefined;
}

/** Return the first date of a weekday on or after a date. */
export function nextOn(weekday: number, day: string): string {
  const there = (dateOf(day).getUTCDay() + 6) % 7;
  return addDays(day, (weekday - there + 7) % 7);
}
