/** The practice's logins: who may sign in here, as therapist or for the office. */

import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../shared/icons.ts";
import { Actor } from "../actor.ts";
import type { Schemas } from "../office.ts";
import { field, formError, mainButton } from "../parts.ts";

type Login = Schemas["Login"];

class Logins extends Actor {
  #logins: readonly Login[] | undefined;
  #failure = "";
  #isAdding = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.#logins = (await this.office.api.request("get", "/practice/logins")).logins;
    } catch (error) {
      this.#failure = this.office.wordsFor(error);
    }
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const { logins } = this.office.strings;
    return html`<p class="second">${logins.text}</p>
      ${this.#failure ? html`<p>${this.#failure}</p>` : nothing}
      <ul class="rows">${(this.#logins ?? []).map((login) => this.#drawLogin(login))}</ul>
      ${
      this.#isAdding ? this.#drawForm() : html`<div class="acts"><button class="second-button"
        type="button" @click=${() => {
        this.#isAdding = true;
        this.requestUpdate();
      }}>${icons.plus} ${logins.add}</button></div>`
    }`;
  }

  #drawLogin(login: Login): TemplateResult {
    const { logins } = this.office.strings;
    return html`<li><span class="grow"><b>${login.name}</b><span class="second block">${login.email}, ${
      logins.roles[login.role]
    }</span></span>${
      login.removable
        ? html`
          <button class="quiet-button" type="button" aria-label=${logins.removeOf(login.name)}
            @click=${() => this.#askToRemove(login)}>${logins.remove}</button>
        `
        : nothing
    }</li>`;
  }

  #drawForm(): TemplateResult {
    const { logins, cancel, saving } = this.office.strings;
    return html`<form class="framed" novalidate @submit=${(event: SubmitEvent) => this.#add(event)}>
      ${formError(this)}
      <div class="fields">
        ${field(this, "login_name", logins.name, { required: true, maxlength: 100 })}
        ${field(this, "login_email", logins.email, { type: "email", required: true })}
      </div>
      <fieldset><legend>${logins.role}</legend>${
      (["office", "therapist"] as const).map((role, index) =>
        html`<label class="check choice"><input type="radio" name="role" value=${role}
          .checked=${index === 0}><span>${logins.roles[role]}<span class="second">${
          logins.may[role]
        }</span></span></label>`
      )
    }</fieldset>
      <div class="acts">${mainButton(this, logins.add, saving)}
        <button class="quiet-button" type="button" @click=${() => {
      this.#isAdding = false;
      this.requestUpdate();
    }}>${cancel}</button></div>
    </form>`;
  }

  protected override errorsOf(error: unknown): Record<string, string> {
    const errors = Object.entries(super.errorsOf(error));
    const fields = ["name", "email"];
    return Object.fromEntries(
      errors.map(([name, words]) => [fields.includes(name) ? `login_${name}` : name, words]),
    );
  }

  async #add(event: SubmitEvent): Promise<void> {
    let email = "";
    const added = await this.submit(event, async (values) => {
      email = values["login_email"]!;
      await this.office.api.request("post", "/practice/logins", {}, {
        name: values["login_name"]!,
        email,
        role: values["role"] as Login["role"],
      });
    });
    if (!added) return;
    this.#isAdding = false;
    this.office.say(this.office.strings.logins.added(email));
    await this.#load();
  }

  #askToRemove(login: Login): void {
    const { logins } = this.office.strings;
    this.office.ask({
      title: logins.removeTitle(login.name),
      text: logins.removeText,
      act: logins.removeAct,
      keep: logins.keep,
      run: async () => {
        const path = "/practice/logins/{login_id}";
        await this.office.api.request("delete", path, { login_id: login.login_id });
        this.office.say(logins.removed(login.name));
        await this.#load();
      },
    });
  }
}

customElements.define("openhour-logins", Logins);
