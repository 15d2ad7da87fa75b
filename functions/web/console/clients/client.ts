/** One client: details, what needs a decision, figures, sessions, and what can be done. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { telephone } from "../../shared/parts.ts";
import { DAY } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";
import { banner, dialog, type Part, toggle } from "../parts.ts";
import { goTo, pathTo } from "../routes.ts";
import { View } from "../view.ts";
import { declineRequest } from "../week/acts.ts";
import { askToRestore, change, invite } from "./acts.ts";
import "./as_they_see.ts";
import "./details.ts";
import "./discharging.ts";
import type { Seen } from "./listing.ts";
import "./record.ts";
import { comingOf, type Session } from "./sessions.ts";
import "./suspending.ts";
import "./why_not.ts";
import { dayWords, noticeWords, rhythmWords, whenWords } from "./words.ts";

type History = Seen & {
  readonly appointments?: readonly Session[];
  readonly next?: string | null;
};
type Step = "edit" | "suspend" | "discharge" | "sees" | "why-not";

const MOST_PER_WEEK = 7;
/** How long a first password is valid. */
const VALID = 7 * DAY;
/** As many coming sessions are shown before the rest is counted. */
const COMING = 3;

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
      ${this.#drawDecisions(client)}
      ${client.conduct ? this.#drawFigures(client.conduct) : nothing}
      ${this.#drawComing(client)}
      ${client.conduct && client.appointments
        ? html`
          <openhour-client-record .office=${this.office} .client=${client}
            @changed=${() => this.#changed()}></openhour-client-record>
        `
        : nothing}
      ${client.usual === undefined ? nothing : this.#drawRules(client)}
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

  // ------------------------------------------------------------------ what needs a decision

  #drawDecisions(client: History): TemplateResult {
    return html`
      ${client.flagged && client.strikes ? this.#drawFlag(client, client.strikes) : nothing}
      ${client.privilege === "suspended" ? this.#drawSuspended(client) : nothing}
      ${client.regular_request?.state === "asked" ? this.#drawRequest(client) : nothing}
      ${this.#drawLogin(client)}
    `;
  }

  #drawFlag(client: History, strikes: Schemas["Strikes"]): TemplateResult {
    const { clientsView: words } = this.office.strings;
    return banner(
      "caution",
      icons.flag,
      words.flagTitle(strikes.count, strikes.window_days),
      words.flagText(strikes.limit, this.office.nameOf(client)),
      html`
        <div
          class="banner-acts"><button class="second-button" type="button" @click=${() =>
            this.#do(async () => {
              await change(this.office, client, { flag_seen: true });
              const undo = () =>
                change(this.office, client, { flag_seen: false })
                  .then(() => this.#changed());
              this.office.say(words.flagIsSeen, undo);
            })}>${words.seen}</button>
                <button class="stop-button" type="button" @click=${() =>
                  this.#goOn("suspend")}>${words.suspend}</button></div>
      `,
    );
  }

  #drawSuspended(client: History): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const ask = () => askToRestore(this.office, client, () => this.#changed());
    return banner(
      "caution",
      marks.blocked,
      words.isSuspendedTitle,
      client.privilege_reason ? words.reasonGiven(client.privilege_reason) : words.noReason,
      html`
        <div
          class="banner-acts"><button class="second-button" type="button" @click=${ask}>${words
            .restore}</button></div>
      `,
    );
  }

  #drawRequest(client: History): TemplateResult {
    const { clientsView: words, week } = this.office.strings;
    const asked = client.regular_request!;
    const { weekday, start, first, every_weeks } = asked;
    const accept = pathTo(
      "regulars",
      "new",
      client.client_id,
      weekday,
      start,
      first,
      String(every_weeks),
    );
    return banner(
      "neutral",
      marks.regular,
      words.asksFor(rhythmWords(this.office, asked)),
      words.askedOn(dayWords(this.office, asked.asked_at)),
      html`<div class="banner-acts"><a class="second-button" href=${accept}>${week.accept}</a>
        <button class="quiet-button" type="button" @click=${() =>
        this.#do(() =>
          declineRequest(this.office, client as never)
        )}>${week.decline}</button></div>`,
    );
  }

  #drawLogin(client: History): Part {
    const { clientsView: words } = this.office.strings;
    if (client.login !== "none" && client.login !== "invited") return nothing;
    const isNew = client.login === "none";
    const text = !client.email ? words.inviteNeedsAddress : client.invited_at
      ? words.invitedOn(
        dayWords(this.office, client.invited_at),
        this.office.now - Date.parse(client.invited_at) > VALID,
      )
      : nothing;
    return banner(
      "neutral",
      marks.open,
      isNew ? words.notInvitedTitle : words.notSignedInTitle,
      text,
      client.email
        ? html`<div class="banner-acts">${this.#inviteButton(client, isNew)}</div>`
        : nothing,
    );
  }

  #inviteButton(client: History, isNew: boolean): TemplateResult {
    const { clientsView: words } = this.office.strings;
    return html`
      <button class="second-button" type="button" aria-disabled=${this.busy ? "true" : "false"}
        @click=${() => this.#do(() => invite(this.office, client))}>${isNew
          ? words.invite
          : words.inviteAgain}</button>
    `;
  }

  // ------------------------------------------------------------------ figures and sessions

  #drawFigures(conduct: Schemas["Conduct"]): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const { figures } = words;
    const median = conduct.median_notice_hours;
    const shown: [string, string | number][] = [
      [figures.booked, conduct.booked],
      [figures.kept, conduct.kept],
      [figures.cancelled, conduct.cancelled],
      [figures.late, conduct.late_cancelled],
      [figures.moved, conduct.moved],
      [figures.missed, conduct.no_shows],
      [words.medianNotice, median === null ? "–" : noticeWords(this.office, median)],
    ];
    return html`<dl class="figures">${
      shown.map(([label, value]) =>
        html`
          <div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>
        `
      )
    }</dl>`;
  }

  #drawComing(client: History): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const next = client.next_appointment;
    const coming: readonly (Session | NonNullable<typeof next>)[] = client.appointments
      ? comingOf(client.appointments, this.office.now)
      : next
      ? [next]
      : [];
    return html`<section class="client-part">
      <h2>${words.coming}</h2>
      ${
      coming.length === 0
        ? html`<p class="second">${words.noneComing} <a href=${
          pathTo("week")
        }>${words.bookOne}</a></p>`
        : html`<ul class="rows">${
          coming.slice(0, COMING).map((session) =>
            html`<li>${session.regular ? marks.regular : marks.booked}<span class="grow">${
              whenWords(this.office, session.start)
            }</span>${
              session.regular ? html`<span class="second">${words.repeats}</span>` : nothing
            }</li>`
          )
        }</ul>${
          coming.length > COMING
            ? html`<p class="second">${words.moreComing(coming.length - COMING)}</p>`
            : nothing
        }`
    }</section>`;
  }

  // ------------------------------------------------------------------ rules of their own

  #drawRules(client: History): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const { max_per_week: limit = 1 } = this.office.settings!;
    const set = (max_per_week: number | null) =>
      this.#setRule(client, { max_per_week }, { max_per_week: client.max_per_week ?? null });
    return html`
      <div class="client-rules">
        <div
          class="row"><span class="grow">${words
            .usualClient}<span class="second" id="usual-hint">${client.regular
            ? words.usualRegular
            : words.usualHint}</span></span>${client.regular
            ? html`<span class="second">${words.yes}</span>`
            : toggle(
              words.usualClient,
              client.usual ?? false,
              (usual) => void this.#setRule(client, { usual }, { usual: !usual }),
              "usual-hint",
            )}</div>
        <div
          class="row"><span class="grow"><label for="per-week">${words.perWeek}</label><span
          class="second" id="per-week-hint">${words.perWeekHint}</span></span><select id="per-week"
          aria-describedby="per-week-hint" @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            void set(value ? Number(value) : null);
          }}><option value="" ?selected=${!client.max_per_week}>${words.practiceLimit(
            limit,
          )}</option>${Array.from({ length: MOST_PER_WEEK }, (_, index) => index + 1).map((count) =>
            html`<option value=${count} ?selected=${
              client.max_per_week === count
            }>${count}</option>`
          )}</select></div>
      </div>
    `;
  }

  async #setRule(
    client: History,
    patch: Schemas["ClientPatch"],
    before: Schemas["ClientPatch"],
  ): Promise<void> {
    const { clientsView: words } = this.office.strings;
    await this.#do(async () => {
      await change(this.office, client, patch);
      const undo = () => change(this.office, client, before).then(() => this.#changed());
      this.office.say(words.isSaved, undo);
    });
    this.requestUpdate();
  }

  // ------------------------------------------------------------------ what can be done

  #drawActs(client: History): Part {
    const { clientsView: words } = this.office.strings;
    if (client.usual === undefined || client.conduct === undefined) return nothing;
    const isActive = client.privilege === "active";
    const canInvite = client.login === undefined && client.email && isActive;
    return html`
      <div class="acts client-acts">
            <button class="quiet-button" type="button" @click=${() => this.#goOn("sees")}>${words
              .asTheySee}</button>
            <button class="quiet-button" type="button" @click=${() => this.#goOn("why-not")}>${words
              .whyNot}</button></div>
      <div class="acts">
            ${canInvite ? this.#inviteButton(client, false) : nothing}
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
