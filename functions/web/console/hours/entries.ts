/** The hours while they are edited: entries of a week, painted, compared and checked. */

import type { Schemas } from "../office.ts";
import { type Weekday, WEEKDAYS } from "../weeks.ts";

export type Entry = Schemas["Entry"];
export type Brush = "ordinary" | "prime" | "erase";

/** Minutes since midnight of a start such as `17:30`. */
export function minuteOf(start: string): number {
  return Number(start.slice(0, 2)) * 60 + Number(start.slice(3, 5));
}

/** Write minutes since midnight as a start. */
export function startAt(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${
    String(minute % 60).padStart(2, "0")
  }`;
}

function endOf(entry: Entry): number {
  return minuteOf(entry.start) + entry.minutes;
}

/** Return the entry that covers a minute of a weekday, or begins in the step after it. */
export function entryAt(
  entries: readonly Entry[],
  weekday: Weekday,
  minute: number,
  step: number,
): Entry | undefined {
  return entries.find((entry) =>
    entry.weekday === weekday && minuteOf(entry.start) < minute + step && endOf(entry) > minute
  );
}

/** Return whether a new entry would overlap another or leave its day. */
export function isInTheWay(entries: readonly Entry[], added: Entry): boolean {
  const [start, end] = [minuteOf(added.start), endOf(added)];
  if (end > 24 * 60) return true;
  return entries.some((entry) =>
    entry.weekday === added.weekday && minuteOf(entry.start) < end && endOf(entry) > start
  );
}

/** Return the entries by weekday and start. */
export function sorted(entries: readonly Entry[]): readonly Entry[] {
  const rank = (entry: Entry) => WEEKDAYS.indexOf(entry.weekday) * 1440 + minuteOf(entry.start);
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

/** Return the entries after one touch of a brush: it adds, changes or erases. */
export function paint(
  entries: readonly Entry[],
  brush: Brush,
  added: Entry,
  step: number,
): readonly Entry[] {
  const there = entryAt(entries, added.weekday, minuteOf(added.start), step);
  const others = entries.filter((entry) => entry !== there);
  if (brush === "erase") return others;
  const isPrime = brush === "prime";
  if (there) return sorted([...others, { ...there, prime: isPrime }]);
  if (isInTheWay(entries, added)) return entries;
  return sorted([...entries, { ...added, prime: isPrime }]);
}

/** How edited hours differ from those in force. */
export interface Difference {
  readonly added: readonly Entry[];
  readonly gone: readonly Entry[];
  readonly prime: readonly Entry[];
  readonly ordinary: readonly Entry[];
  readonly resized: readonly Entry[];
}

export function difference(before: readonly Entry[], after: readonly Entry[]): Difference {
  const key = (entry: Entry) => `${entry.weekday} ${entry.start}`;
  const old = new Map(before.map((entry) => [key(entry), entry]));
  const now = new Set(after.map(key));
  const changed = (isSo: (entry: Entry, was: Entry) => boolean) =>
    after.filter((entry) => {
      const was = old.get(key(entry));
      return was !== undefined && isSo(entry, was);
    });
  return {
    added: after.filter((entry) => !old.has(key(entry))),
    gone: before.filter((entry) => !now.has(key(entry))),
    prime: changed((entry, was) => entry.prime && !was.prime),
    ordinary: changed((entry, was) => !entry.prime && was.prime),
    resized: changed((entry, was) => entry.minutes !== was.minutes),
  };
}

export function isChanged(found: Difference): boolean {
  return Object.values(found).some((entries) => entries.length > 0);
}
