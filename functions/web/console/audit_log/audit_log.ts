/** The record of acts: who did what, newest first. */

import { html, nothing, type TemplateResult } from "lit";
import { clock, rail } from "../../shared/parts.ts";
import { dateOf, readTime } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";
import { field } from "../parts.ts";
import { pathTo } from "../routes.ts";
import { View } from "../view.ts";

type Entry = Schemas["AuditEntry"];

class AuditLogView extends View {
  #entries: readonly Entry[] = [];
  #next: string | null = null;
  #since = "";

  protected override get isEditing(): boolean {
    return this.#entries.length > 50; // a long list would fold again
  }

  protected override async load(): Promise<void> {
    const { entries, next } = await this.#read({});
    this.#entries = entries;
    this.#next = next;
  }

  #read(parameters: Record<string, string>): Promise<Schemas["AuditLog"]> {
    const since = this.#since ? { since: this.#since } : {};
    return this.office.api.request("get", "/practice/audit-log", { ...since, ...parameters });
  }

  async #readMore(): Promise<void> {
    await this.act(async () => {
      const { entries, next } = await this.#read({ cursor: this.#next! });
      this.#entries = [...this.#entries, ...entries];
      this.#next = next;
    });
  }

  protected override draw(): TemplateResult {
    const { auditLog, menu, more } = this.office.strings;
    const days = [...new Set(this.#entries.map(({ at }) => readTime(at).day))];
    return html`
      <div class="view-head">
        <h1 tabindex="-1">${menu.views["audit-log"]}</h1>
      </div>
      <div class="form">${field(this, "since", auditLog.since, {
        type: "date",
        value: this.#since,
        max: this.office.today,
        changed: (since) => {
          this.#since = since;
          void this.refresh();
        },
      })}</div>
      ${this.#entries.length === 0 ? html`<p class="nothing">${auditLog.nothing}</p>` : nothing}
      ${days.map((day) => this.#drawDay(day))}
      ${this.#next
        ? html`<div class="acts"><button class="second-button" type="button"
          @click=${() => this.#readMore()}>${more}</button></div>`
        : nothing}
    `;
  }

  #drawDay(day: string): TemplateResult {
    const own = this.#entries.filter(({ at }) => readTime(at).day === day);
    return html`
      <section class="audit-day">
        <h2>${rail(this.office.format, dateOf(day))}</h2>
        <ul class="rows">${own.map((entry) => this.#drawEntry(entry))}</ul>
      </section>
    `;
  }

  #drawEntry(entry: Entry): TemplateResult {
    const { auditLog } = this.office.strings;
    const { actor, client } = entry;
    const who = actor.name ?? auditLog.actors[actor.kind] ?? actor.kind;
    return html`<li><span class="regular-time">${
      clock(this.office.format, readTime(entry.at).wall)
    }</span>
      <span class="grow"><b>${auditLog.acts[entry.act] ?? entry.act.replaceAll("-", " ")}</b>${
      client
        ? html`, <a href=${pathTo("clients", client.client_id)}>${this.office.nameOf(client)}</a>`
        : nothing
    }<span class="second block">${who}${
      entry.details.length ? `: ${entry.details.join(", ")}` : ""
    }</span></span></li>`;
  }
}

customElements.define("openhour-audit-log", AuditLogView);
