/** The hours: painted on a week or typed, with what the change touches before it is saved. */

import { html, nothing, type TemplateResult } from "lit";
import { Refused } from "../../shared/api.ts";
import { icons, marks } from "../../shared/icons.ts";
import { clock } from "../../shared/parts.ts";
import { readTime } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";
import { banner, field, formError } from "../parts.ts";
import { conflictWords } from "../conflicts.ts";
import { styled } from "../styled.ts";
import { View } from "../view.ts";
import {
  type Brush,
  difference,
  type Entry,
  entryAt,
  isChanged,
  isInTheWay,
  minuteOf,
  paint,
  sorted,
  startAt,
} from "./entries.ts";
import { type Weekday, WEEKDAYS } from "../weeks.ts";

type Preview = Schemas["HoursResult"];

const NARROW = matchMedia("(max-width: 639px)");
/** Minutes between two places of the grid, and how tall that is. */
const STEP = 30;
const STEP_PIXELS = 28;
const [EARLIEST, LATEST] = [7 * 60, 21 * 60];
/** A preview is asked for when the hand rests. */
const REST = 400;

class HoursView extends View {
  #entries: readonly Entry[] = [];
  #brush: Brush = "ordinary";
  #minutes = 50;
  #break = 10;
  #preview: Preview | undefined;
  /** The conflicts that are open already, whatever is painted. */
  #open: ReadonlySet<string> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #focused: { day: number; minute: number } = { day: 0, minute: 9 * 60 };
  #isPainting = false;
  #isTyping = false;

  override connectedCallback(): void {
    super.connectedCallback();
    NARROW.addEventListener("change", this.#redraw);
    addEventListener("pointerup", this.#stopPainting);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    NARROW.removeEventListener("change", this.#redraw);
    removeEventListener("pointerup", this.#stopPainting);
    clearTimeout(this.#timer);
  }

  readonly #redraw = (): void => this.requestUpdate();

  readonly #stopPainting = (): void => {
    this.#isPainting = false;
  };

  protected override get isEditing(): boolean {
    return isChanged(this.#difference);
  }

  get #inForce(): readonly Entry[] {
    return this.office.settings!.hours;
  }

  get #difference(): ReturnType<typeof difference> {
    return difference(this.#inForce, this.#entries);
  }

  protected override async load(): Promise<void> {
    const [{ hours }, { conflicts }] = await Promise.all([
      this.office.loadSettings(),
      this.office.api.request("get", "/practice/conflicts"),
    ]);
    this.#entries = sorted(hours);
    this.#open = new Set(conflicts.map(nameOf));
    this.#preview = undefined;
  }

  // ------------------------------------------------------------------ changing

  #change(entries: readonly Entry[]): void {
    if (entries === this.#entries) return;
    this.#entries = entries;
    this.errors = {};
    this.#preview = undefined;
    clearTimeout(this.#timer);
    if (isChanged(this.#difference)) {
      this.#timer = setTimeout(() => void this.#ask(), REST);
    }
    this.requestUpdate();
  }

  async #ask(): Promise<void> {
    const asked = this.#entries;
    const body = { hours: [...asked] };
    try {
      const found = await this.office.api.request(
        "put",
        "/practice/hours",
        { preview: "true" },
        body,
      );
      if (asked === this.#entries) this.#preview = found;
    } catch (error) {
      this.errors = this.errorsOf(error);
    }
    this.requestUpdate();
  }

  async #save(): Promise<void> {
    const body = { hours: [...this.#entries] };
    const saved = await this.act(async () => {
      try {
        await this.office.api.exchange("put", "/practice/hours", {}, this.office.version, body);
      } catch (error) {
        const isStale = error instanceof Refused && error.reason === "stale";
        if (isStale) await this.office.loadSettings(); // what was painted stays
        throw error;
      }
    });
    if (!saved) return;
    this.office.say(this.office.strings.hoursView.saved);
    await this.reload();
  }

  #paint(weekday: Weekday, minute: number): void {
    const added = { weekday, start: startAt(minute), minutes: this.#minutes, prime: false };
    this.#change(paint(this.#entries, this.#brush, added, STEP));
  }

  /** Go on painting under the pointer: the next time begins after the break. */
  #paintOn(weekday: Weekday, minute: number): void {
    if (!this.#isPainting) return;
    const before = this.#entries.filter((entry) =>
      entry.weekday === weekday && minuteOf(entry.start) <= minute
    ).at(-1);
    const earliest = before ? minuteOf(before.start) + before.minutes + this.#break : minute;
    const isThere = entryAt(this.#entries, weekday, minute, STEP) !== undefined;
    if (this.#brush === "ordinary" && isThere) return;
    if (this.#brush === "erase" || isThere) this.#paint(weekday, minute);
    else if (earliest < minute + STEP) this.#paint(weekday, Math.max(earliest, minute));
  }

  // ------------------------------------------------------------------ drawing

  protected override draw(): TemplateResult {
    const { hoursView, menu } = this.office.strings;
    const { format } = this.office;
    const zone = this.office.settings!.timezone
      ? format.zoneName(new Date(this.office.now))
      : hoursView.noZone;
    return html`
      <div class="view-head"><h1 tabindex="-1">${menu.views["hours"]}</h1>
        <span class="second">${hoursView.everyWeek}, ${zone}</span></div>
      <div class="hours-and-preview">
        <div class="hours-side">
          ${this.#drawTools()}
          ${this.#isTyping ? this.#drawTyping() : nothing}
          ${NARROW.matches ? this.#drawList() : this.#drawGrid()}
          <ul class="legend"><li>${marks.open} ${hoursView.ordinary}</li>
            <li>${marks.held} ${hoursView.primeExplained}</li>
            <li>${icons.plus} ${hoursView.isNew}</li><li>${icons.minus} ${hoursView.goes}</li></ul>
        </div>
        ${this.#drawPreview()}
      </div>
    `;
  }

  #drawTools(): TemplateResult {
    const { hoursView } = this.office.strings;
    const brushes: [Brush, unknown, string][] = [
      ["ordinary", marks.open, hoursView.ordinary],
      ["prime", marks.held, hoursView.prime],
      ["erase", icons.minus, hoursView.erase],
    ];
    const number = (name: string, label: string, value: number, set: (to: number) => void) =>
      html`<label class="number-box"><span class="read">${label}</span><input type="number"
        name=${name} min="0" max="480" step="5" .value=${String(value)} @change=${(
        event: Event,
      ) => {
        const typed = Number((event.target as HTMLInputElement).value);
        if (Number.isInteger(typed) && typed >= 0) set(typed);
      }}><span aria-hidden="true">${label}</span></label>`;
    return html`<div class="hours-tools">
      <div class="brushes" role="radiogroup" aria-label=${hoursView.brush}>${
      brushes.map(([brush, mark, words]) =>
        html`<label class=${this.#brush === brush ? "chosen" : ""}><input type="radio" name="brush"
          value=${brush} .checked=${this.#brush === brush} @change=${() => {
          this.#brush = brush;
          this.requestUpdate();
        }}>${mark} ${words}</label>`
      )
    }</div>
      ${
      number("minutes", hoursView.minutes, this.#minutes, (to) => {
        this.#minutes = Math.max(5, to);
      })
    }
      ${
      number("break", hoursView.break, this.#break, (to) => {
        this.#break = to;
      })
    }
      <button class="quiet-button" type="button" aria-expanded=${this.#isTyping} @click=${() => {
      this.#isTyping = !this.#isTyping;
      this.requestUpdate();
    }}>${hoursView.typeTime}</button>
    </div>`;
  }

  #drawTyping(): TemplateResult {
    const { hoursView } = this.office.strings;
    return html`
      <form class="typing" novalidate @submit=${this.#addTyped}>
        <fieldset>
          <legend>${hoursView.days}</legend>
          <div class="typed-days">${WEEKDAYS.map((weekday, index) =>
            html`<label class="check"><input type="checkbox" name="weekday" value=${weekday}
          .checked=${index === this.#focused.day}> ${this.#weekday(weekday, "short")}</label>`
          )}</div>
        </fieldset>
        <div class="fields">
              ${field(this, "start", hoursView.start, { type: "time", value: "09:00", step: 300 })}
              ${field(this, "typed_minutes", hoursView.length, {
                type: "number",
                value: this.#minutes,
                unit: hoursView.minutes,
                min: 5,
                max: 480,
              })}
            </div>
        <label class="check"><input type="checkbox" name="prime"> ${hoursView
          .primeExplained}</label>
        <div
          class="acts"><button class="second-button" type="submit">${icons.plus} ${hoursView
            .add}</button></div>
      </form>
    `;
  }

  readonly #addTyped = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const start = String(form.get("start"));
    const minutes = Number(form.get("typed_minutes"));
    const days = form.getAll("weekday") as Weekday[];
    const { hoursView } = this.office.strings;
    if (!/^\d\d:\d\d/.test(start) || days.length === 0) {
      this.errors = { start: hoursView.chooseDayAndStart };
      return this.requestUpdate();
    }
    let entries = this.#entries;
    const prime = form.get("prime") === "on";
    const refused: string[] = [];
    for (const weekday of days) {
      const added = { weekday, start: start.slice(0, 5), minutes, prime };
      if (isInTheWay(entries, added)) refused.push(this.#weekday(weekday, "long"));
      else entries = sorted([...entries, added]);
    }
    this.#change(entries);
    if (refused.length) this.errors = { start: hoursView.inTheWay(refused.join(", ")) };
    this.requestUpdate();
  };

  #weekday(weekday: Weekday, style: "short" | "long"): string {
    const monday = Date.UTC(2024, 0, 1); // a Monday
    const date = new Date(monday + WEEKDAYS.indexOf(weekday) * 86_400_000);
    return this.office.format.weekday(date, style);
  }

  #clock(minute: number): TemplateResult {
    return clock(this.office.format, new Date(Date.UTC(2024, 0, 1, 0, minute)));
  }

  #time(minute: number): string {
    return this.office.format.time(new Date(Date.UTC(2024, 0, 1, 0, minute)));
  }

  // ------------------------------------------------------------------ the grid

  get #range(): { from: number; to: number } {
    const shown = [...this.#entries, ...this.#inForce];
    const starts = shown.map((entry) => minuteOf(entry.start));
    const ends = shown.map((entry) => minuteOf(entry.start) + entry.minutes);
    return {
      from: Math.floor(Math.min(EARLIEST, ...starts) / 60) * 60,
      to: Math.ceil(Math.max(LATEST, ...ends) / 60) * 60,
    };
  }

  #drawGrid(): TemplateResult {
    const { from, to } = this.#range;
    const steps = Array.from({ length: (to - from) / STEP }, (_, index) => from + index * STEP);
    const { hoursView } = this.office.strings;
    return html`
      <div class="hours-grid">
        <div class="axis" aria-hidden="true" ${styled({
          height: `${steps.length * STEP_PIXELS}px`,
        })}>${steps.filter((minute) => minute % 60 === 0).map((minute) =>
          html`<span ${styled({ top: `${(minute - from) / STEP * STEP_PIXELS}px` })}>${
            this.#clock(minute)
          }</span>`
        )}</div>
        <div class="hours-days" role="grid" aria-label=${hoursView.gridLabel} @keydown=${this
          .#pressed}>
              <div role="row" class="hours-heads">${WEEKDAYS.map((weekday) =>
                html`<span role="columnheader"><b>${
                  this.#weekday(weekday, "short")
                }</b><span class="second">${
                  this.#entries.filter((entry) => entry.weekday === weekday).length || ""
                }</span></span>`
              )}</div>
              ${steps.map((minute) =>
                html`<div role="row" class="hours-row">${
                  WEEKDAYS.map((weekday, day) => this.#drawPlace(weekday, day, minute))
                }</div>`
              )}
              ${[...this.#entries, ...this.#difference.gone].map((entry) =>
                this.#drawEntry(entry, from)
              )}
            </div>
      </div>
    `;
  }

  #drawPlace(weekday: Weekday, day: number, minute: number): TemplateResult {
    const entry = entryAt(this.#entries, weekday, minute, STEP);
    const isFocused = this.#focused.day === day && this.#focused.minute === minute;
    return html`
      <span role="gridcell" data-place="${day}-${minute}" tabindex=${isFocused ? "0" : "-1"}
        aria-selected=${entry ? "true" : "false"} aria-label=${this.#placeName(
          weekday,
          minute,
          entry,
        )}
        @pointerdown=${(event: PointerEvent) => {
          if (event.pointerType === "touch") return;
          this.#isPainting = true;
          this.#focused = { day, minute };
          this.#paint(weekday, minute);
        }} @pointerenter=${() => this.#paintOn(weekday, minute)} @click=${(event: PointerEvent) => {
          if (event.pointerType === "touch") this.#paint(weekday, minute);
        }}></span>
    `;
  }

  #placeName(weekday: Weekday, minute: number, entry: Entry | undefined): string {
    const { hoursView, minutes } = this.office.strings;
    const at = entry ? minuteOf(entry.start) : minute;
    const what = entry
      ? `${minutes(entry.minutes)}, ${entry.prime ? hoursView.prime : hoursView.ordinary}`
      : hoursView.free;
    return `${this.#weekday(weekday, "long")}, ${this.#time(at)}: ${what}`;
  }

  #drawEntry(entry: Entry, from: number): TemplateResult {
    const { added, gone, prime, ordinary, resized } = this.#difference;
    const isGone = gone.includes(entry);
    const isNew = [...added, ...prime, ...ordinary, ...resized].includes(entry);
    const top = (minuteOf(entry.start) - from) / STEP * STEP_PIXELS + 40;
    const height = entry.minutes / STEP * STEP_PIXELS;
    return html`
      <span aria-hidden="true" class="entry ${entry.prime ? "prime" : ""} ${isGone
        ? "gone"
        : isNew
        ? "new"
        : ""}"
        ${styled({
          "--day": String(WEEKDAYS.indexOf(entry.weekday)),
          top: `${top}px`,
          height: `${height}px`,
        })}>${this.#clock(minuteOf(entry.start))}${isGone
          ? icons.minus
          : entry.prime
          ? marks.held
          : added.includes(entry)
          ? icons.plus
          : nothing}</span>
    `;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { from, to } = this.#range;
    const { day, minute } = this.#focused;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [day, minute - STEP],
      ArrowDown: [day, minute + STEP],
      ArrowLeft: [day - 1, minute],
      ArrowRight: [day + 1, minute],
      Home: [day, from],
      End: [day, to - STEP],
    };
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      this.#paint(WEEKDAYS[day]!, minute);
      return;
    }
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.#focused = {
      day: Math.min(6, Math.max(0, move[0])),
      minute: Math.min(to - STEP, Math.max(from, move[1])),
    };
    this.requestUpdate();
    const place = `[data-place="${this.#focused.day}-${this.#focused.minute}"]`;
    this.querySelector<HTMLElement>(place)?.focus();
  };

  #drawList(): TemplateResult {
    const { hoursView } = this.office.strings;
    return html`<div class="day-list">${
      WEEKDAYS.map((weekday) => {
        const own = this.#entries.filter((entry) => entry.weekday === weekday);
        return html`<section class="hours-day"><h2>${this.#weekday(weekday, "long")}</h2>
          ${own.length === 0 ? html`<p class="second">${hoursView.none}</p>` : nothing}
          <div class="hours-chips">${
          own.map((entry) =>
            html`
              <button type="button" class="chip ${entry.prime ? "prime" : ""}" aria-label=${this
                .#placeName(weekday, minuteOf(entry.start), entry)}
                @click=${() => this.#paint(weekday, minuteOf(entry.start))}>${this.#clock(
                  minuteOf(entry.start),
                )}${entry.prime ? marks.held : nothing}</button>
            `
          )
        }</div></section>`;
      })
    }</div>`;
  }

  // ------------------------------------------------------------------ before saving

  #drawPreview(): TemplateResult {
    const { hoursView, discard, saving } = this.office.strings;
    const found = this.#difference;
    if (!isChanged(found)) {
      return html`
        <aside class="preview">
          <p class="second">${this.#entries.length ? hoursView.howTo : hoursView.howToBegin}</p>
        </aside>
      `;
    }
    const list = (entries: readonly Entry[], mark: unknown, words: string) =>
      entries.length === 0
        ? nothing
        : html`<li>${mark}<span><b>${words}</b><span class="second">${
          entries.map((entry) => this.#name(entry)).join(", ")
        }</span></span></li>`;
    return html`<aside class="preview" aria-labelledby="preview-title">
      <h2 id="preview-title">${hoursView.before}</h2>
      ${formError(this)}
      <ul class="rows facts-list">
        ${list(found.added, icons.plus, hoursView.added(found.added.length))}
        ${list(found.gone, icons.minus, hoursView.gone(found.gone.length))}
        ${list(found.prime, marks.held, hoursView.becomePrime(found.prime.length))}
        ${list(found.ordinary, marks.open, hoursView.becomeOrdinary(found.ordinary.length))}
        ${list(found.resized, icons.move, hoursView.resized(found.resized.length))}
      </ul>
      <div aria-live="polite">${this.#drawConflicts()}</div>
      <div class="acts">
        <button class="main" type="button" aria-disabled=${this.busy ? "true" : "false"}
          @click=${() => this.#save()}>${this.busy ? saving : hoursView.save}</button>
        <button class="quiet-button" type="button" @click=${() => this.reload()}>${discard}</button>
      </div>
    </aside>`;
  }

  #name(entry: Entry): string {
    return `${this.#weekday(entry.weekday, "short")} ${this.#time(minuteOf(entry.start))}`;
  }

  #drawConflicts(): TemplateResult {
    const { hoursView } = this.office.strings;
    const found = this.#preview;
    if (!found) return html`<p class="second">${hoursView.checking}</p>`;
    const { cancelled } = found;
    const conflicts = found.conflicts.filter((each) => !this.#open.has(nameOf(each)));
    if (conflicts.length === 0 && cancelled.length === 0) {
      return html`<p class="second">${hoursView.nothingTouched}</p>`;
    }
    return html`${
      conflicts.length
        ? banner(
          "caution",
          icons.flag,
          hoursView.inTheWayCount(conflicts.length),
          html`
            <ul class="plain">${conflicts.slice(0, 10).map((conflict) =>
              html`<li>${conflictWords(this.office, conflict)}</li>`
            )}</ul>
            <p>${hoursView.staysExplained}</p>
          `,
        )
        : nothing
    }${
      cancelled.length
        ? banner(
          "caution",
          marks.cancelled,
          hoursView.cancelledCount(cancelled.length),
          cancelled.slice(0, 10).map((session) =>
            this.office.format.dateAndTime(readTime(session.start).wall)
          ).join("; "),
        )
        : nothing
    }`;
  }
}

function nameOf({ slot_id, reason }: Preview["conflicts"][number]): string {
  return `${slot_id} ${reason}`;
}

customElements.define("openhour-hours", HoursView);
