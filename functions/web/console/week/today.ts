/** Today: the day's sessions in order, and what clients ask. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { clock } from "../../shared/parts.ts";
import { dateOf, readTime } from "../../shared/wall_clock.ts";
import { Actor } from "../actor.ts";
import type { Client } from "../office.ts";
import { goTo } from "../routes.ts";
import { declineRequest, markMissed } from "./acts.ts";
import { kindOf, lastEnded, type Slot } from "./calendar.ts";
import { endedWords } from "./cell.ts";

export class TodayElement extends Actor {
  static override properties = {
    ...Actor.properties,
    slots: { attribute: false },
    clients: { attribute: false },
  };
  /** The slots of today. */
  declare slots: readonly Slot[];
  declare clients: readonly Client[];

  override render(): TemplateResult {
    const { week, sessions, today } = this.office.strings;
    const booked = this.slots.filter(({ state }) => state === "booked");
    const shown = this.slots.filter((slot) => slot.state === "booked" || lastEnded(slot));
    const asking = this.clients.filter(({ regular_request }) => regular_request?.state === "asked");
    return html`<section class="today" aria-labelledby="today-title">
      <div class="today-head"><h2 id="today-title">${today}</h2><span class="second">${
      this.office.format.weekday(dateOf(this.office.today), "long")
    }, ${sessions(booked.length)}</span></div>
      ${shown.length === 0 ? html`<p class="nothing">${week.nothingToday}</p>` : nothing}
      <ol class="rows">${shown.map((slot) => this.#drawSlot(slot))}</ol>
      ${asking.map((client) => this.#drawRequest(client))}
    </section>`;
  }

  #drawSlot(slot: Slot): TemplateResult {
    const { week } = this.office.strings;
    const { wall } = readTime(slot.start);
    const kind = kindOf(slot, this.office.now);
    const ended = lastEnded(slot);
    const isNow = kind === "now";
    return html`<li class="today-row ${kind}">
      <button type="button" class="today-slot" @click=${() => this.#open(slot)}>
        <span class="today-time">${clock(this.office.format, wall)}</span>
        <span class="grow">${
      slot.client
        ? html`<b>${this.office.nameOf(slot.client)}</b>`
        : html`<span class="free-word">${week.states[kind] ?? week.notBooked}</span>`
    }<span class="second">${
      isNow
        ? week.nowUntil(this.office.format.time(readTime(slot.end).wall))
        : kind === "kept"
        ? week.kept
        : kind === "missed"
        ? html`<span class="missed-word">${week.missed}</span>`
        : slot.client
        ? slot.regular_id ? week.repeats : ""
        : ended
        ? `${this.office.nameOf(ended.client)}: ${endedWords(this.office, ended)}`
        : ""
    }</span></span>${icons.right}
      </button>
      ${isNow ? this.#drawActs(slot) : nothing}
    </li>`;
  }

  #drawActs(slot: Slot): TemplateResult {
    const { week } = this.office.strings;
    const act = (words: string, mark: unknown, run: () => unknown) =>
      html`<button type="button" class="second-button" @click=${run}>${mark} ${words}</button>`;
    const { isTherapist } = this.office;
    return html`<div class="today-acts">
      ${isTherapist ? act(week.markMissed, marks.missed, () => this.#missed(slot)) : nothing}
      ${act(week.nextSession, nothing, () => this.#goOn(slot, "next"))}
      ${
      isTherapist && !slot.regular_id
        ? act(week.makeWeekly, nothing, () => this.#goOn(slot, "weekly"))
        : nothing
    }
    </div>`;
  }

  #drawRequest(client: Client): TemplateResult {
    const { week, everyWeeks } = this.office.strings;
    const request = client.regular_request!;
    const first = new Date(`${request.first}T${request.start}:00Z`);
    const { format } = this.office;
    const accept = () =>
      goTo(
        "regulars",
        "new",
        client.client_id,
        request.weekday,
        request.start,
        request.first,
        String(request.every_weeks),
      );
    const decline = async () => {
      if (await this.act(() => declineRequest(this.office, client))) this.#done();
    };
    return html`
      <div class="request">
        <p><b>${week.asks(this.office.nameOf(client))}</b></p>
        <p>${format.weekday(first, "long")}, ${clock(format, first)}, ${everyWeeks(
          request.every_weeks,
        )}</p>
        <div class="today-acts">
          <button type="button" class="second-button" @click=${accept}>${week.accept}</button>
          <button type="button" class="second-button" @click=${decline}>${week.decline}</button>
        </div>
      </div>
    `;
  }

  #open(slot: Slot): void {
    this.dispatchEvent(new CustomEvent("opened", { detail: slot }));
  }

  #goOn(slot: Slot, act: string): void {
    this.dispatchEvent(new CustomEvent("goes-on", { detail: { slot, act } }));
  }

  async #missed(slot: Slot): Promise<void> {
    if (await this.act(() => markMissed(this.office, slot, true))) this.#done();
  }

  #done(): void {
    this.dispatchEvent(new CustomEvent("done"));
  }
}

customElements.define("openhour-today", TodayElement);
