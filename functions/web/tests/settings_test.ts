import type { Settings } from "../console/office.ts";
import { changedFields, type Field, SECTIONS, valueOf } from "../console/settings/fields.ts";
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
