/** Whether anybody is mailed, in words, and the way to what mail looks like. */

import { html, type TemplateResult } from "lit";
import { icons } from "../../shared/icons.ts";
import { dateOf } from "../../shared/wall_clock.ts";
import type { Office, Settings } from "../office.ts";
import { banner } from "../parts.ts";
import { pathTo } from "../routes.ts";

/** Return a sentence on whether clients are mailed, and what is missing. */
export function mailWords(
  office: Office,
  { mail_from }: Settings,
  canMail: boolean,
): { readonly title: string; readonly text: string } {
  const { mails } = office.strings;
  if (!canMail) return { title: mails.noSender, text: mails.noSenderText };
  if (mail_from === null) return { title: mails.waits, text: mails.waitsText };
  return { title: mails.sends, text: mails.sendsText(office.format.date(dateOf(mail_from))) };
}

export function drawMailState(
  office: Office,
  settings: Settings,
  canMail: boolean,
): TemplateResult {
  const { title, text } = mailWords(office, settings, canMail);
  const isMissing = !canMail || settings.mail_from === null;
  return html`
    ${isMissing ? banner("caution", icons.flag, title, text) : html`<p>${icons.check} ${text}</p>`}
    <p class="see-mails"><a class="second-button" href=${pathTo("mails")}>${office.strings.mails
      .see}</a></p>
  `;
}
