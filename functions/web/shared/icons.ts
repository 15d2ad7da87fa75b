/** Icons: drawings beside words, hidden from screen readers. */

import { svg, type SVGTemplateResult } from "lit";

/** The ring of the hour marks, on a box of 16 units. */
const RING = svg`<circle cx="8" cy="8" r="5.75" />`;
const DISC = svg`<circle class="disc" cx="8" cy="8" r="5.75" />`;

function mark(drawing: unknown): SVGTemplateResult {
  return svg`<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">${drawing}</svg>`;
}

function icon(drawing: unknown): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${drawing}</svg>`;
}

export const marks = {
  open: mark(svg`<path d="M12.98 5.13A5.75 5.75 0 1 1 8 2.25" />`),
  booked: mark(DISC),
  blocked: mark(svg`${RING}<path d="M4 12 12 4" />`),
  held: mark(svg`${RING}<path d="M6.4 6v4m3.2-4v4" />`),
  kept: mark(svg`${RING}<path d="m5.6 8.2 1.7 1.7 3.2-3.5" />`),
  moved: mark(svg`${RING}<path d="M5.2 8h5.4M8.6 5.9 10.7 8l-2.1 2.1" />`),
  cancelled: mark(svg`${RING}<path d="M5.5 8h5" />`),
  late: mark(svg`${RING}<path d="M8 4.5V8l2.6 1.5" />`),
  missed: mark(svg`${RING}<path d="m6 6 4 4m0-4-4 4" />`),
  regular: mark(
    svg`
      <path d="M13.2 5.6A5.75 5.75 0 1 0 13.75 8M13.4 2.6v3.2h-3.2" />
      <circle class="disc" cx="8" cy="8" r="1.6" />
    `,
  ),
};

export const icons = {
  down: icon(svg`<path d="m5 7.5 5 5 5-5" />`),
  left: icon(svg`<path d="m12.5 5-5 5 5 5" />`),
  right: icon(svg`<path d="m7.5 5 5 5-5 5" />`),
  plus: icon(svg`<path d="M10 4v12M4 10h12" />`),
  minus: icon(svg`<path d="M4 10h12" />`),
  search: icon(svg`
    <circle cx="9" cy="9" r="5.2" />
    <path d="m13 13 3.5 3.5" />
  `),
  print: icon(
    svg`<path d="M6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8V17H6z" />`,
  ),
  flag: icon(svg`<path d="M5 17V3.5h9.5L12 7l2.5 3.5H5" />`),
  menu: icon(svg`<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />`),
  copy: icon(svg`<path d="M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7" />`),
  close: icon(svg`<path d="m5 5 10 10m0-10L5 15" />`),
  calendar: icon(svg`<path d="M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5" />`),
  check: icon(svg`<path d="m4.5 10.5 3.5 3.5 7.5-8" />`),
  move: icon(svg`<path d="M3 7h13l-3-3m4 9H4l3 3" />`),
  phone: icon(
    svg`
      <path
        d="M6.6 3.2 8.3 7 6.7 8.5a10 10 0 0 0 4.8 4.8l1.5-1.6 3.8 1.7v2.4a1.6 1.6 0 0 1-1.7 1.6A13.3 13.3 0 0 1 2.6 4.9 1.6 1.6 0 0 1 4.2 3.2z" />
    `,
  ),
};
