/** Friday: which held times will open, and which usual clients have no session in that week. */

import { html, nothing, type TemplateResult } from "lit";
import { Refused } from "../../shared/api.ts";
import { marks } from "../../shared/icons.ts";
import { clock, rail } from "../../shared/parts.ts";
import { addDays, dateOf, readTime } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";
import { banner, dialog } from "../parts.ts";
import { pathTo } from "../routes.ts";
import { View } from "../view.ts";
import { book, returnToPlan, setSlot } from "../week/acts.ts";
import { type Day, daysOf, kindOf, lastEnded, type Slot } from "../week/calendar.ts";
import { endedWords, KIND_MARKS } from "../week/cell.ts";
import "../week/free_times.ts";
import { addWeeks, mondayOfWeek, weekOf } from "../weeks.ts";

type Release = Schemas["UpcomingRelease"];
type Usual = Release["without_session"][number];

class FridayView extends View {
  #release: Release | undefined;
  #slots: readonly Slot[] = [];
  /** For whom another time is being chosen. */
  #choosing: Usual | undefined;

  protected override get isEditing(): boolean {
    return this.#choosing !== undefined;
  }

  protected override async load(): Promise<void> {
    const guess = addWeeks(weekOf(this.office.today), 1);
    try {
      const [release, calendar] = await Promise.all([
        this.office.api.request("get", "/practice/release"),
        this.#slotsOf(guess),
      ]);
      this.#release = release;
      this.#slots = release.week === guess ? calendar : await this.#slotsOf(release.week);
    } catch (error) {
      if (!(error instanceof Refused) || error.reason !== "invalid") throw error;
      this.#release = undefined; // there is no time zone yet, so no Friday
    }
  }

  async #slotsOf(week: string): Promise<readonly Slot[]> {
    return (await this.office.api.request("get", "/practice/calendar", { week })).slots;
  }

  protected override draw(): TemplateResult {
    const { friday, menu } = this.office.strings;
    if (!this.#release) {
      return html`
        <h1 tabindex="-1">${menu.views["friday"]}</h1>
        <p class="nothing">${friday.noZone} <a href=${pathTo("settings")}>${menu
          .views["settings"]}</a></p>
      `;
    }
    const monday = mondayOfWeek(this.#release.week)!;
    return html`
      <div class="view-head">
        <h1 tabindex="-1">${menu.views["friday"]}</h1>
        <span class="second">${friday.weekOf(
          this.#date(monday),
          this.#date(addDays(monday, 6)),
        )}</span>
        <span class="spacer"></span>
        <button class="second-button" type="button" @click=${() => this.#askToRelease()}>${friday
          .releaseNow}</button>
      </div>
      ${this.#drawTimeline(monday)}
      ${this.errors["form"] ? banner("caution", marks.blocked, this.errors["form"]) : nothing}
      <div class="two-columns sections">
        ${this.#drawTimes()}
        ${this.#drawUsual()}
      </div>
      ${this.#drawWeek(monday)}
      ${this.#drawChoosing()}
    `;
  }

  #date(day: string): string {
    return this.office.format.shortDate(dateOf(day));
  }

  #drawTimeline(monday: string): TemplateResult {
    const { friday } = this.office.strings;
    const { format } = this.office;
    const written = (time: string) => {
      const { wall } = readTime(time);
      return html`${format.weekday(wall, "long")}, ${clock(format, wall)}`;
    };
    const { next_at, due } = this.#release!;
    return html`
      <ol class="timeline">
        <li>${marks.booked}<b>${friday.now}</b><span>${written(this.office.localNow)}</span></li>
        <li>${marks.open}<b>${due ? friday.due : friday.opens}</b><span>${written(
          next_at,
        )}</span></li>
        <li>${marks.kept}<b>${friday.begins}</b><span>${format.date(
          dateOf(monday),
        )}</span></li>
      </ol>
    `;
  }

  // ------------------------------------------------------------------ the times

  /** Held times of the week that stay held, since the therapist keeps them back. */
  get #keptBack(): readonly Slot[] {
    const opening = new Set(this.#release!.will_open.map(({ slot_id }) => slot_id));
    return this.#slots.filter(({ state, slot_id }) => state === "held" && !opening.has(slot_id));
  }

  get #opening(): readonly Slot[] {
    const opening = new Set(this.#release!.will_open.map(({ slot_id }) => slot_id));
    return this.#slots.filter(({ slot_id }) => opening.has(slot_id));
  }

  #drawTimes(): TemplateResult {
    const { friday } = this.office.strings;
    const rows = [...this.#opening, ...this.#keptBack]
      .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
    return html`<section>
      <h2>${friday.willOpen(this.#opening.length)}</h2>
      ${rows.length === 0 ? html`<p class="nothing">${friday.nothingHeld}</p>` : nothing}
      <ul class="rows tall">${rows.map((slot) => this.#drawTime(slot))}</ul>
    </section>`;
  }

  #drawTime(slot: Slot): TemplateResult {
    const { friday } = this.office.strings;
    const { format } = this.office;
    const { wall } = readTime(slot.start);
    const isKept = this.#keptBack.includes(slot);
    const ended = lastEnded(slot);
    const why = isKept
      ? friday.staysHeld
      : ended
      ? `${this.office.nameOf(ended.client)}: ${endedWords(this.office, ended)}`
      : "";
    const act = () =>
      this.#do(() => isKept ? returnToPlan(this.office, slot) : setSlot(this.office, slot, "held"));
    return html`<li>${rail(format, wall)}
      <span class="grow"><span class="row-time ${isKept ? "" : "opens"}">${
      isKept ? marks.held : marks.open
    } ${clock(format, wall)}</span><span class="second">${why}</span></span>
      <button class="second-button" type="button" @click=${act}>${
      isKept ? marks.open : marks.held
    } ${isKept ? friday.letOpen : friday.keepBack}<span class="read">${
      format.dateAndTime(wall)
    }</span></button></li>`;
  }

  // ------------------------------------------------------------------ the usual clients

  #drawUsual(): TemplateResult {
    const { friday } = this.office.strings;
    const { without_session } = this.#release!;
    return html`<section>
      <h2>${friday.without(without_session.length)}</h2>
      ${without_session.length === 0 ? html`<p class="nothing">${friday.allHave}</p>` : nothing}
      <ul class="rows tall">${
      without_session.map((client, index) => this.#drawClient(client, this.#opening[index]))
    }</ul>
    </section>`;
  }

  #drawClient(client: Usual, offered: Slot | undefined): TemplateResult {
    const { friday } = this.office.strings;
    const { format } = this.office;
    const wall = offered && readTime(offered.start).wall;
    return html`<li>
      <span class="grow"><a href=${pathTo("clients", client.client_id)}><b>${
      this.office.nameOf(client)
    }</b></a></span>
      ${
      offered && wall
        ? html`
          <button class="second-button" type="button"
            @click=${() => this.#do(() => book(this.office, client, offered, true))}>${friday
              .book} ${format.weekday(wall)} ${clock(format, wall)}<span class="read">${this
              .office.nameOf(client)}</span></button>
        `
        : nothing
    }
      <button class="quiet-button" type="button" @click=${() => {
      this.#choosing = client;
      this.requestUpdate();
    }}>${friday.otherTime}</button></li>`;
  }

  #drawChoosing(): TemplateResult | typeof nothing {
    const client = this.#choosing;
    if (!client) return nothing;
    const close = () => {
      this.#choosing = undefined;
      this.requestUpdate();
    };
    return dialog(
      this.office.strings,
      this.office.strings.week.nextTitle(this.office.nameOf(client)),
      html`<openhour-free-times .office=${this.office} @chosen=${(event: CustomEvent<Slot>) => {
        close();
        void this.#do(() => book(this.office, client, event.detail, true));
      }}></openhour-free-times>`,
      close,
      "wide-sheet",
    );
  }

  // ------------------------------------------------------------------ the week so far

  #drawWeek(monday: string): TemplateResult {
    const { friday } = this.office.strings;
    const days = daysOf(monday, this.#slots).filter(({ slots }) => slots.length);
    return html`
      <section class="week-so-far">
        <h2>${friday.soFar}</h2>
        <ul>${days.map((day) => this.#drawDay(day))}</ul>
      </section>
    `;
  }

  #drawDay(day: Day): TemplateResult {
    const { format, now } = this.office;
    const { friday } = this.office.strings;
    const date = dateOf(day.day);
    const count = (state: Slot["state"]) => day.slots.filter((slot) => slot.state === state).length;
    const counts = friday.counts(count("booked"), count("open"), count("held"));
    return html`<li><b>${format.weekday(date)} ${format.day(date)}</b>
      <span class="strip" aria-hidden="true">${
      day.slots.map((slot) => KIND_MARKS[kindOf(slot, now)])
    }</span><span class="second">${counts}</span></li>`;
  }

  // ------------------------------------------------------------------ acts

  async #do(act: () => Promise<unknown>): Promise<void> {
    await this.act(act);
    await this.refresh();
  }

  #askToRelease(): void {
    const { friday } = this.office.strings;
    const count = this.#opening.length;
    this.office.ask({
      title: friday.releaseTitle(count),
      text: friday.releaseText,
      act: friday.releaseAct(count),
      keep: friday.releaseKeep,
      run: async () => {
        const { opened } = await this.office.api.request("post", "/practice/release");
        this.office.say(friday.released(opened.length));
        await this.refresh();
      },
    });
  }
}

customElements.define("openhour-friday", FridayView);
