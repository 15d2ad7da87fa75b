/** The authenticator app of the login that is signed in. */

import { html, type TemplateResult } from "lit";
import { CognitoRefused } from "../../shared/cognito.ts";
import { Actor } from "../actor.ts";
import { field, formError, mainButton } from "../parts.ts";
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
    return html`<form class="framed" novalidate @submit=${(event: SubmitEvent) =>
      this.#verify(event)}>
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
    </form>`;
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

  async #verify(event: SubmitEvent): Promise<void> {
    const isSetUp = await this.submit(event, async (values) => {
      const cognito = await this.office.session.cognito();
      const AccessToken = await this.office.session.accessToken();
      const UserCode = values["code"]!.replace(/\s/g, "");
      await cognito.call("VerifySoftwareToken", { AccessToken, UserCode });
      await cognito.call("SetUserMFAPreference", {
        AccessToken,
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      });
    });
    if (!isSetUp) return;
    this.#stop();
    this.office.say(this.office.strings.authenticator.isSetUp);
  }

  protected override errorsOf(error: unknown): Record<string, string> {
    if (!(error instanceof CognitoRefused)) return super.errorsOf(error);
    return { [this.#secret ? "code" : "form"]: this.office.strings.signIn.codeRefused };
  }
}

customElements.define("openhour-authenticator", Authenticator);
