/** The question before a session is cancelled: in whose name, when the client said so, who is told. */

import { html, nothing, type TemplateResult } from "lit";
import { HOUR, readTime } from "../../shared/wall_clock.ts";
import { Actor } from "../actor.ts";
import { field, formError } from "../parts.ts";
import { cancel } from "./acts.ts";
import type { Slot } from "./calendar.ts";

class CancellingElement extends Actor {
  static override properties = { ...Actor.properties, slotShown: { attribute: false } };
  declare slotShown: Slot;
  #by: "client" | "therapist" = "client";
  #toldAt = "";

  override render(): TemplateResult {
    const { week, tellClient } = this.office.strings;
    const name = this.office.nameOf(this.slotShown.client!);
    const choice = (by: "client" | "therapist", words: string, hint: string) =>
      html`<label class="check choice"><input type="radio" name="by" value=${by}
        .checked=${this.#by === by} @change=${() => {
        this.#by = by;
        this.requestUpdate();
      }}><span>${words}<span class="second">${hint}</span></span></label>`;
    return html`<form novalidate @submit=${this.#submit}>
      <p>${this.office.format.dateAndTime(readTime(this.slotShown.start).wall)}</p>
      ${formError(this)}
      <fieldset><legend>${week.inWhoseName}</legend>
        ${choice("client", week.byClient(name), this.#lateness)}
        ${choice("therapist", week.byPractice, week.neverLate)}
      </fieldset>
      ${
      this.#by === "client"
        ? field(this, "told_at", week.toldAt, {
          type: "datetime-local",
          value: this.#toldAt,
          max: this.office.localNow.slice(0, 16),
          hint: week.toldAtHint,
          changed: (value) => {
            this.#toldAt = value;
            this.requestUpdate();
          },
        })
        : nothing
    }
      <label class="check"><input type="checkbox" name="notify" checked> ${tellClient}</label>
      <div class="acts">
        <button class="stop-button" type="submit" aria-disabled=${this.busy ? "true" : "false"}>${
      week.cancelFor(name)
    }</button>
        <button class="quiet-button" type="button" @click=${() =>
      this.dispatchEvent(new CustomEvent("closed"))}>${week.keepSession}</button>
      </div>
    </form>`;
  }

  /** The practice's offset, which every time of the API carries. */
  get #offset(): string {
    return this.slotShown.start.slice(19);
  }

  get #lateness(): string {
    const { week } = this.office.strings;
    const limit = this.office.settings!.cancellation_notice_hours ?? 0;
    const told = this.#toldAt ? Date.parse(`${this.#toldAt}:00${this.#offset}`) : this.office.now;
    const isLate = Date.parse(this.slotShown.start) - told < limit * HOUR;
    return isLate ? week.countsLate(limit) : week.countsNot;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const notify = form.querySelector<HTMLInputElement>("[name=notify]")!.checked;
    const toldAt = this.#toldAt ? `${this.#toldAt}:00${this.#offset}` : "";
    const how = { by: this.#by, toldAt, notify };
    if (await this.act(() => cancel(this.office, this.slotShown, how))) {
      this.dispatchEvent(new CustomEvent("done"));
    }
  };
}

customElements.define("openhour-cancelling", CancellingElement);
