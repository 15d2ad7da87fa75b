/** The form of a client's name, address and phone, and of what they want by mail. */

import { html, nothing, type TemplateResult } from "lit";
import { Actor } from "../actor.ts";
import { field, focusError, formError, mainButton, valuesOf } from "../parts.ts";
import { change } from "./acts.ts";
import { faultsOf } from "./adding/faults.ts";
import type { Seen } from "./listing.ts";
import { choicesOf, mailFields } from "./mail.ts";

class ClientDetails extends Actor {
  static override properties = { ...Actor.properties, client: { attribute: false } };
  declare client: Seen;

  override firstUpdated(): void {
    this.querySelector<HTMLElement>("[name=name]")?.focus();
  }

  override render(): TemplateResult {
    const { strings } = this.office;
    const { adding } = strings;
    const { name, email, phone } = this.client;
    return html`
      <form class="client-details" novalidate @submit=${this.#submit}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          this.#close();
        }}>
            ${formError(this)}
            ${field(this, "name", adding.name, { value: name, maxlength: 100, required: true })}
            ${field(this, "email", adding.email, {
              type: "email",
              value: email ?? "",
              maxlength: 254,
            })}
            ${field(this, "phone", adding.phone, {
              type: "tel",
              value: phone ?? "",
              maxlength: 40,
            })}
            <p class="hint">${strings.clientsView.addressHint}</p>
            ${this.client.mail === undefined ? nothing : mailFields(this.office, this.client)}
            <div class="acts">${mainButton(this, strings.save, strings.saving)}
              <button class="quiet-button" type="button" @click=${() => this.#close()}>${strings
                .cancel}</button></div>
          </form>
    `;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("closed"));
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { strings } = this.office;
    const { values } = valuesOf(event.target as HTMLFormElement, strings.fieldNeeded);
    const { name = "", email = "", phone = "" } = values;
    const faults = Object.entries(faultsOf({ name, email, phone }));
    if (faults.length) {
      this.errors = Object.fromEntries(
        faults.map(([at, fault]) => [at, strings.adding.faults[fault]]),
      );
    } else {
      const patch = { name, email: email || null, phone: phone || null, ...choicesOf(values) };
      const isSaved = await this.act(() => change(this.office, this.client, patch));
      if (isSaved) {
        this.office.say(strings.clientsView.isSaved);
        this.dispatchEvent(new CustomEvent("done"));
        return;
      }
      if (this.errors["email"]) this.errors = { email: strings.clientsView.loginNeedsAddress };
    }
    this.requestUpdate();
    await this.updateComplete;
    focusError(this);
  };
}

customElements.define("openhour-client-details", ClientDetails);
