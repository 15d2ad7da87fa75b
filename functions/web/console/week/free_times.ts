/** Free times in the coming weeks, for one client: fit to be shown to the client. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { clock, rail } from "../../shared/parts.ts";
import { dateOf, readTime } from "../../shared/wall_clock.ts";
import type { Office } from "../office.ts";
import { banner } from "../parts.ts";
import { addWeeks, weekOf } from "../weeks.ts";
import type { Slot } from "./calendar.ts";

const WEEKS = 4;

export class FreeTimes extends LitElement {
  static override properties = { office: { attribute: false } };
  declare office: Office;
  #slots: readonly Slot[] | undefined;
  #showsHeld = false;
  #failure = "";

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    const first = weekOf(this.office.today);
    const weeks = Array.from({ length: WEEKS }, (_, index) => addWeeks(first, index));
    try {
      const found = await Promise.all(
        weeks.map((week) => this.office.api.request("get", "/practice/calendar", { week })),
      );
      this.#slots = found.flatMap(({ slots }) => slots)
        .filter(({ state, end }) => state !== "booked" && Date.parse(end) > this.office.now);
    } catch (error) {
      this.#failure = this.office.wordsFor(error);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const { strings } = this.office;
    if (this.#failure) return banner("neutral", marks.blocked, this.#failure);
    if (!this.#slots) {
      return html`
        <div class="skeleton">
          <div></div>
          <div></div>
          <div></div>
        </div>
      `;
    }
    const isShown = ({ state }: Slot) => state === "open" || this.#showsHeld;
    const shown = this.#slots.filter(isShown);
    const days = [...new Set(shown.map(({ start }) => readTime(start).day))];
    return html`
      <label
        class="check"><input type="checkbox" .checked=${this.#showsHeld} @change=${() => {
          this.#showsHeld = !this.#showsHeld;
          this.requestUpdate();
        }}> ${strings.week.alsoHeld}</label>
      ${shown.length === 0 ? html`<p class="nothing">${strings.week.nothingFree}</p>` : nothing}
      ${days.map((day) =>
        html`
          <div class="free-day">
            <h3>${rail(this.office.format, dateOf(day))}</h3>
            <div class="free-slots">${shown.filter(({ start }) => readTime(start).day === day).map((
              slot,
            ) => this.#drawSlot(slot))}</div>
          </div>
        `
      )}
    `;
  }

  #drawSlot(slot: Slot): TemplateResult {
    const { wall } = readTime(slot.start);
    const choose = () => this.dispatchEvent(new CustomEvent("chosen", { detail: slot }));
    return html`
      <button type="button" class="free ${slot.state}" data-slot=${slot.slot_id}
        aria-label=${this.office.format.dateAndTime(wall)} @click=${choose}>${slot.state === "held"
          ? marks.held
          : slot.state === "blocked"
          ? marks.blocked
          : nothing}${clock(this.office.format, wall)}</button>
    `;
  }
}

customElements.define("openhour-free-times", FreeTimes);
