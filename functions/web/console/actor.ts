/** What acts: one thing at a time, and it says what was refused. */

import { LitElement, type PropertyDeclarations } from "lit";
import { Refused } from "../shared/api.ts";
import { SignedOut } from "../shared/session.ts";
import type { Office } from "./office.ts";
import { focusError, valuesOf } from "./parts.ts";

export abstract class Actor extends LitElement {
  static override properties: PropertyDeclarations = { office: { attribute: false } };
  declare office: Office;
  /** What is wrong with the fields of a form, by name; `form` is the whole. */
  errors: Readonly<Record<string, string>> = {};
  busy = false;
  #turn = 0;

  override createRenderRoot(): this {
    return this; // labels and descriptions don't reach across shadow roots
  }

  /**
   * Carry out one act at a time. Returns whether it succeeded.
   *
   * What is refused about fields goes to `errors` by their names, anything else to `errors.form`.
   */
  protected async act(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false; // a double press
    this.busy = true;
    this.errors = {};
    this.requestUpdate();
    try {
      await act();
      return true;
    } catch (error) {
      if (error instanceof SignedOut) this.signedOut();
      else this.errors = this.errorsOf(error);
      return false;
    } finally {
      this.busy = false;
      this.requestUpdate();
    }
  }

  /**
   * Carry out an act with the values of the form that was sent, unless a required one is missing.
   *
   * The focus moves to the first field that is wrong. Returns whether the act succeeded.
   */
  protected async submit(
    event: SubmitEvent,
    act: (values: Record<string, string>) => Promise<unknown>,
  ): Promise<boolean> {
    event.preventDefault();
    if (this.busy) return false;
    const form = event.target as HTMLFormElement;
    const { values, errors } = valuesOf(form, this.office.strings.fieldNeeded);
    this.errors = errors;
    const acted = Object.keys(errors).length === 0 && await this.act(() => act(values));
    this.requestUpdate();
    await this.updateComplete;
    focusError(this);
    return acted;
  }

  /** Read something and take it, unless something else was asked for meanwhile. */
  protected async look<T>(read: () => Promise<T>, take: (found: T) => void): Promise<void> {
    const turn = ++this.#turn;
    this.errors = {};
    try {
      const found = await read();
      if (turn === this.#turn) take(found);
    } catch (error) {
      if (error instanceof SignedOut) this.signedOut();
      else if (turn === this.#turn) this.errors = this.errorsOf(error);
    }
    this.requestUpdate();
  }

  protected errorsOf(error: unknown): Record<string, string> {
    const fields = error instanceof Refused ? error.problem.errors ?? [] : [];
    if (fields.length) return Object.fromEntries(fields.map((each) => [each.field, each.message]));
    return { form: this.office.wordsFor(error) };
  }

  protected signedOut(): void {
    this.dispatchEvent(new CustomEvent("signed-out", { bubbles: true }));
  }
}
