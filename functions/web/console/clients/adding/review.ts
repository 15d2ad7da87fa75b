/** The people of a list, looked over before they are added: each fault beside its row. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../../shared/icons.ts";
import { Actor } from "../../actor.ts";
import type { Part } from "../../parts.ts";
import { type Faults, faultsOf, type Field } from "./faults.ts";
import type { Reviewed } from "./reviewed.ts";

/** As many rows are drawn at first, and with each "Show more". */
const SLICE = 50;
const FIELDS: readonly Field[] = ["name", "email", "phone"];
const TYPES: Readonly<Record<Field, string>> = { name: "text", email: "email", phone: "tel" };
const LONGEST: Readonly<Record<Field, number>> = { name: 200, email: 254, phone: 60 };

class ImportReview extends Actor {
  static override properties = { ...Actor.properties, list: { attribute: false } };
  declare list: Reviewed;
  #showsSuspects = false;
  #shown = SLICE;

  override firstUpdated(): void {
    this.querySelector<HTMLElement>("h2")?.focus();
  }

  // ------------------------------------------------------------------ drawing

  override render(): TemplateResult {
    const { adding } = this.office.strings;
    const indices = this.list.rows.map((_, index) => index)
      .filter((index) => !this.#showsSuspects || this.list.suspects.has(index));
    return html`<section class="review">
      <h2 tabindex="-1">${adding.lookTitle(this.list.rows.length)}</h2>
      ${this.#drawSummary()}
      <ul class="review-rows">${
      indices.slice(0, this.#shown).map((index) => this.#drawRow(index))
    }</ul>
      ${
      indices.length > this.#shown
        ? html`<button class="second-button more" type="button" @click=${() => {
          this.#shown += SLICE;
          this.requestUpdate();
        }}>${
          this.office.strings.clientsView.showMore(
            Math.min(SLICE, indices.length - this.#shown),
            indices.length - this.#shown,
          )
        }</button>`
        : nothing
    }
      ${this.#drawFoot()}
    </section>`;
  }

  #drawSummary(): TemplateResult {
    const { adding } = this.office.strings;
    const { ready, faulty, leftOut, suspects, rows } = this.list;
    return html`<p role="status">${adding.ready(ready.length)} ${
      faulty ? adding.faulty(faulty) : nothing
    } ${leftOut.size ? adding.leftOut(leftOut.size) : nothing}</p>${
      suspects.size && suspects.size < rows.length
        ? html`<label class="check"><input type="checkbox" .checked=${this.#showsSuspects}
          @change=${() => {
          this.#showsSuspects = !this.#showsSuspects;
          this.#shown = SLICE;
          this.requestUpdate();
        }}> ${adding.onlySuspects(suspects.size)}</label>`
        : nothing
    }`;
  }

  #drawRow(index: number): TemplateResult {
    const { adding } = this.office.strings;
    const person = this.list.rows[index]!;
    const faults = faultsOf(person);
    const isOut = this.list.leftOut.has(index);
    const name = person.name || adding.row(index + 1);
    return html`<li class="review-row ${isOut ? "out" : ""}">
      <label class="check"><input type="checkbox" .checked=${!isOut} aria-label=${
      adding.include(name)
    } @change=${() => {
      this.list.toggle(index);
      this.requestUpdate();
    }}></label>
      ${
      this.list.opened.has(index)
        ? html`<div class="review-fields">${
          FIELDS.map((at) => this.#drawField(index, at, faults))
        }</div>`
        : html`<div class="review-words"><b>${person.name}</b><span>${person.email}</span><span>${person.phone}</span></div>`
    }
      <button class="quiet-button" type="button" aria-label=${
      this.list.opened.has(index) ? adding.closeRow(name) : adding.editRow(name)
    } @click=${() => {
      this.list.open(index);
      this.requestUpdate();
    }}>${this.list.opened.has(index) ? adding.done : this.office.strings.clientsView.edit}</button>
      ${this.#drawDouble(index)}
    </li>`;
  }

  #drawField(index: number, at: Field, faults: Faults): TemplateResult {
    const { adding } = this.office.strings;
    const fault = faults[at];
    const id = `row-${index}-${at}`;
    return html`<div class="review-field ${fault ? "wrong" : ""}"><div class="box"><input id=${id}
      type=${TYPES[at]} aria-label="${adding[at]}, ${adding.row(index + 1)}" placeholder=${
      adding[at]
    }
      autocomplete="off" maxlength=${LONGEST[at]} .value=${this.list.rows[index]![at]}
      aria-invalid=${fault ? "true" : nothing} aria-describedby=${fault ? `${id}-fault` : nothing}
      @change=${(event: Event) => {
      this.list.change(index, at, (event.target as HTMLInputElement).value);
      this.requestUpdate();
    }}></div>
      ${
      fault
        ? html`<p class="error" id="${id}-fault">${marks.missed} ${adding.faults[fault]}</p>`
        : nothing
    }</div>`;
  }

  #drawDouble(index: number): Part {
    const double = this.list.doubles.get(index);
    if (!double) return nothing;
    const { adding } = this.office.strings;
    const who = double.client
      ? this.office.nameOf(double.client)
      : adding.row((double.index ?? 0) + 1);
    const words = {
      client: adding.isClient(who),
      "in-list": adding.isDouble(who),
      "shared-address": adding.sharesAddress(who),
      "same-name": adding.sameName(who),
    }[double.kind];
    return html`<p class="review-note">${marks.held} ${words}</p>`;
  }

  #drawFoot(): TemplateResult {
    const { strings } = this.office;
    const { adding } = strings;
    const people = this.list.ready;
    return html`
      <form class="review-foot" novalidate @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const box = this.querySelector<HTMLInputElement>("[name=invite-all]")!;
        if (people.length === 0) return;
        const detail = { people, invite: box.checked };
        this.dispatchEvent(new CustomEvent("confirmed", { detail }));
      }}>
        <label
          class="check"><input type="checkbox" name="invite-all"> <span>${adding
            .inviteAll}<span class="second">${adding.inviteAllHint}</span></span></label>
        <div
          class="acts">${people.length
            ? html`<button class="main" type="submit">${adding.addCount(people.length)}</button>`
            : html`<p class="second">${adding.nobodyReady}</p>`}<button class="quiet-button" type="button" @click=${() =>
            this.dispatchEvent(new CustomEvent("closed"))}>${strings.discard}</button></div>
      </form>
    `;
  }
}

customElements.define("openhour-import-review", ImportReview);
