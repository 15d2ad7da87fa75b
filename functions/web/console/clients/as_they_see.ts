/** The open times as one client sees them, or why there are none. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { clock, rail } from "../../shared/parts.ts";
import { dateOf, readTime } from "../../shared/wall_clock.ts";
import { Actor } from "../actor.ts";
import type { Schemas } from "../office.ts";
import { banner, formError } from "../parts.ts";
import type { Seen } from "./listing.ts";
import { reasonWords } from "./reasons.ts";

type Openings = Schemas["ClientOpenings"];

/** As many days are shown at first, and with each "Show more". */
const SLICE = 10;

class AsTheySee extends Actor {
  static override properties = { ...Actor.properties, client: { attribute: false } };
  declare client: Seen;
  #openings: Openings | undefined;
  #shown = SLICE;

  override firstUpdated(): void {
    const { client_id } = this.client;
    void this.act(async () => {
      const path = "/practice/clients/{client_id}/slots";
      this.#openings = await this.office.api.request("get", path, { client_id });
    });
  }

  override render(): TemplateResult {
    if (!this.#openings) {
      return html`${formError(this)}${
        this.busy
          ? html`
            <div class="skeleton">
              <div></div>
              <div></div>
              <div></div>
            </div>
          `
          : ""
      }`;
    }
    const { clientsView: words } = this.office.strings;
    const { slots, reasons } = this.#openings;
    if (reasons.length) {
      return html`${
        reasons.map((reason) =>
          banner("caution", marks.blocked, reasonWords(this.office, reason), words.seesNothing)
        )
      }`;
    }
    if (slots.length === 0) return html`<p class="nothing">${words.nothingOpen}</p>`;
    const days = [...new Set(slots.map(({ start }) => readTime(start).day))];
    const left = days.length - this.#shown;
    return html`<p class="second">${words.seesTimes(slots.length)}</p>
      ${days.slice(0, this.#shown).map((day) => this.#drawDay(day, slots))}
      ${
      left > 0
        ? html`<button class="second-button wide" type="button" @click=${() => {
          this.#shown += SLICE;
          this.requestUpdate();
        }}>${words.moreDays(left)}</button>`
        : nothing
    }`;
  }

  #drawDay(day: string, slots: Openings["slots"]): TemplateResult {
    const { format } = this.office;
    return html`
      <div class="free-day">
        <h3>${rail(format, dateOf(day))}</h3>
        <ul class="seen-times">${slots.filter(({ start }) => readTime(start).day === day).map((
          { start },
        ) => html`<li>${clock(format, readTime(start).wall)}</li>`)}</ul>
      </div>
    `;
  }
}

customElements.define("openhour-as-they-see", AsTheySee);
