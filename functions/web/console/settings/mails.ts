/** What each mail looks like, with made-up people and times and the practice's settings. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons } from "../../shared/icons.ts";
import type { Schemas } from "../office.ts";
import { banner, formError } from "../parts.ts";
import { goTo, pathTo } from "../routes.ts";
import { View } from "../view.ts";
import "./mail_frame.ts";
import { type Kind, kindOf, KINDS } from "./mail_kinds.ts";

type Mail = Schemas["MailPreview"];

const GROUPS = ["clients", "practice"] as const;
const DARK = matchMedia("(prefers-color-scheme: dark)");

class MailsView extends View {
  #mail: Mail | undefined;
  #language: Mail["language"] | undefined;
  #form: "mail" | "text" = "mail";
  #theme: "light" | "dark" = DARK.matches ? "dark" : "light";
  #width: "phone" | "computer" = "computer";

  get #kind(): Kind {
    return kindOf(this.path[0]);
  }

  protected override async load(): Promise<void> {
    this.#mail = await this.#read();
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has("path") && this.#mail && this.#mail.kind !== this.#kind) void this.#show();
  }

  #read(): Promise<Mail> {
    const language = this.#language ? { language: this.#language } : {};
    return this.office.api.request("get", "/practice/mail-previews/{kind}", {
      kind: this.#kind,
      ...language,
    });
  }

  #show(): Promise<void> {
    return this.look(() => this.#read(), (mail) => {
      this.#mail = mail;
    });
  }

  protected override draw(): TemplateResult {
    const { mails, menu } = this.office.strings;
    return html`
      <div class="view-head">
        <h1 tabindex="-1">${menu.views["mails"]}</h1>
        ${this.office.isTherapist
          ? html`<span class="spacer"></span><a class="quiet-button" href=${pathTo("settings")}>${
            menu.views["settings"]
          }</a>`
          : nothing}
      </div>
      <p class="second">${mails.text}</p>
      ${this.#mail!.address === null
        ? banner("caution", icons.flag, mails.noSender, mails.noSenderText)
        : nothing}
      <div class="mails">
        ${this.#drawList()}${this.#drawChoice()}
        <section aria-labelledby="mail-title">
          <h2 id="mail-title">${mails.kinds[this.#kind]}</h2>
          ${this.#drawTools()} ${formError(this)} ${this.#drawMail(this.#mail!)}
        </section>
      </div>
    `;
  }

  /** The mails as a list, where it has room beside the mail. */
  #drawList(): TemplateResult {
    const { mails } = this.office.strings;
    return html`<nav class="mail-list" aria-label=${mails.list}>${
      GROUPS.map((group) =>
        html`
          <h2>${mails.groups[group]}</h2>
          <ul>${KINDS[group].map((kind) =>
            html`<li><a href=${pathTo("mails", kind)} aria-current=${
              kind === this.#kind ? "true" : "false"
            }>${mails.kinds[kind]}</a></li>`
          )}</ul>
        `
      )
    }</nav>`;
  }

  /** The same where it has none. */
  #drawChoice(): TemplateResult {
    const { mails } = this.office.strings;
    return html`<div class="field mail-choice"><label for="mail">${mails.list}</label>
      <select id="mail" @change=${(event: Event) =>
      goTo("mails", (event.target as HTMLSelectElement).value)}>${
      GROUPS.map((group) =>
        html`<optgroup label=${mails.groups[group]}>${
          KINDS[group].map((kind) =>
            html`<option value=${kind} ?selected=${kind === this.#kind}>${
              mails.kinds[kind]
            }</option>`
          )
        }</optgroup>`
      )
    }</select></div>`;
  }

  #drawTools(): TemplateResult {
    const { mails } = this.office.strings;
    const choices = <Name extends string>(
      name: string,
      label: string,
      chosen: Name,
      options: readonly (readonly [Name, string, string?])[],
      choose: (option: Name) => void,
    ) =>
      html`<div class="brushes ${name}" role="radiogroup" aria-label=${label}>${
        options.map(([option, words, language]) =>
          html`<label class=${chosen === option ? "chosen" : ""} lang=${language ?? nothing}>
            <input type="radio" name=${name} value=${option} .checked=${chosen === option}
              @change=${() => {
            choose(option);
            this.requestUpdate();
          }}>${words}</label>`
        )
      }</div>`;
    return html`
      <div class="hours-tools">
        ${choices(
          "mail-language",
          mails.language,
          this.#language ?? this.#mail!.language,
          [["en", "English", "en"], ["es", "Español", "es"]],
          (language) => {
            this.#language = language;
            void this.#show();
          },
        )}
        ${choices(
          "mail-form",
          mails.form,
          this.#form,
          [["mail", mails.asMail], ["text", mails.asText]],
          (form) => this.#form = form,
        )}
        ${this.#form === "text" ? nothing : html`${
          choices(
            "mail-theme",
            mails.theme,
            this.#theme,
            [["light", mails.light], ["dark", mails.dark]],
            (theme) => this.#theme = theme,
          )
        }${
          choices(
            "mail-width",
            mails.width,
            this.#width,
            [["phone", mails.phone], ["computer", mails.computer]],
            (width) => this.#width = width,
          )
        }`}
      </div>
    `;
  }

  #drawMail(mail: Mail): TemplateResult {
    const { mails } = this.office.strings;
    return html`
      <dl class="mail-head">
        <div>
          <dt>${mails.from}</dt>
          <dd>${mail.sender}${mail.address
            ? html`
              <span class="second">${mail.address}</span>
            `
            : nothing}</dd>
        </div>
        <div>
          <dt>${mails.subject}</dt>
          <dd lang=${mail.language}>${mail.subject}</dd>
        </div>
      </dl>
      ${this.#form === "text"
        ? html`<pre class="mail-text" tabindex="0" lang=${mail.language}>${mail.text}</pre>`
        : html`
          <openhour-mail-frame class=${this.#width} .mail=${mail.html}
            .subject=${mail.subject} .isDark=${this.#theme === "dark"}></openhour-mail-frame>
        `}
    `;
  }
}

customElements.define("openhour-mails", MailsView);
