/** What all views of the console share: the login, the practice, words, and what was done last. */

import { Api, readConfig, Refused } from "../shared/api.ts";
import type { components } from "../shared/api.types.ts";
import { NoConnection, ServerFailed } from "../shared/connection.ts";
import { Session, SignedOut } from "../shared/session.ts";
import { keep, recall } from "../shared/storage.ts";
import { Format, readTime } from "../shared/wall_clock.ts";
import { loadStrings, type Strings } from "./strings/strings.ts";

export type Schemas = components["schemas"];
/** The settings, and who is signed in. */
export type Settings = Schemas["Practice"];
/** A client in the list of all. */
export type Client = Schemas["ListedClient"];

/** A sentence about what was done, with a way back where there is one. */
export interface Toast {
  readonly text: string;
  readonly undo?: () => Promise<unknown>;
}

/** A question that must be answered before an act that can't be undone. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** The button that acts, in the words of the title. */
  readonly act: string;
  readonly keep: string;
  /** Asked beside it, such as whether the client is told. */
  readonly notify?: { readonly label: string; readonly initially: boolean };
  readonly run: (notify: boolean) => Promise<unknown>;
}

const LANGUAGE = "openhour:console-language";
const INITIALS = "openhour:initials";

/** Load the strings of the language that was chosen on this device, or of the browser's. */
export function readStrings(): Promise<Strings> {
  return loadStrings(recall(LANGUAGE)?.text, ...navigator.languages);
}

export class Office {
  readonly session: Session;
  readonly api: Api;
  format: Format;
  /** The settings, and their version. */
  settings: Settings | undefined;
  version = "";
  toast: Toast | undefined;
  question: Question | undefined;
  showsInitials: boolean;
  /** The clients as they were last loaded. */
  knownClients: readonly Client[] = [];
  #clients: Promise<readonly Client[]> | undefined;
  #nowAtStart = Date.now();
  #startedAt = performance.now();

  constructor(public strings: Strings, readonly changed: () => void) {
    this.session = new Session("console", "therapists", readConfig);
    this.api = new Api(this.session);
    this.format = new Format(this.strings.language, "");
    this.showsInitials = recall(INITIALS)?.text === "yes";
  }

  /** The practice's clock, in milliseconds: the browser's own may be wrong. */
  get now(): number {
    return this.#nowAtStart + performance.now() - this.#startedAt;
  }

  /** The practice's wall clock, as the API writes times but without an offset. */
  get localNow(): string {
    const { wall, instant } = readTime(this.settings?.now ?? new Date(this.now).toISOString());
    return new Date(this.now + wall.getTime() - instant).toISOString().slice(0, 19);
  }

  /** The practice's local date, such as `2026-12-02`. */
  get today(): string {
    return this.localNow.slice(0, 10);
  }

  /** Load the settings, unless they are as known. */
  async loadSettings(): Promise<Settings> {
    const found = await this.api.exchange("get", "/practice", {}, this.version);
    if (found) this.takeSettings(found.body, found.tag);
    return this.settings!;
  }

  /** Take settings as an answer has them. Who is signed in does not change with them. */
  takeSettings(
    settings: Omit<Settings, "signed_in"> & Partial<Settings>,
    version: string,
  ): void {
    const signed_in = settings.signed_in ?? this.settings!.signed_in;
    this.settings = { ...settings, signed_in };
    this.version = version;
    this.setNow(settings.now);
    if (settings.timezone && settings.timezone !== this.format.zone) {
      this.format = new Format(this.strings.language, settings.timezone);
    }
    this.changed();
  }

  setNow(now: string): void {
    this.#nowAtStart = Date.parse(now);
    this.#startedAt = performance.now();
  }

  /** Whether the login may do everything. The office books, and sees names and phones. */
  get isTherapist(): boolean {
    return this.settings?.signed_in?.role !== "office";
  }

  /** Return all clients, loaded once until something about them changes. */
  clients(): Promise<readonly Client[]> {
    this.#clients ??= this.#loadClients().then(
      (clients) => {
        this.knownClients = clients;
        this.changed();
        return clients;
      },
      (error) => {
        this.#clients = undefined;
        throw error;
      },
    );
    return this.#clients;
  }

  async #loadClients(): Promise<readonly Client[]> {
    if (!this.settings) await this.loadSettings();
    if (this.isTherapist) {
      return (await this.api.request("get", "/practice/clients")).clients;
    }
    // The office reads nothing more of them: what is missing is never shown.
    const { contacts } = await this.api.request("get", "/practice/contacts");
    return contacts as unknown as readonly Client[];
  }

  forgetClients(): void {
    this.#clients = undefined;
  }

  async setLanguage(language: string): Promise<void> {
    try {
      this.strings = await loadStrings(language);
    } catch {
      return this.say(this.strings.noConnection);
    }
    this.format = new Format(this.strings.language, this.format.zone);
    keep(LANGUAGE, this.strings.language, "device");
    this.changed();
  }

  showInitials(shown: boolean): void {
    this.showsInitials = shown;
    keep(INITIALS, shown ? "yes" : "no", "device");
    this.changed();
  }

  /** Return a client's name, or the initials where others see the screen. */
  nameOf({ name }: { readonly name: string }): string {
    if (!this.showsInitials) return name;
    return name.split(/\s+/).map((part) => [...part][0]?.toUpperCase() ?? "").join("");
  }

  /** Say what was done, and offer the way back for ten seconds. */
  say(text: string, undo?: () => Promise<unknown>): void {
    this.toast = undo ? { text, undo } : { text };
    this.changed();
  }

  dismissToast(): void {
    this.toast = undefined;
    this.changed();
  }

  ask(question: Question): void {
    this.question = question;
    this.changed();
  }

  dismissQuestion(): void {
    this.question = undefined;
    this.changed();
  }

  /** Return the words for whatever went wrong with a request. */
  wordsFor(error: unknown): string {
    const { strings } = this;
    if (error instanceof SignedOut) return strings.signInAgain;
    if (error instanceof Refused) {
      const words = strings.refusals[error.reason];
      const name = error.problem.client && this.nameOf(error.problem.client);
      return words?.(name ?? "", error.problem.week ?? "") ?? error.problem.detail;
    }
    if (error instanceof ServerFailed) return strings.serverFailed;
    if (error instanceof NoConnection) return strings.noConnection;
    console.error(error);
    return strings.somethingWrong;
  }

  /** Forget everything about the practice: nobody is signed in. */
  forget(): void {
    this.settings = undefined;
    this.version = "";
    this.toast = undefined;
    this.question = undefined;
    this.knownClients = [];
    this.forgetClients();
  }
}
