/** The client's page: what it knows, what is shown, and what the client does. It has no markup. */

import { Api, readConfig, Refused, requestPublicly } from "../shared/api.ts";
import type { components } from "../shared/api.types.ts";
import { CognitoRefused, type Tokens } from "../shared/cognito.ts";
import { NoConnection, ServerFailed } from "../shared/connection.ts";
import { Session, SignedOut } from "../shared/session.ts";
import { type Strings, stringsFor } from "../shared/strings/strings.ts";
import { Format, HOUR, MINUTE, mondayOf, ownZone, readTime } from "../shared/wall_clock.ts";
import { cognitoErrors, Entrance } from "./entrance.ts";
import { nearest } from "./slots.ts";

type Schemas = components["schemas"];
export type Me = Schemas["Me"];
export type Appointment = Schemas["Appointment"];
export type Slot = Schemas["Opening"];
export type Practice = Schemas["Therapist"];

/** What the page shows, apart from a question that lies over it. */
export type View =
  | "loading"
  | "failed"
  | "sign-in"
  | "first-password"
  | "help"
  | "code"
  | "register"
  | "registered"
  | "confirm"
  | "confirmed"
  | "full-meanwhile"
  | "link-expired"
  | "unsubscribe"
  | "unsubscribed"
  | "home"
  | "sessions"
  | "preferences"
  | "done";

/** A question that the client answers with one button. */
export type Question =
  | { readonly kind: "book"; readonly slot: Slot }
  | { readonly kind: "move"; readonly slot: Slot; readonly from: readonly Appointment[] }
  | { readonly kind: "cancel"; readonly appointment: Appointment }
  | { readonly kind: "ask"; readonly appointment: Appointment };

/** What was done last. */
export interface Done {
  readonly kind: "booked" | "moved" | "cancelled";
  readonly appointment: Appointment;
  readonly late: boolean;
}

/** Something to know about the last act, beside the times. */
export type Notice =
  | { readonly kind: "taken"; readonly slot: Slot; readonly nearest: readonly Slot[] }
  | { readonly kind: "refused"; readonly reason: string; readonly detail: string }
  | { readonly kind: "offline" }
  | { readonly kind: "broken" };

/** Why the client can't use the times, although signed in. */
export type Closed = "suspended" | "switched-off" | "gone";

const SLOW = 4_000;
/** How old what is shown may be when somebody comes back to the page. */
const FRESH = 5 * MINUTE;

export class Page {
  readonly session: Session;
  readonly #api: Api;
  strings: Strings;
  format: Format;
  view: View = "loading";
  practice: Practice | undefined;
  me: Me | undefined;
  slots: readonly Slot[] = [];
  closed: Closed | undefined;
  question: Question | undefined;
  /** The session whose new time the client is choosing. */
  moving: Appointment | undefined;
  done: Done | undefined;
  notice: Notice | undefined;
  /** An act is under way; `slow` after a few seconds. */
  busy = false;
  slow = false;
  /** What is wrong with a form, as keys of `strings`: by field, or as a whole under `form`. */
  errors: Readonly<Record<string, string>> = {};
  /** Something good to know above the sign-in form, as a key of `strings`. */
  hint: "" | "signInAgain" | "passwordChanged" = "";
  /** What the client wants by mail was kept a moment ago. */
  arePreferencesSaved = false;
  /** Whether typed passwords are shown. */
  showsPassword = false;
  readonly entrance = new Entrance(this);
  #preferred: readonly (string | null | undefined)[] = [];
  #hasChosenLanguage = false;
  #user: string | undefined;
  #wanted: URLSearchParams | undefined;
  /** Another tab has signed in or out while this one was at work. */
  #isOvertaken = false;
  /** When what is shown was loaded, by the browser's clock: only differences count. */
  #loadedAt = Date.now();
  /** What the act that just ended has done. */
  #acted: Done | undefined;
  /** Whose choice is kept while they sign in again. */
  #interrupted: string | undefined;
  #nowAtStart = Date.now();
  #startedAt = performance.now();

  constructor(
    readonly therapistId: string,
    readonly practiceName: string,
    readonly phone: string,
    language: string,
    readonly changed: () => void,
  ) {
    this.session = new Session(therapistId, "clients", readConfig);
    this.#api = new Api(this.session);
    this.strings = stringsFor(language);
    this.format = new Format(this.strings.language, "");
  }

  // ------------------------------------------------------------------ what is known

  /** The practice's clock, in milliseconds: the browser's own may be wrong. */
  get now(): number {
    return this.#nowAtStart + performance.now() - this.#startedAt;
  }

  get officePhone(): string {
    return this.me?.office_phone ?? this.practice?.office_phone ?? this.phone;
  }

  get phoneNote(): string {
    return this.me?.phone_note ?? this.practice?.phone_note ?? "";
  }

  get privacyUrl(): string {
    return this.me?.privacy_url ?? this.practice?.privacy_url ?? "";
  }

  get crisisLine(): string {
    return this.me?.crisis_line ?? this.practice?.crisis_line ?? "";
  }

  /** The question that is shown. While somebody signs in again, it waits. */
  get asked(): Question | undefined {
    return this.me && this.question;
  }

  /** Return the words for a key of `strings`, or what the API said instead. */
  say(key: string): string {
    const found = (this.strings as unknown as Record<string, unknown>)[key];
    return typeof found === "string" ? found : key;
  }

  get appointments(): readonly Appointment[] {
    return this.me?.appointments ?? [];
  }

  /** Return the rhythm of a session of the client's regular, in weeks; 0 for a single session. */
  rhythmOf(appointment: Appointment): number {
    if (!appointment.regular) return 0;
    const { wall, day } = readTime(appointment.start);
    const weekday = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(
      wall,
    );
    const start = appointment.start.slice(11, 16);
    const regular = this.me?.regulars.find((each) =>
      each.weekday === weekday.toLowerCase() && each.start === start && each.first <= day
    );
    return regular?.every_weeks ?? 1;
  }

  /** Return the client's sessions in a slot's week that a booking there would have to replace. */
  replacedBy(slot: Slot): readonly Appointment[] {
    const week = mondayOf(readTime(slot.start).day);
    const found = this.appointments.filter((each) => mondayOf(readTime(each.start).day) === week);
    return found.length >= (this.me?.max_per_week ?? 1) ? found : [];
  }

  /** Whether cancelling or moving a session is a late change now. */
  isLate(appointment: Appointment): boolean {
    const until = appointment.cancel_free_until;
    return until !== null && this.now > Date.parse(until);
  }

  /** Whether one more late change would send the client to the phone. */
  get nextLateSuspends(): boolean {
    const late = this.me?.late_changes;
    return !!late && late.limit_suspends && late.count + 1 >= late.limit;
  }

  /** Write how long it is until an instant, rounded down to hours. */
  durationUntil(time: string): string {
    const hours = Math.floor((Date.parse(time) - this.now) / HOUR);
    return hours < 1 ? this.strings.lessThanHour : this.strings.hours(hours);
  }

  minutesOf({ start, end }: { start: string; end: string }): number {
    return Math.round((Date.parse(end) - Date.parse(start)) / MINUTE);
  }

  isToday(time: string): boolean {
    return !!this.me && readTime(time).day === this.me.now.slice(0, 10);
  }

  when(time: string): string {
    return this.format.dateAndTime(readTime(time).wall);
  }

  /** Return until when a booking made now can be changed freely; nothing if it is soon. */
  freeUntil(slot: Slot): string | undefined {
    const notice = this.me?.cancellation_notice_hours ?? 0;
    const { instant, wall } = readTime(slot.start);
    if (instant - notice * HOUR <= this.now + this.#grace) return undefined;
    return this.format.dateAndTime(new Date(wall.getTime() - notice * HOUR));
  }

  get graceMinutes(): number {
    return this.me?.grace_minutes ?? 0;
  }

  get #grace(): number {
    return this.graceMinutes * MINUTE;
  }

  /** Return a slot's time in the client's own zone where it differs. */
  ownTime(time: string): string | undefined {
    return this.format.ownTime(readTime(time), ownZone());
  }

  // ------------------------------------------------------------------ start and language

  /** Remember what a mail's link asks for, such as `#book=20261203T1400Z`; return whether it does. */
  follow(fragment: string): boolean {
    const wanted = new URLSearchParams(fragment.replace(/^#/, ""));
    if (!wanted.has("book") && !wanted.has("session")) return false;
    this.#wanted = wanted;
    if (this.me && !this.busy) void this.#loadOwn(); // the lists may be older than the mail
    return true;
  }

  /** Show what a link asked for, once the client is known. What is gone is not shown. */
  #showWanted(): void {
    const wanted = this.#wanted;
    if (!wanted || this.closed) return;
    this.#wanted = undefined;
    const slotId = wanted.get("book");
    const isOwn = this.appointments.some(({ slot_id }) => slot_id === slotId);
    if (!slotId || isOwn) {
      this.view = "sessions";
      return;
    }
    const slot = this.slots.find(({ slot_id }) => slot_id === slotId);
    this.view = "home";
    if (slot) this.question = this.#questionAbout(slot);
    else this.notice = { kind: "refused", reason: "slot-taken", detail: "" };
  }

  /** Show the first view: the client's own, or the sign-in. */
  async start(): Promise<void> {
    if (this.session.isKept) await this.#loadOwn();
    else await this.#loadPublic();
    await this.#catchUp();
  }

  /** Load anew what has grown old while nobody looked. */
  async freshen(): Promise<void> {
    const age = Date.now() - this.#loadedAt;
    if (this.busy || !this.me || (age >= 0 && age < FRESH)) return;
    await this.#loadOwn();
  }

  /** Take the first of these languages that there is, unless the client has chosen one. */
  setPreferred(languages: readonly (string | null | undefined)[]): void {
    this.#preferred = languages;
    if (this.#hasChosenLanguage) return;
    this.#setLanguage(stringsFor(this.me?.language, ...languages).language);
  }

  /** Take the language that the client has chosen on this device. */
  setChosen(language: string): void {
    this.#hasChosenLanguage = true;
    this.#setLanguage(language);
  }

  #setLanguage(language: string): void {
    this.strings = stringsFor(language);
    this.format = new Format(this.strings.language, this.format.zone);
    this.changed();
  }

  /** Change to the other language, and remember the choice for mails where somebody is signed in. */
  async switchLanguage(): Promise<void> {
    const language = this.strings.language === "en" ? "es" : "en";
    this.setChosen(language);
    if (this.me) await this.#rememberLanguage();
  }

  async #rememberLanguage(): Promise<void> {
    const language = this.strings.language as "en" | "es";
    await this.#api.request("patch", "/me", {}, { language }).catch(() => undefined);
  }

  async reload(): Promise<void> {
    this.notice = undefined;
    await this.start();
  }

  /** Follow what another tab has done: signed in, signed out, or signed in as somebody else. */
  async sessionChanged(): Promise<void> {
    this.#isOvertaken = true;
    await this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    if (!this.#isOvertaken || this.busy || this.view === "loading") return;
    this.#isOvertaken = false;
    if (this.session.user === this.#user) return;
    this.#forgetChoice();
    this.#forgetOwn();
    this.view = "loading";
    this.changed();
    await this.start();
  }

  async #loadPublic(): Promise<void> {
    this.#forgetOwn();
    if (this.#isOwnView) this.view = "sign-in";
    this.changed();
    const warmUp = this.session.cognito().catch(() => undefined);
    try {
      const parameters = { therapist_id: this.therapistId };
      this.practice = await requestPublicly("get", "/therapists/{therapist_id}", parameters);
      this.#setZone(this.practice.timezone);
      await warmUp;
    } catch {
      // Signing in works without it, and says itself what is wrong.
    }
    if (this.view === "loading" || this.view === "failed") this.view = "sign-in";
    this.changed();
  }

  /** Load what the client sees: their own data and the open times, in one round of requests. */
  async #loadOwn(): Promise<boolean> {
    const [me, slots] = await Promise.allSettled([
      this.#api.request("get", "/me"),
      this.#api.request("get", "/slots"),
    ]);
    if (me.status === "rejected") {
      await this.#loadFailed(me.reason);
      return false;
    }
    if (!this.session.isKept) return false; // signed out meanwhile
    if (me.value.therapist_id !== this.therapistId) {
      await this.session.end(); // a token of another practice was put here
      await this.#loadPublic();
      return false;
    }
    if (slots.status === "rejected" && !(slots.reason instanceof Refused)) {
      await this.#loadFailed(slots.reason);
      return false;
    }
    this.me = me.value;
    this.#user = this.session.user;
    this.#loadedAt = Date.now();
    this.#setNow(me.value.now);
    this.#setZone(me.value.timezone);
    this.setPreferred(this.#preferred);
    this.#dropLostChoice();
    this.closed = undefined;
    if (slots.status === "fulfilled") {
      this.slots = slots.value.slots;
    } else {
      this.slots = [];
      if (slots.reason.reason === "self-scheduling-off") this.closed = "switched-off";
    }
    if (me.value.privilege === "suspended") this.closed = "suspended";
    if (this.view === "loading" || this.view === "failed" || !this.#isOwnView) this.view = "home";
    this.#showWanted();
    this.changed();
    return true;
  }

  async #loadFailed(error: unknown): Promise<void> {
    if (error instanceof SignedOut) {
      await this.#askToSignIn();
    } else if (error instanceof Refused && error.reason === "unknown-client") {
      this.#forgetChoice();
      this.#forgetOwn();
      this.closed = "gone";
      this.view = "home";
    } else if (error instanceof Refused && error.reason === "forbidden") {
      await this.session.end();
      await this.#loadPublic();
    } else {
      this.notice = troubleWith(error);
      if (!this.me) this.view = "failed";
    }
    this.changed();
  }

  /** Forget a choice that is about another client's session, or about one that is gone. */
  #dropLostChoice(): void {
    const isOther = this.#interrupted && this.#interrupted !== this.me?.client_id;
    this.#interrupted = undefined;
    const isLost = (found: Appointment) =>
      !this.appointments.some((each) => each.appointment_id === found.appointment_id);
    if (isOther || (this.moving && isLost(this.moving))) this.moving = undefined;
    if (!this.question) return;
    const about = this.question.kind === "move"
      ? this.question.from
      : this.question.kind === "book"
      ? []
      : [this.question.appointment];
    if (isOther || about.some(isLost)) this.question = undefined;
  }

  #forgetChoice(): void {
    this.question = undefined;
    this.moving = undefined;
  }

  get #isOwnView(): boolean {
    return ["home", "sessions", "preferences", "done"].includes(this.view);
  }

  #setNow(now: string): void {
    this.#nowAtStart = Date.parse(now);
    this.#startedAt = performance.now();
  }

  #setZone(zone: string | null): void {
    if (zone && zone !== this.format.zone) this.format = new Format(this.strings.language, zone);
  }

  #forgetOwn(): void {
    this.me = undefined;
    this.#user = undefined;
    this.slots = [];
    this.closed = undefined;
    this.done = undefined;
    this.notice = undefined;
  }

  // ------------------------------------------------------------------ signing in

  async signOut(): Promise<void> {
    if (this.busy) return;
    this.#forgetChoice();
    // What is shown and kept here goes at once, whether Cognito can be reached or not.
    await Promise.all([this.session.end(), this.#loadPublic()]);
  }

  /** Take the tokens of somebody who has signed in, and show their own first view. */
  async enter(tokens: Tokens, keepsSignedIn: boolean): Promise<void> {
    this.session.start(tokens, keepsSignedIn ? "device" : "tab");
    this.hint = "";
    await this.#loadOwn();
    const isNews = this.#hasChosenLanguage && this.me?.language !== this.strings.language;
    if (this.me && isNews) await this.#rememberLanguage();
  }

  /** Ask to sign in again; what the client was about to do stays. */
  async #askToSignIn(): Promise<void> {
    this.#interrupted = this.me?.client_id;
    this.hint = this.me ? "signInAgain" : "";
    await this.#loadPublic();
  }

  /** Show a view that needs no sign-in, whoever is signed in. */
  async showPublic(view: View): Promise<void> {
    this.#forgetChoice();
    this.errors = {};
    this.view = view;
    await this.#loadPublic();
  }

  /** Go from what a link showed to the first view. */
  async leave(): Promise<void> {
    if (this.busy) return;
    this.show("loading");
    await this.start();
  }

  // ------------------------------------------------------------------ going about

  show(view: View): void {
    if (this.busy) return;
    this.view = view;
    this.showsPassword = false;
    this.errors = {};
    this.notice = undefined;
    this.arePreferencesSaved = false;
    if (view !== "sign-in") this.hint = "";
    this.changed();
  }

  /** Ask whether to take a slot: for a new session, or in place of another. */
  choose(slot: Slot): void {
    this.ask(this.#questionAbout(slot));
  }

  #questionAbout(slot: Slot): Question {
    const from = this.moving ? [this.moving] : this.replacedBy(slot);
    return from.length ? { kind: "move", slot, from } : { kind: "book", slot };
  }

  ask(question: Question): void {
    if (this.busy) return;
    this.question = question;
    this.notice = undefined;
    this.changed();
  }

  dismiss(): void {
    if (this.busy) return;
    this.question = undefined;
    this.changed();
  }

  startMoving(appointment: Appointment): void {
    if (this.busy) return;
    this.question = undefined;
    this.moving = appointment;
    this.show("home");
  }

  stopMoving(): void {
    if (this.busy) return;
    this.moving = undefined;
    this.changed();
  }

  // ------------------------------------------------------------------ acts

  async book(slot: Slot): Promise<void> {
    await this.#change(slot, async () => {
      const body = { slot_id: slot.slot_id };
      const appointment = await this.#api.request("post", "/appointments", {}, body);
      return { kind: "booked", appointment, late: false };
    });
  }

  async move(from: Appointment, slot: Slot): Promise<void> {
    await this.#change(slot, async () => {
      const path = "/appointments/{appointment_id}/move";
      const parameters = { appointment_id: from.appointment_id };
      const body = { slot_id: slot.slot_id };
      const { appointment, late } = await this.#api.request("post", path, parameters, body);
      return { kind: "moved", appointment, late };
    });
  }

  async cancel(appointment: Appointment): Promise<void> {
    await this.#change(undefined, async () => {
      const path = "/appointments/{appointment_id}";
      const parameters = { appointment_id: appointment.appointment_id };
      const ended = await this.#api.request("delete", path, parameters);
      return { kind: "cancelled", appointment: ended.appointment, late: ended.late };
    });
  }

  async askToRepeat(appointment: Appointment, weeks: number): Promise<void> {
    const body = { appointment_id: appointment.appointment_id, every_weeks: weeks };
    await this.#change(undefined, async () => {
      await this.#api.request("put", "/me/regular-request", {}, body);
    });
  }

  /** Keep what the client wants by mail. */
  async savePreferences(mail: Me["mail"], calendarEntries: boolean): Promise<void> {
    const body = { mail, calendar_entries: calendarEntries };
    await this.#change(undefined, async () => {
      await this.#api.request("patch", "/me", {}, body);
      this.arePreferencesSaved = true;
    });
  }

  async withdrawRequest(): Promise<void> {
    await this.#change(undefined, async () => {
      await this.#api.request("delete", "/me/regular-request");
    });
  }

  /** Carry out an act, then load everything anew. `slot` is the one that it takes. */
  async #change(slot: Slot | undefined, act: () => Promise<Done | void>): Promise<void> {
    this.#acted = undefined;
    await this.act(async () => {
      let done: Done | void;
      try {
        done = await act();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        await this.#refused(error, slot);
        return;
      }
      this.question = undefined;
      this.notice = undefined;
      if (done) {
        this.moving = undefined;
        this.done = this.#acted = done;
        this.view = "done";
      } else {
        await this.#loadOwn();
      }
    });
    if (this.#acted) await this.#loadOwn(); // what was done is shown before
  }

  /** Say kindly why an act was refused, with the lists as they now are. */
  async #refused(error: Refused, slot: Slot | undefined): Promise<void> {
    this.question = undefined;
    if (!(await this.#loadOwn())) return;
    if (this.closed) this.view = "home";
    if (slot && (error.reason === "slot-taken" || error.reason === "unknown-slot")) {
      this.notice = { kind: "taken", slot, nearest: nearest(this.slots, slot) };
      this.view = "home";
    } else if (error.reason !== "privilege-suspended" && error.reason !== "self-scheduling-off") {
      this.notice = { kind: "refused", reason: error.reason, detail: error.problem.detail };
    }
  }

  /** Carry out one act at a time, and say what came between. */
  async act(act: () => Promise<void>): Promise<void> {
    if (this.busy) return; // a double tap
    this.busy = true;
    this.errors = {};
    this.notice = undefined;
    const timer = setTimeout(() => {
      this.slow = true;
      this.changed();
    }, SLOW);
    this.changed();
    try {
      await act();
    } catch (error) {
      await this.#failed(error);
    } finally {
      clearTimeout(timer);
      this.busy = false;
      this.slow = false;
      this.changed();
    }
    await this.#catchUp();
  }

  async #failed(error: unknown): Promise<void> {
    if (error instanceof SignedOut) {
      await this.#askToSignIn();
    } else if (error instanceof NoConnection) {
      this.notice = troubleWith(error);
    } else if (error instanceof CognitoRefused) {
      this.errors = cognitoErrors(error);
    } else if (error instanceof Refused) {
      this.errors = this.#formErrors(error);
    } else {
      this.errors = { form: "somethingWrong" };
      console.error(error);
    }
  }

  #formErrors(error: Refused): Record<string, string> {
    const fields = error.problem.errors ?? [];
    if (fields.length) {
      return Object.fromEntries(fields.map(({ field }) => [field, "checkField"]));
    }
    if (error.reason === "not-accepting") return { form: "notAccepting" };
    return { form: error.problem.detail || "somethingWrong" };
  }
}

function troubleWith(error: unknown): Notice {
  const isOffline = error instanceof NoConnection && !(error instanceof ServerFailed);
  return { kind: isOffline ? "offline" : "broken" };
}
