/** The question before a client is suspended: why, and whether they are told. */

import { html, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { Actor } from "../actor.ts";
import { field, formError } from "../parts.ts";
import { suspend } from "./acts.ts";
import type { Seen } from "./listing.ts";

class Suspending extends Actor {
  static override properties = {
    ...Actor.properties,
    client: { attribute: false },
    coming: { attribute: false },
  };
  declare client: Seen;
  /** How many sessions are to come. */
  declare coming: number;
  #reason = "";

  override render(): TemplateResult {
    const { strings } = this.office;
    const { clientsView: words } = strings;
    const name = this.office.nameOf(this.client);
    const canSignIn = this.office.settings?.suspended_can_sign_in ?? false;
    return html`<form novalidate @submit=${this.#submit}>
      ${formError(this)}
      <ul class="effects">
        <li>${marks.blocked}<span>${words.suspendEffect(name)}</span></li>
        <li>${marks.booked}<span>${words.suspendKeeps(this.coming)}</span></li>
        <li>${marks.open}<span>${
      canSignIn ? words.suspendSignIn : words.suspendNoSignIn
    }</span></li>
      </ul>
      ${
      field(this, "reason", words.reason, {
        type: "textarea",
        value: this.#reason,
        hint: words.reasonHint,
        maxlength: 500,
        changed: (value) => {
          this.#reason = value;
        },
      })
    }
      <label class="check"><input type="checkbox" name="notify"> ${strings.tellClient}</label>
      <div class="acts">
        <button class="stop-button" type="submit" aria-disabled=${this.busy ? "true" : "false"}>${
      words.suspendAct(name)
    }</button>
        <button class="quiet-button" type="button" @click=${() =>
      this.dispatchEvent(new CustomEvent("closed"))}>${words.suspendKeep}</button>
      </div>
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const notify = form.querySelector<HTMLInputElement>("[name=notify]")!.checked;
    const reason = this.#reason.trim();
    if (await this.act(() => suspend(this.office, this.client, reason, notify))) {
      this.dispatchEvent(new CustomEvent("done"));
    }
  };
}

customElements.define("openhour-suspending", Suspending);
