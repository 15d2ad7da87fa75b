/** What was done, for ten seconds, with a way back. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Office, Toast } from "./office.ts";

const SECONDS = 10;

class ToastElement extends LitElement {
  static override properties = { office: { attribute: false }, toast: { attribute: false } };
  declare office: Office;
  declare toast: Toast | undefined;
  #shown: Toast | undefined;
  #left = SECONDS;
  #isHeld = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#tick(), 1000);
    addEventListener("keydown", this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    removeEventListener("keydown", this.#pressed);
  }

  override willUpdate(): void {
    if (this.toast === this.#shown) return;
    this.#shown = this.toast;
    this.#left = SECONDS;
    this.#isHeld = false;
  }

  #tick(): void {
    if (!this.toast || this.#isHeld) return;
    this.#left -= 1;
    if (this.#left <= 0) this.office.dismissToast();
    else this.requestUpdate();
  }

  #hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  /** Ctrl+Z undoes, except in fields, where it belongs to the text. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
    const isField = (event.target as HTMLElement).matches?.("input, textarea, select");
    if (!isUndo || isField || !this.toast?.undo) return;
    event.preventDefault();
    void this.#undo();
  };

  async #undo(): Promise<void> {
    const undo = this.toast?.undo;
    if (!undo) return;
    this.office.dismissToast();
    try {
      await undo();
      this.dispatchEvent(new CustomEvent("undone", { bubbles: true }));
      this.office.say(this.office.strings.undone);
    } catch (error) {
      this.office.say(this.office.wordsFor(error));
    }
  }

  override render(): TemplateResult {
    const toast = this.toast;
    const { strings } = this.office;
    return html`<div role="status">${
      toast
        ? html`
          <div class="toast" @pointerenter=${() => this.#hold(true)}
            @pointerleave=${() => this.#hold(false)} @focusin=${() => this.#hold(true)}
            @focusout=${() => this.#hold(false)}>
                      ${toast.undo ? ring(this.#left) : nothing}
                      <span>${toast.text}</span>
                      ${toast.undo
                        ? html`<button type="button" @click=${() =>
                          this.#undo()}>${strings.undo}</button>`
                        : html`<button type="button" @click=${() =>
                          this.office.dismissToast()}>${strings.close}</button>`}</div>
        `
        : nothing
    }</div>`;
  }
}

/** A ring that empties, and the seconds in digits where nothing should move. */
function ring(left: number): TemplateResult {
  const length = 2 * Math.PI * 7;
  return html`
    <svg class="ring" viewBox="0 0 20 20" aria-hidden="true">
      <circle class="track" cx="10" cy="10" r="7" />
      <circle cx="10" cy="10" r="7" transform="rotate(-90 10 10)"
        stroke-dasharray="${length * left / SECONDS} ${length}" />
    </svg><span class="seconds" aria-hidden="true">${left}</span>
  `;
}

customElements.define("openhour-toast", ToastElement);
