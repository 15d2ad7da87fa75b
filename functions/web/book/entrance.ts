/** The entrance: signing in, passwords, registering, and the links of mails that need no sign-in. */

import { Refused, requestPublicly } from "../shared/api.ts";
import { type Challenge, CognitoRefused, type Tokens } from "../shared/cognito.ts";
import type { Page, View } from "./page.ts";

/** What is shown where a registration can't be confirmed, by the refusal's name. */
const NOT_CONFIRMED: Readonly<Record<string, View>> = {
  "intake-full": "full-meanwhile",
  "registration-expired": "link-expired",
};

/** What somebody does who is not signed in. */
export class Entrance {
  /** The address that a registration has just confirmed. */
  confirmedEmail = "";
  readonly #page: Page;
  #token = "";
  #login = "";
  #challenge: Challenge = { name: "", session: "" };
  #keepsSignedIn = false;

  constructor(page: Page) {
    this.#page = page;
  }

  async signIn(typed: string, password: string, keepSignedIn: boolean): Promise<void> {
    this.#login = this.#loginName(typed);
    this.#keepsSignedIn = keepSignedIn;
    await this.#page.act(async () => {
      const answer = await (await this.#page.session.cognito()).signIn(this.#login, password);
      await this.#goOn(answer);
    });
  }

  async chooseFirstPassword(password: string): Promise<void> {
    await this.#page.act(async () => {
      const cognito = await this.#page.session.cognito();
      try {
        const chosen = { NEW_PASSWORD: password };
        await this.#goOn(await cognito.respond(this.#challenge, this.#login, chosen));
      } catch (error) {
        const expired = error instanceof CognitoRefused && error.code === "NotAuthorizedException";
        if (!expired) throw error;
        this.#page.hint = "signInAgain";
        this.#page.view = "sign-in";
      }
    });
  }

  /** Have a code for a new password sent, or the first password again. */
  async sendHelp(typed: string): Promise<void> {
    this.#login = this.#loginName(typed);
    await this.#page.act(async () => {
      const cognito = await this.#page.session.cognito();
      const parameters = { therapist_id: this.#page.therapistId };
      const path = "/therapists/{therapist_id}/invitations";
      const email = typed.trim();
      await Promise.all([
        requestPublicly("post", path, parameters, { email }).catch((error) => {
          // A sign-in name that is no address has no mail of its own.
          if (!(error instanceof Refused)) throw error;
        }),
        cognito.forgotPassword(this.#login).catch((error) => {
          // Who has not used their first password gets that one again.
          const limits = error instanceof CognitoRefused && error.code === "LimitExceededException";
          if (limits || !(error instanceof CognitoRefused)) throw error;
        }),
      ]);
      this.#page.view = "code";
    });
  }

  async changePassword(code: string, password: string): Promise<void> {
    await this.#page.act(async () => {
      const cognito = await this.#page.session.cognito();
      await cognito.confirmForgotPassword(this.#login, code.trim(), password);
      this.#page.hint = "passwordChanged";
      this.#page.view = "sign-in";
    });
  }

  async register(form: { name: string; email: string; phone: string }): Promise<void> {
    await this.#page.act(async () => {
      const parameters = { therapist_id: this.#page.therapistId };
      const body = { ...form, language: this.#page.strings.language as "en" | "es" };
      await requestPublicly("post", "/therapists/{therapist_id}/registrations", parameters, body);
      this.#page.view = "registered";
    });
  }

  /** Ask whether to do what a link is for: whoever only looks at it does nothing. */
  async askAbout(purpose: "confirm" | "unsubscribe", token: string): Promise<void> {
    this.#token = token;
    await this.#page.showPublic(purpose);
  }

  async confirm(): Promise<void> {
    await this.#page.act(async () => {
      const path = "/therapists/{therapist_id}/registrations/confirm";
      const parameters = { therapist_id: this.#page.therapistId };
      try {
        const { email } = await requestPublicly("post", path, parameters, { token: this.#token });
        this.confirmedEmail = email;
        this.#page.view = "confirmed";
      } catch (error) {
        const view = error instanceof Refused ? NOT_CONFIRMED[error.reason] : undefined;
        if (!view) throw error;
        this.#page.view = view;
      }
    });
  }

  /** End reminders to whoever was mailed the link. */
  async unsubscribe(): Promise<void> {
    await this.#page.act(async () => {
      await requestPublicly("post", "/unsubscribe/{token}", { token: this.#token });
      this.#page.view = "unsubscribed";
    });
  }

  /** Show what Cognito asks for next, or the client's own first view. */
  async #goOn(answer: Tokens | Challenge): Promise<void> {
    if (!("session" in answer)) return await this.#page.enter(answer, this.#keepsSignedIn);
    if (answer.name !== "NEW_PASSWORD_REQUIRED") throw new CognitoRefused(answer.name, "Unknown.");
    this.#challenge = answer;
    this.#page.view = "first-password";
  }

  #loginName(typed: string): string {
    return `${this.#page.therapistId}/${typed.trim().toLowerCase()}`;
  }
}

/** Say what Cognito has refused, as keys of `strings` by field. */
export function cognitoErrors({ code }: CognitoRefused): Record<string, string> {
  switch (code) {
    case "InvalidPasswordException":
    case "PasswordHistoryPolicyViolationException":
      return { new_password: "passwordRefused" };
    case "CodeMismatchException":
    case "ExpiredCodeException":
      return { code: "codeRefused" };
    case "LimitExceededException":
    case "TooManyFailedAttemptsException":
      return { form: "tooManyTries" };
    default:
      // One sentence for a wrong name, a wrong password, and a login that was taken away.
      return { form: "signInRefused" };
  }
}
