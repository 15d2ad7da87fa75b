/** The form of a regular, with what it would place, skip and collide with before it is saved. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Refused } from "../../shared/api.ts";
import { icons, marks } from "../../shared/icons.ts";
import { readTime } from "../../shared/wall_clock.ts";
import { Actor } from "../actor.ts";
import "../client_search.ts";
import { conflictWords } from "../conflicts.ts";
import { type Entry, sorted } from "../hours/entries.ts";
import { WEEKDAYS } from "../weeks.ts";
import type { Client, Schemas } from "../office.ts";
import { banner, field, formError } from "../parts.ts";
import { pathTo } from "../routes.ts";
import { freeFrom, nextOn, type Regular, sharing } from "./halves.ts";

type Preview = Schemas["RegularResult"];
type Draft = {
  client: Pick<Client, "client_id" | "name"> | undefined;
  time: string;
  everyWeeks: number;
  first: string;
  until: string;
};

class RegularForm extends Actor {
  static override properties = {
    ...Actor.properties,
    regular: { attribute: false },
    regulars: { attribute: false },
    clients: { attribute: false },
    given: { attribute: false },
  };
  /** The regular that is changed; none for a new one. */
  declare regular: Regular | undefined;
  declare regulars: readonly Regular[];
  declare clients: readonly Client[];
  /** What the address says of a new one: client, weekday, start, first and rhythm. */
  declare given: readonly string[];
  #draft: Draft | undefined;
  #preview: Preview | undefined;
  #asked = "";
  #notify = true;

  override willUpdate(_: PropertyValues): void {
    if (this.#draft) return;
    const { regular } = this;
    const [clientId = "", weekday = "", start = "", first = "", everyWeeks = "1"] = this.given;
    this.#draft = regular
      ? {
        client: regular.client,
        time: `${regular.weekday} ${regular.start}`,
        everyWeeks: regular.every_weeks,
        first: regular.first,
        until: regular.until ?? "",
      }
      : {
        client: this.clients.find(({ client_id }) => client_id === clientId),
        time: start ? `${weekday} ${start}` : "",
        everyWeeks: Number(everyWeeks),
        first,
        until: "",
      };
    if (!regular && this.#draft.time) this.#chooseTime(this.#draft.time, first);
    void this.#ask();
  }

  get #time(): { weekday: Regular["weekday"]; start: string } {
    const [weekday = "", start = ""] = this.#draft!.time.split(" ");
    return { weekday: weekday as Regular["weekday"], start };
  }

  get #others(): readonly Regular[] {
    return sharing(this.regulars, this.#time).filter(({ regular_id }) =>
      regular_id !== this.regular?.regular_id
    );
  }

  /** Choose a time of the hours; where it alternates, its free half. */
  #chooseTime(time: string, first = ""): void {
    const draft = this.#draft!;
    draft.time = time;
    const { weekday } = this.#time;
    const earliest = nextOn(WEEKDAYS.indexOf(weekday), first || this.office.today);
    if (this.#others.length > 0 && draft.everyWeeks === 1) draft.everyWeeks = 2;
    draft.first = freeFrom(this.#others, earliest, draft.everyWeeks) ?? earliest;
  }

  #change(change: Partial<Draft>): void {
    Object.assign(this.#draft!, change);
    this.errors = {};
    void this.#ask();
    this.requestUpdate();
  }

  get #body(): Schemas["RegularRequest"] | undefined {
    const { client, time, everyWeeks, first, until } = this.#draft!;
    if (!client || !time || !first) return undefined;
    return {
      client_id: client.client_id,
      ...this.#time,
      every_weeks: everyWeeks as Schemas["RegularRequest"]["every_weeks"],
      first,
      until: until || null,
      notify: this.#notify,
    };
  }

  /** Ask what the regular would do. */
  async #ask(): Promise<void> {
    const body = this.#body;
    const asked = JSON.stringify(body ?? "");
    if (!body || asked === this.#asked) return;
    this.#asked = asked;
    this.#preview = undefined;
    try {
      const found = await this.#send(body, true);
      if (asked === this.#asked) this.#preview = found;
    } catch (error) {
      if (asked === this.#asked) this.errors = this.errorsOf(error);
    }
    this.requestUpdate();
  }

  async #send(body: Schemas["RegularRequest"], isPreview: boolean): Promise<Preview> {
    const preview = { preview: String(isPreview) };
    if (!this.regular) {
      return await this.office.api.request("post", "/practice/regulars", preview, body);
    }
    const { regular_id } = this.regular;
    const path = "/practice/regulars/{regular_id}";
    return await this.office.api.request("put", path, { regular_id, ...preview }, body);
  }

  override errorsOf(error: unknown): Record<string, string> {
    const errors = super.errorsOf(error);
    const isTaken = error instanceof Refused && error.reason === "regular-conflict";
    return isTaken ? { time: errors["form"]! } : errors;
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { regularsView, fieldNeeded } = this.office.strings;
    const body = this.#body;
    if (!body) {
      this.errors = {
        ...(this.#draft!.client ? {} : { form: regularsView.chooseClient }),
        ...(this.#draft!.time ? {} : { time: fieldNeeded }),
        ...(this.#draft!.first ? {} : { first: fieldNeeded }),
      };
      this.requestUpdate();
      return;
    }
    if (!await this.act(() => this.#send(body, false))) return;
    this.office.forgetClients();
    this.office.say(regularsView.saved(this.office.nameOf(this.#draft!.client!)));
    this.dispatchEvent(new CustomEvent("done"));
  };

  // ------------------------------------------------------------------ drawing

  override render(): TemplateResult {
    const { regularsView, cancel, save, saving, tellClient } = this.office.strings;
    const draft = this.#draft!;
    const title = this.regular ? regularsView.changeTitle : regularsView.addTitle;
    return html`
      <div class="view-head">
        <h1 tabindex="-1">${title}</h1>
      </div>
      <form class="form" novalidate @submit=${this.#save}>
        ${formError(this)}
        ${this.#drawClient()}
        <div class="fields">
          ${this.#drawTimes()}
          ${this.#drawRhythm()}
          ${field(this, "first", regularsView.first, {
            type: "date",
            value: draft.first,
            changed: (first) => this.#change({ first }),
          })}
          ${field(this, "until", regularsView.untilLabel, {
            type: "date",
            value: draft.until,
            hint: regularsView.untilHint,
            changed: (until) => this.#change({ until }),
          })}
        </div>
        <div aria-live="polite">${this.#drawPreview()}</div>
        <label class="check"><input type="checkbox" .checked=${this.#notify}
          @change=${(event: Event) => {
            this.#notify = (event.target as HTMLInputElement).checked;
          }}> ${tellClient}</label>
        <div class="acts">
          <button class="main" type="submit" aria-disabled=${this.busy
            ? "true"
            : "false"}>${this.busy ? saving : save}</button>
          <a class="quiet-button" href=${pathTo("regulars")}>${cancel}</a>
        </div>
      </form>
    `;
  }

  #drawClient(): TemplateResult {
    const { regularsView } = this.office.strings;
    const { client } = this.#draft!;
    if (client) {
      return html`<p class="chosen-client"><b>${this.office.nameOf(client)}</b>
        <button class="quiet-button" type="button" @click=${() =>
        this.#change({ client: undefined })}>${regularsView.otherClient}</button></p>`;
    }
    return html`
      <openhour-client-search .office=${this.office} label=${regularsView.client}
        .suggestions=${this.#suggestions} @chosen=${(event: CustomEvent) =>
          this.#change({ client: event.detail })}></openhour-client-search>
    `;
  }

  get #suggestions(): readonly { client: Client; why: string }[] {
    return this.clients.filter(({ regular }) => !regular).slice(0, 3)
      .map((client) => ({ client, why: this.office.strings.regularsView.noRegularYet }));
  }

  #drawTimes(): TemplateResult {
    const { regularsView } = this.office.strings;
    const hours = sorted(this.office.settings!.hours);
    const error = this.errors["time"];
    if (hours.length === 0) {
      return html`<p class="nothing">${regularsView.noHours} <a href=${pathTo("hours")}>${
        this.office.strings.menu.views["hours"]
      }</a></p>`;
    }
    return html`<div class="field ${error ? "wrong" : ""}">
      <label for="time">${regularsView.time}</label>
      <select id="time" name="time" aria-invalid=${error ? "true" : nothing}
        aria-describedby=${error ? "time-error" : nothing} @change=${(event: Event) => {
      this.#chooseTime((event.target as HTMLSelectElement).value);
      this.#change({});
    }}>
        <option value="" ?selected=${!this.#draft!.time}>${regularsView.chooseTime}</option>
        ${hours.map((entry) => this.#drawTime(entry))}
      </select>
      ${error ? html`<p class="error" id="time-error">${marks.missed} ${error}</p>` : nothing}
    </div>`;
  }

  #drawTime(entry: Entry): TemplateResult {
    const { regularsView, everyWeeks } = this.office.strings;
    const { format } = this.office;
    const when = new Date(
      `2024-01-${String(1 + WEEKDAYS.indexOf(entry.weekday)).padStart(2, "0")}T${entry.start}:00Z`,
    );
    const others = sharing(this.regulars, entry).filter(({ regular_id }) =>
      regular_id !== this.regular?.regular_id
    );
    const who = others.map(({ client, every_weeks }) =>
      `${this.office.nameOf(client)} ${everyWeeks(every_weeks)}`
    ).join(", ");
    const value = `${entry.weekday} ${entry.start}`;
    return html`
      <option value=${value}
        ?selected=${value === this.#draft!.time}>${format.weekday(when)} ${format.time(
          when,
        )}${entry.prime ? `, ${this.office.strings.week.prime}` : ""} – ${who ||
          regularsView.free}</option>
    `;
  }

  #drawRhythm(): TemplateResult {
    const { regularsView, everyWeeks } = this.office.strings;
    return html`<div class="field"><label for="every_weeks">${regularsView.rhythm}</label>
      <select id="every_weeks" name="every_weeks" @change=${(event: Event) => {
      this.#draft!.everyWeeks = Number((event.target as HTMLSelectElement).value);
      if (this.#draft!.time && !this.regular) this.#chooseTime(this.#draft!.time);
      this.#change({});
    }}>${
      [1, 2, 3, 4].map((weeks) =>
        html`<option value=${weeks} ?selected=${weeks === this.#draft!.everyWeeks}>${
          everyWeeks(weeks)
        }</option>`
      )
    }</select></div>`;
  }

  #drawPreview(): TemplateResult | typeof nothing {
    const found = this.#preview;
    if (!found) return nothing;
    const { regularsView } = this.office.strings;
    const { format } = this.office;
    const day = (slotId: string) =>
      format.shortDate(
        new Date(`${slotId.slice(0, 4)}-${slotId.slice(4, 6)}-${slotId.slice(6, 8)}T12:00Z`),
      );
    const sessions = (list: Preview["cancelled"]) =>
      list.map(({ start }) => format.dateAndTime(readTime(start).wall)).join("; ");
    return html`<ul class="rows facts-list">
      <li>${marks.regular}<span><b>${
      regularsView.placed(found.placed.length)
    }</b><span class="second">${found.placed.slice(0, 8).map(day).join(", ")}${
      found.placed.length > 8 ? " …" : ""
    }</span></span></li>
      ${
      found.skipped.length
        ? html`<li>${marks.blocked}<span><b>${
          regularsView.skipped(found.skipped.length)
        }</b><span class="second">${found.skipped.map(day).join(", ")}</span></span></li>`
        : nothing
    }
      ${
      found.cancelled.length
        ? html`<li>${marks.cancelled}<span><b>${
          regularsView.ends(found.cancelled.length)
        }</b><span class="second">${sessions(found.cancelled)}</span></span></li>`
        : nothing
    }
      ${
      found.full_weeks.length
        ? html`<li>${icons.flag}<span><b>${
          regularsView.fullWeeks(found.full_weeks.length)
        }</b><span class="second">${
          found.full_weeks.map(({ week }) => week).join(", ")
        }</span></span></li>`
        : nothing
    }
    </ul>${
      found.conflicts.length
        ? banner(
          "caution",
          icons.flag,
          this.office.strings.hoursView.inTheWayCount(found.conflicts.length),
          html`<ul class="plain">${
            found.conflicts.map((conflict) =>
              html`<li>${conflictWords(this.office, conflict)}</li>`
            )
          }</ul>`,
        )
        : nothing
    }`;
  }
}

customElements.define("openhour-regular-form", RegularForm);
