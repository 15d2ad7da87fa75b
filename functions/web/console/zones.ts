/** The instant of a local time in the practice's zone, by the browser's own zone data. */

import { DAY, MINUTE } from "../shared/wall_clock.ts";

/** Return how far a zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  const wall = Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * Write a local time, such as `2026-12-24T09:00`, with its offset.
 *
 * A time that occurs twice in autumn means the first. Nothing is returned for a time that the
 * clocks skip in spring.
 */
export function withOffset(local: string, zone: string): string | undefined {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return undefined;
  // The larger offset comes first, since it gives the earlier instant.
  const offsets = [offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)].sort((a, b) => b - a);
  const offset = offsets.find((each) => offsetAt(wall - each, zone) === each);
  return offset === undefined ? undefined : `${local}:00${written(offset)}`;
}

function written(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE;
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
