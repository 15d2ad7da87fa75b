/** The mails that therapists get: which of them are ticked. */

import type { Schemas, Settings } from "../office.ts";
import type { Patch, Typed } from "./fields.ts";

export type TherapistMail = Schemas["SettingsPatch"]["therapist_mails"] extends
  (infer Kinds)[] | undefined ? Kinds : never;

/** Every kind that can be done without, as they stand one below the other. */
export const MAILS: readonly TherapistMail[] = [
  "late-cancellation",
  "limit-reached",
  "registered",
  "regular-asked",
  "conflict",
  "bounced",
  "friday",
  "digest",
];

/** Under this name the ticks that are not saved stand beside what was typed. */
export const MAIL_CHOICES = "therapist_mails";

/** Return the mails that are ticked. */
export function chosenMails(typed: Typed, settings: Settings): readonly TherapistMail[] {
  const unsaved = typed[MAIL_CHOICES]?.split(" ");
  return MAILS.filter((mail) => (unsaved ?? settings.therapist_mails).includes(mail));
}

/** Return the ticks, as a text, once one mail was ticked or no more is. */
export function withMail(
  typed: Typed,
  settings: Settings,
  mail: TherapistMail,
  isWanted: boolean,
): string {
  const others = chosenMails(typed, settings).filter((each) => each !== mail);
  return [...others, ...(isWanted ? [mail] : [])].join(" ");
}

/** Return the ticks that are to be saved, or nothing where they are as before. */
export function mailsChange(typed: Typed, settings: Settings): Patch["therapist_mails"] {
  const chosen = chosenMails(typed, settings);
  const isChanged = MAILS.some((mail) =>
    chosen.includes(mail) !== settings.therapist_mails.includes(mail)
  );
  return isChanged ? [...chosen] : undefined;
}
