/** The reasons against a booking, in the console's words. */

import type { Office, Schemas } from "../office.ts";

export type Reason = Schemas["Reason"];

/** Say a reason; a slot tells more about why it is not free. */
export function reasonWords(
  office: Office,
  { name, detail }: Reason,
  slot?: Schemas["Slot"] | null,
): string {
  const { reasonsAgainst: words } = office.strings.clientsView;
  const { booking_notice_hours: hours = 0 } = office.settings!;
  if (name === "too-soon") return words.tooSoon(hours);
  if (name === "slot-taken") {
    if (slot?.state === "held") return words.held;
    if (slot?.state === "blocked") return words.blocked;
    return slot?.client ? words.taken(office.nameOf(slot.client)) : words.takenByNobody;
  }
  return words.byName[name] ?? detail;
}
