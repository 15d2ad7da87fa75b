/** One client: details, what needs a decision, figures, sessions, and what can be done. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { telephone } from "../../shared/parts.ts";
import type { Schemas } from "../office.ts";
import { banner, dialog, type Part } from "../parts.ts";
import { goTo, pathTo } from "../routes.ts";
import { View } from "../view.ts";
import { askToWelcome } from "./acts.ts";
import "./as_they_see.ts";
import { decisions } from "./decisions.ts";
import "./details.ts";
import "./discharging.ts";
import type { Seen } from "./listing.ts";
import { mailWords } from "./mail.ts";
import { comingSessions, figuresOf } from "./overview.ts";
import "./record.ts";
import "./rules.ts";
import { comingOf, type Session } from "./sessions.ts";
import "./suspending.ts";
import "./why_not.ts";
import { dayWords } from "./words.ts";

type History = Seen & {
  readonly appointments?: readonly Session[];
  readonly next?: string | null;
};
type Step = "edit" | "suspend" | "discharge" | "sees" | "why-not";

class ClientView extends View {
  static override properties = {
    ...View.properties,
    isAlone: { attribute: false },
    takesFocus: { attribute: false },
    regulars: { attribute: false },
  };
  /** Whether it replaces the list. */
  declare isAlone: boolean;
  declare takesFocus: boolean;
  declare regulars: readonly Schemas["Regular"][];
  #client: History | undefined;
  #step: Step | undefined;
  #waitsForFocus = false;

  protected override get subject(): string {
    return this.path[0] ?? "";
  }

  protected override get isEditing(): boolean {
    return this.#step !== undefined;
  }

  protected override async load(): Promise<void> {
    const client_id = this.subject;
    const client = await this.office.api.request("get", "/practice/clients/{client_id}", {
      client_id,
    });
    if (client_id === this.subject) this.#client = client;
  }

  override willUpdate(changed: PropertyValues): void {
    const before = this.#client?.client_id;
    if (before && before !== this.subject) [this.#client, this.#step] = [undefined, undefined];
    if (changed.has("takesFocus") && this.takesFocus) this.#waitsForFocus = true;
    super.willUpdate(changed);
  }

  override updated(): void {
    const heading = this.querySelector<HTMLElement>(".client-title");
    if (!this.#waitsForFocus || !heading) return;
    heading.focus({ preventScroll: true });
    this.#waitsForFocus = false;
  }

  /** Load anew after an act, here and in the list. */
  async #changed(): Promise<void> {
    this.dispatchEvent(new CustomEvent("changed"));
    await this.refresh();
  }

  async #do(act: () => Promise<unknown>): Promise<void> {
    if (await this.act(act)) await this.#changed();
  }

  #goOn(step: Step | undefined): void {
    this.#step = step;
    this.requestUpdate();
  }

  // ------------------------------------------------------------------ drawing

  override render(): TemplateResult {
    const { clientsView: words, menu } = this.office.strings;
    return html`
      <section class="client-pane" aria-label=${words.client}>
        ${this.isAlone
          ? html`<a class="quiet-button back" href=${pathTo("clients")}>${icons.left} ${
            menu.views["clients"]
          }</a>`
          : html`<a class="icon-button close-pane" href=${
            pathTo("clients")
          } aria-label=${words.closeClient}>${icons.close}</a>`}
        ${super.render()}
      </section>
    `;
  }

  protected override draw(): TemplateResult {
    const client = this.#client!;
    return html`
      ${this.#drawTitle(client)}
      ${this.#step === "edit" ? this.#drawEditing(client) : this.#drawContact(client)}
      ${this.errors["form"] ? banner("caution", marks.blocked, this.errors["form"]) : nothing}
      ${decisions(this.office, client, {
        isBusy: this.busy,
        run: (act) => void this.#do(act),
        changed: () => this.#changed(),
        edit: () => this.#goOn("edit"),
        suspend: () => this.#goOn("suspend"),
      })}
      ${client.conduct ? figuresOf(this.office, client.conduct) : nothing}
      ${comingSessions(this.office, client)}
      ${client.conduct && client.appointments
        ? html`
          <openhour-client-record .office=${this.office} .client=${client}
            @changed=${() => this.#changed()}></openhour-client-record>
        `
        : nothing}
      ${client.usual === undefined ? nothing : html`
        <openhour-client-rules .office=${this.office}
          .client=${client} @changed=${() => this.#changed()}></openhour-client-rules>
      `}
      ${this.#drawActs(client)}
      ${this.#drawStep(client)}
    `;
  }

  #drawTitle(client: History): TemplateResult {
    const name = this.office.nameOf(client);
    return this.isAlone
      ? html`<h1 class="client-title" tabindex="-1">${name}</h1>`
      : html`<h2 class="client-title" tabindex="-1">${name}</h2>`;
  }

  #drawContact(client: History): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const hidden = this.office.showsInitials;
    const isMailed = client.email && !client.mail_stopped;
    const mail = isMailed ? mailWords(this.office, client) : "";
    return html`<p class="contact">
      ${
      !hidden && client.email ? html`<a href="mailto:${client.email}">${client.email}</a>` : nothing
    }
      ${
      !hidden && client.phone
        ? html`<a href=${telephone(client.phone)}>${client.phone}</a>`
        : nothing
    }
      ${
      !client.email && !client.phone
        ? html`<span class="second">${words.noContact}</span>`
        : nothing
    }
      ${
      client.created_at
        ? html`<span class="second">${words.since(dayWords(this.office, client.created_at))}</span>`
        : nothing
    }
      ${client.registered_online ? html`<span class="second">${words.registered}</span>` : nothing}
      ${mail ? html`<span class="second">${mail}</span>` : nothing}
      <button class="quiet-button" type="button" @click=${() =>
      this.#goOn("edit")}>${words.edit}</button></p>`;
  }

  #drawEditing(client: History): TemplateResult {
    return html`
      <openhour-client-details .office=${this.office} .client=${client}
        @closed=${() => this.#goOn(undefined)} @done=${() => {
          this.#goOn(undefined);
          void this.#changed();
        }}></openhour-client-details>
    `;
  }

  // ------------------------------------------------------------------ what can be done

  #drawActs(client: History): Part {
    const { clientsView: words } = this.office.strings;
    if (client.usual === undefined || client.conduct === undefined) return nothing;
    const isActive = client.privilege === "active";
    return html`
      <div class="acts client-acts">
            <button class="quiet-button" type="button" @click=${() => this.#goOn("sees")}>${words
              .asTheySee}</button>
            <button class="quiet-button" type="button" @click=${() => this.#goOn("why-not")}>${words
              .whyNot}</button>
            ${isActive && client.email && !client.mail_stopped && client.login !== "none"
              ? html`<button class="quiet-button" type="button" @click=${() =>
                askToWelcome(
                  this.office,
                  client,
                  () => this.#changed(),
                )}>${words.welcomeMore}</button>`
              : nothing}</div>
      <div class="acts">
            ${isActive && !client.flagged
              ? html`<button class="second-button" type="button" @click=${() =>
                this.#goOn("suspend")}>${words.suspendMore}</button>`
              : nothing}
            <button class="stop-button" type="button" @click=${() =>
              this.#goOn("discharge")}>${words.dischargeMore}</button></div>
    `;
  }

  #drawStep(client: History): Part {
    const { strings } = this.office;
    const { clientsView: words } = strings;
    const name = this.office.nameOf(client);
    const close = () => this.#goOn(undefined);
    const coming = comingOf(client.appointments ?? [], this.office.now);
    if (this.#step === "suspend") {
      return dialog(
        strings,
        words.suspendTitle(name),
        html`
          <openhour-suspending .office=${this.office} .client=${client} .coming=${coming.length}
            @closed=${close} @done=${() => {
              close();
              void this.#changed();
            }}></openhour-suspending>
        `,
        close,
      );
    }
    if (this.#step === "sees") {
      const seen =
        html`<openhour-as-they-see .office=${this.office} .client=${client}></openhour-as-they-see>`;
      return dialog(strings, words.seesTitle(name), seen, close, "wide-sheet");
    }
    if (this.#step === "why-not") {
      const why =
        html`<openhour-why-not .office=${this.office} .client=${client}></openhour-why-not>`;
      return dialog(strings, words.whyNotTitle(name), why, close);
    }
    if (this.#step !== "discharge") return nothing;
    const own = this.regulars.filter(({ client_id }) => client_id === client.client_id);
    return dialog(
      strings,
      words.dischargeTitle(name),
      html`
        <openhour-discharging .office=${this.office} .client=${client} .coming=${coming}
          .regulars=${own} @closed=${close} @done=${() => {
            close();
            this.dispatchEvent(new CustomEvent("changed"));
            goTo("clients");
          }}></openhour-discharging>
      `,
      close,
    );
  }
}

customElements.define("openhour-client", ClientView);
