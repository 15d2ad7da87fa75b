/** The form of what a client wants by mail, for the office, which sees no more of them. */

import { html, type TemplateResult } from "lit";
import { Actor } from "../actor.ts";
import { formError, mainButton, valuesOf } from "../parts.ts";
import { change } from "./acts.ts";
import type { Seen } from "./listing.ts";
import { choicesOf, mailFields } from "./mail.ts";

class ClientMail extends Actor {
  static override properties = { ...Actor.properties, client: { attribute: false } };
  declare client: Seen;

  override firstUpdated(): void {
    this.querySelector<HTMLElement>("[name=mail]:checked")?.focus();
  }

  override render(): TemplateResult {
    const { strings } = this.office;
    return html`
      <form class="client-details" @submit=${this.#submit}>
        ${formError(this)} ${mailFields(this.office, this.client)}
        <div class="acts">${mainButton(this, strings.save, strings.saving)}
          <button class="quiet-button" type="button" @click=${() =>
            this.dispatchEvent(new CustomEvent("closed"))}>${strings.cancel}</button></div>
      </form>
    `;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { values } = valuesOf(event.target as HTMLFormElement, "");
    if (!await this.act(() => change(this.office, this.client, choicesOf(values)))) return;
    this.office.say(this.office.strings.clientsView.isSaved);
    this.dispatchEvent(new CustomEvent("done"));
  };
}

customElements.define("openhour-client-mail", ClientMail);
