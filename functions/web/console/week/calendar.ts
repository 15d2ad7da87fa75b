/** A week of the calendar as it is drawn: its days, and what each slot is at a moment. */

import { addDays, readTime } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";

export type Slot = Schemas["CalendarSlot"];
export type Ended = Schemas["EndedSession"];

/** What a slot is, as the therapist sees it. */
export type Kind =
  | "open"
  | "held"
  | "booked"
  | "regular"
  | "blocked"
  | "now"
  | "kept"
  | "missed"
  /** It has passed, and nobody had it. */
  | "unused";

export interface Day {
  /** The local date. */
  readonly day: string;
  readonly slots: readonly Slot[];
  readonly booked: number;
  readonly missed: number;
  readonly moved: number;
}

/** Return what a slot is at an instant, in milliseconds. */
export function kindOf(slot: Slot, now: number): Kind {
  const [start, end] = [Date.parse(slot.start), Date.parse(slot.end)];
  if (slot.state !== "booked") {
    if (end <= now && slot.state !== "blocked") return "unused";
    return slot.state;
  }
  if (slot.outcome === "no_show") return "missed";
  if (end <= now) return "kept";
  if (start <= now) return "now";
  return slot.regular_id ? "regular" : "booked";
}

/** Return the session that ended in a slot last, which is what a cell has room for. */
export function lastEnded(slot: Slot): Ended | undefined {
  return slot.ended?.[slot.ended.length - 1];
}

/** Return the seven days of a week with their slots in order of time. */
export function daysOf(monday: string, slots: readonly Slot[]): readonly Day[] {
  return [0, 1, 2, 3, 4, 5, 6].map((index) => {
    const day = addDays(monday, index);
    const own = slots.filter((slot) => readTime(slot.start).day === day);
    return {
      day,
      slots: own,
      booked: own.filter((slot) => slot.state === "booked").length,
      missed: own.filter((slot) => slot.outcome === "no_show").length,
      moved: own.filter((slot) => lastEnded(slot)?.status === "moved").length,
    };
  });
}

/** Minutes since the local midnight of a time's date. */
export function minuteOf(time: string): number {
  return Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16));
}

/** The minutes that a slot lasts. */
export function lengthOf({ start, end }: { start: string; end: string }): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
}

/** The first and the last hour that a grid must show for slots, and how tall an hour is. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly pixels: number;
}

const HOUR_PIXELS = 68;
const LEAST_CELL = 52;

/** Return the scale at which the shortest slot still has room for two lines. */
export function scaleOf(slots: readonly Slot[]): Scale {
  if (slots.length === 0) return { from: 9, to: 17, pixels: HOUR_PIXELS };
  const starts = slots.map((slot) => minuteOf(slot.start));
  const ends = slots.map((slot) => minuteOf(slot.start) + lengthOf(slot));
  const shortest = Math.min(...slots.map(lengthOf));
  return {
    from: Math.floor(Math.min(...starts) / 60),
    to: Math.min(24, Math.ceil(Math.max(...ends) / 60)),
    pixels: Math.min(240, Math.max(HOUR_PIXELS, Math.ceil((LEAST_CELL + 4) * 60 / shortest))),
  };
}

/** Return the slot of a day that starts nearest to a time of day. */
export function nearestSlot(day: Day, minute: number): Slot | undefined {
  return [...day.slots].sort((a, b) =>
    Math.abs(minuteOf(a.start) - minute) - Math.abs(minuteOf(b.start) - minute)
  )[0];
}
