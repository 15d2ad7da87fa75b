/** The list of clients: who is in it, in which order, and what a search finds. */

import { folded } from "../client_search.ts";
import type { Client, Schemas } from "../office.ts";

/**
 * A client as a login may see them: the office's does not see conduct, and what was never recorded
 * is missing.
 */
export type Seen =
  & Pick<Client, "client_id" | "name">
  & Partial<Omit<Client, "client_id" | "name">>
  & {
    readonly login?: "none" | "invited" | "active" | "disabled";
    readonly invited_at?: string | null;
    readonly signed_in?: string | null;
    readonly registered_online?: boolean;
    readonly created_at?: string | null;
    readonly discharged_at?: string | null;
  };

export const FILTERS = ["all", "flagged", "not-signed-in", "discharged"] as const;
export type Filter = (typeof FILTERS)[number];
type Regular = Schemas["Regular"];

/** A line of the list, with what a search looks through. */
export interface Line {
  readonly client: Seen;
  readonly regulars: readonly Regular[];
  readonly words: readonly string[];
  readonly digits: string;
}

/** Return the lines in order: flagged ones first, then by name. */
export function linesOf(
  clients: readonly Seen[],
  regulars: readonly Regular[],
  language: string,
): readonly Line[] {
  const collator = new Intl.Collator(language, { sensitivity: "base" });
  const own = new Map<string, Regular[]>();
  for (const each of regulars) {
    own.set(each.client_id, [...own.get(each.client_id) ?? [], each]);
  }
  return clients
    .map((client) => ({
      client,
      regulars: own.get(client.client_id) ?? [],
      words: [...folded(client.name).split(/\s+/), folded(client.email ?? "")],
      digits: (client.phone ?? "").replace(/[^0-9]/g, ""),
    }))
    .sort((a, b) =>
      Number(b.client.flagged ?? false) - Number(a.client.flagged ?? false) ||
      collator.compare(a.client.name, b.client.name)
    );
}

export function isNotSignedIn({ login }: Seen): boolean {
  return login === "none" || login === "invited";
}

export function countOf(lines: readonly Line[], filter: Filter): number {
  return lines.filter(({ client }) => passes(client, filter)).length;
}

/** Return the lines that pass a filter and that a search finds: by name, address or phone. */
export function found(lines: readonly Line[], filter: Filter, search: string): readonly Line[] {
  const typed = folded(search).split(/\s+/).filter(Boolean);
  const digits = search.replace(/[^0-9]/g, "");
  const isPhone = digits.length >= 3 && !/\p{L}/u.test(search);
  return lines.filter(({ client, words, digits: phone }) =>
    passes(client, filter) &&
    (isPhone
      ? phone.includes(digits)
      : typed.every((part) => words.some((word) => word.startsWith(part))))
  );
}

function passes(client: Seen, filter: Filter): boolean {
  if (filter === "flagged") return client.flagged ?? false;
  if (filter === "not-signed-in") return isNotSignedIn(client);
  return true; // all, or those who were discharged
}
