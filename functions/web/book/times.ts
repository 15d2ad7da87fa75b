/** The open times: day by day, the nearest first, later days folded. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { dateOf, mondayOf, readTime, type Time } from "../shared/wall_clock.ts";
import { banner, offline, phoneLine, refused } from "./parts.ts";
import { clock, rail } from "../shared/parts.ts";
import type { Page, Slot } from "./page.ts";
import { byWeek, type Week, weeksBetween } from "./slots.ts";

/** Days that are open at first: at least two, and as many as hold a handful of times. */
const OPEN_DAYS = 2;
const OPEN_TIMES = 6;
/** Weeks whose days are listed; later weeks are folded. */
const OPEN_WEEKS = 2;

/** The days that the client has unfolded or folded, by local date. */
export class Folds {
  readonly #toggled = new Set<string>();

  isOpen(day: string, atFirst: boolean): boolean {
    return atFirst !== this.#toggled.has(day);
  }

  toggle(day: string): void {
    if (!this.#toggled.delete(day)) this.#toggled.add(day);
  }
}

/** Show the times. `under` is shown below the day of the chosen slot, in a widget. */
export function times(
  page: Page,
  folds: Folds,
  under: TemplateResult | typeof nothing,
): TemplateResult {
  const { strings, me } = page;
  if (page.closed) return html`${nothing}`;
  const today = me ? readTime(me.now) : undefined;
  return html`<section class="times" aria-labelledby="times-title">
    <div class="heading"><h2 id="times-title" tabindex="-1">${strings.openTimes}</h2>
      ${today ? html`<span class="quiet">${zone(page, today)}</span>` : nothing}</div>
    ${noticesOfPractice(page)} ${choosing(page)} ${refused(page)} ${taken(page)}
    ${page.question ? nothing : offline(page, () => page.reload())}
    ${page.slots.length ? weeks(page, folds, under) : nothingOpen(page)}
  </section>`;
}

/** Name the zone of the times, and say whether the client's own stand in brackets. */
function zone(page: Page, { wall }: Time): string {
  const name = page.format.zoneName(wall);
  const differs = page.slots.some((slot) => page.ownTime(slot.start));
  return differs ? page.strings.ownInBrackets(name) : name;
}

function noticesOfPractice(page: Page): unknown {
  return (page.me?.notices ?? []).map(({ notice }) =>
    html`<p class="banner neutral">${marks.blocked}<span>${notice}</span></p>`
  );
}

function choosing(page: Page): unknown {
  if (!page.moving) return nothing;
  const { strings, moving } = page;
  const late = page.isLate(moving);
  const counts = late && page.me?.late_changes.moves_count;
  const text = late ? (counts ? strings.moveLateCounts : strings.moveLate) : nothing;
  return banner(
    late ? "caution" : "neutral",
    marks.late,
    strings.choosing(page.when(moving.start)),
    text,
    html`<button class="quiet-button" type="button" @click=${() =>
      page.stopMoving()}>${strings.keepOld}</button>`,
  );
}

function taken(page: Page): unknown {
  const { notice, strings } = page;
  if (notice?.kind !== "taken") return nothing;
  const kept = page.moving ?? page.replacedBy(notice.slot)[0];
  return html`<div class="banner neutral" id="notice" role="status" tabindex="-1">${marks.booked}<div>
    <p><b>${strings.takenTitle}</b></p>
    <p>${strings.takenText(page.when(notice.slot.start))}
      ${kept ? strings.takenKept(page.when(kept.start)) : nothing}
      ${notice.nearest.length ? strings.nearest : nothing}</p>
    <div class="nearest">${notice.nearest.map((slot) => slotButton(page, slot, true))}</div>
  </div></div>`;
}

function nothingOpen(page: Page): TemplateResult {
  const { strings, me } = page;
  const weekday = me ? weekdayName(page, me.release_weekday) : "";
  const hour = Number(me?.release_time.slice(0, 2) ?? 18);
  const part = hour < 12 ? "morning" : hour < 17 ? "afternoon" : "evening";
  return html`<div class="nothing-open">
    <h3>${strings.nothingOpen}</h3>
    <p class="quiet">${strings.nothingOpenText(weekday, strings.partOfDay[part])}</p>
    ${phoneLine(page)}
  </div>`;
}

function weekdayName(page: Page, weekday: string): string {
  const names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const date = new Date(Date.UTC(2024, 0, 1 + names.indexOf(weekday))); // a Monday
  return page.format.weekday(date, "long");
}

function weeks(
  page: Page,
  folds: Folds,
  under: TemplateResult | typeof nothing,
): TemplateResult[] {
  const thisMonday = mondayOf(page.me!.now.slice(0, 10));
  let shown = 0;
  let openDays = 0;
  let explained = false;
  return byWeek(page.slots).map((week, index) => {
    const name = nameOfWeek(page, week, thisMonday);
    const replaces = !page.moving && page.replacedBy(week.days[0]!.slots[0]!).length > 0;
    const text = !replaces ? "" : explained ? page.strings.haveSession : page.strings.replaces;
    explained ||= replaces;
    if (index >= OPEN_WEEKS) return foldedWeek(page, folds, week, name, text, under);
    const heading = week.monday === thisMonday && !text ? nothing : weekHeading(name, text);
    const days = week.days.map(({ day, slots }) => {
      const atFirst = openDays < OPEN_DAYS || (shown < OPEN_TIMES && openDays < 4);
      if (atFirst) openDays += 1;
      shown += slots.length;
      return dayOf(page, folds, day, slots, atFirst, under);
    });
    return html`${heading}${days}`;
  });
}

function nameOfWeek(page: Page, { monday }: Week, thisMonday: string): string {
  const { strings, format } = page;
  const ahead = weeksBetween(thisMonday, monday);
  if (ahead === 0) return strings.thisWeek;
  if (ahead === 1) return strings.nextWeek;
  return strings.weekOf(format.shortDate(dateOf(monday)));
}

function weekHeading(name: string, text: string): TemplateResult {
  return html`<div class="week"><p><b>${name}</b></p>${
    text ? html`<p class="quiet">${text}</p>` : nothing
  }</div>`;
}

/** A later week, behind one button. */
function foldedWeek(
  page: Page,
  folds: Folds,
  { monday, days }: Week,
  name: string,
  text: string,
  under: TemplateResult | typeof nothing,
): TemplateResult {
  const isOpen = folds.isOpen(monday, false);
  const count = days.reduce((sum, { slots }) => sum + slots.length, 0);
  return html`
    <div class="week folded">
      ${fold(page, folds, monday, isOpen, html`<b class="name">${name}</b>`, count)}
      <div id="fold-${monday}" ?hidden=${!isOpen}>${isOpen && text
        ? html`<p class="quiet">${text}</p>`
        : nothing}${isOpen
        ? days.map(({ day, slots }) => dayOf(page, folds, day, slots, true, under))
        : nothing}</div>
    </div>
  `;
}

/** The button that unfolds what has the id `fold-` and a local date. */
function fold(
  page: Page,
  folds: Folds,
  day: string,
  isOpen: boolean,
  name: TemplateResult,
  count: number,
): TemplateResult {
  const toggle = () => {
    folds.toggle(day);
    page.changed();
  };
  return html`<h3><button class="fold" type="button" aria-expanded=${isOpen}
    aria-controls="fold-${day}" @click=${toggle}>${name}
    <span class="count">${page.strings.times(count)}</span>${icons.down}</button></h3>`;
}

function dayOf(
  page: Page,
  folds: Folds,
  day: string,
  slots: readonly Slot[],
  atFirst: boolean,
  under: TemplateResult | typeof nothing,
): TemplateResult {
  const { wall } = readTime(slots[0]!.start);
  const { format } = page;
  const isOpen = folds.isOpen(day, atFirst);
  const chosen = slots.some((slot) => isChosen(page, slot));
  const list = html`<div class="slots">${slots.map((slot) => slotButton(page, slot))}</div>`;
  if (atFirst) {
    return html`<div class="day"><h3>${rail(page.format, wall)}</h3>${list}</div>${
      chosen ? under : nothing
    }`;
  }
  const name = html`
    <span class="read">${format.date(wall)}:</span>
    <span class="rail-line" aria-hidden="true"><b>${format.weekday(wall)}</b>
          <span class="number">${format.day(wall)}</span></span>
  `;
  return html`
    <div class="day folded">
      ${fold(page, folds, day, isOpen, name, slots.length)}
      <div id="fold-${day}" class="unfolded" ?hidden=${!isOpen}>${isOpen ? list : nothing}</div>
    </div>${chosen ? under : nothing}
  `;
}

function isChosen(page: Page, slot: Slot): boolean {
  const { question } = page;
  const asksForTime = question?.kind === "book" || question?.kind === "move";
  return asksForTime && question.slot.slot_id === slot.slot_id;
}

function slotButton(page: Page, slot: Slot, withDay = false): TemplateResult {
  const { wall } = readTime(slot.start);
  const { format, strings } = page;
  const own = page.ownTime(slot.start);
  const ownName = own ? strings.yourTime(own) : "";
  const name = [format.date(wall), format.time(wall), ownName].filter(Boolean).join(", ");
  // A name of its own would have to contain the short day that is shown.
  const day = html`
    <span class="slot-day" aria-hidden="true">${format.weekday(wall)} ${format.day(
      wall,
    )}</span><span
      class="read">${format.date(wall)},</span>
  `;
  return html`
    <button class="slot" type="button" data-slot=${slot.slot_id}
      aria-pressed=${isChosen(page, slot)} aria-label=${withDay ? nothing : name}
      @click=${() => page.choose(slot)}>
        ${withDay ? day : nothing} ${clock(page.format, wall)}
        ${own ? html`<span class="own-time">(${own})</span>` : nothing}</button>
  `;
}
