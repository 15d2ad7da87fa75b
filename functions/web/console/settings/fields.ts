/** The settings as fields: how each is typed, and what a typed text means. */

import type { Schemas, Settings } from "../office.ts";
import { BOUNDS } from "./bounds.ts";

export type Patch = Schemas["SettingsPatch"];
export type Name = Exclude<
  keyof Patch & keyof Settings,
  "quiet_hours" | "release" | "therapist_mails"
>;
type Kind =
  | "optional-number"
  | "date"
  | "number"
  | "text"
  | "long"
  | "tel"
  | "url"
  | "yes-or-no"
  | "choice"
  | "zone"
  | "list";

export interface Field {
  readonly name: Name;
  readonly kind: Kind;
  /** A key of `strings.settings.units`. */
  readonly unit?: string;
  /** The values of a choice, each a key of `strings.settings.choices`. */
  readonly choices?: readonly string[];
}

/** The sections of the page, and the settings in each. */
export const SECTIONS: Readonly<Record<string, readonly Field[]>> = {
  booking: [
    { name: "booking_notice_hours", kind: "number", unit: "hours" },
    { name: "max_per_week", kind: "number", unit: "sessions" },
    { name: "horizon_weeks", kind: "number", unit: "weeks" },
  ],
  cancelling: [
    { name: "cancellation_notice_hours", kind: "number", unit: "hours" },
    { name: "grace_minutes", kind: "number", unit: "minutes" },
    { name: "strike_limit", kind: "number", unit: "changes" },
    { name: "strike_window_days", kind: "number", unit: "days" },
    { name: "on_strike_limit", kind: "choice", choices: ["flag", "suspend"] },
    { name: "late_move_is_strike", kind: "yes-or-no" },
    { name: "suspended_can_sign_in", kind: "yes-or-no" },
    { name: "change_policy", kind: "long" },
  ],
  practice: [
    { name: "name", kind: "text" },
    { name: "timezone", kind: "zone" },
    { name: "office_phone", kind: "tel" },
    { name: "phone_note", kind: "text" },
    { name: "crisis_line", kind: "long" },
    { name: "place", kind: "text" },
    { name: "language", kind: "choice", choices: ["en", "es"] },
    { name: "privacy_url", kind: "url" },
  ],
  mail: [
    { name: "mail_from", kind: "date" },
    { name: "sender_name", kind: "text" },
    { name: "place_in_mail", kind: "yes-or-no" },
    { name: "reminder_hours", kind: "optional-number", unit: "hours" },
    { name: "second_reminder_hours", kind: "optional-number", unit: "hours" },
  ],
  page: [{ name: "embed_origins", kind: "list" }],
};

/** Return a setting as it stands in its field. */
export function textOf(field: Field, settings: Settings): string {
  const value = settings[field.name];
  if (Array.isArray(value)) return value.join("\n");
  return value === null || value === undefined ? "" : String(value);
}

/** Return what a typed text means, or nothing where a number is none or is out of bounds. */
export function valueOf(field: Field, text: string): Patch[Name] | undefined {
  const bounds = BOUNDS[field.name] ?? {};
  switch (field.kind) {
    case "optional-number":
    case "number": {
      if (field.kind === "optional-number" && text.trim() === "") return null;
      const value = Number(text);
      const isInside = value >= (bounds.min ?? -Infinity) && value <= (bounds.max ?? Infinity);
      return text.trim() !== "" && Number.isInteger(value) && isInside ? value : undefined;
    }
    case "yes-or-no":
      return text === "true";
    case "list":
      return text.split(/[\s,]+/).filter(Boolean);
    default:
      // Nothing at all removes a text.
      return text.trim() === "" && field.name !== "name" ? null : text.trim();
  }
}

/** What was typed and is not saved, by setting. */
export type Typed = Readonly<Record<string, string>>;

/** Return the fields whose text differs from what is in force. */
export function changedFields(typed: Typed, settings: Settings): readonly Field[] {
  return Object.values(SECTIONS).flat().filter((field) => {
    const text = typed[field.name];
    return text !== undefined && text.trim() !== textOf(field, settings).trim();
  });
}
