/** The console's languages, and which of them a person reads. */

import { en, type Strings } from "./en.ts";
import { es } from "./es.ts";

export type { Strings };

const LANGUAGES: Readonly<Record<string, Strings>> = { en, es };

/** Return the strings of the first of these languages that there is, or English. */
export function stringsFor(...wanted: readonly (string | null | undefined)[]): Strings {
  for (const each of wanted) {
    const found = LANGUAGES[(each ?? "").slice(0, 2).toLowerCase()];
    if (found) return found;
  }
  return en;
}
