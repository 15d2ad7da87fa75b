/** What a client wants by mail, and why nothing is mailed to them. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import type { Office, Schemas } from "../office.ts";
import { banner, type Part } from "../parts.ts";
import { tryMailAgain } from "./acts.ts";
import type { Acts } from "./decisions.ts";
import type { Seen } from "./listing.ts";
import { dayWords } from "./words.ts";

const MAILS = ["all", "changes", "none"] as const;
type Language = NonNullable<Schemas["ClientPatch"]["language"]>;
/** Each language by its own name. */
const LANGUAGES: Readonly<Record<Language, string>> = { en: "English", es: "Español" };

/** Say that mail comes back or is unwanted, with what can be done. */
export function drawMailStop(office: Office, client: Seen, acts: Acts): Part {
  const stop = client.mail_stopped;
  if (!stop || !client.email) return nothing;
  const { mail: words } = office.strings.clientsView;
  return banner(
    "caution",
    marks.blocked,
    words.stopped[stop.why](dayWords(office, stop.since)),
    words.whatToDo[stop.why],
    html`
      <div class="banner-acts">
        <button class="second-button" type="button" aria-disabled=${acts.isBusy ? "true" : "false"}
          @click=${() => acts.run(() => tryMailAgain(office, client))}>${words.tryAgain}</button>
        <button class="quiet-button" type="button" @click=${() => acts.edit()}>${words
          .changeAddress}</button>
      </div>
    `,
  );
}

/** Say in a few words what the client wants by mail; nothing where this login is not told. */
export function mailWords(office: Office, client: Seen): string {
  const { mail: words } = office.strings.clientsView;
  if (client.mail === undefined) return "";
  const parts = [
    words.wants[client.mail],
    client.mail !== "none" && client.calendar_entries ? words.withEntries : "",
    client.language ? words.inLanguage(LANGUAGES[client.language]) : "",
  ];
  return parts.filter(Boolean).join(", ");
}

/** The fields of what the client wants by mail. */
export function mailFields(office: Office, client: Seen): TemplateResult {
  const { mail: words } = office.strings.clientsView;
  const own = office.settings?.language ?? "en";
  const option = (value: string, label: string) =>
    html`<option value=${value} ?selected=${(client.language ?? "") === value}>${label}</option>`;
  return html`
    <fieldset>
      <legend>${words.legend}</legend>
      ${MAILS.map((mail) =>
        html`<label class="check"><input type="radio" name="mail" value=${mail}
          .checked=${(client.mail ?? "all") === mail}> ${words.choices[mail]}</label>`
      )}
      <label class="check"><input type="checkbox" name="calendar_entries"
        .checked=${client.calendar_entries ?? false}> ${words.entries}</label>
    </fieldset>
    <div class="field">
      <label for="language">${words.language}</label>
      <div class="box"><select id="language" name="language">
        ${option("", words.practiceLanguage(LANGUAGES[own]))}
        ${Object.entries(LANGUAGES).map(([code, name]) => option(code, name))}
      </select></div>
    </div>
    <p class="hint">${words.hint}</p>
  `;
}

/** Return what the client wants by mail, as it was typed. */
export function choicesOf(values: Readonly<Record<string, string>>): Schemas["ClientPatch"] {
  if (!values["mail"]) return {};
  return {
    mail: values["mail"] as (typeof MAILS)[number],
    calendar_entries: "calendar_entries" in values,
    language: (values["language"] || null) as Language | null,
  };
}
