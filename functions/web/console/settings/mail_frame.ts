/**
 * A mail as a mail program shows it, in a frame.
 *
 * A mail's styles stand within it, which the console's policy forbids. The frame's page has a policy
 * of its own, by which nothing in it runs, loads or opens; the console writes the mail into it.
 */

import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";

const DARK = "(prefers-color-scheme: dark)";

class MailFrame extends LitElement {
  static override properties = {
    mail: { attribute: false },
    subject: { attribute: false },
    isDark: { attribute: false },
  };
  /** The mail's HTML. */
  declare mail: string;
  declare subject: string;
  declare isDark: boolean;
  readonly #sizes = new ResizeObserver(() => this.#fit());

  override createRenderRoot(): this {
    return this;
  }

  override render(): TemplateResult {
    return html`
      <iframe src="/console/mail" sandbox="allow-same-origin" title=${this.subject}
        @load=${() => this.#write()}></iframe>
    `;
  }

  override firstUpdated(): void {
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("mail") || changed.has("isDark")) this.#write();
  }

  get #frame(): HTMLIFrameElement {
    return this.querySelector("iframe")!;
  }

  #write(): void {
    const page = this.#frame.contentDocument;
    const inside = this.#frame.contentWindow as (Window & typeof globalThis) | null;
    // Before its page is there, the frame has an empty document of the console's own policy.
    if (!page || !inside || page.location.pathname !== "/console/mail") return;
    const mail = new inside.DOMParser().parseFromString(this.mail, "text/html");
    for (const link of mail.querySelectorAll("a")) link.removeAttribute("href");
    for (const style of mail.querySelectorAll("style")) {
      style.textContent = style.textContent.replace(DARK, this.isDark ? "all" : "not all");
    }
    page.replaceChild(page.adoptNode(mail.documentElement), page.documentElement);
    page.documentElement.style.colorScheme = this.isDark ? "dark" : "light";
    this.#fit();
  }

  /** Make the frame as high as the mail, so that the page scrolls alone. */
  #fit(): void {
    const body = this.#frame.contentDocument?.body;
    if (body?.firstChild) this.#frame.style.height = `${body.scrollHeight}px`;
  }
}

customElements.define("openhour-mail-frame", MailFrame);
