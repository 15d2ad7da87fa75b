/** The open times: day by day, the nearest first, later days folded. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { mondayOf, readTime, type Time } from "../shared/wall_clock.ts";
import { banner, clock, offline, phoneLine, rail } from "./parts.ts";
import { byWeek, type Page, type Slot, type Week, weeksBetween } from "./page.ts";

/** Days that are open at first: at least two, and as many as hold a handful of times. */
const OPEN_DAYS = 2;
const OPEN_TIMES = 6;

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
    ${noticesOfPractice(page)} ${choosing(page)} ${taken(page)}
    ${offline(page, () => page.reload())}
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
  if (notice?.kind === "refused") {
    return banner("neutral", marks.blocked, notice.text, nothing, phoneLine(page));
  }
  if (notice?.kind !== "taken") return nothing;
  const kept = page.moving ?? page.replacedBy(notice.slot)[0];
  return html`<div class="banner neutral" id="taken" role="status" tabindex="-1">${marks.booked}<div>
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
  return byWeek(page.slots).map((week) => {
    const replaces = !page.moving && page.replacedBy(week.days[0]!.slots[0]!).length > 0;
    const heading = weekHeading(page, week, thisMonday, replaces, !explained);
    explained ||= replaces;
    const days = week.days.map(({ day, slots }) => {
      const atFirst = openDays < OPEN_DAYS || (shown < OPEN_TIMES && openDays < 4);
      if (atFirst) openDays += 1;
      shown += slots.length;
      return dayOf(page, folds, day, slots, atFirst, under);
    });
    return html`${heading}${days}`;
  });
}

/** Name a week, unless it is this one; say where a time replaces a session, whole at the first. */
function weekHeading(
  page: Page,
  week: Week,
  thisMonday: string,
  replaces: boolean,
  isFirst: boolean,
): unknown {
  const { strings } = page;
  const ahead = weeksBetween(thisMonday, week.monday);
  if (ahead === 0 && !replaces) return nothing;
  const monday = new Date(`${week.monday}T00:00:00Z`);
  const name = ahead === 0
    ? strings.thisWeek
    : ahead === 1
    ? strings.nextWeek
    : strings.weekOf(page.format.shortDate(monday));
  const text = !replaces ? nothing : isFirst ? strings.replaces : strings.haveSession;
  return html`<div class="week"><p><b>${name}</b></p>${
    replaces ? html`<p class="quiet">${text}</p>` : nothing
  }</div>`;
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
  const { format, strings } = page;
  const isOpen = folds.isOpen(day, atFirst);
  const toggle = () => {
    folds.toggle(day);
    page.changed();
  };
  const chosen = slots.some((slot) => isChosen(page, slot));
  const list = html`<div class="slots">${slots.map((slot) => slotButton(page, slot))}</div>`;
  if (atFirst) {
    return html`<div class="day"><h3>${rail(page, wall)}</h3>${list}</div>${
      chosen ? under : nothing
    }`;
  }
  return html`
    <div class="day folded">
      <h3><button class="fold" type="button" aria-expanded=${isOpen} aria-controls="day-${day}"
          @click=${toggle}>
          <span class="read">${format.date(wall)}:</span>
          <span class="rail-line" aria-hidden="true"><b>${format.weekday(wall)}</b>
            <span class="number">${format.day(wall)}</span></span>
          <span class="count">${strings.times(slots.length)}</span>${icons.down}</button></h3>
      <div id="day-${day}" class="unfolded" ?hidden=${!isOpen}>${isOpen ? list : nothing}</div>
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
  const name = [format.date(wall), format.time(wall), ...(own ? [strings.yourTime(own)] : [])];
  return html`
    <button class="slot" type="button" data-slot=${slot.slot_id}
      aria-pressed=${isChosen(page, slot)} aria-label=${name.join(", ")}
      @click=${() => page.choose(slot)}>
        ${withDay
          ? html`<span class="slot-day">${format.weekday(wall)} ${format.day(wall)}</span>`
          : nothing}
        ${clock(page, wall)}
        ${own ? html`<span class="own-time">(${own})</span>` : nothing}</button>
  `;
}
