/** A search among the clients: type a part of a name, walk with the arrow keys, press Enter. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons.ts";
import type { Client, Office } from "./office.ts";

/** A client who is offered, and why. */
export interface Suggestion {
  readonly client: Pick<Client, "client_id" | "name">;
  readonly why: string;
}

const MOST = 6;

export class ClientSearch extends LitElement {
  static override properties = {
    office: { attribute: false },
    label: {},
    suggestions: { attribute: false },
  };
  declare office: Office;
  declare label: string;
  /** Who is offered before anything is typed. */
  declare suggestions: readonly Suggestion[];
  #clients: readonly Client[] = [];
  #typed = "";
  #chosen = -1;

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.office.clients().then((clients) => {
      this.#clients = clients;
      this.requestUpdate();
    }, () => undefined); // the list stays empty, and the act will say what is wrong
  }

  get #found(): readonly Suggestion[] {
    const typed = folded(this.#typed);
    if (!typed) return this.suggestions ?? [];
    return this.#clients
      .filter(({ name }) =>
        folded(name).split(" ").some((part) => part.startsWith(typed)) ||
        folded(name).startsWith(typed)
      )
      .slice(0, MOST)
      .map((client) => ({ client, why: client.phone ?? "" }));
  }

  override render(): TemplateResult {
    const found = this.#found;
    const active = found[this.#chosen];
    return html`
      <div class="client-search">
        ${icons.search}
        <input id="client-search" type="text" role="combobox" autocomplete="off" data-focus
          aria-label=${this.label} placeholder=${this.label} aria-expanded=${found.length > 0
            ? "true"
            : "false"} aria-controls="client-options" aria-activedescendant=${active
            ? `client-${active.client.client_id}`
            : nothing} .value=${this.#typed} @input=${this.#input} @keydown=${this.#pressed}>
      </div>
      <ul id="client-options" role="listbox" aria-label=${this.label}>${found.map((each, index) =>
        html`
          <li id="client-${each.client
            .client_id}" role="option" aria-selected=${index === this.#chosen ? "true" : "false"}
            @click=${() => this.#choose(each)}><b>${this.office.nameOf(
              each.client,
            )}</b><span class="second">${each.why}</span></li>
        `
      )}</ul>
    `;
  }

  readonly #input = (event: Event): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    this.#chosen = this.#typed ? 0 : -1;
    this.requestUpdate();
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const found = this.#found;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#chosen = Math.max(0, Math.min(found.length - 1, this.#chosen + step));
      this.requestUpdate();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = found[this.#chosen];
      if (chosen) this.#choose(chosen);
    }
    if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
  };

  #choose({ client }: Suggestion): void {
    this.dispatchEvent(new CustomEvent("chosen", { detail: client, bubbles: true }));
  }
}

/** Return a text without accents and capitals. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase().trim();
}

customElements.define("openhour-client-search", ClientSearch);
