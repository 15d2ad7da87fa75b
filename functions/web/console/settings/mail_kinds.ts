/** The mails, by who gets them, in the order in which they are listed. */

import type { Schemas } from "../office.ts";

export type Kind = Schemas["MailKind"];

export const KINDS: Readonly<Record<"clients" | "practice", readonly Kind[]>> = {
  clients: [
    "booked",
    "moved",
    "cancelled",
    "reminder",
    "regular-entered",
    "regular-changed",
    "regular-ended",
    "regular-declined",
    "welcome",
    "invitation",
    "reset-code",
    "suspended",
    "restored",
    "discharged",
    "confirm-registration",
    "already-known",
    "please-call",
  ],
  practice: [
    "late-cancellation",
    "limit-reached",
    "registered",
    "registrations-full",
    "regular-asked",
    "conflict",
    "friday",
    "digest",
    "bounced",
    "login-invitation",
    "login-reset-code",
  ],
};

/** Return the mail that an address names; the first where it names none. */
export function kindOf(name: string | undefined): Kind {
  const known: readonly string[] = [...KINDS.clients, ...KINDS.practice];
  return name !== undefined && known.includes(name) ? name as Kind : "booked";
}
