/**
 * Dates and times as the practice's wall clock shows them.
 *
 * Every time of the API carries its offset, so the wall clock is in the text: no zone is computed.
 */

/** A time of the API. */
export interface Time {
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** A date whose UTC fields are those of the practice's wall clock. */
  readonly wall: Date;
  /** The local date, such as `2026-12-03`. */
  readonly day: string;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Read a time such as `2026-12-03T09:00:00-05:00`. */
export function readTime(text: string): Time {
  return {
    instant: Date.parse(text),
    wall: new Date(`${text.slice(0, 19)}Z`),
    day: text.slice(0, 10),
  };
}

/** Return a local date, such as `2026-12-03`, as a date whose UTC fields are those of that day. */
export function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Return the local date of the Monday of a local date's week. */
export function mondayOf(day: string): string {
  const date = dateOf(day);
  return addDays(day, -((date.getUTCDay() + 6) % 7));
}

export function addDays(day: string, days: number): string {
  return new Date(dateOf(day).getTime() + days * DAY).toISOString().slice(0, 10);
}

/** A time of day in two parts, since the day period is written smaller: `9:00` and `am`. */
export interface Clock {
  readonly digits: string;
  readonly period: string;
}

/** Writes dates and times in one language. */
export class Format {
  readonly #locale: string;
  readonly #formats = new Map<string, Intl.DateTimeFormat>();

  /** `zone` decides between the habits of countries, such as 24 hours. */
  constructor(readonly language: string, readonly zone: string) {
    const american = /^(America|US)\/|^Pacific\/Honolulu$/.test(zone);
    const locales: Record<string, string> = american
      ? { en: "en-US", es: "es-US" }
      : { en: "en-GB", es: "es-ES" };
    this.#locale = locales[language] ?? language;
  }

  weekday(wall: Date, style: "short" | "long" = "short"): string {
    return this.#write(wall, { weekday: style }).replace(/\.$/, "");
  }

  day(wall: Date): string {
    return String(wall.getUTCDate());
  }

  month(wall: Date): string {
    return this.#write(wall, { month: "short" }).replace(/\.$/, "");
  }

  /** Write `Thursday, December 3`. */
  date(wall: Date): string {
    const date = this.#write(wall, { weekday: "long", month: "long", day: "numeric" });
    return this.language === "es" ? date.replace(",", "") : date;
  }

  /** Write `Dec 7`. */
  shortDate(wall: Date): string {
    return this.#write(wall, { month: "short", day: "numeric" });
  }

  clock(wall: Date, zone = "UTC"): Clock {
    const parts = this.#format({ hour: "numeric", minute: "2-digit", timeZone: zone })
      .formatToParts(wall);
    const period = parts.find((part) => part.type === "dayPeriod")?.value ?? "";
    const digits = parts.filter((part) => part.type !== "dayPeriod").map((part) => part.value);
    return { digits: digits.join("").trim(), period: period.toLowerCase() };
  }

  /** Write `9:00 am`, with a space that doesn't break. */
  time(wall: Date, zone = "UTC"): string {
    const { digits, period } = this.clock(wall, zone);
    return period ? `${digits}\u00a0${period}` : digits;
  }

  /** Write `Thursday, December 3, 9:00 am`. */
  dateAndTime(wall: Date): string {
    return `${this.date(wall)}, ${this.time(wall)}`;
  }

  /** Name the practice's zone as people do: `Eastern Time`. */
  zoneName(wall: Date): string {
    for (const style of ["longGeneric", "long"] as const) {
      try {
        const parts = new Intl.DateTimeFormat(this.#locale, {
          timeZone: this.zone,
          timeZoneName: style,
        }).formatToParts(wall);
        return parts.find((part) => part.type === "timeZoneName")?.value ?? this.zone;
      } catch {
        // Older browsers have no generic names.
      }
    }
    return this.zone;
  }

  /** Return the client's own time of an instant, if their clock shows another than the practice's. */
  ownTime({ instant, wall }: Time, ownZone: string): string | undefined {
    const here = new Date(instant);
    const own = this.#format({
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
      timeZone: ownZone,
    });
    const practice = this.#format({
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
      timeZone: "UTC",
    });
    return own.format(here) === practice.format(wall) ? undefined : this.time(here, ownZone);
  }

  #write(wall: Date, options: Intl.DateTimeFormatOptions): string {
    return this.#format({ ...options, timeZone: "UTC" }).format(wall);
  }

  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    let format = this.#formats.get(key);
    if (!format) this.#formats.set(key, format = new Intl.DateTimeFormat(this.#locale, options));
    return format;
  }
}

/** The zone of this browser. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
