/** Signing in, choosing a password, getting back in, and registering. */

import { html, nothing, type TemplateResult } from "lit";
import { crisisLine, field, formError, mainButton, offline, phoneLine } from "./parts.ts";
import type { Page } from "./page.ts";

type Values = Record<string, string>;

/** Return a handler that reads a form, once every field is filled in. */
function submitted(page: Page, act: (values: Values) => unknown): (event: SubmitEvent) => void {
  return (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const values: Values = {};
    for (const [name, value] of new FormData(form)) values[name] = String(value);
    const empty = Object.keys(values).filter((name) => !values[name]!.trim());
    if (empty.length) {
      page.errors = Object.fromEntries(empty.map((name) => [name, "fieldNeeded"]));
      page.changed();
    } else if (!page.busy) {
      act(values);
    }
  };
}

export function step(page: Page, title: string, content: unknown): TemplateResult {
  return html`<section class="step">
    <p class="practice">${page.practiceName}</p>
    <h1 id="title" tabindex="-1">${title}</h1>
    ${content}
  </section>`;
}

export function signIn(page: Page): TemplateResult {
  return step(
    page,
    page.strings.signInTitle,
    html`${signInForm(page)}
    <div class="line">${phoneLine(page)}</div>
    ${newClients(page)}`,
  );
}

export function signInForm(page: Page, email = ""): TemplateResult {
  const { strings } = page;
  const act = (values: Values) =>
    page.entrance.signIn(values["username"]!, values["password"]!, "keep" in values);
  return html`<form novalidate @submit=${submitted(page, act)}>
      ${
    page.hint ? html`<p class="banner neutral" role="status">${page.say(page.hint)}</p>` : nothing
  }
      ${formError(page)}
      ${
    field(page, "username", strings.emailOrName, {
      autocomplete: "username",
      inputmode: "email",
      value: email,
    })
  }
      ${
    field(page, "password", strings.password, {
      type: "password",
      autocomplete: "current-password",
    })
  }
      <label class="check"><input type="checkbox" name="keep" value="yes"><span>${strings.keepSignedIn}</span></label>
      ${offline(page)}
      ${mainButton(page, strings.signIn, strings.signingIn)}
      <p><button class="link" type="button" @click=${() =>
    page.show("help")}>${strings.cantGetIn}</button></p>
    </form>`;
}

function newClients(page: Page): TemplateResult | typeof nothing {
  const { strings, practice } = page;
  if (!practice) return nothing;
  return html`<div class="line">${
    practice.accepting_new_clients
      ? html`
        <p><b>${strings.newHere}</b> <span class="quiet">${strings.roomForNew}</span></p>
        <p><button class="link" type="button" @click=${() => page.show("register")}>${strings
          .register}</button></p>
      `
      : html`<p class="quiet">${strings.noRoomForNew}</p>`
  }</div>`;
}

export function firstPassword(page: Page): TemplateResult {
  const { strings } = page;
  return step(
    page,
    strings.firstPasswordTitle,
    html`<form novalidate @submit=${
      submitted(page, (values) => page.entrance.chooseFirstPassword(values["new_password"]!))
    }>
      <p>${strings.firstPasswordText}</p>
      ${formError(page)}
      ${newPassword(page)}
      ${offline(page)}
      ${mainButton(page, strings.savePassword, strings.saving)}
    </form>`,
  );
}

function newPassword(page: Page): TemplateResult {
  return field(page, "new_password", page.strings.newPassword, {
    type: "password",
    autocomplete: "new-password",
    hint: page.strings.passwordRule,
  });
}

/** Ask for a code, or for the first password again. */
export function help(page: Page): TemplateResult {
  const { strings } = page;
  return step(
    page,
    strings.helpTitle,
    html`<form novalidate @submit=${
      submitted(page, (values) => page.entrance.sendHelp(values["username"]!))
    }>
      <p>${strings.helpText}</p>
      ${formError(page)}
      ${
      field(page, "username", strings.emailOrName, {
        autocomplete: "username",
        inputmode: "email",
      })
    }
      ${offline(page)}
      ${mainButton(page, strings.send, strings.sending)}
    </form>
    ${back(page)}
    <div class="line">${phoneLine(page)}</div>`,
  );
}

export function code(page: Page): TemplateResult {
  const { strings } = page;
  const act = (values: Values) =>
    page.entrance.changePassword(values["code"]!, values["new_password"]!);
  return step(
    page,
    strings.helpSentTitle,
    html`
      <p>${strings.helpSentText}</p>
      <p><button class="link" type="button" @click=${() => page.show("sign-in")}>${strings
        .hasFirstPassword}</button></p>
      <form class="line" novalidate @submit=${submitted(page, act)}>
            <h2>${strings.hasCode}</h2>
            ${formError(page)}
            ${field(page, "code", strings.code, {
              autocomplete: "one-time-code",
              inputmode: "numeric",
            })}
            ${newPassword(page)}
            ${offline(page)}
            ${mainButton(page, strings.savePassword, strings.saving)}
          </form>
      <p><button class="link" type="button" @click=${() => page.show("help")}>${strings
        .sendAnother}</button></p>
      <div class="line">${phoneLine(page)}</div>
    `,
  );
}

export function register(page: Page): TemplateResult {
  const { strings } = page;
  const act = (values: Values) =>
    page.entrance.register({
      name: values["name"]!.trim(),
      email: values["email"]!.trim(),
      phone: values["phone"]!.trim(),
    });
  return step(
    page,
    strings.registerTitle,
    html`
      <div class="banner caution">
        <div><p><b>${strings.nobodyReads}</b></p>${crisisLine(page)}</div>
      </div>
          <form novalidate @submit=${submitted(page, act)}>
            <p>${strings.registerText(page.practiceName)}</p>
            ${formError(page)}
            ${field(page, "name", strings.name, { autocomplete: "name", maxlength: 200 })}
            ${field(page, "email", strings.email, {
              type: "email",
              autocomplete: "email",
              inputmode: "email",
            })}
            ${field(page, "phone", strings.phone, {
              type: "tel",
              autocomplete: "tel",
              inputmode: "tel",
            })}
            ${offline(page)}
            ${mainButton(page, strings.registerButton, strings.registering)}
          </form>
          ${back(page)}
    `,
  );
}

export function back(page: Page): TemplateResult {
  return html`<p><button class="link" type="button" @click=${() =>
    page.show("sign-in")}>${page.strings.back}</button></p>`;
}
