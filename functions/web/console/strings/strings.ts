/** The console's languages, and which of them a person reads. */

import type { Strings } from "./en.ts";

export type { Strings };

/** Each is a file of its own: nobody loads a language that they don't read. */
const LANGUAGES: Readonly<Record<string, () => Promise<Strings>>> = {
  en: async () => (await import("./en.ts")).en,
  es: async () => (await import("./es.ts")).es,
};

/** Load the strings of the first of these languages that there is, or English. */
export async function loadStrings(
  ...wanted: readonly (string | null | undefined)[]
): Promise<Strings> {
  const languages = wanted.map((each) => (each ?? "").slice(0, 2).toLowerCase());
  return await LANGUAGES[languages.find((each) => Object.hasOwn(LANGUAGES, each)) ?? "en"]!();
}
