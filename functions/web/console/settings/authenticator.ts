/** The authenticator app of the login that is signed in. */

import { html, nothing, type TemplateResult } from "lit";
import { CognitoRefused } from "../../shared/cognito.ts";
import { Actor } from "../actor.ts";
import { field, focusError, formError, mainButton, valuesOf } from "../parts.ts";
import { appAddress, qrCode } from "../qr_code.ts";

class Authenticator extends Actor {
  #secret = "";

  override render(): TemplateResult {
    const { authenticator, signIn, saving, cancel } = this.office.strings;
    if (!this.#secret) {
      return html`<p>${authenticator.text}</p>${formError(this)}<div class="acts"><button
        class="second-button" type="button" @click=${() =>
        this.#start()}>${authenticator.setUp}</button></div>`;
    }
    const { therapist_id, name } = this.office.settings!;
    const submitted = (event: SubmitEvent) => {
      event.preventDefault();
      void this.#verify(event.target as HTMLFormElement);
    };
    return html`<form class="framed" novalidate @submit=${submitted}>
      <p>${signIn.appText}</p>${formError(this)}
      ${qrCode(appAddress(this.#secret, `${therapist_id}/${name}`), signIn.qr)}
      <p class="quiet">${signIn.cantScan}<br><code class="secret">${
      this.#secret.replace(/(.{4})/g, "$1 ")
    }</code></p>
      ${
      field(this, "code", signIn.sixDigits, {
        autocomplete: "one-time-code",
        inputmode: "numeric",
        required: true,
      })
    }
      <div class="acts">${mainButton(this, signIn.continue, saving)}
        <button class="quiet-button" type="button" @click=${() =>
      this.#stop()}>${cancel}</button></div>
    </form>${nothing}`;
  }

  #stop(): void {
    this.#secret = "";
    this.errors = {};
    this.requestUpdate();
  }

  async #start(): Promise<void> {
    await this.act(async () => {
      const cognito = await this.office.session.cognito();
      const token = { AccessToken: await this.office.session.accessToken() };
      this.#secret = (await cognito.call<{ SecretCode: string }>("AssociateSoftwareToken", token))
        .SecretCode;
    });
  }

  async #verify(form: HTMLFormElement): Promise<void> {
    const { values, errors } = valuesOf(form, this.office.strings.fieldNeeded);
    this.errors = errors;
    if (Object.keys(errors).length === 0) {
      const isSetUp = await this.act(async () => {
        const cognito = await this.office.session.cognito();
        const AccessToken = await this.office.session.accessToken();
        const UserCode = values["code"]!.replace(/\s/g, "");
        await cognito.call("VerifySoftwareToken", { AccessToken, UserCode });
        await cognito.call("SetUserMFAPreference", {
          AccessToken,
          SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
        });
      });
      if (isSetUp) {
        this.#stop();
        this.office.say(this.office.strings.authenticator.isSetUp);
      }
    }
    this.requestUpdate();
    await this.updateComplete;
    focusError(this);
  }

  protected override errorsOf(error: unknown): Record<string, string> {
    if (!(error instanceof CognitoRefused)) return super.errorsOf(error);
    return { [this.#secret ? "code" : "form"]: this.office.strings.signIn.codeRefused };
  }
}

customElements.define("openhour-authenticator", Authenticator);
