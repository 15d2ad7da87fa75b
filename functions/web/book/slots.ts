/** Open slots: the nearest to one, and all of them by week. */

import { DAY, mondayOf, readTime } from "../shared/wall_clock.ts";
import type { Slot } from "./page.ts";

const NEAREST = 3;

/** Return the slots that start nearest to a lost one, in order of time. */
export function nearest(slots: readonly Slot[], lost: Slot): readonly Slot[] {
  const distance = (slot: Slot) => Math.abs(Date.parse(slot.start) - Date.parse(lost.start));
  return [...slots]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, NEAREST)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

/** Slots by local date, and the dates by the Monday of their week. */
export interface Week {
  readonly monday: string;
  readonly days: readonly { readonly day: string; readonly slots: readonly Slot[] }[];
}

export function byWeek(slots: readonly Slot[]): readonly Week[] {
  const weeks = new Map<string, Map<string, Slot[]>>();
  for (const slot of slots) {
    const { day } = readTime(slot.start);
    const days = weeks.get(mondayOf(day)) ?? new Map<string, Slot[]>();
    weeks.set(mondayOf(day), days);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return [...weeks].map(([monday, days]) => ({
    monday,
    days: [...days].map(([day, found]) => ({ day, slots: found })),
  }));
}

/** Whole weeks from one Monday to another. */
export function weeksBetween(monday: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(monday)) / (7 * DAY));
}
