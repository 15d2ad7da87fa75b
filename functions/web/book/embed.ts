/** The page inside a therapist's site: its look is told from outside, its height is told to outside. */

import type { Look } from "./look.ts";

export const isEmbedded = parent !== self;

/** Call `apply` with the look in the address, and with every later one. */
export function followLook(apply: (look: Look) => void): void {
  apply(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
  if (!isEmbedded) return;
  addEventListener("message", (event: MessageEvent) => {
    if (event.source === parent && event.data?.openhour === "look") {
      apply(event.data as Look);
    }
  });
}

let report = () => {};

/** Tell the site how high the page is, now and whenever that changes. */
export function reportHeight(content: Element): void {
  if (!isEmbedded) return;
  report = () => {
    tell({ openhour: "height", height: Math.ceil(content.getBoundingClientRect().height) });
  };
  new ResizeObserver(report).observe(content);
  report();
}

/** Have the site scroll a part of the page into view: the page itself does not scroll there. */
export function reveal(part: Element): void {
  if (isEmbedded) {
    const { top, bottom } = part.getBoundingClientRect();
    report(); // the site can't scroll to what the frame has no room for yet
    tell({ openhour: "reveal", top, bottom });
  } else {
    part.scrollIntoView({ block: "nearest" });
  }
}

/** Nothing but sizes leaves the page, so any site may read it. */
function tell(message: Record<string, unknown>): void {
  parent.postMessage(message, "*");
}
