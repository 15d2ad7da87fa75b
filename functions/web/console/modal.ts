/** What floats above the page: it takes the focus, keeps it, and gives it back. */

import { noChange } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { ElementPart } from "lit";

class Modal extends AsyncDirective {
  #element: HTMLElement | undefined;
  #opener: Element | null = null;
  #close: () => void = () => undefined;
  #keepsFocus = true;

  render(_close: () => void, _keepsFocus = true): unknown {
    return noChange;
  }

  override update(part: ElementPart, [close, keepsFocus]: [() => void, boolean?]): unknown {
    this.#close = close;
    this.#keepsFocus = keepsFocus ?? true;
    if (!this.#element) {
      this.#element = part.element as HTMLElement;
      this.#opener = document.activeElement;
      this.#element.addEventListener("keydown", this.#pressed);
      setTimeout(() => this.#takeFocus()); // after the elements inside have drawn themselves
    }
    return noChange;
  }

  override disconnected(): void {
    this.#element?.removeEventListener("keydown", this.#pressed);
    const opener = this.#opener;
    this.#element = undefined;
    queueMicrotask(() => {
      const isLost = !document.activeElement || document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus();
    });
  }

  #takeFocus(): void {
    const find = (selector: string) => this.#element?.querySelector<HTMLElement>(selector);
    (find("[data-focus]") ?? find("h2[tabindex]"))?.focus();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#close();
    } else if (event.key === "Tab" && this.#keepsFocus) this.#stay(event);
  };

  /** Keep the focus inside, also where the browser does not know `inert`. */
  #stay(event: KeyboardEvent): void {
    const stops = [...this.#element!.querySelectorAll<HTMLElement>(
      "button, a[href], input, select, textarea, [tabindex='0']",
    )].filter((each) => each.offsetParent !== null);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (event.shiftKey && document.activeElement === first) {
      event.preventDefault();
      last?.focus();
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault();
      first?.focus();
    }
  }
}

/**
 * Take the focus to the heading inside, or to what is marked `data-focus`; close at Escape; give the
 * focus back at the end. Unless `keepsFocus` is false, Tab stays inside.
 */
export const modal = directive(Modal);
