/** The question before a client is discharged: why, what ends, and whether they are told. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { Actor } from "../actor.ts";
import type { Schemas } from "../office.ts";
import { formError } from "../parts.ts";
import { discharge, type DischargeReason } from "./acts.ts";
import type { Seen } from "./listing.ts";
import type { Session } from "./sessions.ts";
import { rhythmWords, whenWords } from "./words.ts";

const REASONS: readonly DischargeReason[] = ["left", "moved_on", "died", "other"];
/** As many sessions are named before the rest is counted. */
const NAMED = 5;

class Discharging extends Actor {
  static override properties = {
    ...Actor.properties,
    client: { attribute: false },
    coming: { attribute: false },
    regulars: { attribute: false },
  };
  declare client: Seen;
  declare coming: readonly Session[];
  declare regulars: readonly Schemas["Regular"][];
  #reason: DischargeReason | undefined;

  override render(): TemplateResult {
    const { strings } = this.office;
    const { clientsView: words } = strings;
    const name = this.office.nameOf(this.client);
    return html`<form novalidate @submit=${this.#submit}>
      ${formError(this)}
      ${this.#drawEnds()}
      <fieldset class=${this.errors["reason"] ? "wrong" : ""}>
        <legend>${words.why}</legend>
        ${
      REASONS.map((reason) =>
        html`<label class="check"><input type="radio" name="reason" value=${reason}
          aria-describedby=${this.errors["reason"] ? "reason-error" : nothing}
          @change=${() => {
          this.#reason = reason;
          this.errors = {};
          this.requestUpdate();
        }}> ${words.reasons[reason]}</label>`
      )
    }
        ${
      this.errors["reason"]
        ? html`<p class="error" id="reason-error" role="alert">${marks.missed} ${
          this.errors["reason"]
        }</p>`
        : nothing
    }
      </fieldset>
      ${
      this.#reason === "died"
        ? html`<p class="second told">${words.nobodyTold}</p>`
        : html`<label class="check told"><input type="checkbox" name="notify"> ${strings.tellClient}</label>`
    }
      <p class="second">${strings.cantBeUndone}</p>
      <div class="acts">
        <button class="stop-button" type="submit" aria-disabled=${this.busy ? "true" : "false"}>${
      words.dischargeAct(name)
    }</button>
        <button class="quiet-button" type="button" @click=${() =>
      this.dispatchEvent(new CustomEvent("closed"))}>${words.dischargeKeep}</button>
      </div>
    </form>`;
  }

  #drawEnds(): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const more = this.coming.length - NAMED;
    return html`
      <p><b>${words.ends}</b></p>
      <ul class="effects">
            ${this.regulars.map((regular) =>
              html`<li>${marks.regular}<span>${
                words.regularEnds(rhythmWords(this.office, regular))
              }</span></li>`
            )}
            ${this.coming.slice(0, NAMED).map(({ start }) =>
              html`<li>${marks.cancelled}<span>${whenWords(this.office, start)}</span></li>`
            )}
            ${more > 0
              ? html`<li>${marks.cancelled}<span>${words.moreSessions(more)}</span></li>`
              : nothing}
            <li>${marks.blocked}<span>${words.loginEnds}</span></li>
          </ul>
    `;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { clientsView: words } = this.office.strings;
    const reason = this.#reason;
    if (!reason) {
      this.errors = { reason: words.chooseReason };
      this.requestUpdate();
      this.querySelector<HTMLElement>("[name=reason]")?.focus();
      return;
    }
    const box = this.querySelector<HTMLInputElement>("[name=notify]");
    const notify = box?.checked ?? false;
    if (await this.act(() => discharge(this.office, this.client, reason, notify))) {
      this.dispatchEvent(new CustomEvent("done"));
    }
  };
}

customElements.define("openhour-discharging", Discharging);
