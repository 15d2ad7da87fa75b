/** The bounds of the settings, from the OpenAPI document. */

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

export const BOUNDS: Readonly<Record<string, Bounds>> = {
  booking_notice_hours: { min: 0, max: 168 },
  cancellation_notice_hours: { min: 0, max: 168 },
  change_policy: { maxLength: 300 },
  crisis_line: { maxLength: 200 },
  embed_origins: { maxItems: 5 },
  grace_minutes: { min: 0, max: 120 },
  horizon_weeks: { min: 1, max: 26 },
  intake_below: { min: 0, max: 1 },
  intake_per_week: { min: 0, max: 50 },
  intake_weeks: { min: 1, max: 26 },
  max_per_week: { min: 1, max: 7 },
  name: { maxLength: 100 },
  office_phone: { maxLength: 40 },
  phone_note: { maxLength: 120 },
  place: { maxLength: 200 },
  privacy_url: { maxLength: 500 },
  registrations_per_day: { min: 1, max: 200 },
  reminder_hours: { min: 1, max: 336 },
  second_reminder_hours: { min: 1, max: 336 },
  sender_name: { maxLength: 100 },
  strike_limit: { min: 1, max: 20 },
  strike_window_days: { min: 7, max: 730 },
  therapist_mails: { maxItems: 8 },
  timezone: { maxLength: 64 },
};
