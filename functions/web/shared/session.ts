/** The signed-in user of this page: tokens, kept and refreshed. */

import { Cognito, CognitoRefused, type Pool, type Tokens } from "./cognito.ts";
import { forget, keep, type Place, recall } from "./storage.ts";
import { MINUTE } from "./wall_clock.ts";

/** What `/config.json` answers. */
export interface Config {
  readonly cognito_url: string;
  readonly clients: Pool;
  readonly therapists: Pool;
}

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

interface Kept extends Tokens {
  /** By this browser's clock, which may be wrong: only differences count. */
  readonly received_at: number;
}

const EARLY = 2 * MINUTE;

export class Session {
  readonly #key: string;
  #cognito: Promise<Cognito> | undefined;

  /** `name` tells apart the practices that share this origin's storage. */
  constructor(
    name: string,
    readonly pool: "clients" | "therapists",
    readonly loadConfig: () => Promise<Config>,
  ) {
    this.#key = `openhour:${name}`;
  }

  get isKept(): boolean {
    return recall(this.#key) !== undefined;
  }

  /** The user whose tokens are kept, as Cognito names them. Another tab may change that. */
  get user(): string | undefined {
    const kept = this.#recall();
    return kept && payloadOf(kept.tokens.id_token)?.sub;
  }

  /** Return Cognito, by the configuration that is loaded once. A failure is tried again. */
  cognito(): Promise<Cognito> {
    this.#cognito ??= this.loadConfig().then(
      (config) => new Cognito(config.cognito_url, config[this.pool]),
      (error) => {
        this.#cognito = undefined;
        throw error;
      },
    );
    return this.#cognito;
  }

  start(tokens: Tokens, place: Place): void {
    forget(this.#key);
    this.#keep(tokens, place);
  }

  /** Return the access token, with which users change their own login. @throws SignedOut */
  async accessToken(): Promise<string> {
    await this.token();
    return this.#recall()?.tokens.access_token ?? "";
  }

  /** End the session here, and at Cognito where it can be reached. */
  async end(): Promise<void> {
    const kept = this.#recall();
    forget(this.#key);
    if (!kept) return;
    try {
      await (await this.cognito()).revoke(kept.tokens.refresh_token);
    } catch {
      // The token is forgotten here, and expires.
    }
  }

  /**
   * Return a valid token, refreshed before it expires.
   *
   * `rejected` is a token that the API has refused.
   *
   * @throws SignedOut
   */
  async token(rejected?: string): Promise<string> {
    const usable = (kept: Kept) => kept.id_token !== rejected && isFresh(kept);
    const found = this.#recall();
    if (!found) throw new SignedOut();
    if (usable(found.tokens)) return found.tokens.id_token;
    return await exclusively(this.#key, async () => {
      // Another tab may have refreshed the token that both share.
      const current = this.#recall();
      if (!current) throw new SignedOut();
      if (usable(current.tokens)) return current.tokens.id_token;
      try {
        const fresh = await (await this.cognito()).refresh(current.tokens.refresh_token);
        this.#keep(fresh, current.place);
        return fresh.id_token;
      } catch (error) {
        if (!(error instanceof CognitoRefused)) throw error;
        forget(this.#key);
        throw new SignedOut();
      }
    });
  }

  #keep(tokens: Tokens, place: Place): void {
    const kept: Kept = { ...tokens, received_at: Date.now() };
    keep(this.#key, JSON.stringify(kept), place);
  }

  #recall(): { tokens: Kept; place: Place } | undefined {
    const found = recall(this.#key);
    if (!found) return undefined;
    try {
      const tokens = JSON.parse(found.text) as Kept;
      if (typeof tokens.id_token === "string" && typeof tokens.refresh_token === "string") {
        return { tokens, place: found.place };
      }
    } catch {
      // Somebody else wrote it.
    }
    forget(this.#key);
    return undefined;
  }
}

/** Return whether a token still lasts a while, by the time since it was received. */
export function isFresh({ id_token, received_at }: Kept): boolean {
  const payload = payloadOf(id_token);
  if (!payload) return false;
  const age = Date.now() - received_at;
  return age >= 0 && age < (payload.exp - payload.iat) * 1000 - EARLY;
}

function payloadOf(token: string): { sub: string; exp: number; iat: number } | undefined {
  try {
    return JSON.parse(atob(token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
}

/** Run `act` in no two tabs at once, where the browser has locks. */
async function exclusively<T>(name: string, act: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return await act();
  const asked = performance.now();
  return await navigator.locks.request(name, async () => {
    const waited = performance.now() - asked > 10;
    // What another tab has written arrives in this one a moment after the lock.
    if (waited) await new Promise((done) => setTimeout(done, 100));
    return await act();
  }) as T;
}
