/** Parts that the console's views share. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { modal } from "./modal.ts";
import type { Strings } from "./strings/strings.ts";

export type Part = TemplateResult | typeof nothing;

/** A form's owner: it knows what is wrong, and whether it is at work. */
export interface FormOwner {
  readonly errors: Readonly<Record<string, string>>;
  readonly busy: boolean;
  requestUpdate(): void;
}

export interface FieldOptions {
  readonly type?: string;
  readonly value?: string | number | undefined;
  readonly hint?: string;
  /** What stands inside at the right, such as `hours`. */
  readonly unit?: string;
  readonly autocomplete?: string;
  readonly inputmode?: string;
  readonly maxlength?: number;
  readonly min?: string | number;
  readonly max?: string | number;
  readonly step?: string | number;
  readonly required?: boolean;
  readonly autofocus?: boolean;
  /** Changed and not saved: the value that is in force. */
  readonly was?: string;
  readonly changed?: (value: string) => void;
}

/** A labelled field, with its hint and what is wrong with it. */
export function field(
  owner: FormOwner,
  name: string,
  label: string,
  options: FieldOptions = {},
): TemplateResult {
  const error = owner.errors[name];
  const described = [
    options.hint ? `${name}-hint` : "",
    error ? `${name}-error` : "",
  ].filter(Boolean).join(" ");
  const isLong = options.type === "textarea";
  const changed = (event: Event) =>
    options.changed?.((event.target as HTMLInputElement | HTMLTextAreaElement).value);
  return html`<div class="field ${error ? "wrong" : ""} ${
    options.was === undefined ? "" : "unsaved"
  }">
    <label for=${name}>${label}</label>
    <div class="box">${
    isLong
      ? html`
        <textarea id=${name} name=${name} rows="3" .value=${String(options.value ?? "")}
          maxlength=${options.maxlength ?? nothing} ?required=${options.required ?? false}
          aria-invalid=${error ? "true" : nothing} aria-describedby=${described || nothing}
          @input=${changed}></textarea>
      `
      : html`
        <input id=${name} name=${name} type=${options.type ?? "text"}
          .value=${String(options.value ?? "")} ?required=${options.required ?? false}
          ?data-focus=${options.autofocus ?? false}
          autocomplete=${options.autocomplete ?? "off"} inputmode=${options.inputmode ?? nothing}
          maxlength=${options.maxlength ?? nothing} min=${options.min ?? nothing}
          max=${options.max ?? nothing} step=${options.step ?? nothing}
          aria-invalid=${error ? "true" : nothing} aria-describedby=${described || nothing}
          @input=${changed}>
      `
  }${
    options.unit ? html`<span class="unit" aria-hidden="true">${options.unit}</span>` : nothing
  }</div>
    ${options.hint ? html`<p class="hint" id="${name}-hint">${options.hint}</p>` : nothing}
    ${error ? html`<p class="error" id="${name}-error">${marks.missed} ${error}</p>` : nothing}
  </div>`;
}

/** What is wrong with a form as a whole. */
export function formError(owner: FormOwner): Part {
  const error = owner.errors["form"];
  if (!error) return nothing;
  return html`<div class="banner caution" role="alert">${marks.blocked}<div><p>${error}</p></div></div>`;
}

/** The one button of a form that acts. While it does, its words say so and it can't be pressed. */
export function mainButton(owner: FormOwner, words: string, working: string): TemplateResult {
  return html`<button class="main" type="submit" aria-disabled=${owner.busy ? "true" : "false"}>${
    owner.busy ? working : words
  }</button>`;
}

/** Return the values of a form's fields, and say which required ones are empty. */
export function valuesOf(
  form: HTMLFormElement,
  fieldNeeded: string,
): { values: Record<string, string>; errors: Record<string, string> } {
  const values: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (const element of form.elements) {
    const input = element as HTMLInputElement;
    if (!input.name) continue;
    if ((input.type === "checkbox" || input.type === "radio") && !input.checked) continue;
    values[input.name] = input.value.trim();
    if (input.required && !input.value.trim()) errors[input.name] = fieldNeeded;
  }
  return { values, errors };
}

/** Move the focus to the first field that is wrong. */
export function focusError(root: HTMLElement): void {
  root.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

/** A dialog over the page: a title, what it holds, and a way out. */
export function dialog(
  strings: Strings,
  title: string,
  content: unknown,
  close: () => void,
  className = "",
): TemplateResult {
  const dismiss = (event: Event) => {
    if (event.target === event.currentTarget) close();
  };
  return html`
    <div class="scrim" @mousedown=${dismiss}>
      <div class="sheet ${className}" role="dialog" aria-modal="true" aria-labelledby="dialog-title"
        ${modal(close)}>
          <div class="dialog-head">
            <h2 id="dialog-title" tabindex="-1">${title}</h2>
            <button class="close" type="button" aria-label=${strings.close}
              @click=${close}>${icons.close}</button>
          </div>
          ${content}
        </div>
    </div>
  `;
}

/** A notice in the flow: mark, bold first sentence, plain second, and at most one button. */
export function banner(
  kind: "neutral" | "caution",
  mark: unknown,
  title: unknown,
  text: unknown = nothing,
  action: unknown = nothing,
): TemplateResult {
  return html`
    <div
      class="banner ${kind}">${mark}<div><p><b>${title}</b></p>${text === nothing
        ? nothing
        : html`<p>${text}</p>`}</div>${action}</div>
  `;
}

/** A switch between two states, with the words beside it. */
export function toggle(
  label: string,
  isOn: boolean,
  changed: (isOn: boolean) => void,
  described = "",
): TemplateResult {
  return html`
    <button class="toggle" type="button" role="switch" aria-checked=${isOn
      ? "true"
      : "false"} aria-label=${label}
      aria-describedby=${described || nothing}
      @click=${() => changed(!isOn)}><span></span></button>
  `;
}
