/** A client's own rules: whether they are usual, and how many sessions a week they may book. */

import { html, type TemplateResult } from "lit";
import { Actor } from "../actor.ts";
import type { Schemas } from "../office.ts";
import { formError, toggle } from "../parts.ts";
import { change } from "./acts.ts";
import type { Seen } from "./listing.ts";

type Patch = Schemas["ClientPatch"];

const MOST_PER_WEEK = 7;

class ClientRules extends Actor {
  static override properties = { ...Actor.properties, client: { attribute: false } };
  declare client: Seen;

  override render(): TemplateResult {
    const { client } = this;
    const { clientsView: words } = this.office.strings;
    const { max_per_week: limit = 1 } = this.office.settings!;
    return html`
      <div class="client-rules">${formError(this)}
        <div
          class="row"><span class="grow">${words
            .usualClient}<span class="second" id="usual-hint">${client.regular
            ? words.usualRegular
            : words.usualHint}</span></span>${client.regular
            ? html`<span class="second">${words.yes}</span>`
            : toggle(
              words.usualClient,
              client.usual ?? false,
              (usual) => void this.#set({ usual }, { usual: !usual }),
              "usual-hint",
            )}</div>
        <div
          class="row"><span class="grow"><label for="per-week">${words.perWeek}</label><span
          class="second" id="per-week-hint">${words.perWeekHint}</span></span><select id="per-week"
          aria-describedby="per-week-hint" @change=${this
            .#setLimit}><option value="" ?selected=${!client.max_per_week}>${words.practiceLimit(
              limit,
            )}</option>${Array.from({ length: MOST_PER_WEEK }, (_, index) => index + 1).map((
              count,
            ) =>
              html`<option value=${count} ?selected=${
                client.max_per_week === count
              }>${count}</option>`
            )}</select></div>
      </div>
    `;
  }

  readonly #setLimit = async (event: Event): Promise<void> => {
    const select = event.target as HTMLSelectElement;
    const before = this.client.max_per_week ?? null;
    const max_per_week = select.value ? Number(select.value) : null;
    const isSet = await this.#set({ max_per_week }, { max_per_week: before });
    if (!isSet) select.value = String(before ?? "");
  };

  async #set(patch: Patch, before: Patch): Promise<boolean> {
    const { client, office } = this;
    const changed = () => this.dispatchEvent(new CustomEvent("changed"));
    const isSet = await this.act(() => change(office, client, patch));
    if (!isSet) return false;
    office.say(
      office.strings.clientsView.isSaved,
      () => change(office, client, before).then(changed),
    );
    changed();
    return true;
  }
}

customElements.define("openhour-client-rules", ClientRules);
