/** What the plan wants and a booking stands in the way of, in words. */

import { html, nothing, type TemplateResult } from "lit";
import { readTime } from "../shared/wall_clock.ts";
import type { Office, Schemas } from "./office.ts";
import { pathTo } from "./routes.ts";
import { weekOf } from "./weeks.ts";

export type Conflict = Schemas["Conflict"];

/** Write a conflict: when, who is booked, who waits, and why; with a way to the week. */
export function conflictWords(office: Office, conflict: Conflict): TemplateResult {
  const { conflicts } = office.strings;
  const { wall, day } = readTime(conflict.start);
  return html`<a href=${pathTo("week", weekOf(day))}>${office.format.dateAndTime(wall)}</a>${
    conflict.client ? html`, <b>${office.nameOf(conflict.client)}</b>` : nothing
  }: ${conflicts.reasons[conflict.reason] ?? conflict.reason}${
    conflict.waiting
      ? html`
        (${conflicts.waits(office.nameOf(conflict.waiting))})
      `
      : nothing
  }`;
}
