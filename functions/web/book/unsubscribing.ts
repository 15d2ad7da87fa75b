/** From the link in a reminder to no more of them, without signing in. */

import { html, type TemplateResult } from "lit";
import type { Page } from "./page.ts";
import { formError, mainButton, offline, phoneLine } from "./parts.ts";
import { step } from "./sign_in.ts";

/** Ask for one press of a button, since programs that check mails follow their links. */
export function unsubscribe(page: Page): TemplateResult {
  const { strings } = page;
  return step(
    page,
    strings.unsubscribeTitle,
    html`<p>${strings.unsubscribeText}</p>
      ${formError(page)}
      ${offline(page)}
      ${
      mainButton(page, strings.unsubscribeButton, strings.unsubscribing, () =>
        page.entrance.unsubscribe())
    }
      <p><button class="quiet-button wide" type="button" @click=${() =>
      page.leave()}>${strings.keepReminders}</button></p>
      <div class="line">${phoneLine(page)}</div>`,
  );
}

export function unsubscribed(page: Page): TemplateResult {
  const { strings } = page;
  return step(
    page,
    strings.unsubscribedTitle,
    html`
      <p>${strings.unsubscribedText}</p>
      <p><button class="second-button wide" type="button" @click=${() => page.leave()}>${strings
        .seeSessions}</button></p>
      <div class="line">${phoneLine(page)}</div>
    `,
  );
}
