/** Somebody whom another view proposes to add. It goes past the address, which has no names. */

import type { Office } from "../../office.ts";
import type { Person } from "./people.ts";

const drafts = new WeakMap<Office, Person>();

export function setDraft(office: Office, person: Person): void {
  drafts.set(office, person);
}

/** Return the draft, which is used once. */
export function takeDraft(office: Office): Person | undefined {
  const draft = drafts.get(office);
  drafts.delete(office);
  return draft;
}
