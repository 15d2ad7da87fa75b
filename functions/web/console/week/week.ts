/** The week: a grid of slots, what can be done with each, and today beside it. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { clock } from "../../shared/parts.ts";
import { addDays, dateOf, readTime } from "../../shared/wall_clock.ts";
import type { Suggestion } from "../client_search.ts";
import type { Client, Schemas } from "../office.ts";
import { dialog, toggle } from "../parts.ts";
import { goTo, pathTo } from "../routes.ts";
import { styled } from "../styled.ts";
import { View } from "../view.ts";
import { addWeeks, mondayOfWeek, numberOf, weekOf } from "../weeks.ts";
import { book, move, setSlot } from "./acts.ts";
import {
  type Day,
  daysOf,
  kindOf,
  lengthOf,
  minuteOf,
  nearestSlot,
  type Scale,
  scaleOf,
  type Slot,
} from "./calendar.ts";
import "./cancelling.ts";
import { cell } from "./cell.ts";
import "./free_times.ts";
import "./slot_panel.ts";
import "./today.ts";

type Calendar = Schemas["Calendar"];
/** What is decided in a dialog of its own, about one slot. */
type Step = { readonly act: "cancel" | "move" | "next"; readonly slot: Slot };

const NARROW = matchMedia("(max-width: 639px)");
const KEYS: Readonly<Record<string, "held" | "open" | "blocked">> = {
  h: "held",
  o: "open",
  b: "blocked",
};

class WeekView extends View {
  #calendar: Calendar | undefined;
  #tag = "";
  #current: Calendar | undefined;
  #clients: readonly Client[] = [];
  #opened: string | undefined;
  #focused: string | undefined;
  #step: Step | undefined;
  #unfolded = new Set<string>();
  #picksDate = false;
  #focusNext = false;

  override connectedCallback(): void {
    super.connectedCallback();
    NARROW.addEventListener("change", this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    NARROW.removeEventListener("change", this.#redraw);
  }

  readonly #redraw = (): void => this.requestUpdate();

  protected override get subject(): string {
    return this.path[0] ?? "";
  }

  protected override get isEditing(): boolean {
    return this.#opened !== undefined || this.#step !== undefined;
  }

  protected override async load(): Promise<void> {
    const wanted = mondayOfWeek(this.path[0] ?? "") ? this.path[0] : undefined;
    const { api } = this.office;
    const tag = this.#calendar?.week === wanted || !wanted ? this.#tag : "";
    const [shown, current] = await Promise.all([
      api.exchange("get", "/practice/calendar", wanted ? { week: wanted } : {}, tag),
      wanted ? api.request("get", "/practice/calendar") : undefined,
    ]);
    if (shown) {
      this.#calendar = shown.body;
      this.#tag = shown.tag;
      this.office.setNow(shown.body.now);
    }
    this.#current = current ?? this.#calendar;
    this.#loadClients();
  }

  /** Load the clients after the week: their requests stand beside it, and the search needs them. */
  #loadClients(): void {
    this.office.clients().then((clients) => {
      this.#clients = clients;
      this.requestUpdate();
    }, () => undefined); // the week is there without them
  }

  protected override skeleton(): TemplateResult {
    return html`<div class="skeleton week-skeleton">${
      Array.from({ length: 20 }, () => html`<div></div>`)
    }</div>`;
  }

  // ------------------------------------------------------------------ drawing

  protected override draw(): TemplateResult {
    const { week, slots } = this.#calendar!;
    const days = daysOf(mondayOfWeek(week)!, slots);
    const today = this.#current!.slots.filter(({ start }) =>
      readTime(start).day === this.office.today
    );
    return html`
      ${this.#drawHead()}
      <div class="week-and-today">
        <div class="week-side">
          ${this.#calendar!.published
            ? nothing
            : html`<p class="nothing">${this.office.strings.week.notPublished}</p>`}
          ${NARROW.matches ? this.#drawList(days) : this.#drawGrid(days)}
          ${this.#drawLegend()}
        </div>
        <openhour-today .office=${this.office} .slots=${today} .clients=${this.#clients}
          @opened=${(event: CustomEvent<Slot>) => this.#openToday(event.detail)}
          @goes-on=${(event: CustomEvent<{ slot: Slot; act: string }>) =>
            this.#goOn(event.detail.slot, event.detail.act)}
          @done=${() => this.#done()}></openhour-today>
      </div>
      ${this.#drawStep()}
    `;
  }

  #drawHead(): TemplateResult {
    const { week } = this.#calendar!;
    const { strings, format } = this.office;
    const monday = mondayOfWeek(week)!;
    const [first, last] = [monday, addDays(monday, 6)].map((day) => dateOf(day));
    return html`<div class="view-head week-head">
      <h1 tabindex="-1">${format.shortDate(first!)} – ${format.shortDate(last!)}</h1>
      <span class="second">${strings.weekNumber(numberOf(week))}</span>
      <span class="spacer"></span>
      <a class="icon-button" href=${pathTo("week", addWeeks(week, -1))}
        aria-label=${strings.week.previous}>${icons.left}</a>
      <a class="second-button" href=${pathTo("week")}>${strings.today}</a>
      <a class="icon-button" href=${pathTo("week", addWeeks(week, 1))}
        aria-label=${strings.week.next}>${icons.right}</a>
      ${this.#drawJump()}
      <span class="initials"><span aria-hidden="true">${strings.week.initials}</span>${
      toggle(strings.week.initials, this.office.showsInitials, (shown) =>
        this.office.showInitials(shown))
    }</span>
      <button class="icon-button" type="button" aria-label=${strings.week.print}
        @click=${() => print()}>${icons.print}</button>
    </div>`;
  }

  #drawJump(): TemplateResult {
    const { week } = this.office.strings;
    const jump = (event: Event) => {
      const day = (event.target as HTMLInputElement).value;
      if (!day) return;
      this.#picksDate = false;
      goTo("week", weekOf(day));
    };
    if (this.#picksDate) {
      return html`<label class="jump"><span class="read">${week.goToDate}</span><input type="date"
        name="date" value=${mondayOfWeek(this.#calendar!.week)!} @change=${jump}></label>`;
    }
    return html`<button class="quiet-button" type="button" @click=${() => {
      this.#picksDate = true;
      this.requestUpdate();
      void this.updateComplete.then(() => this.querySelector<HTMLElement>(".jump input")?.focus());
    }}>${week.goToDate}</button>`;
  }

  #drawGrid(days: readonly Day[]): TemplateResult {
    const scale = scaleOf(this.#calendar!.slots);
    const height = `${(scale.to - scale.from) * scale.pixels}px`;
    const hours = Array.from({ length: scale.to - scale.from }, (_, index) => scale.from + index);
    const columns = ["56px", ...days.map((day) => day.slots.length ? "minmax(0, 1fr)" : "32px")];
    return html`
      <div class="grid" role="group" aria-label=${this.office.strings.menu.views["week"]!}
        ${styled({ "grid-template-columns": columns.join(" ") })} @keydown=${this.#pressed}>
            <div class="axis" ${styled({ height })} aria-hidden="true">${hours.map((hour) =>
              html`<span ${styled({ top: `${(hour - scale.from) * scale.pixels}px` })}>${
                clock(this.office.format, new Date(Date.UTC(2026, 0, 1, hour)))
              }</span>`
            )}</div>
            ${days.map((day) => this.#drawDay(day, scale, height))}
            ${this.#drawPanel()}
          </div>
    `;
  }

  #drawDay(day: Day, scale: Scale, height: string): TemplateResult {
    const { strings, format } = this.office;
    const date = dateOf(day.day);
    const isToday = day.day === this.office.today;
    if (day.slots.length === 0) {
      return html`
        <div class="column empty">
          <p><span>${format.weekday(date)} ${format.day(date)}, ${strings.week.noHours}</span></p>
        </div>
      `;
    }
    const top = (time: string) => `${(minuteOf(time) / 60 - scale.from) * scale.pixels}px`;
    return html`
      <section class="column ${isToday ? "today-column" : ""}"
        aria-label=${format.date(date)}>
        <h2
          class="day-head"><b>${format.weekday(date)}</b><span class="number">${format.day(
            date,
          )}</span><span class="second">${strings.week.countBooked(day.booked)}</span></h2>
        <div class="slots" ${styled({ height, "--hour": `${scale.pixels}px` })}>
              ${day.slots.map((slot) =>
                html`<div class="place" ${
                  styled({
                    top: top(slot.start),
                    height: `${lengthOf(slot) / 60 * scale.pixels}px`,
                  })
                }>${this.#drawCell(slot)}</div>`
              )}
              ${isToday ? this.#drawNow(scale) : nothing}
            </div>
      </section>
    `;
  }

  #drawNow(scale: Scale): TemplateResult | typeof nothing {
    const hour = minuteOf(this.office.localNow) / 60;
    if (hour < scale.from || hour > scale.to) return nothing;
    return html`<span class="now-line" aria-hidden="true" ${
      styled({ top: `${(hour - scale.from) * scale.pixels}px` })
    }></span>`;
  }

  #drawCell(slot: Slot, isList = false): TemplateResult {
    const focused = this.#focused ?? this.#firstToFocus;
    return cell(this.office, slot, {
      isFocused: slot.slot_id === focused,
      isOpened: slot.slot_id === this.#opened,
      isList,
      open: () => this.#open(slot.slot_id),
    });
  }

  /** The slot to which the first Tab leads: the next one from now, or the week's first. */
  get #firstToFocus(): string | undefined {
    const { slots } = this.#calendar!;
    return (slots.find(({ end }) => Date.parse(end) > this.office.now) ?? slots[0])?.slot_id;
  }

  #drawList(days: readonly Day[]): TemplateResult {
    const { strings, format, today } = this.office;
    return html`<div class="day-list">${
      days.filter((day) => day.slots.length).map((day) => {
        const date = dateOf(day.day);
        const isFolded = day.day < today && !this.#unfolded.has(day.day);
        const counts = [
          strings.week.countBooked(day.booked),
          day.missed ? strings.week.countMissed(day.missed) : "",
          day.moved ? strings.week.countMoved(day.moved) : "",
        ].filter(Boolean).join(", ");
        return html`<section class="listed-day" aria-label=${format.date(date)}>
          ${
          day.day < today
            ? html`<h2><button type="button" class="fold" aria-expanded=${
              isFolded ? "false" : "true"
            } @click=${() => this.#toggleFold(day.day)}><span class="fold-day"><b>${
              format.weekday(date)
            }</b> <span class="number">${
              format.day(date)
            }</span></span><span class="grow second">${counts}</span>${icons.down}</button></h2>`
            : html`<h2 class="list-head">${format.weekday(date, "long")} ${format.day(date)}<span
              class="second">${day.day === today ? `${strings.today}, ` : ""}${
              strings.sessions(day.booked)
            }</span></h2>`
        }
          ${
          isFolded
            ? nothing
            : day.slots.map((slot) =>
              html`<div class="list-row"><span class="list-time" aria-hidden="true">${
                clock(format, readTime(slot.start).wall)
              }</span>${this.#drawCell(slot, true)}</div>`
            )
        }
        </section>`;
      })
    }${
      this.#openedSlot
        ? html`<div class="scrim panel-scrim" @mousedown=${(event: Event) => {
          if (event.target === event.currentTarget) this.#close();
        }}>${this.#drawPanel()}</div>`
        : nothing
    }</div>`;
  }

  #toggleFold(day: string): void {
    if (!this.#unfolded.delete(day)) this.#unfolded.add(day);
    this.requestUpdate();
  }

  #drawLegend(): TemplateResult {
    const { week } = this.office.strings;
    const entries = [
      [marks.open, week.states.open],
      [marks.held, week.states.held],
      [marks.booked, week.booking],
      [marks.regular, week.regular],
      [marks.blocked, week.states.blocked],
      [marks.kept, week.states.kept],
      [marks.missed, week.states.missed],
      [marks.late, week.lateMark],
      [marks.moved, week.movedMark],
    ];
    return html`<ul class="legend">${
      entries.map(([mark, words]) => html`<li>${mark} ${words}</li>`)
    }</ul>`;
  }

  // ------------------------------------------------------------------ a slot's panel

  get #openedSlot(): Slot | undefined {
    return this.#slots.find(({ slot_id }) => slot_id === this.#opened);
  }

  get #slots(): readonly Slot[] {
    return [...this.#calendar!.slots, ...this.#current!.slots];
  }

  #drawPanel(): TemplateResult | typeof nothing {
    const slot = this.#openedSlot;
    if (!slot) return nothing;
    return html`
      <openhour-slot-panel class=${NARROW.matches ? "" : "popover"} .office=${this.office}
        .slotShown=${slot} .isModal=${NARROW.matches} .suggestions=${this.#suggestions(slot)}
        @closed=${() => this.#close()} @done=${() => this.#done()}
        @goes-on=${(event: CustomEvent<string>) =>
          this.#goOn(slot, event.detail)}></openhour-slot-panel>
    `;
  }

  /** Offer who asks for nothing and needs a session most: usual clients without one this week. */
  #suggestions(slot: Slot): readonly Suggestion[] {
    if (slot.state === "booked") return [];
    const booked = new Set(this.#calendar!.slots.map(({ client }) => client?.client_id));
    return this.#clients
      .filter(({ usual, client_id, privilege }) =>
        usual && privilege === "active" && !booked.has(client_id)
      )
      .slice(0, 2)
      .map((client) => ({ client, why: this.office.strings.week.usualWithout }));
  }

  #open(slotId: string): void {
    this.#opened = this.#opened === slotId ? undefined : slotId;
    this.#focused = slotId;
    this.requestUpdate();
  }

  /** Open a slot of today, which may stand in another week than the one that is shown. */
  #openToday(slot: Slot): void {
    if (this.#calendar!.week === this.#current!.week) this.#open(slot.slot_id);
    else goTo("week");
  }

  #close(): void {
    this.#opened = undefined;
    this.#step = undefined;
    this.requestUpdate();
  }

  async #done(): Promise<void> {
    this.#close();
    this.#tag = "";
    this.#focusNext = true;
    await this.refresh();
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#placePopover();
    if (this.#focusNext && !this.busy && document.activeElement === document.body) {
      this.#focusNext = false;
      this.#cellOf(this.#focused)?.focus();
    }
  }

  #cellOf(slotId: string | undefined): HTMLElement | null {
    return slotId ? this.querySelector<HTMLElement>(`.cell[data-slot="${slotId}"]`) : null;
  }

  /** Beside the slot's column, on the side of earlier days where there is room, and level with it. */
  #placePopover(): void {
    const popover = this.querySelector<HTMLElement>(".popover");
    const opened = this.#cellOf(this.#opened);
    const grid = this.querySelector<HTMLElement>(".grid");
    if (!popover || !opened || !grid) return;
    const [area, at] = [grid.getBoundingClientRect(), opened.getBoundingClientRect()];
    const width = popover.offsetWidth;
    const left = at.left - area.left - width - 12;
    const isLeft = left >= -16;
    const bottom = at.bottom - area.top - popover.offsetHeight;
    const lowest = Math.max(0, area.height - popover.offsetHeight);
    popover.style.left = `${isLeft ? left : at.right - area.left + 12}px`;
    popover.style.top = `${Math.min(lowest, Math.max(0, bottom))}px`;
  }

  // ------------------------------------------------------------------ what needs more room

  #goOn(slot: Slot, act: string): void {
    this.#opened = undefined;
    if (act === "weekly") {
      const { day, wall } = readTime(slot.start);
      const weekday = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" })
        .format(wall).toLowerCase();
      const first = addDays(day, 7);
      goTo("regulars", "new", slot.client!.client_id, weekday, slot.start.slice(11, 16), first);
      return;
    }
    this.#step = { act: act as Step["act"], slot };
    this.requestUpdate();
  }

  #drawStep(): TemplateResult | typeof nothing {
    if (!this.#step) return nothing;
    const { act, slot } = this.#step;
    const { week } = this.office.strings;
    const name = this.office.nameOf(slot.client!);
    const close = () => this.#close();
    if (act === "cancel") {
      return dialog(
        this.office.strings,
        week.cancelTitle(name),
        html`
          <openhour-cancelling .office=${this.office} .slotShown=${slot} @closed=${close}
            @done=${() => this.#done()}></openhour-cancelling>
        `,
        close,
      );
    }
    const title = act === "move" ? week.moveTitle(name) : week.nextTitle(name);
    return dialog(
      this.office.strings,
      title,
      html`<openhour-free-times .office=${this.office} @chosen=${(event: CustomEvent<Slot>) =>
        this.#take(event.detail)}></openhour-free-times>`,
      close,
      "wide-sheet",
    );
  }

  async #take(to: Slot): Promise<void> {
    const { act, slot } = this.#step!;
    const succeeded = await this.act(() =>
      act === "move"
        ? move(this.office, slot, to, "therapist", true)
        : book(this.office, slot.client!, to, true)
    );
    if (!succeeded) this.office.say(this.errors["form"] ?? this.office.strings.somethingWrong);
    await this.#done();
  }

  // ------------------------------------------------------------------ keys

  readonly #pressed = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const slot = this.#calendar!.slots.find(({ slot_id }) => slot_id === target.dataset["slot"]);
    if (!slot || !target.classList.contains("cell")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { week } = this.#calendar!;
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      goTo("week", addWeeks(week, event.key === "PageUp" ? -1 : 1));
      return;
    }
    const state = KEYS[event.key.toLowerCase()];
    if (state) {
      event.preventDefault();
      void this.#setState(slot, state);
      return;
    }
    const next = this.#nextTo(slot, event.key);
    if (!next) return;
    event.preventDefault();
    this.#focused = next.slot_id;
    this.requestUpdate();
    this.#cellOf(next.slot_id)?.focus();
  };

  #nextTo(slot: Slot, key: string): Slot | undefined {
    const monday = mondayOfWeek(this.#calendar!.week)!;
    const days = daysOf(monday, this.#calendar!.slots).filter(({ slots }) => slots.length);
    const index = days.findIndex(({ day }) => day === readTime(slot.start).day);
    const { slots } = days[index]!;
    const at = slots.indexOf(slot);
    switch (key) {
      case "ArrowUp":
        return slots[at - 1];
      case "ArrowDown":
        return slots[at + 1];
      case "Home":
        return slots[0];
      case "End":
        return slots[slots.length - 1];
      case "ArrowLeft":
        return days[index - 1] && nearestSlot(days[index - 1]!, minuteOf(slot.start));
      case "ArrowRight":
        return days[index + 1] && nearestSlot(days[index + 1]!, minuteOf(slot.start));
      default:
        return undefined;
    }
  }

  async #setState(slot: Slot, state: "held" | "open" | "blocked"): Promise<void> {
    const kind = kindOf(slot, this.office.now);
    if (!["open", "held", "blocked"].includes(kind) || slot.state === state) return;
    if (!await this.act(() => setSlot(this.office, slot, state))) {
      this.office.say(this.errors["form"] ?? "");
      return;
    }
    // The next key may be pressed before the week is loaded anew, and is undone to this state.
    const calendar = this.#calendar!;
    const slots = calendar.slots.map((each) =>
      each.slot_id === slot.slot_id ? { ...each, state } : each
    );
    this.#calendar = { ...calendar, slots };
    await this.#done();
  }
}

customElements.define("openhour-week", WeekView);
