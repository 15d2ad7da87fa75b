/**
 * The widget: `<openhour-widget therapist="ada">` embeds the client's page in a therapist's site.
 *
 * The page stands in a frame of its own origin, so the site sees no password, token, name or time.
 */

const NAMES = ["lang", "theme", "accent"] as const;
const origin = new URL((document.currentScript as HTMLScriptElement).src).origin;
/** Pixels kept free above and below what is scrolled into view. */
const MARGIN = 16;

class OpenhourWidget extends HTMLElement {
  static observedAttributes = [...NAMES, "therapist"];
  #frame: HTMLIFrameElement | undefined;
  readonly #listen = (event: MessageEvent) => this.#told(event);

  connectedCallback(): void {
    addEventListener("message", this.#listen);
    this.#embed();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#listen);
  }

  attributeChangedCallback(name: string): void {
    if (!this.#frame) return;
    this.#name();
    if (name === "therapist") this.#embed();
    else this.#frame.contentWindow?.postMessage({ openhour: "look", ...this.#look() }, origin);
  }

  #embed(): void {
    this.#frame?.remove();
    const frame = this.#frame = document.createElement("iframe");
    const therapist = encodeURIComponent(this.getAttribute("therapist") ?? "");
    frame.src = `${origin}/book/${therapist}#${new URLSearchParams(this.#look())}`;
    this.#name();
    Object.assign(frame.style, { display: "block", width: "100%", height: "640px", border: "0" });
    frame.style.colorScheme = "normal"; // else browsers give the frame an opaque ground
    this.append(frame);
  }

  /** Name the frame for screen readers. */
  #name(): void {
    const isSpanish = /^es/i.test(this.#look()["lang"] ?? "");
    this.#frame!.title = isSpanish ? "Reservar una sesión" : "Book a session";
  }

  #look(): Record<string, string> {
    const look: Record<string, string> = {};
    for (const name of NAMES) {
      const value = this.getAttribute(name) ?? (name === "lang" && document.documentElement.lang);
      if (value) look[name] = value;
    }
    return look;
  }

  #told({ source, origin: sender, data }: MessageEvent): void {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || sender !== origin) return;
    if (data?.openhour === "height" && data.height >= 0) frame.style.height = `${+data.height}px`;
    if (data?.openhour === "reveal") this.#reveal(+data.top, +data.bottom);
  }

  /** Scroll as little as needed to show a part of the frame. */
  #reveal(top: number, bottom: number): void {
    const start = this.#frame!.getBoundingClientRect().top;
    const above = start + top - MARGIN;
    const below = start + bottom + MARGIN - innerHeight;
    if (above < 0) scrollBy({ top: above });
    else if (below > 0) scrollBy({ top: Math.min(below, above) });
  }
}

customElements.define("openhour-widget", OpenhourWidget);
