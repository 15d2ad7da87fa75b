/** The settings of intake as fields: what is typed, what is in force, and what is sent. */

import type { Settings } from "../office.ts";

export const MODES = ["auto", "open", "closed"] as const;
export type Mode = (typeof MODES)[number];
export type NumberName =
  | "intake_below"
  | "intake_weeks"
  | "intake_per_week"
  | "registrations_per_day";

export interface IntakeNumber {
  readonly name: NumberName;
  readonly min: number;
  readonly max: number;
  /** What the API has for 1 of what is typed: a share is typed in percent. */
  readonly unit: number;
}

/** What is typed, by the names of the settings. What is missing is as it was. */
export type Typed = Readonly<Partial<Record<NumberName | "intake", string>>>;
export type Patch = Partial<Pick<Settings, NumberName | "intake">>;

/** Return the numbers with their bounds: no more weeks can be counted than are published. */
export function numbersFor(
  { horizon_weeks = 6 }: Pick<Settings, "horizon_weeks">,
): readonly IntakeNumber[] {
  return [
    { name: "intake_below", min: 0, max: 100, unit: 0.01 },
    { name: "intake_weeks", min: 1, max: horizon_weeks, unit: 1 },
    { name: "intake_per_week", min: 0, max: 50, unit: 1 },
    { name: "registrations_per_day", min: 1, max: 200, unit: 1 },
  ];
}

/** Write what is in force as it is typed. */
export function textOf(number: IntakeNumber, settings: Pick<Settings, NumberName>): string {
  return String(Math.round(settings[number.name]! / number.unit));
}

/** Return the value of what is typed, or nothing if it is out of bounds. */
export function valueOf({ min, max, unit }: IntakeNumber, text: string): number | undefined {
  const typed = Number(text);
  if (!/^\d+$/.test(text.trim()) || typed < min || typed > max) return undefined;
  return unit === 1 ? typed : Math.round(typed) / Math.round(1 / unit);
}

/** Return what differs from what is in force, and which numbers are out of bounds. */
export function changesIn(
  typed: Typed,
  settings: Pick<Settings, NumberName | "intake" | "horizon_weeks">,
): { readonly patch: Patch; readonly wrong: readonly IntakeNumber[] } {
  const patch: Record<string, unknown> = {};
  const wrong: IntakeNumber[] = [];
  if (typed.intake && typed.intake !== settings.intake) patch["intake"] = typed.intake;
  for (const number of numbersFor(settings)) {
    const text = typed[number.name];
    if (text === undefined || text === textOf(number, settings)) continue;
    const value = valueOf(number, text);
    if (value === undefined) wrong.push(number);
    else patch[number.name] = value;
  }
  return { patch: patch as Patch, wrong };
}
