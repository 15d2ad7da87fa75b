/** What the client wants by mail. */

import { html, nothing, type TemplateResult } from "lit";
import type { Me, Page } from "./page.ts";
import { marks } from "../shared/icons.ts";
import { banner, mainButton, offline, phoneLine } from "./parts.ts";

/** Say kindly that no mail reaches the client, and that a call helps. */
function mailStopped(page: Page): TemplateResult | typeof nothing {
  const why = page.me?.mail_stopped;
  if (!why) return nothing;
  const { title, text } = page.strings.mailStopped[why];
  return banner("caution", marks.blocked, title, text, phoneLine(page));
}

const CHOICES = ["all", "changes", "none"] as const;

export function preferences(page: Page): TemplateResult {
  const { strings } = page;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    void page.savePreferences(form.get("mail") as Me["mail"], form.get("entries") === "on");
  };
  return html`<div class="step">
    <h1 id="title" tabindex="-1">${strings.preferences}</h1>
    ${
    page.arePreferencesSaved
      ? html`<p class="banner neutral" role="status">${strings.preferencesSaved}</p>`
      : nothing
  }
    ${mailStopped(page)}
    <form @submit=${save}>
      <fieldset><legend>${strings.whichMail}</legend>${
    CHOICES.map((choice) =>
      html`<label class="check"><input type="radio" name="mail" value=${choice}
        .checked=${page.me?.mail === choice}> ${strings.mail[choice]}</label>`
    )
  }</fieldset>
      <label class="check"><input type="checkbox" name="entries"
        .checked=${page.me?.calendar_entries ?? false}> ${strings.calendarEntries}</label>
      <p class="hint">${strings.calendarEntriesHint}</p>
      ${offline(page)}
      ${mainButton(page, strings.savePreferences, strings.saving)}
    </form>
    <p><button class="link" type="button" @click=${() =>
    page.show("home")}>${strings.back}</button></p>
  </div>`;
}
