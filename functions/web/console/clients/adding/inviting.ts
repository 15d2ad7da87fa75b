/** Inviting some of those who were just added: the first few, one after the other. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Refused } from "../../../shared/api.ts";
import { marks } from "../../../shared/icons.ts";
import { SignedOut } from "../../../shared/session.ts";
import { Actor } from "../../actor.ts";
import type { Client } from "../../office.ts";
import { banner } from "../../parts.ts";
import { NotDone, Series } from "./series.ts";

/** As many are chosen at first. */
const FEW = 5;
const SLICE = 20;

class Inviting extends Actor {
  static override properties = { ...Actor.properties, clients: { attribute: false } };
  declare clients: readonly Client[];
  #chosen = new Set<string>();
  #invited = new Set<string>();
  #series: Series<Client, Client> | undefined;
  #shown = SLICE;
  #first = "";

  override willUpdate(changed: PropertyValues): void {
    const first = this.clients.map(({ client_id }) => client_id).join();
    if (!changed.has("clients") || first === this.#first) return;
    this.#first = first;
    this.#chosen = new Set(this.clients.slice(0, FEW).map(({ client_id }) => client_id));
  }

  get #waiting(): readonly Client[] {
    return this.clients.filter(({ client_id }) =>
      this.#chosen.has(client_id) && !this.#invited.has(client_id)
    );
  }

  async #run(): Promise<void> {
    if (this.#series?.isRunning || this.#waiting.length === 0) return;
    this.#series = new Series(
      this.#waiting,
      (client) => this.#invite(client),
      () => this.requestUpdate(),
    );
    await this.#series.run();
    this.office.forgetClients();
    if (this.#series.failure instanceof SignedOut) this.signedOut();
  }

  async #invite(client: Client): Promise<Client> {
    const path = "/practice/clients/{client_id}/invitation";
    try {
      await this.office.api.request("post", path, { client_id: client.client_id });
    } catch (error) {
      if (error instanceof Refused && error.problem.status !== 403) {
        const isTaken = error.reason === "known-client";
        const { inviteTaken } = this.office.strings.adding;
        throw new NotDone(isTaken ? inviteTaken : this.office.wordsFor(error));
      }
      throw error;
    }
    this.#invited.add(client.client_id);
    return client;
  }

  override render(): TemplateResult {
    const { adding, clientsView } = this.office.strings;
    const left = this.clients.length - this.#shown;
    return html`<section class="inviting"><h3>${adding.inviteFew}</h3>
      <p class="second">${adding.inviteFewText}</p>
      <ul class="invitees">${
      this.clients.slice(0, this.#shown).map((client) => this.#drawClient(client))
    }</ul>
      ${
      left > 0
        ? html`<button class="second-button more" type="button" @click=${() => {
          this.#shown += SLICE;
          this.requestUpdate();
        }}>${clientsView.showMore(Math.min(SLICE, left), left)}</button>`
        : nothing
    }
      ${this.#drawState()}</section>`;
  }

  #drawClient(client: Client): TemplateResult {
    const { adding } = this.office.strings;
    const id = client.client_id;
    if (this.#invited.has(id)) {
      return html`<li class="with-mark">${marks.kept} ${
        this.office.nameOf(client)
      }: ${adding.invited}</li>`;
    }
    const index = this.#series?.items.indexOf(client) ?? -1;
    const refused = this.#series?.outcomes[index]?.refused;
    return html`<li><label class="check"><input type="checkbox" .checked=${this.#chosen.has(id)}
      @change=${() => {
      if (!this.#chosen.delete(id)) this.#chosen.add(id);
      this.requestUpdate();
    }}> <span>${
      this.office.nameOf(client)
    } <span class="second">${client.email}</span></span></label>${
      refused ? html`<p class="error">${marks.missed} ${refused}</p>` : nothing
    }</li>`;
  }

  #drawState(): TemplateResult {
    const { adding } = this.office.strings;
    const series = this.#series;
    const isRunning = series?.isRunning ?? false;
    const count = this.#waiting.length;
    return html`${
      series?.failure && !isRunning
        ? banner(
          "caution",
          marks.blocked,
          this.office.wordsFor(series.failure),
          adding.inviteAgainText,
        )
        : nothing
    }<p role="status">${series ? adding.invitedCount(this.#invited.size) : ""}</p>${
      isRunning
        ? html`<button class="second-button" type="button" @click=${() =>
          series?.stop()}>${adding.stop}</button>`
        : count
        ? html`<button class="second-button" type="button" @click=${() => this.#run()}>${
          adding.inviteCount(count)
        }</button>`
        : nothing
    }`;
  }
}

customElements.define("openhour-inviting", Inviting);
