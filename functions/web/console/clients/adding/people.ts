/** The people of a pasted list or a file: name, address and phone, in whatever order they stand. */

import { folded } from "../../client_search.ts";
import { type Cells, parse } from "../delimited.ts";

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

type Role = "name" | "first" | "last" | "email" | "phone";

const ADDRESS = /[^\s<>,;:()"'[\]]+@[^\s<>,;:()"'[\]]+/;
const PHONE = /\+?[\d(][\d\s().\-/\u00a0]{5,}\d/;

/** What heads a column in English or in Spanish, without accents and capitals. */
const HEADERS: Readonly<Record<Role, readonly string[]>> = {
  name: [
    "name",
    "full name",
    "client",
    "client name",
    "patient",
    "patient name",
    "nombre completo",
    "nombre y apellido",
    "nombre y apellidos",
    "cliente",
    "paciente",
  ],
  first: ["first name", "first", "given name", "forename", "nombre", "nombres", "primer nombre"],
  last: ["last name", "last", "surname", "family name", "apellido", "apellidos"],
  email: [
    "email",
    "e mail",
    "mail",
    "email address",
    "e mail address",
    "correo",
    "correo electronico",
    "direccion de correo",
    "direccion de correo electronico",
  ],
  phone: [
    "phone",
    "phone number",
    "telephone",
    "tel",
    "mobile",
    "mobile phone",
    "mobile number",
    "cell",
    "cell phone",
    "telefono",
    "telefono movil",
    "numero de telefono",
    "movil",
    "celular",
  ],
};

/** Return the people of a text, one for each record that has anything about one. */
export function peopleIn(text: string): readonly Person[] {
  const records = parse(text);
  const width = Math.max(0, ...records.map((cells) => cells.length));
  if (width < 2) {
    const [first] = records;
    const rest = first && rolesOf(first).some(Boolean) ? records.slice(1) : records;
    return rest.map(([line = ""]) => personIn(line)).filter(isAnybody);
  }
  const headed = headerOf(records[0]!);
  const rest = headed ? records.slice(1) : records;
  const roles = guessed(rest, width, headed ?? []);
  return rest.map((cells) => personOf(cells, roles)).filter(isAnybody);
}

function isAnybody({ name, email, phone }: Person): boolean {
  return Boolean(name || email || phone);
}

/** Return the roles that a first record names, or nothing if it is about a person. */
function headerOf(cells: Cells): readonly (Role | undefined)[] | undefined {
  const roles = rolesOf(cells);
  const isPerson = cells.some((cell) => ADDRESS.test(cell) || PHONE.test(cell));
  return roles.some(Boolean) && !isPerson ? roles : undefined;
}

function rolesOf(cells: Cells): readonly (Role | undefined)[] {
  return cells.map((cell) => {
    const words = folded(cell).replace(/[^a-z]+/g, " ").trim();
    return (Object.keys(HEADERS) as Role[]).find((role) => HEADERS[role].includes(words));
  });
}

/** Complete the roles of columns by what stands in them. */
function guessed(
  records: readonly Cells[],
  width: number,
  headed: readonly (Role | undefined)[],
): readonly (Role | undefined)[] {
  const roles = Array.from({ length: width }, (_, column) => headed[column]);
  const share = (column: number, test: (cell: string) => boolean) => {
    const filled = records.map((cells) => cells[column] ?? "").filter(Boolean);
    return filled.length ? filled.filter(test).length / filled.length : 0;
  };
  const assign = (role: Role, test: (cell: string) => boolean) => {
    if (roles.includes(role)) return;
    const shares = roles.map((taken, column) => taken ? 0 : share(column, test));
    const best = shares.indexOf(Math.max(...shares));
    if (shares[best]! >= 0.5) roles[best] = role;
  };
  assign("email", (cell) => ADDRESS.test(cell));
  assign("phone", (cell) => PHONE.test(cell) && !/\p{L}{3}/u.test(cell));
  if (headed.length || roles.some((role) => role === "name")) return roles;
  assignNames(roles, (column) => share(column, isOneWord), (column) => share(column, Boolean));
  return roles;
}

function isOneWord(cell: string): boolean {
  return cell.trim().split(/\s+/).length === 1;
}

/** The first column that is left has the name, or it and the next one have its two halves. */
function assignNames(
  roles: (Role | undefined)[],
  oneWord: (column: number) => number,
  filled: (column: number) => number,
): void {
  const left = roles.flatMap((role, column) => role || !filled(column) ? [] : [column]);
  const [first, second] = left;
  if (first === undefined) return;
  const isHalf = second === first + 1 && oneWord(first) > 0.5 && oneWord(second) > 0.5;
  roles[first] = isHalf ? "first" : "name";
  if (isHalf) roles[second] = "last";
}

function personOf(cells: Cells, roles: readonly (Role | undefined)[]): Person {
  const cell = (role: Role) => cells[roles.indexOf(role)] ?? "";
  const halves = [cell("first"), cell("last")].filter(Boolean).join(" ");
  const email = cell("email");
  return {
    name: oneLine(cell("name") || halves),
    email: ADDRESS.exec(email.replace(/^mailto:/i, ""))?.[0] ?? email,
    phone: oneLine(cell("phone")),
  };
}

/** Return the person of a line that nothing divides: `Nora Whitfield <nora@example.com>`. */
function personIn(line: string): Person {
  const email = ADDRESS.exec(line)?.[0] ?? "";
  const rest = line.replace(email, " ");
  const phone = PHONE.exec(rest)?.[0] ?? "";
  const name = rest.replace(phone, " ").replace(/[<>()[\]"|]|\s[-–]\s|[:,;]/g, " ");
  return { name: oneLine(name), email, phone: oneLine(phone) };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
