/** One slot of the week, as a button that says day, time, state and who. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { clock } from "../../shared/parts.ts";
import { readTime } from "../../shared/wall_clock.ts";
import type { Office } from "../office.ts";
import { type Ended, type Kind, kindOf, lastEnded, lengthOf, type Slot } from "./calendar.ts";

/** The mark of each kind of slot. */
export const KIND_MARKS: Readonly<Record<Kind, unknown>> = {
  open: marks.open,
  held: marks.held,
  booked: marks.booked,
  regular: marks.regular,
  blocked: marks.blocked,
  now: marks.booked,
  kept: marks.kept,
  missed: marks.missed,
  unused: marks.open,
};

/** Return the mark of a session that ended. */
export function endedMark({ status }: Ended): unknown {
  if (status === "moved") return marks.moved;
  return status === "late_cancelled" ? marks.late : marks.cancelled;
}

/** Return how a session ended, in a word or two: `cancelled late`, `moved`. */
export function endedWords(office: Office, ended: Ended): string {
  const { week } = office.strings;
  if (ended.status === "moved") return ended.late ? week.movedLate : week.moved;
  if (ended.status === "late_cancelled") return week.cancelledLate;
  return ended.ended_by === "therapist" ? week.cancelledByYou : week.cancelled;
}

/** Draw a slot. `isList` is for a narrow screen, where the time stands beside it. */
export function cell(
  office: Office,
  slot: Slot,
  attributes: { isFocused: boolean; isOpened: boolean; isList?: boolean; open: () => void },
): TemplateResult {
  const kind = kindOf(slot, office.now);
  const { wall } = readTime(slot.start);
  const { isFocused, isOpened, isList = false, open } = attributes;
  const ended = lastEnded(slot);
  const isLate = kind === "open" && ended?.status === "late_cancelled";
  return html`
    <button type="button" class="cell ${kind}" data-slot=${slot.slot_id}
      tabindex=${isFocused || isList ? "0" : "-1"} aria-expanded=${isOpened ? "true" : "false"}
      @click=${open}>
        ${kind === "unused" && ended ? endedMark(ended) : KIND_MARKS[kind]}
        <span class="cell-words">
          <span class="read">${office.format.date(wall)}, </span>
          <span class="cell-title"><span class="cell-name">${title(
            office,
            slot,
            kind,
          )}</span>${isLate
            ? html`<span class="tag">${marks.late} ${office.strings.week.late}</span>`
            : nothing}</span>
          <span class="cell-second">${isList
            ? html`<span class="read">${office.format.time(wall)}, </span>`
            : clock(office.format, wall)}${detail(office, slot, kind, isList)}</span>
        </span>
      </button>
  `;
}

function title(office: Office, slot: Slot, kind: Kind): string {
  const { week } = office.strings;
  if (slot.state === "booked" && slot.client) return office.nameOf(slot.client);
  return kind === "unused" ? week.notBooked : week.states[kind];
}

function detail(office: Office, slot: Slot, kind: Kind, isList: boolean): unknown {
  const words = detailWords(office, slot, kind);
  if (words.length === 0) return isList ? office.strings.minutes(lengthOf(slot)) : nothing;
  const text = words.join(", ");
  const className = kind === "missed" ? "missed-word" : "";
  return html`${isList ? nothing : ", "}<span class=${className}>${text}</span>`;
}

/** Return why a slot is blocked: the therapist's note, or the reason that the plan has. */
export function whyBlocked(office: Office, { note, reason }: Slot): string[] {
  if (note) return [note];
  const words = reason && office.strings.week.reasons[reason];
  return words ? [words] : [];
}

function detailWords(office: Office, slot: Slot, kind: Kind): string[] {
  const { week } = office.strings;
  const ended = lastEnded(slot);
  const words: string[] = [];
  if (kind === "missed") words.push(week.missed);
  else if (kind === "now") words.push(week.now);
  else if (kind === "blocked") words.push(...whyBlocked(office, slot));
  else if (kind === "held" && slot.prime) words.push(week.prime);
  else if (kind === "unused" && ended) words.push(endedWords(office, ended));
  else if (kind === "open" && ended) words.push(office.nameOf(ended.client));
  else if (slot.regular_id && kind !== "kept") words.push(week.repeats);
  return words;
}
