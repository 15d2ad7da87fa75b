/** Parts that all pages share. */

import { html, nothing, type TemplateResult } from "lit";
import type { Format } from "./wall_clock.ts";

/** A time of day, with its period in small print: `9:00 am`. */
export function clock(format: Format, wall: Date): TemplateResult {
  const { digits, period } = format.clock(wall);
  // A narrow space that doesn't break keeps the two together, and is read.
  return html`<span class="clock">${digits}${
    period ? html`<small>&#8239;${period}</small>` : nothing
  }</span>`;
}

/** The date on the rail at the left: weekday, number, month. It is read as one full date. */
export function rail(format: Format, wall: Date): TemplateResult {
  return html`
    <span class="rail">
      <span aria-hidden="true"><b>${format.weekday(wall)}</b><span class="number">${format.day(
        wall,
      )}</span>
          <span class="month">${format.month(wall)}</span></span>
      <span class="read">${format.date(wall)}</span>
    </span>
  `;
}

/** The address that calls a phone. */
export function telephone(phone: string): string {
  return `tel:${phone.replace(/[^0-9+]/g, "")}`;
}
