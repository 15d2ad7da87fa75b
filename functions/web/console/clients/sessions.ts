/** A client's sessions as the record shows them: what became of each, and with how much notice. */

import { readTime } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";

export type Session = Schemas["TherapistsAppointment"];

/** What became of a session. One whose time has passed unmarked was kept. */
export type Became =
  | "coming"
  | "kept"
  | "cancelled"
  | "late"
  | "moved"
  | "moved-late"
  | "missed"
  | "cancelled-by-you"
  | "moved-by-you";

export function becameOf(session: Session, now: number): Became {
  const isYours = session.ended_by === "therapist";
  if (session.status === "no_show") return "missed";
  if (session.status === "late_cancelled") return "late";
  if (session.status === "cancelled") return isYours ? "cancelled-by-you" : "cancelled";
  if (session.status === "moved") {
    return isYours ? "moved-by-you" : session.strike ? "moved-late" : "moved";
  }
  return Date.parse(session.end) > now ? "coming" : "kept";
}

/** The sessions that are to come, the next one first. */
export function comingOf(sessions: readonly Session[], now: number): readonly Session[] {
  return sessions
    .filter((session) => becameOf(session, now) === "coming")
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

/** What is past or has ended, the latest first. */
export function pastOf(sessions: readonly Session[], now: number): readonly Session[] {
  return sessions
    .filter((session) => becameOf(session, now) !== "coming")
    .sort((a, b) => Date.parse(b.start) - Date.parse(a.start));
}

/** Whether a session was changed or missed. */
export function isChange(session: Session, now: number): boolean {
  return !["kept", "coming"].includes(becameOf(session, now));
}

/** Whether what happened counts, and can be set aside. */
export function canWaive({ strike, waived }: Session): boolean {
  return Boolean(strike) && !waived;
}

/** The client's last ten sessions, the newest last; what the therapist ended is nobody's conduct. */
export function lastTen(sessions: readonly Session[], now: number): readonly Session[] {
  return pastOf(sessions, now)
    .filter((session) => session.ended_by !== "therapist")
    .slice(0, 10)
    .reverse();
}

/** The changes with a notice that are the client's own, and the missed sessions without one. */
export function noticesOf(sessions: readonly Session[], now: number): readonly Session[] {
  return pastOf(sessions, now).filter((session) =>
    session.ended_by !== "therapist" && isChange(session, now)
  );
}

/** Notice in hours and whole days: `{ unit: "days", count: 6 }`. */
export interface Span {
  readonly unit: "minutes" | "hours" | "days";
  readonly count: number;
}

/** Round a notice as a person would say it: under an hour in minutes, from two days in days. */
export function spanOf(hours: number): Span {
  if (hours < 1) return { unit: "minutes", count: Math.floor(hours * 60) };
  if (hours < 48) return { unit: "hours", count: Math.floor(hours * 2) / 2 };
  return { unit: "days", count: Math.floor(hours / 24) };
}

/** The words that a file of sessions needs. */
export interface RecordWords {
  readonly heads: readonly string[];
  readonly became: Readonly<Record<Became, string>>;
  readonly by: Readonly<Record<"client" | "therapist", string>>;
  readonly yes: string;
}

/** Return the rows of a file with all sessions, the latest first, below a row of heads. */
export function recordsOf(
  sessions: readonly Session[],
  words: RecordWords,
  now: number,
): readonly (readonly string[])[] {
  const local = (time: string | null | undefined) =>
    time ? time.slice(0, 16).replace("T", " ") : "";
  const rows = [...sessions]
    .sort((a, b) => Date.parse(b.start) - Date.parse(a.start))
    .map((session) => [
      readTime(session.start).day,
      session.start.slice(11, 16),
      words.became[becameOf(session, now)],
      session.ended_by ? words.by[session.ended_by] : "",
      local(session.ended_at),
      String(session.notice_hours ?? ""),
      session.strike && !session.waived ? words.yes : "",
      session.waived ? words.yes : "",
      session.regular ? words.yes : "",
      local(session.made_at),
    ]);
  return [words.heads, ...rows];
}
