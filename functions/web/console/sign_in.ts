/** Signing in to the therapists' pool: password, first password, forgotten password, app. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { type Challenge, CognitoRefused, type Tokens } from "../shared/cognito.ts";
import { marks } from "../shared/icons.ts";
import { keep, recall } from "../shared/storage.ts";
import { Actor } from "./actor.ts";
import { field, formError, mainButton } from "./parts.ts";
import { appAddress, qrCode } from "./qr_code.ts";

type Step = "sign-in" | "first-password" | "forgot" | "change" | "set-up-app" | "app-code";
type Values = Record<string, string>;

const REMEMBERED = "openhour:console-login";

export class SignIn extends Actor {
  #step: Step = "sign-in";
  #hint = "";
  #practice = "";
  #email = "";
  #keepsSignedIn = false;
  #challenge: Challenge = { name: "", session: "" };
  #secret = "";
  #showsPassword = false;

  constructor() {
    super();
    const [practice = "", email = ""] = (recall(REMEMBERED)?.text ?? "").split("/");
    this.#practice = practice;
    this.#email = email;
  }

  get #login(): string {
    return `${this.#practice}/${this.#email}`;
  }

  override render(): TemplateResult {
    const { strings } = this.office;
    return html`<main class="sign-in">
      <p class="brand">${marks.open} Openhour</p>
      ${this.#drawStep()}
      <p><button class="link" type="button" lang=${strings.language === "en" ? "es" : "en"}
        @click=${() =>
      this.office.setLanguage(
        strings.language === "en" ? "es" : "en",
      )}>${strings.otherLanguage}</button></p>
    </main>`;
  }

  override updated(_: PropertyValues): void {
    document.title = `Openhour: ${this.office.strings.signIn.title}`;
  }

  #drawStep(): TemplateResult {
    switch (this.#step) {
      case "sign-in":
        return this.#drawSignIn();
      case "first-password":
        return this.#drawFirstPassword();
      case "forgot":
        return this.#drawForgot();
      case "change":
        return this.#drawChange();
      case "set-up-app":
        return this.#drawSetUp();
      case "app-code":
        return this.#drawCode();
    }
  }

  #drawSignIn(): TemplateResult {
    const { signIn } = this.office.strings;
    return this.#form(
      signIn.title,
      this.#hint,
      (values) => this.#signIn(values),
      html`${this.#drawLogin()}
        ${this.#drawPassword("password", signIn.password, "current-password", "")}
        <label class="check"><input type="checkbox" name="keep" value="yes"
          .checked=${this.#keepsSignedIn}> ${signIn.keep}</label>
        ${mainButton(this, signIn.signIn, signIn.signingIn)}
        <p><button class="link" type="button" @click=${() =>
        this.#show("forgot")}>${signIn.forgot}</button></p>`,
    );
  }

  #drawLogin(): TemplateResult {
    const { signIn } = this.office.strings;
    return html`${
      field(this, "practice", signIn.practice, {
        value: this.#practice,
        hint: signIn.practiceHint,
        autocomplete: "organization",
        required: true,
      })
    }${
      field(this, "username", signIn.email, {
        type: "email",
        value: this.#email,
        autocomplete: "username",
        required: true,
      })
    }`;
  }

  #drawFirstPassword(): TemplateResult {
    const { signIn } = this.office.strings;
    return this.#form(
      signIn.firstTitle,
      signIn.firstText,
      (values) => this.#respond({ NEW_PASSWORD: values["new_password"]! }),
      html`${this.#drawPassword("new_password", signIn.newPassword, "new-password", signIn.rule)}
        ${mainButton(this, signIn.continue, this.office.strings.saving)}`,
    );
  }

  #drawForgot(): TemplateResult {
    const { signIn } = this.office.strings;
    return this.#form(
      signIn.forgotTitle,
      signIn.forgotText,
      (values) => this.#sendCode(values),
      html`${this.#drawLogin()}
        ${mainButton(this, signIn.send, this.office.strings.saving)}
        ${this.#drawBack()}`,
    );
  }

  #drawChange(): TemplateResult {
    const { signIn } = this.office.strings;
    return this.#form(
      signIn.changeTitle,
      signIn.changeText,
      (values) => this.#changePassword(values),
      html`${this.#drawDigits(signIn.code)}
        ${this.#drawPassword("new_password", signIn.newPassword, "new-password", signIn.rule)}
        ${mainButton(this, signIn.continue, this.office.strings.saving)}
        ${this.#drawBack()}`,
    );
  }

  #drawSetUp(): TemplateResult {
    const { signIn } = this.office.strings;
    return this.#form(
      signIn.appTitle,
      signIn.appText,
      (values) => this.#setUpApp(values),
      html`${qrCode(appAddress(this.#secret, this.#login), signIn.qr)}
        <p class="quiet">${signIn.cantScan}<br><code class="secret">${
        this.#secret.replace(/(.{4})/g, "$1 ")
      }</code></p>
        ${this.#drawDigits(signIn.sixDigits)}
        ${mainButton(this, signIn.continue, this.office.strings.saving)}
        ${this.#drawBack()}`,
    );
  }

  #drawCode(): TemplateResult {
    const { signIn } = this.office.strings;
    return this.#form(
      signIn.codeTitle,
      signIn.codeText,
      (values) => this.#respond({ SOFTWARE_TOKEN_MFA_CODE: digitsOf(values["code"]!) }),
      html`${this.#drawDigits(signIn.sixDigits)}
        ${mainButton(this, signIn.continue, signIn.signingIn)}
        <p class="quiet">${signIn.lostDevice}</p>
        ${this.#drawBack()}`,
    );
  }

  #drawDigits(label: string): TemplateResult {
    return field(this, "code", label, {
      autocomplete: "one-time-code",
      inputmode: "numeric",
      maxlength: 12,
      required: true,
    });
  }

  #drawPassword(name: string, label: string, autocomplete: string, hint: string): TemplateResult {
    const { signIn } = this.office.strings;
    const shown = this.#showsPassword;
    const toggle = () => {
      this.#showsPassword = !shown;
      this.requestUpdate();
    };
    return html`
      <div
        class="with-reveal">${field(this, name, label, {
          type: shown ? "text" : "password",
          autocomplete,
          ...(hint ? { hint } : {}),
          required: true,
        })}<button class="reveal" type="button" aria-label=${shown
          ? signIn.hidePassword
          : signIn.showPassword} @click=${toggle}>${shown
          ? signIn.hide
          : signIn.show}</button></div>
    `;
  }

  #drawBack(): TemplateResult {
    return html`<p><button class="link" type="button" @click=${() =>
      this.#show("sign-in")}>${this.office.strings.back}</button></p>`;
  }

  #form(
    title: string,
    text: string,
    submit: (values: Values) => Promise<void>,
    content: TemplateResult,
  ): TemplateResult {
    return html`<h1 tabindex="-1">${title}</h1>
      ${text ? html`<p role="status">${text}</p>` : nothing}
      <form novalidate @submit=${(event: SubmitEvent) => this.submit(event, submit)}>${
      formError(this)
    }${content}</form>`;
  }

  protected override errorsOf(error: unknown): Record<string, string> {
    const { signIn } = this.office.strings;
    if (!(error instanceof CognitoRefused)) return super.errorsOf(error);
    switch (error.code) {
      case "InvalidPasswordException":
      case "PasswordHistoryPolicyViolationException":
        return { new_password: signIn.passwordRefused };
      case "CodeMismatchException":
      case "ExpiredCodeException":
      case "EnableSoftwareTokenMFAException":
        return { code: signIn.codeRefused };
      case "LimitExceededException":
      case "TooManyFailedAttemptsException":
        return { form: signIn.tooManyTries };
      default:
        if (this.#step === "sign-in") return { form: signIn.refused };
        this.#show("sign-in", signIn.expired);
        return {};
    }
  }

  async #signIn(values: Values): Promise<void> {
    this.#remember(values);
    this.#keepsSignedIn = values["keep"] === "yes";
    const cognito = await this.office.session.cognito();
    await this.#goOn(await cognito.signIn(this.#login, values["password"]!));
  }

  #remember(values: Values): void {
    this.#practice = values["practice"]!.toLowerCase();
    this.#email = values["username"]!.toLowerCase();
    this.#hint = "";
  }

  async #respond(responses: Record<string, string>): Promise<void> {
    const cognito = await this.office.session.cognito();
    await this.#goOn(await cognito.respond(this.#challenge, this.#login, responses));
  }

  /** Show what Cognito asks for next, or the console. */
  async #goOn(answer: Tokens | Challenge): Promise<void> {
    if (!("session" in answer)) {
      this.office.session.start(answer, this.#keepsSignedIn ? "device" : "tab");
      keep(REMEMBERED, this.#login, "device");
      this.dispatchEvent(new CustomEvent("signed-in", { bubbles: true }));
      return;
    }
    this.#challenge = answer;
    if (answer.name === "NEW_PASSWORD_REQUIRED") this.#show("first-password");
    else if (answer.name === "SOFTWARE_TOKEN_MFA") this.#show("app-code");
    else if (answer.name === "MFA_SETUP") await this.#startSetUp();
    else throw new CognitoRefused(answer.name, "An unknown challenge.");
  }

  async #startSetUp(): Promise<void> {
    const cognito = await this.office.session.cognito();
    const { SecretCode, Session } = await cognito.call<{ SecretCode: string; Session: string }>(
      "AssociateSoftwareToken",
      { Session: this.#challenge.session },
    );
    this.#secret = SecretCode;
    this.#challenge = { name: "MFA_SETUP", session: Session };
    this.#show("set-up-app");
  }

  async #setUpApp(values: Values): Promise<void> {
    const cognito = await this.office.session.cognito();
    const { Session } = await cognito.call<{ Session: string }>("VerifySoftwareToken", {
      Session: this.#challenge.session,
      UserCode: digitsOf(values["code"]!),
    });
    this.#challenge = { name: "MFA_SETUP", session: Session };
    await this.#respond({});
  }

  async #sendCode(values: Values): Promise<void> {
    this.#remember(values);
    try {
      await (await this.office.session.cognito()).forgotPassword(this.#login);
    } catch (error) {
      const isLimit = error instanceof CognitoRefused && error.code === "LimitExceededException";
      if (isLimit || !(error instanceof CognitoRefused)) throw error;
    }
    this.#show("change");
  }

  async #changePassword(values: Values): Promise<void> {
    const cognito = await this.office.session.cognito();
    const code = digitsOf(values["code"]!);
    await cognito.confirmForgotPassword(this.#login, code, values["new_password"]!);
    this.#show("sign-in", this.office.strings.signIn.changed);
  }

  #show(step: Step, hint = ""): void {
    this.#step = step;
    this.#hint = hint;
    this.errors = {};
    this.#showsPassword = false;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector("h1")?.focus());
  }
}

function digitsOf(text: string): string {
  return text.replace(/\s/g, "");
}

customElements.define("openhour-sign-in", SignIn);
