/** What can be done with one slot: book, hold, open, block, mark, cancel, move, make weekly. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { clock, telephone } from "../../shared/parts.ts";
import { HOUR, readTime } from "../../shared/wall_clock.ts";
import { Actor } from "../actor.ts";
import "../client_search.ts";
import type { Suggestion } from "../client_search.ts";
import { tryMailAgain } from "../clients/acts.ts";
import "../clients/mail_form.ts";
import { dayWords } from "../clients/words.ts";
import { modal } from "../modal.ts";
import type { Client } from "../office.ts";
import { formError } from "../parts.ts";
import { pathTo } from "../routes.ts";
import { book, markMissed, returnToPlan, setSlot } from "./acts.ts";
import { type Ended, kindOf, type Slot } from "./calendar.ts";
import { endedMark, endedWords, whyBlocked } from "./cell.ts";

type Act = "cancel" | "move" | "next" | "weekly";

export class SlotPanel extends Actor {
  static override properties = {
    ...Actor.properties,
    slotShown: { attribute: false },
    suggestions: { attribute: false },
    isModal: { attribute: false },
  };
  declare slotShown: Slot;
  declare suggestions: readonly Suggestion[];
  declare isModal: boolean;
  #client: Client | undefined;
  #tells = true;
  #isMailing = false;

  override willUpdate(): void {
    const id = this.slotShown.client?.client_id;
    if (!id || this.#client?.client_id === id) return;
    this.#client = undefined;
    this.#isMailing = false;
    void this.#read(id);
  }

  async #read(id: string): Promise<void> {
    try {
      this.#client = (await this.office.clients()).find(({ client_id }) => client_id === id);
    } catch {
      return; // the phone is missing, and nothing else
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const slot = this.slotShown;
    const { strings, format } = this.office;
    const [start, end] = [readTime(slot.start).wall, readTime(slot.end).wall];
    return html`
      <div class="slot-panel" role="dialog" aria-labelledby="panel-title"
        aria-modal=${this.isModal ? "true" : "false"} ${modal(() => this.#close(), this.isModal)}>
            <div class="dialog-head">
              <h2 id="panel-title" tabindex="-1">${format.date(
                start,
              )}<span class="panel-time">${clock(format, start)} – ${clock(format, end)}${slot.prime
                ? `, ${strings.week.prime}`
                : nothing}</span></h2>
              <button class="close" type="button" aria-label=${strings.close}
                @click=${() => this.#close()}>${icons.close}</button>
            </div>
            ${formError(this)}
            ${slot.state === "booked" ? this.#drawSession() : this.#drawFree()}
          </div>
    `;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("closed"));
  }

  /** Ask the week for what needs more room than the panel has. */
  #goOn(act: Act): void {
    this.dispatchEvent(new CustomEvent("goes-on", { detail: act }));
  }

  async #do(act: () => Promise<unknown>): Promise<void> {
    if (await this.act(act)) this.dispatchEvent(new CustomEvent("done"));
  }

  // ------------------------------------------------------------------ free

  #drawFree(): TemplateResult {
    const slot = this.slotShown;
    const { week } = this.office.strings;
    const isOver = Date.parse(slot.end) <= this.office.now;
    const hasStarted = Date.parse(slot.start) <= this.office.now;
    return html`
      ${this.#drawState(isOver)}
      ${(slot.ended ?? []).map((ended) => this.#drawEnded(ended))}
      ${isOver ? nothing : html`
        <openhour-client-search .office=${this.office} label=${week.bookFor}
          .suggestions=${this.suggestions} @chosen=${(event: CustomEvent) =>
            this.#do(() =>
              book(this.office, event.detail, slot, this.#tells)
            )}></openhour-client-search>
                ${this.#drawTells()}
      `}
      ${hasStarted ? nothing : this.#drawStates()}
    `;
  }

  #drawState(isOver: boolean): TemplateResult {
    const slot = this.slotShown;
    const { week } = this.office.strings;
    const { booking_notice_hours: hours = 0, self_scheduling: isOn } = this.office.settings!;
    const mark = slot.state === "held"
      ? marks.held
      : slot.state === "blocked"
      ? marks.blocked
      : marks.open;
    const isSoon = Date.parse(slot.start) - this.office.now < hours * HOUR;
    let words = week.openExplained;
    if (isOver) words = week.isOver;
    else if (slot.state === "held") words = slot.prime ? week.heldExplained : week.heldByYou;
    else if (slot.state === "blocked") {
      words = whyBlocked(this.office, slot)[0] ?? week.blockedExplained;
    } else if (!isOn) words = week.openButOff;
    else if (isSoon) words = week.tooSoon(hours);
    return html`<p class="fact">${mark}<span>${words}</span></p>${
      slot.note && slot.state !== "blocked" ? html`<p class="fact quiet">${slot.note}</p>` : nothing
    }`;
  }

  #drawEnded(ended: Ended): TemplateResult {
    const { client } = ended;
    return html`
      <p
        class="fact"><span class=${ended.status === "late_cancelled"
          ? "late-word"
          : ""}>${endedMark(ended)}</span><span>${this.#drawName(client)}: ${endedWords(
            this.office,
            ended,
          )}</span></p>
    `;
  }

  #drawTells(): TemplateResult {
    return html`<label class="check"><input type="checkbox" .checked=${this.#tells}
      @change=${(event: Event) => {
      this.#tells = (event.target as HTMLInputElement).checked;
    }}> ${this.office.strings.tellClient}</label>`;
  }

  #drawStates(): TemplateResult {
    const slot = this.slotShown;
    const { week } = this.office.strings;
    const set = (state: "open" | "held" | "blocked") =>
      this.#do(() => setSlot(this.office, slot, state));
    return html`<div class="panel-acts">
      ${
      slot.state === "open"
        ? nothing
        : html`<button type="button" @click=${() =>
          set("open")}>${marks.open} ${week.open}</button>`
    }${
      slot.state === "held"
        ? nothing
        : html`<button type="button" @click=${() =>
          set("held")}>${marks.held} ${week.hold}</button>`
    }${
      slot.state === "blocked"
        ? nothing
        : html`<button type="button" @click=${() =>
          set("blocked")}>${marks.blocked} ${week.block}</button>`
    }<button type="button" @click=${() =>
      this.#do(() => returnToPlan(this.office, slot))}>${week.toPlan}</button></div>`;
  }

  // ------------------------------------------------------------------ booked

  #drawSession(): TemplateResult {
    const slot = this.slotShown;
    const { week } = this.office.strings;
    const kind = kindOf(slot, this.office.now);
    const hasStarted = Date.parse(slot.start) <= this.office.now;
    const client = slot.client!;
    return html`
      <p class="panel-client">${this.#drawName(client)}</p>
      ${this.#client?.phone
        ? html`<p><a class="phone" href=${
          telephone(this.#client.phone)
        }>${icons.phone}<span>${this.#client.phone}</span></a></p>`
        : nothing}
      <p class="fact">${slot.regular_id
        ? marks.regular
        : marks.booked}<span>${week.sessionStates[kind] ?? ""}${slot.regular_id
        ? ` ${week.ofRegular}`
        : ""}</span></p>
      ${slot.note ? html`<p class="fact quiet">${slot.note}</p>` : nothing}
      ${(slot.ended ?? []).map((ended) => this.#drawEnded(ended))}
      ${this.#drawMailStop()}
      ${this.#isMailing ? this.#drawMailForm() : nothing}
      <div class="panel-acts">${hasStarted ? this.#drawPast(kind === "missed") : this.#drawComing()}
        <button type="button" @click=${() => this.#goOn("next")}>${week.nextSession}</button>
        ${slot.regular_id ||
            !this.office.isTherapist
          ? nothing
          : html`<button type="button" @click=${() =>
            this.#goOn("weekly")}>${marks.regular} ${week.makeWeekly}</button>`}${this.office
            .isTherapist || this.#isMailing || !this.#client
          ? nothing
          : html`<button type="button" @click=${() =>
            this.#showMail(true)}>${this.office.strings.clientsView.mail.legend}</button>`}</div>
    `;
  }

  /** Why nothing is mailed to the client. Whoever answers the phone can try again. */
  #drawMailStop(): TemplateResult | typeof nothing {
    const client = this.#client;
    const stop = client?.mail_stopped;
    if (!client || !stop) return nothing;
    const { mail: words } = this.office.strings.clientsView;
    return html`
      <p class="fact">${marks.blocked}<span>${words.stopped[stop.why](
        dayWords(this.office, stop.since),
      )}. ${words.whatToDo[stop.why]}</span></p>
      <p><button class="second-button" type="button" aria-disabled=${this.busy ? "true" : "false"}
              @click=${() => this.#tryMailAgain(client)}>${words.tryAgain}</button></p>
    `;
  }

  async #tryMailAgain(client: Client): Promise<void> {
    if (await this.act(() => tryMailAgain(this.office, client))) await this.#read(client.client_id);
  }

  #drawMailForm(): TemplateResult {
    const close = () => this.#showMail(false);
    const client = this.#client!;
    return html`
      <openhour-client-mail .office=${this.office} .client=${client}
        @closed=${close} @done=${() => {
          close();
          void this.#read(client.client_id);
        }}></openhour-client-mail>
    `;
  }

  #showMail(isShown: boolean): void {
    this.#isMailing = isShown;
    this.requestUpdate();
  }

  /** A name leads to the client, whom the office does not see. */
  #drawName(client: Pick<Client, "client_id" | "name">): TemplateResult {
    const name = this.office.nameOf(client);
    if (!this.office.isTherapist) return html`${name}`;
    return html`<a href=${pathTo("clients", client.client_id)}>${name}</a>`;
  }

  #drawPast(isMissed: boolean): TemplateResult | typeof nothing {
    const { week } = this.office.strings;
    if (!this.office.isTherapist) return nothing;
    return html`<button type="button" @click=${() =>
      this.#do(() => markMissed(this.office, this.slotShown, !isMissed))}>${
      isMissed ? marks.kept : marks.missed
    } ${isMissed ? week.notMissed : week.markMissed}</button>`;
  }

  #drawComing(): TemplateResult {
    const { week } = this.office.strings;
    return html`
      <button type="button" @click=${() => this.#goOn("move")}>${icons.move} ${week.move}</button>
      <button type="button" @click=${() => this.#goOn("cancel")}>${icons.close} ${week
        .cancelSession}</button>
    `;
  }
}

customElements.define("openhour-slot-panel", SlotPanel);
