/** Parts that several views share. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { clock, rail, telephone } from "../shared/parts.ts";
import { readTime } from "../shared/wall_clock.ts";
import type { Appointment, Page } from "./page.ts";

type Part = TemplateResult | typeof nothing;

export function phoneLink(page: Page, className = ""): Part {
  const phone = page.officePhone;
  if (!phone) return nothing;
  return html`<a class="phone ${className}" href=${
    telephone(phone)
  }>${icons.phone}<span>${phone}</span></a>`;
}

/** The phone with its note. */
export function phoneLine(page: Page): Part {
  if (!page.officePhone) return nothing;
  return html`<p class="phone-line">${phoneLink(page)}${
    page.phoneNote ? html`<span class="quiet">${page.phoneNote}</span>` : nothing
  }</p>`;
}

/** The line for a crisis, with its first number as a link. */
export function crisisLine(page: Page): Part {
  const line = page.crisisLine;
  if (!line) return nothing;
  const number = /\+?\d[\d ()-]*\d/.exec(line);
  if (!number) return html`<p class="crisis">${line}</p>`;
  const end = number.index + number[0].length;
  return html`<p class="crisis">${line.slice(0, number.index)}<a href=${telephone(number[0])}>${
    number[0]
  }</a>${line.slice(end)}</p>`;
}

/** The practice's privacy notice, where it has one. */
export function privacyLink(page: Page): Part {
  if (!page.privacyUrl.startsWith("https://")) return nothing;
  return html`<p class="privacy"><a href=${page.privacyUrl} target="_blank"
    rel="noopener noreferrer">${page.strings.privacy}</a></p>`;
}

/** How long a session lasts, and its rhythm: `50 minutes, every two weeks`. */
export function lengthOf(page: Page, appointment: Appointment): string {
  const { strings } = page;
  const weeks = page.rhythmOf(appointment);
  const length = strings.minutes(page.minutesOf(appointment));
  return weeks ? `${length}, ${strings.everyWeeks(weeks)}` : length;
}

/** A banner inside the flow: a mark, a bold sentence, a plain one, and at most one button. */
export function banner(
  kind: "neutral" | "caution",
  mark: unknown,
  title: unknown,
  text: unknown = nothing,
  more: unknown = nothing,
): TemplateResult {
  return html`
    <div class="banner ${kind}"
      role="status">${mark}<div><p><b>${title}</b></p>${text === nothing
        ? nothing
        : html`<p>${text}</p>`}${more}</div></div>
  `;
}

/** What went wrong with the connection. A form is sent again by its own button. */
export function offline(page: Page, retry?: () => unknown): Part {
  const { strings, notice } = page;
  if (notice?.kind !== "offline" && notice?.kind !== "broken") return nothing;
  const isBroken = notice.kind === "broken";
  if (!retry) {
    const title = isBroken ? strings.somethingWrong : strings.noConnectionFirst;
    return banner("neutral", marks.blocked, title, nothing, phoneLine(page));
  }
  return banner(
    "neutral",
    marks.blocked,
    isBroken ? strings.somethingWrong : strings.noConnection,
    strings.noConnectionText,
    html`
      <div
        class="buttons"><button class="quiet-button" type="button" @click=${retry}>${strings
          .tryAgain}</button>${phoneLink(page)}</div>
    `,
  );
}

/** Why the last act was refused, with the phone. */
export function refused(page: Page): Part {
  const { notice, strings } = page;
  if (notice?.kind !== "refused") return nothing;
  const text = strings.refusals[notice.reason] ?? (notice.detail || strings.somethingWrong);
  return html`<div id="notice" class="banner neutral" role="status" tabindex="-1">${marks.blocked}<div>
    <p><b>${text}</b></p>${phoneLine(page)}</div></div>`;
}

/** The main button of a view: while its act is under way it changes its words and keeps its place. */
export function mainButton(
  page: Page,
  words: string,
  busyWords: string,
  press?: () => unknown,
): TemplateResult {
  return html`
    <button class="main" type=${press ? "button" : "submit"} aria-disabled=${page.busy}
      @click=${press ?? nothing}>${page.busy ? busyWords : words}</button>
    <p class="slow" role="status">${page.slow
      ? html`${page.strings.stillWorking} ${phoneLink(page)}`
      : nothing}</p>
  `;
}

/** A label, a field, and what is wrong with it. */
export function field(
  page: Page,
  name: string,
  label: string,
  attributes: {
    type?: string;
    autocomplete: string;
    inputmode?: string;
    hint?: string;
    value?: string;
    maxlength?: number;
  },
): TemplateResult {
  const error = page.errors[name];
  const isPassword = attributes.type === "password";
  const type = isPassword && page.showsPassword ? "text" : attributes.type ?? "text";
  const described = [attributes.hint ? `${name}-hint` : "", error ? `${name}-error` : ""]
    .filter(Boolean).join(" ");
  const { strings } = page;
  return html`<div class="field ${error ? "wrong" : ""}">
    <label for=${name}>${label}</label>
    <div class="box">
      <input id=${name} name=${name} type=${type} required
        .value=${attributes.value ?? ""}
        autocomplete=${attributes.autocomplete} inputmode=${attributes.inputmode ?? nothing}
        maxlength=${attributes.maxlength ?? nothing}
        autocapitalize="none" spellcheck="false"
        aria-invalid=${error ? "true" : nothing} aria-describedby=${described || nothing}>
      ${
    isPassword
      ? html`
        <button class="reveal" type="button" aria-label=${page.showsPassword
          ? strings.hidePassword
          : strings.showPassword} @click=${() => {
          page.showsPassword = !page.showsPassword;
          page.changed();
        }}>${page.showsPassword ? strings.hide : strings.show}</button>
      `
      : nothing
  }
    </div>
    ${attributes.hint ? html`<p class="hint" id="${name}-hint">${attributes.hint}</p>` : nothing}
    ${
    error
      ? html`<p class="error" id="${name}-error">${marks.missed} ${page.say(error)}</p>`
      : nothing
  }
  </div>`;
}

/** What is wrong with a form as a whole, with the phone. */
export function formError(page: Page): Part {
  const error = page.errors["form"];
  if (!error) return nothing;
  return html`<div class="banner caution" role="alert">${marks.blocked}<div><p>${
    page.say(error)
  }</p>${phoneLine(page)}</div></div>`;
}

/** The rail and words of one session. */
export function sessionWords(page: Page, appointment: Appointment): TemplateResult {
  const { wall } = readTime(appointment.start);
  const own = page.ownTime(appointment.start);
  return html`${rail(page.format, wall)}<div class="words">
    <p class="time">${clock(page.format, wall)}</p>
    <p>${lengthOf(page, appointment)}</p>
    ${own ? html`<p class="second">${page.strings.yourTime(own)}</p>` : nothing}
    ${page.me?.place ? html`<p class="second">${page.me.place}</p>` : nothing}
  </div>`;
}
