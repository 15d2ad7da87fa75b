/** What all views do: load, wait, fail, and load anew in the background. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { marks } from "../shared/icons.ts";
import { SignedOut } from "../shared/session.ts";
import { Actor } from "./actor.ts";

/** Skeletons appear only after a while: most answers are faster. */
const PATIENCE = 200;

export abstract class View extends Actor {
  static override properties = { office: { attribute: false }, path: { attribute: false } };
  /** What follows the view's name in the address, such as a week or a client. */
  declare path: readonly string[];
  #state: "loading" | "failed" | "ready" = "loading";
  #failure = "";
  #isPatient = true;
  #loaded: string | undefined;
  #generation = 0;

  /** Load what the view shows, in one round of requests. */
  protected abstract load(): Promise<void>;

  /** Draw the view, once it is loaded. */
  protected abstract draw(): TemplateResult;

  /** Draw the view's shape while it loads. */
  protected skeleton(): TemplateResult {
    return html`<div class="skeleton">${[1, 2, 3, 4, 5].map(() => html`<div></div>`)}</div>`;
  }

  /** What must load anew when it changes: the parts of the path that say what is shown. */
  protected get subject(): string {
    return "";
  }

  /** Whether something is being typed or decided that a change from outside would disturb. */
  protected get isEditing(): boolean {
    return false;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("path") && this.#loaded !== this.subject) void this.reload();
  }

  /** Load, and show that it does. */
  async reload(): Promise<void> {
    this.#loaded = this.subject;
    this.#state = "loading";
    this.#isPatient = true;
    this.errors = {};
    setTimeout(() => {
      this.#isPatient = false;
      this.requestUpdate();
    }, PATIENCE);
    await this.refresh();
  }

  /** Load anew what is shown already. */
  async refresh(): Promise<void> {
    const generation = ++this.#generation;
    const isLatest = () => generation === this.#generation;
    try {
      const settings = this.office.settings ?? this.office.loadSettings();
      await Promise.all([this.load(), settings]);
      if (!isLatest()) return;
      this.#state = "ready";
    } catch (error) {
      if (!isLatest()) return;
      if (error instanceof SignedOut) return this.signedOut();
      if (this.#state === "loading") {
        this.#state = "failed";
        this.#failure = this.office.wordsFor(error);
      }
    }
    this.requestUpdate();
  }

  /** Load anew in the background, unless that would disturb. */
  async freshen(): Promise<void> {
    if (this.#state !== "ready" || this.busy || this.isEditing) return;
    await this.refresh();
  }

  override render(): TemplateResult {
    if (this.#state === "ready") return this.draw();
    if (this.#state === "failed") {
      return html`<div class="banner neutral" role="alert">${marks.blocked}<div>
        <p>${this.#failure}</p>
        <button class="quiet-button" type="button" @click=${() =>
        this.reload()}>${this.office.strings.tryAgain}</button></div></div>`;
    }
    return this.#isPatient ? html`${nothing}` : html`
      <p class="read" role="status">${this.office.strings.loading}</p>
      <div aria-hidden="true">${this.skeleton()}</div>
    `;
  }
}
