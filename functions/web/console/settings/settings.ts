/** The settings: the switch with what it needs, each setting, the page's link, and the logins. */

import { html, nothing, type TemplateResult } from "lit";
import { Refused } from "../../shared/api.ts";
import { icons, marks } from "../../shared/icons.ts";
import type { Settings } from "../office.ts";
import { banner, field, formError } from "../parts.ts";
import { pathTo } from "../routes.ts";
import { View } from "../view.ts";
import { type Weekday, WEEKDAYS } from "../weeks.ts";
import "./authenticator.ts";
import { BOUNDS } from "./bounds.ts";
import {
  changedFields,
  type Field,
  type Patch,
  SECTIONS,
  textOf,
  type Typed,
  valueOf,
} from "./fields.ts";
import "./logins.ts";
import { drawMailState } from "./mail_state.ts";
import { mailsChange } from "./mail_choices.ts";
import "./readiness.ts";
import { drawTherapistMails } from "./therapist_mails.ts";

class SettingsView extends View {
  #typed: Typed = {};
  /** What others changed while something was typed. */
  #wasStale = false;
  #regulars = 0;
  #conflicts = 0;
  #canMail = true;

  protected override get isEditing(): boolean {
    return Object.keys(this.#typed).length > 0;
  }

  protected override async load(): Promise<void> {
    const { api } = this.office;
    const [, { regulars }, { conflicts }, { can_mail }] = await Promise.all([
      this.office.loadSettings(),
      api.request("get", "/practice/regulars"),
      api.request("get", "/practice/conflicts"),
      api.request("get", "/practice/intake"),
    ]);
    this.#canMail = can_mail;
    this.#regulars = regulars.length;
    this.#conflicts = conflicts.length;
  }

  get #settings(): Settings {
    return this.office.settings!;
  }

  // ------------------------------------------------------------------ drawing

  protected override draw(): TemplateResult {
    const { settings: words, menu } = this.office.strings;
    return html`
      <div class="view-head">
        <h1 tabindex="-1">${menu.views["settings"]}</h1>
      </div>
      <div class="settings-and-index">
        <div class="sections">
          <section id="switch"><openhour-readiness .office=${this.office} .settings=${this
            .#settings}
            .regulars=${this.#regulars} .conflicts=${this.#conflicts}
            .canMail=${this.#canMail} @done=${() => this.refresh()}></openhour-readiness></section>
          ${this.#drawSection("booking")}
          ${this.#drawSection("cancelling")}
          ${this.#drawRelease()}
          <section id="new-clients"><h2>${words.sections["new-clients"]}</h2><p>${words.intakeText}
            <a href=${pathTo("intake")}>${menu.views["intake"]}</a></p></section>
          ${this.#drawSection("practice")}
          ${this.#drawSection(
            "mail",
            this.#drawQuietHours(),
            drawMailState(this.office, this.#settings, this.#canMail),
          )}
          ${drawTherapistMails(
            this.office,
            this.#typed,
            (name, text) => this.#type(name, text),
          )}
          ${this.#drawSection("page", this.#drawLink())}
          <section id="logins"><h2>${words.sections["logins"]}</h2>
            <openhour-logins .office=${this.office}></openhour-logins></section>
          <section id="this-login"><h2>${words.sections["this-login"]}</h2>
            <openhour-authenticator .office=${this.office}></openhour-authenticator>
            <p><a href=${pathTo("audit-log")}>${menu.views["audit-log"]}</a>: ${words
              .auditText}</p></section>
        </div>
        <nav class="index" aria-label=${words.index}>
          <ul>${Object.entries(words.sections).map(([id, title]) =>
            html`<li><a href="#${id}" @click=${(event: Event) => {
              event.preventDefault(); // the address names the view
              this.querySelector(`#${id}`)?.scrollIntoView();
              this.querySelector<HTMLElement>(`#${id} :is(input, select, textarea, button)`)
                ?.focus();
            }}>${title}</a></li>`
          )}</ul>
        </nav>
      </div>
      ${this.#drawBar()}
    `;
  }

  #drawSection(
    id: string,
    after: unknown = nothing,
    before: unknown = nothing,
  ): TemplateResult {
    const { sections } = this.office.strings.settings;
    return html`<section id=${id}><h2>${sections[id]}</h2>
      ${before}<div class="setting-rows">${
      SECTIONS[id]!.map((each) => this.#drawSetting(each))
    }</div>
      ${after}</section>`;
  }

  #drawSetting(setting: Field): TemplateResult {
    const { names, meanings } = this.office.strings.settings;
    return html`
      <div class="setting">
        <div class="setting-words">
          <p><b id="${setting.name}-name">${names[setting.name]}</b></p>
          <p class="second">${meanings[setting.name]}</p>
        </div>
        <div class="setting-field">${this.#drawField(setting)}</div>
      </div>
    `;
  }

  #textOf(setting: Field): string {
    return this.#typed[setting.name] ?? textOf(setting, this.#settings);
  }

  /** What is in force, where something else is typed. */
  #was(setting: Field): string | undefined {
    const isChanged = changedFields(this.#typed, this.#settings).includes(setting);
    return isChanged ? textOf(setting, this.#settings) || "–" : undefined;
  }

  #type(name: string, text: string): void {
    this.#typed = { ...this.#typed, [name]: text };
    const { [name]: _, ...errors } = this.errors;
    this.errors = errors;
    this.requestUpdate();
  }

  #drawField(setting: Field): TemplateResult {
    const { name, kind } = setting;
    const { settings: words } = this.office.strings;
    const value = this.#textOf(setting);
    const was = this.#was(setting);
    const bounds = BOUNDS[name] ?? {};
    if (kind === "choice" || kind === "yes-or-no" || kind === "zone") {
      return this.#drawChoice(setting, value, was);
    }
    const isNumber = kind === "number" || kind === "optional-number";
    const range = isNumber ? words.range(bounds.min ?? 0, bounds.max ?? 0) : "";
    const hint = [range, was === undefined ? "" : words.was(was)].filter(Boolean).join(", ");
    return field(this, name, names(words, name), {
      type: isNumber ? "number" : kind === "long" || kind === "list" ? "textarea" : kind,
      value,
      ...(hint ? { hint } : {}),
      ...(setting.unit ? { unit: words.units[setting.unit] ?? "" } : {}),
      ...(bounds.min === undefined ? {} : { min: bounds.min }),
      ...(bounds.max === undefined ? {} : { max: bounds.max }),
      ...(bounds.maxLength === undefined || kind === "list" ? {} : { maxlength: bounds.maxLength }),
      ...(was === undefined ? {} : { was }),
      changed: (text) => this.#type(name, text),
    });
  }

  #drawChoice(setting: Field, value: string, was: string | undefined): TemplateResult {
    const { settings: words } = this.office.strings;
    const error = this.errors[setting.name];
    const options = setting.kind === "zone"
      ? zones(value)
      : setting.kind === "yes-or-no"
      ? ["true", "false"]
      : setting.choices!;
    return html`<div class="field ${was === undefined ? "" : "unsaved"} ${error ? "wrong" : ""}">
      <label for=${setting.name}>${names(words, setting.name)}</label>
      <select id=${setting.name} name=${setting.name} aria-invalid=${error ? "true" : nothing}
        @change=${(event: Event) =>
      this.#type(setting.name, (event.target as HTMLSelectElement).value)}>${
      options.map((option) =>
        html`<option value=${option} ?selected=${option === value}>${
          words.choices[option] ?? option.replaceAll("_", " ")
        }</option>`
      )
    }</select>
      ${
      was === undefined
        ? nothing
        : html`<p class="hint">${words.was(words.choices[was] ?? was)}</p>`
    }
      ${error ? html`<p class="error">${marks.missed} ${error}</p>` : nothing}</div>`;
  }

  // ------------------------------------------------------------------ Friday's release

  #drawRelease(): TemplateResult {
    const { settings: words } = this.office.strings;
    const { release } = this.#settings;
    const weekday = this.#typed["release_weekday"] ?? release.weekday;
    const time = this.#typed["release_time"] ?? release.time;
    const { format } = this.office;
    const name = (index: number) => format.weekday(new Date(Date.UTC(2024, 0, 1 + index)), "long");
    return html`
      <section id="release">
        <h2>${words.sections["release"]}</h2>
        <div class="setting-rows">
          <div class="setting">
            <div class="setting-words">
              <p><b>${words.releaseName}</b></p>
              <p class="second">${words.releaseText}</p>
            </div>
            <div class="setting-field fields">
                <div class="field"><label for="release_weekday">${words.weekday}</label>
                  <select id="release_weekday" name="release_weekday" @change=${(event: Event) =>
                    this.#type(
                      "release_weekday",
                      (event.target as HTMLSelectElement).value,
                    )}>${WEEKDAYS.map((each, index) =>
                      html`<option value=${each} ?selected=${each === weekday}>${
                        name(index)
                      }</option>`
                    )}</select></div>
                ${field(this, "release_time", words.time, {
                  type: "time",
                  value: time,
                  changed: (text) => this.#type("release_time", text),
                })}
              </div>
          </div>
        </div>
      </section>
    `;
  }

  /** The hours between which clients get no mail that can wait; both empty for none. */
  #drawQuietHours(): TemplateResult {
    const { settings: words } = this.office.strings;
    const quiet = this.#settings.quiet_hours;
    const time = (name: "quiet_from" | "quiet_to", label: string, value: string) =>
      field(this, name, label, {
        type: "time",
        value: this.#typed[name] ?? value,
        changed: (text) => this.#type(name, text),
      });
    return html`
      <div class="setting">
        <div class="setting-words">
          <p><b>${words.quietName}</b></p>
          <p class="second">${words.quietText}</p>
        </div>
        <div class="setting-field fields">${time(
          "quiet_from",
          words.from,
          quiet?.from ?? "",
        )}${time("quiet_to", words.to, quiet?.to ?? "")}</div>
      </div>
    `;
  }

  get #quietChange(): Patch["quiet_hours"] | undefined {
    const quiet = this.#settings.quiet_hours;
    const from = this.#typed["quiet_from"] ?? quiet?.from ?? "";
    const to = this.#typed["quiet_to"] ?? quiet?.to ?? "";
    if (from === (quiet?.from ?? "") && to === (quiet?.to ?? "")) return undefined;
    return from || to ? { from, to } : null;
  }

  get #isChanged(): boolean {
    return changedFields(this.#typed, this.#settings).length > 0 || !!this.#releaseChange ||
      this.#quietChange !== undefined || !!mailsChange(this.#typed, this.#settings);
  }

  get #releaseChange(): Patch["release"] | undefined {
    const { release } = this.#settings;
    const weekday = this.#typed["release_weekday"] ?? release.weekday;
    const time = this.#typed["release_time"] ?? release.time;
    if (weekday === release.weekday && time === release.time) return undefined;
    return { weekday: weekday as Weekday, time };
  }

  // ------------------------------------------------------------------ the page's link

  #drawLink(): TemplateResult {
    const { settings: words } = this.office.strings;
    const { therapist_id } = this.#settings;
    const link = `${location.origin}/book/${therapist_id}`;
    const lines = `<script src="${location.origin}/widget.js" async></script>\n` +
      `<openhour-widget therapist="${therapist_id}"></openhour-widget>`;
    return html`
      <div class="copied"><p><b>${words.link}</b></p><p class="second">${words.linkText}</p>
              <pre tabindex="0">${link}</pre>${this.#drawCopy(link, words.copyLink)}
              <a class="quiet-button" href=${link} target="_blank" rel="noopener">${words
                .seePage}</a></div>
      <div class="copied"><p><b>${words.widget}</b></p><p class="second">${words.widgetText}</p>
              <pre tabindex="0">${lines}</pre>${this.#drawCopy(lines, words.copyLines)}</div>
    `;
  }

  #drawCopy(text: string, words: string): TemplateResult {
    const copy = async () => {
      await navigator.clipboard.writeText(text);
      this.office.say(this.office.strings.settings.copied);
    };
    return html`<button class="second-button" type="button" @click=${copy}>${icons.copy} ${words}</button>`;
  }

  // ------------------------------------------------------------------ saving

  #drawBar(): TemplateResult | typeof nothing {
    const { settings: words, save, saving, discard } = this.office.strings;
    const changed = changedFields(this.#typed, this.#settings);
    const release = this.#releaseChange;
    const quiet = this.#quietChange;
    const mails = mailsChange(this.#typed, this.#settings);
    if (!this.#isChanged) return nothing;
    const sentences = [
      ...changed.map((setting) =>
        setting.kind === "number"
          ? words.instead(words.names[setting.name]!, this.#textOf(setting), this.#was(setting)!)
          : words.changed(words.names[setting.name]!)
      ),
      ...(release ? [words.changed(words.releaseName)] : []),
      ...(quiet === undefined ? [] : [words.changed(words.quietName)]),
      ...(mails ? [words.changed(words.sections["mail-to-you"]!)] : []),
    ];
    const effects = changed.map(({ name }) => words.effects[name]).filter(Boolean);
    return html`
      <div class="save-bar" role="region" aria-label=${words.unsaved}>
        <div class="grow"><p><b>${sentences.slice(0, 3).join(" ")}${sentences.length > 3
          ? ` ${words.andMore(sentences.length - 3)}`
          : ""}</b></p>${effects.map((effect) => html`<p class="second">${effect}</p>`)}
              ${this.#wasStale
                ? banner("caution", icons.flag, this.office.strings.refusals["stale"]!("", ""))
                : nothing}
              ${formError(this)}</div>
        <button class="main" type="button" aria-disabled=${this.busy ? "true" : "false"}
          @click=${() => this.#save()}>${this.busy ? saving : save}</button>
        <button class="quiet-button" type="button" @click=${() =>
          this.#discard()}>${discard}</button>
      </div>
    `;
  }

  #discard(): void {
    this.#typed = {};
    this.errors = {};
    this.#wasStale = false;
    this.requestUpdate();
  }

  async #save(): Promise<void> {
    const { settings: words } = this.office.strings;
    const patch: Record<string, unknown> = {};
    const errors: Record<string, string> = {};
    for (const setting of changedFields(this.#typed, this.#settings)) {
      const value = valueOf(setting, this.#typed[setting.name]!);
      const bounds = BOUNDS[setting.name] ?? {};
      if (value === undefined) {
        errors[setting.name] = words.outOfRange(bounds.min ?? 0, bounds.max ?? 0);
      } else patch[setting.name] = value;
    }
    if (this.#releaseChange) patch["release"] = this.#releaseChange;
    if (this.#quietChange !== undefined) patch["quiet_hours"] = this.#quietChange;
    const mails = mailsChange(this.#typed, this.#settings);
    if (mails) patch["therapist_mails"] = mails;
    this.errors = errors;
    if (Object.keys(errors).length === 0) await this.#send(patch as Patch);
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  async #send(patch: Patch): Promise<void> {
    const saved = await this.act(async () => {
      try {
        const { version } = this.office;
        const found = await this.office.api.exchange("patch", "/practice", {}, version, patch);
        this.office.takeSettings(found!.body, found!.tag);
      } catch (error) {
        if (!(error instanceof Refused) || error.reason !== "stale") throw error;
        await this.office.loadSettings(); // theirs come in place, and what was typed stays
        this.#wasStale = true;
      }
    });
    if (!saved || this.#wasStale && this.#isChanged) {
      if (saved) return;
      this.errors = inFields(this.errors);
      return;
    }
    this.#discard();
    this.office.say(this.office.strings.settings.saved);
  }
}

/** Refusals name a part of a setting, such as `release.time` or `embed_origins.0`. */
function inFields(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([name, message]) => {
      const [first = "", second = ""] = name.split(".");
      if (first === "release") return [`release_${second || "time"}`, message];
      return [first === "quiet_hours" ? `quiet_${second || "from"}` : first, message];
    }),
  );
}

function names(words: { names: Readonly<Record<string, string>> }, name: string): string {
  return words.names[name] ?? name;
}

/** Return the zones that the browser knows, with the one in force. */
function zones(current: string): readonly string[] {
  const known = Intl as unknown as { supportedValuesOf?: (key: string) => string[] };
  const all = known.supportedValuesOf?.("timeZone") ?? [];
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([...(current ? [] : [""]), ...all, own, ...(current ? [current] : [])])]
    .sort();
}

customElements.define("openhour-settings", SettingsView);
