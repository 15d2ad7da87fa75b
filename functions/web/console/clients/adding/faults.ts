/** What is wrong with the people of a list before it is sent, by the API's own rules. */

import { folded } from "../../client_search.ts";
import type { Client } from "../../office.ts";
import type { Person } from "./people.ts";

export type Fault =
  | "name-missing"
  | "name-long"
  | "name-letters"
  | "email-form"
  | "phone-digits"
  | "phone-long";
export type Field = keyof Person;
export type Faults = Readonly<Partial<Record<Field, Fault>>>;

/** Somebody who is the same, or may be: in the list, or a client already. */
export interface Double {
  readonly kind: "in-list" | "client" | "shared-address" | "same-name";
  /** The place in the list, or the client's id. */
  readonly index?: number;
  readonly client?: Pick<Client, "client_id" | "name">;
}

const LONGEST_NAME = 100;
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL = 64;
const LONGEST_PHONE = 40;
/** What the API refuses in a name: control characters, and what can't be seen. */
const UNSEEN =
  /[\p{Cc}\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]/u;
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const ADDRESS = new RegExp(`^${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})+$`);

/** Return what is wrong with each field. A name is needed; address and phone are not. */
export function faultsOf({ name, email, phone }: Person): Faults {
  const faults: Partial<Record<Field, Fault>> = {};
  if (!name.trim()) faults.name = "name-missing";
  else if (name.length > LONGEST_NAME) faults.name = "name-long";
  else if (UNSEEN.test(name) || !/[\p{L}\p{N}]/u.test(name)) faults.name = "name-letters";
  if (email && !isAddress(email)) faults.email = "email-form";
  if (phone && digitsOf(phone).length < 3) faults.phone = "phone-digits";
  else if (phone.length > LONGEST_PHONE) faults.phone = "phone-long";
  return faults;
}

export function hasFault(person: Person): boolean {
  return Object.keys(faultsOf(person)).length > 0;
}

/** Return for each person whom the list or the practice has already, by their place. */
export function doublesIn(
  people: readonly Person[],
  clients: readonly Pick<Client, "client_id" | "name" | "email" | "phone">[],
): ReadonlyMap<number, Double> {
  const known = new Map<string, Double>();
  const addresses = new Map<string, Double>();
  const names = new Map<string, Double>();
  const remember = (person: Person, double: Double) => {
    for (const key of keysOf(person)) if (!known.has(key)) known.set(key, double);
    const address = person.email.toLowerCase();
    if (address && !addresses.has(address)) addresses.set(address, double);
    const name = sameName(person);
    if (name && !names.has(name)) names.set(name, double);
  };
  for (const client of clients) {
    const person = { name: client.name, email: client.email ?? "", phone: client.phone ?? "" };
    remember(person, { kind: "client", client });
  }
  const found = new Map<number, Double>();
  people.forEach((person, index) => {
    const same = keysOf(person).map((key) => known.get(key)).find(Boolean);
    const shared = addresses.get(person.email.toLowerCase());
    if (same) found.set(index, same);
    else if (shared) found.set(index, { ...shared, kind: "shared-address" });
    else {
      const namesake = names.get(sameName(person));
      if (namesake) found.set(index, { ...namesake, kind: "same-name" });
    }
    remember(person, { kind: "in-list", index });
  });
  return found;
}

/** Return the keys under which the API recognizes somebody who is entered again. */
function keysOf(person: Person): readonly string[] {
  const { email, phone } = person;
  const same = sameName(person);
  if (!same) return [];
  const contacts = [email.toLowerCase(), digitsOf(phone)].filter(Boolean);
  return (contacts.length ? contacts : [""]).map((contact) => `${same}\n${contact}`);
}

function sameName({ name }: Person): string {
  return folded(name).replace(/\s+/g, " ");
}

/** Whether nothing but the name tells this person from another. */
export function isBare({ email, phone }: Person): boolean {
  return !email && !phone;
}

/** Whether somebody is left out unless the therapist says otherwise. */
export function isProbablyKnown(person: Person, double: Double | undefined): boolean {
  if (!double || double.kind === "shared-address") return false;
  return double.kind !== "same-name" || isBare(person);
}

function isAddress(email: string): boolean {
  const local = email.indexOf("@");
  return email.length <= LONGEST_ADDRESS && local <= LONGEST_LOCAL && ADDRESS.test(email);
}

function digitsOf(phone: string): string {
  return phone.replace(/[^0-9]/g, "");
}
