/** The scales of the notice chart: time from left to right, notice upward in equal steps. */

/** Hours at which a step ends: 6 and 24 hours, 2, 7 and 14 days. */
const STEPS = [0, 6, 24, 48, 168, 336] as const;

/** Return the levels from below, in hours, with the cancellation limit among them. */
export function levelsFor(limit: number): readonly number[] {
  return [...new Set([...STEPS, limit])].sort((a, b) => a - b);
}

/** Return how high a notice stands, from 0 to 1: its step, and its part of the step. */
export function heightOf(hours: number, levels: readonly number[]): number {
  const steps = levels.length - 1;
  const top = levels[steps]!;
  if (hours >= top) return 1;
  if (hours <= 0) return 0;
  const step = levels.findIndex((level) => level > hours) - 1;
  const [from, to] = [levels[step]!, levels[step + 1]!];
  return (step + (hours - from) / (to - from)) / steps;
}

/** A part of the year below the chart. */
export interface Tick {
  /** Its place from 0 to 1. */
  readonly at: number;
  /** The first day of a month, as a date whose UTC fields are local. */
  readonly month: Date;
}

export interface TimeScale {
  readonly ticks: readonly Tick[];
  readonly placeOf: (wall: Date) => number;
}

const DAY = 86_400_000;
const MOST_TICKS = 7;

/** Return the scale of the days from `first` to `last`, with a tick where a month begins. */
export function timeScale(first: Date, last: Date): TimeScale {
  const from = first.getTime() - DAY;
  const span = Math.max(last.getTime() + DAY - from, 14 * DAY);
  const placeOf = (wall: Date) => (wall.getTime() - from) / span;
  const months: Tick[] = [];
  const month = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1));
  while (month.getTime() <= from + span) {
    months.push({ at: placeOf(month), month: new Date(month) });
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  const every = Math.ceil(months.length / MOST_TICKS);
  return { ticks: months.filter((_, index) => index % every === 0), placeOf };
}
