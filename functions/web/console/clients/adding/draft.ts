/** What waits to be added: somebody whom another view proposes, or a list that is looked over. */

import type { Office } from "../../office.ts";
import type { Person } from "./people.ts";
import type { Reviewed } from "./reviewed.ts";

/** It goes past the address, which has no names. */
const drafts = new WeakMap<Office, Person>();
const lists = new WeakMap<Office, { readonly therapistId: string; readonly list: Reviewed }>();

export function setDraft(office: Office, person: Person): void {
  drafts.set(office, person);
}

/** Return the draft, which is used once. */
export function takeDraft(office: Office): Person | undefined {
  const draft = drafts.get(office);
  drafts.delete(office);
  return draft;
}

/** Keep a list while other views are looked at; nothing forgets it. */
export function setList(office: Office, list: Reviewed | undefined): void {
  const therapistId = office.settings?.therapist_id ?? "";
  if (list) lists.set(office, { therapistId, list });
  else lists.delete(office);
}

/** Return the list of whoever is signed in, if there is one. */
export function listOf(office: Office): Reviewed | undefined {
  const found = lists.get(office);
  return found && found.therapistId === office.settings?.therapist_id ? found.list : undefined;
}
