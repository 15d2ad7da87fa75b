import { kindOf, KINDS } from "../console/settings/mail_kinds.ts";
import { en } from "../console/strings/en.ts";
import { es } from "../console/strings/es.ts";
import { assertEquals } from "./assert.ts";

const EVERY = [...KINDS.clients, ...KINDS.practice];

Deno.test("each mail is listed once, and has a name in both languages", () => {
  assertEquals(new Set(EVERY).size, EVERY.length);
  for (const strings of [en, es]) {
    assertEquals(Object.keys(strings.mails.kinds).sort(), [...EVERY].sort());
  }
});

Deno.test("an address that names no mail shows the first", () => {
  assertEquals(kindOf("friday"), "friday");
  for (const name of [undefined, "", "unknown", "Friday"]) assertEquals(kindOf(name), "booked");
});
