/** The part of the settings that says which mails therapists get. */

import { html, type TemplateResult } from "lit";
import type { Office } from "../office.ts";
import type { Typed } from "./fields.ts";
import { chosenMails, MAIL_CHOICES, MAILS, withMail } from "./mail_choices.ts";

/** Draw a tick for each mail. `type` takes what is ticked and not saved. */
export function drawTherapistMails(
  office: Office,
  typed: Typed,
  type: (name: string, text: string) => void,
): TemplateResult {
  const { settings: words } = office.strings;
  const settings = office.settings!;
  const chosen = chosenMails(typed, settings);
  return html`
    <section id="mail-to-you">
      <h2 id="mail-to-you-name">${words.sections["mail-to-you"]}</h2>
      <p id="mail-to-you-text">${words.mailToYouText}</p>
      <div role="group" aria-labelledby="mail-to-you-name" aria-describedby="mail-to-you-text">
        <ul class="rows">${MAILS.map((mail) => {
          const changed = (event: Event) => {
            const isWanted = (event.target as HTMLInputElement).checked;
            type(MAIL_CHOICES, withMail(typed, settings, mail, isWanted));
          };
          const { name, text } = words.mailsToYou[mail];
          return html`<li><label class="check grow"><input type="checkbox" name=${mail}
            .checked=${chosen.includes(mail)} @change=${changed}><span><b>${name}</b><span
            class="second block">${text}</span></span></label></li>`;
        })}</ul>
      </div>
    </section>
  `;
}
