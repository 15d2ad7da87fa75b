/** From a registration to the first password: its mail, and what becomes of the link in it. */

import { html, nothing, type TemplateResult } from "lit";
import { formError, mainButton, offline, phoneLine } from "./parts.ts";
import type { Page } from "./page.ts";
import { back, signInForm, step } from "./sign_in.ts";

export function registered(page: Page): TemplateResult {
  const { strings } = page;
  return step(
    page,
    strings.registeredTitle,
    html`<p>${strings.registeredText}</p>${phoneLine(page)}${back(page)}`,
  );
}

/** Ask for one press of a button, since programs that check mails follow their links. */
export function confirm(page: Page): TemplateResult {
  const { strings } = page;
  return step(
    page,
    strings.confirmTitle,
    html`<p>${strings.confirmText}</p>
      ${formError(page)}
      ${offline(page)}
      ${mainButton(page, strings.confirmButton, strings.confirming, () => page.entrance.confirm())}
      <div class="line">${phoneLine(page)}</div>`,
  );
}

/** Say where the first password is, and take it here. */
export function confirmed(page: Page): TemplateResult {
  const { strings } = page;
  const { confirmedEmail } = page.entrance;
  return step(
    page,
    strings.helpSentTitle,
    html`<p>${strings.confirmedText(confirmedEmail)}</p>
      ${signInForm(page, confirmedEmail)}
      <div class="line">${phoneLine(page)}</div>`,
  );
}

export function fullMeanwhile(page: Page): TemplateResult {
  const { strings } = page;
  return step(
    page,
    strings.fullTitle,
    html`<p>${strings.fullText}</p>${phoneLine(page)}${back(page)}`,
  );
}

export function linkExpired(page: Page): TemplateResult {
  const { strings, practice } = page;
  const again = practice?.accepting_new_clients
    ? html`<p><button class="second-button" type="button" @click=${() =>
      page.show("register")}>${strings.registerAgain}</button></p>`
    : nothing;
  return step(
    page,
    strings.expiredTitle,
    html`<p>${strings.expiredText}</p>${phoneLine(page)}${again}${back(page)}`,
  );
}
