/** Why a client can't book: a day, a time of it, and every reason against it right now. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { clock } from "../../shared/parts.ts";
import { readTime } from "../../shared/wall_clock.ts";
import { Actor } from "../actor.ts";
import type { Schemas } from "../office.ts";
import { banner, field, formError } from "../parts.ts";
import { kindOf, type Slot } from "../week/calendar.ts";
import { KIND_MARKS } from "../week/cell.ts";
import { weekOf } from "../weeks.ts";
import type { Seen } from "./listing.ts";
import { reasonWords } from "./reasons.ts";

type Check = Schemas["BookingCheck"];

class WhyNot extends Actor {
  static override properties = { ...Actor.properties, client: { attribute: false } };
  declare client: Seen;
  #day = "";
  #weeks = new Map<string, readonly Slot[]>();
  #chosen: Slot | undefined;
  #check: Check | undefined;

  override firstUpdated(): void {
    void this.#show(this.office.today);
  }

  async #show(day: string): Promise<void> {
    this.#day = day;
    this.#chosen = this.#check = undefined;
    const week = weekOf(day);
    if (this.#weeks.has(week)) return this.requestUpdate();
    await this.look(
      () => this.office.api.request("get", "/practice/calendar", { week }),
      ({ slots }) => this.#weeks.set(week, slots),
    );
  }

  async #ask(slot: Slot): Promise<void> {
    this.#chosen = slot;
    this.#check = undefined;
    const path = "/practice/clients/{client_id}/booking-check";
    const parameters = { client_id: this.client.client_id, slot_id: slot.slot_id };
    await this.look(() => this.office.api.request("get", path, parameters), (found) => {
      this.#check = found;
    });
  }

  // ------------------------------------------------------------------ drawing

  override render(): TemplateResult {
    const { clientsView: words } = this.office.strings;
    return html`
      ${field(this, "why-day", words.onWhichDay, {
        type: "date",
        value: this.#day,
        changed: (day) => {
          if (/^\d{4}-\d\d-\d\d$/.test(day)) void this.#show(day);
        },
      })}
      ${formError(this)}
      ${this.#drawTimes()}
      <div role="status">${this.#check ? this.#drawCheck(this.#check) : nothing}</div>
    `;
  }

  #drawTimes(): TemplateResult | typeof nothing {
    const slots = this.#weeks.get(weekOf(this.#day || this.office.today));
    if (!slots) return nothing;
    const { clientsView: words, week } = this.office.strings;
    const own = slots.filter(({ start }) => readTime(start).day === this.#day);
    if (own.length === 0) return html`<p class="second">${words.noTimesThatDay}</p>`;
    return html`<div class="why-times" role="group" aria-label=${words.atWhatTime}>${
      own.map((slot) => {
        const kind = kindOf(slot, this.office.now);
        return html`
          <button class="second-button" type="button" aria-pressed=${slot === this.#chosen
            ? "true"
            : "false"}
            @click=${() => this.#ask(slot)}>${KIND_MARKS[kind]} ${clock(
              this.office.format,
              readTime(slot.start).wall,
            )}<span class="second">${week.states[kind]}</span></button>
        `;
      })
    }</div>`;
  }

  #drawCheck({ reasons, slot }: Check): TemplateResult {
    const { clientsView: words } = this.office.strings;
    if (reasons.length === 0) {
      return html`${banner("neutral", marks.open, words.canBook(this.office.nameOf(this.client)))}`;
    }
    return html`
      <ol class="effects">${reasons.map((reason) =>
        html`<li>${marks.blocked}<span>${reasonWords(this.office, reason, slot)}</span></li>`
      )}</ol>
      <p class="second">${words.youCanBook}</p>
    `;
  }
}

customElements.define("openhour-why-not", WhyNot);
