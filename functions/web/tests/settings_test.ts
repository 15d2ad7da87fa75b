import type { Settings } from "../console/office.ts";
import { changedFields, type Field, SECTIONS, valueOf } from "../console/settings/fields.ts";
import { chosenMails, mailsChange, withMail } from "../console/settings/mail_choices.ts";
import { assertEquals } from "./assert.ts";

const FIELDS = new Map(Object.values(SECTIONS).flat().map((field) => [field.name, field]));

const CASES: [string, Field["name"], string, unknown][] = [
  ["a number", "booking_notice_hours", "12", 12],
  ["a number out of bounds", "booking_notice_hours", "169", undefined],
  ["no number", "booking_notice_hours", "", undefined],
  ["half an hour", "booking_notice_hours", "0.5", undefined],
  ["yes", "late_move_is_strike", "true", true],
  ["a text that is removed", "place", " ", null],
  ["a name, which can't be removed", "name", " ", ""],
  ["sites, one in each line", "embed_origins", "https://a.example\nhttps://b.example\n", [
    "https://a.example",
    "https://b.example",
  ]],
];

for (const [name, field, text, expected] of CASES) {
  Deno.test(`a typed setting: ${name}`, () => {
    assertEquals(valueOf(FIELDS.get(field)!, text) ?? null, expected ?? null);
  });
}

Deno.test("only what differs from what is in force counts as changed", () => {
  const settings = { booking_notice_hours: 12, place: null } as unknown as Settings;
  const names = (typed: Record<string, string>) =>
    changedFields(typed, settings).map(({ name }) => name);
  assertEquals(names({ booking_notice_hours: "12", place: "" }), []);
  assertEquals(names({ booking_notice_hours: "24", place: "Room 2" }), [
    "booking_notice_hours",
    "place",
  ]);
});

Deno.test("a tick that is taken back leaves nothing to save", () => {
  const settings = { therapist_mails: ["friday", "registered"] } as unknown as Settings;
  assertEquals([...chosenMails({}, settings)], ["registered", "friday"]);
  assertEquals(mailsChange({}, settings) ?? null, null);
  const less = { therapist_mails: withMail({}, settings, "friday", false) };
  assertEquals(mailsChange(less, settings), ["registered"]);
  const none = { therapist_mails: withMail(less, settings, "registered", false) };
  assertEquals(mailsChange(none, settings), []);
  const again = { therapist_mails: withMail(less, settings, "friday", true) };
  assertEquals(mailsChange(again, settings) ?? null, null);
  const more = { therapist_mails: withMail(again, settings, "digest", true) };
  assertEquals(mailsChange(more, settings), ["registered", "friday", "digest"]);
});
