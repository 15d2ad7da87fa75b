/** Intake: whether new clients may register online, and what to do about those who came back. */

import { html, nothing, type TemplateResult } from "lit";
import { Refused } from "../../shared/api.ts";
import { icons, marks } from "../../shared/icons.ts";
import { whenWords } from "../clients/words.ts";
import type { Schemas, Settings } from "../office.ts";
import { banner, field, formError } from "../parts.ts";
import { pathTo } from "../routes.ts";
import { styled } from "../styled.ts";
import { View } from "../view.ts";
import { changesIn, type IntakeNumber, MODES, numbersFor, textOf, type Typed } from "./numbers.ts";
import { type Registration, returning } from "./returning.ts";

class IntakeView extends View {
  #typed: Typed = {};
  #wasStale = false;
  #intake: Schemas["Intake"] | undefined;
  #returning: readonly Registration[] = [];

  protected override get isEditing(): boolean {
    return this.#isChanged;
  }

  protected override async load(): Promise<void> {
    const { api } = this.office;
    const [, { registrations }, intake] = await Promise.all([
      this.office.loadSettings(),
      api.request("get", "/practice/registrations"),
      api.request("get", "/practice/intake"),
    ]);
    this.#returning = registrations;
    this.#intake = intake;
  }

  get #settings(): Settings {
    return this.office.settings!;
  }

  get #isChanged(): boolean {
    if (!this.office.settings) return false;
    const { patch, wrong } = changesIn(this.#typed, this.#settings);
    return Object.keys(patch).length > 0 || wrong.length > 0;
  }

  // ------------------------------------------------------------------ drawing

  protected override draw(): TemplateResult {
    const { menu } = this.office.strings;
    return html`<div class="intake-view">
      <div class="view-head"><h1 tabindex="-1">${menu.views["intake"]}</h1></div>
      ${this.#drawState()}
      <form novalidate @submit=${this.#submit}>
        <div class="sections">
          ${this.#drawShare()}
          ${this.#drawModes()}
          ${this.#drawNumbers()}
          ${this.#drawRegistered()}
          ${
      returning(this.office, this.#returning, {
        refresh: () => this.refresh(),
        left: (registrations) => {
          this.#returning = registrations;
          this.requestUpdate();
        },
      })
    }
        </div>
        ${this.#drawBar()}
      </form>
    </div>`;
  }

  #drawState(): TemplateResult {
    const { intakeView: words } = this.office.strings;
    const { self_scheduling: isOn, crisis_line } = this.#settings;
    const settings = html`<a href=${pathTo("settings")}>${
      this.office.strings.menu.views["settings"]
    }</a>`;
    const { accepting, count, per_week, asked_today, per_day, can_mail } = this.#intake!;
    let why: unknown = nothing;
    if (!isOn) why = html`${words.needsSwitch} ${settings}`;
    else if (!crisis_line) why = html`${words.needsCrisisLine} ${settings}`;
    else if (!can_mail) why = words.needsMail;
    else if (!accepting && count >= per_week) why = words.weekIsFull(per_week);
    else if (!accepting && asked_today >= per_day) why = words.dayIsFull(per_day);
    return html`<div class="intake-state">${
      banner(
        "neutral",
        accepting ? marks.open : marks.blocked,
        accepting ? words.isAccepting : words.isClosed,
        why,
      )
    }</div>`;
  }

  /** Today's booked share, beside the limit that is in force. */
  #drawShare(): TemplateResult {
    const { intakeView: words } = this.office.strings;
    const { share, below, weeks, mode } = this.#intake!;
    const decides = mode === "auto";
    const [booked, limit] = [share, below].map((part) => Math.round(part * 100));
    return html`
      <section class="share">
        <h2>${words.booked(booked!, weeks)}</h2>
        <div class="share-bar" aria-hidden="true">
          <div class="filled" ${styled({ width: `${booked}%` })}></div>
          ${decides ? html`<div class="limit" ${styled({ width: `${limit}%` })}></div>` : nothing}
        </div>
        <p class="second">${decides ? words.limit(limit!) : words.noLimit}</p>
      </section>
    `;
  }

  #drawRegistered(): TemplateResult {
    const { intakeView: words } = this.office.strings;
    const { registered, count, per_week } = this.#intake!;
    return html`<section><h2>${words.registeredTitle}</h2>
      <p class="second">${words.registeredCount(count, per_week)}</p>
      ${
      registered.length
        ? html`<ul class="rows registrations">${
          registered.map(({ client_id, name, at }) =>
            html`<li>${marks.open}<span class="grow"><a href=${pathTo("clients", client_id)}><b>${
              this.office.nameOf({ name })
            }</b></a></span>${
              at ? html`<span class="second">${whenWords(this.office, at)}</span>` : nothing
            }</li>`
          )
        }</ul>`
        : html`<p class="nothing">${words.nobodyRegistered}</p>`
    }</section>`;
  }

  #drawModes(): TemplateResult {
    const { intakeView: words } = this.office.strings;
    const chosen = this.#typed.intake ?? this.#settings.intake;
    return html`
      <section>
        <fieldset class="intake-modes">
            <legend class="read">${words.mode}</legend>
            <h2>${words.mode}</h2>
            ${MODES.map((mode) =>
              html`<label class="check"><input type="radio" name="intake" value=${mode}
          .checked=${mode === chosen} @change=${() => this.#type("intake", mode)}>
          <span><b>${words.modes[mode]}</b><span class="second">${
                words.meanings[mode]
              }</span></span>
        </label>`
            )}</fieldset>
      </section>
    `;
  }

  #drawNumbers(): TemplateResult {
    const { intakeView: words } = this.office.strings;
    return html`
      <section>
        <h2>${words.numbers}</h2>
        <div class="fields intake-numbers">${numbersFor(this.#settings).map((number) =>
          this.#drawNumber(number)
        )}</div>
      </section>
    `;
  }

  #drawNumber(number: IntakeNumber): TemplateResult {
    const { intakeView: words } = this.office.strings;
    const inForce = textOf(number, this.#settings);
    const text = this.#typed[number.name] ?? inForce;
    const range = words.range(number.min, number.max);
    const isChanged = text !== inForce;
    return field(this, number.name, words.names[number.name], {
      type: "number",
      inputmode: "numeric",
      value: text,
      unit: words.units[number.name],
      hint: `${words.hints[number.name]} ${isChanged ? words.was(inForce) : range}`,
      min: number.min,
      max: number.max,
      ...(isChanged ? { was: inForce } : {}),
      changed: (typed) => this.#type(number.name, typed),
    });
  }

  #type(name: keyof Typed, text: string): void {
    this.#typed = { ...this.#typed, [name]: text };
    const { [name]: _, ...errors } = this.errors;
    this.errors = errors;
    this.requestUpdate();
  }

  // ------------------------------------------------------------------ saving

  #drawBar(): TemplateResult | typeof nothing {
    if (!this.#isChanged) return nothing;
    const { strings } = this.office;
    return html`<div class="save-bar" role="region" aria-label=${strings.intakeView.unsaved}>
      <div class="grow"><p><b>${strings.intakeView.unsaved}</b></p>
        ${
      this.#wasStale ? banner("caution", icons.flag, strings.refusals["stale"]!("", "")) : nothing
    }${formError(this)}</div>
      <button class="main" type="submit" aria-disabled=${this.busy ? "true" : "false"}>${
      this.busy ? strings.saving : strings.save
    }</button>
      <button class="quiet-button" type="button" @click=${() =>
      this.#discard()}>${strings.discard}</button></div>`;
  }

  #discard(): void {
    this.#typed = {};
    this.#wasStale = false;
    this.errors = {};
    this.requestUpdate();
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { intakeView: words } = this.office.strings;
    const { patch, wrong } = changesIn(this.#typed, this.#settings);
    if (wrong.length) {
      this.errors = Object.fromEntries(
        wrong.map(({ name, min, max }) => [name, words.outOfRange(min, max)]),
      );
    } else if (Object.keys(patch).length && await this.#save(patch)) {
      this.#discard();
      this.office.say(words.saved);
      await this.refresh();
      return;
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  };

  /** Save, unless somebody else did meanwhile: theirs comes in place, and what is typed stays. */
  async #save(patch: ReturnType<typeof changesIn>["patch"]): Promise<boolean> {
    let isStale = false;
    const isDone = await this.act(async () => {
      try {
        const { version } = this.office;
        const saved = await this.office.api.exchange("patch", "/practice", {}, version, patch);
        this.office.takeSettings(saved!.body, saved!.tag);
      } catch (error) {
        if (!(error instanceof Refused) || error.reason !== "stale") throw error;
        await this.office.loadSettings();
        isStale = true;
      }
    });
    this.#wasStale = isStale;
    return isDone && !isStale;
  }
}

customElements.define("openhour-intake", IntakeView);
