/** The therapist's console: who is signed in, the menu, and the view that the address names. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { MINUTE } from "../shared/wall_clock.ts";
import { Office, readStrings } from "./office.ts";
import { banner, dialog } from "./parts.ts";
import { parsePath, pathTo, type ViewName, VIEWS } from "./routes.ts";
import "./sign_in.ts";
import "./toast.ts";
import type { View } from "./view.ts";

/** The views of the office, which answers the phone. */
const OFFICE_MENU: readonly ViewName[] = ["week", "friday"];
const MENU: readonly ViewName[] = [
  "week",
  "hours",
  "regulars",
  "friday",
  "clients",
  "intake",
  "time-off",
  "settings",
];

const strings = await readStrings();

class Console extends LitElement {
  readonly #office = new Office(strings, () => this.#changed());
  #view: View | undefined;
  #name: ViewName = "week";
  #isMenuOpen = false;
  #isSignedIn = false;
  #questionFailure = "";
  #isAnswering = false;

  override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    this.replaceChildren(); // what is shown without a script
    super.connectedCallback();
    this.#isSignedIn = this.#office.session.isKept;
    addEventListener("hashchange", () => void this.#follow());
    addEventListener("storage", () => this.#checkSession());
    addEventListener("focus", () => void this.#freshen());
    document.addEventListener("visibilitychange", () => void this.#freshen());
    setInterval(() => void this.#freshen(), MINUTE);
    this.addEventListener("signed-in", () => {
      this.#isSignedIn = true;
      void this.#follow();
    });
    this.addEventListener("signed-out", () => void this.#leave());
    this.addEventListener("undone", () => {
      this.#office.forgetClients();
      void this.#view?.refresh();
    });
    if (this.#isSignedIn) void this.#follow();
  }

  #changed(): void {
    this.requestUpdate();
    this.#view?.requestUpdate();
  }

  /** Show the view that the address names. */
  async #follow(): Promise<void> {
    if (!this.#isSignedIn) return;
    const { name, path } = parsePath(location.hash);
    this.#isMenuOpen = false;
    const isNew = !this.#view || this.#name !== name;
    if (isNew) {
      try {
        await VIEWS[name]();
      } catch {
        this.#office.say(this.#office.strings.noConnection);
        return;
      }
      if (parsePath(location.hash).name !== name) return;
      this.#view = document.createElement(`openhour-${name}`) as View;
      this.#view.office = this.#office;
      this.#name = name;
    }
    this.#view!.path = path;
    this.requestUpdate();
    await this.updateComplete;
    if (isNew) scrollTo(0, 0);
  }

  async #freshen(): Promise<void> {
    if (!this.#isSignedIn || document.visibilityState !== "visible") return;
    await Promise.all([
      this.#office.loadSettings().catch(() => undefined), // said by the next act
      this.#view?.freshen(),
    ]);
  }

  /** Another tab may have signed out. */
  #checkSession(): void {
    if (this.#isSignedIn && !this.#office.session.isKept) void this.#leave();
  }

  async #leave(): Promise<void> {
    this.#isSignedIn = false;
    this.#view = undefined;
    this.#office.forget();
    this.requestUpdate();
    await this.#office.session.end();
  }

  async #signOutEverywhere(): Promise<void> {
    try {
      const token = await this.#office.session.accessToken();
      const cognito = await this.#office.session.cognito();
      await cognito.call("GlobalSignOut", { AccessToken: token });
      await this.#leave();
    } catch (error) {
      this.#office.say(this.#office.wordsFor(error));
    }
  }

  override updated(_: PropertyValues): void {
    const { strings, settings } = this.#office;
    document.documentElement.lang = strings.language;
    if (this.#isSignedIn) {
      document.title = [strings.menu.views[this.#name], settings?.name ?? "Openhour"].join(" · ");
    }
  }

  override render(): TemplateResult {
    const office = this.#office;
    if (!this.#isSignedIn) {
      return html`<openhour-sign-in .office=${office} lang=${office.strings.language}></openhour-sign-in>`;
    }
    const isAsked = office.question !== undefined;
    return html`
      <div class="shell" ?inert=${isAsked}>
        <a class="skip" href="#content" @click=${(event: Event) => {
          event.preventDefault();
          this.querySelector<HTMLElement>("#content")?.focus();
        }}>${office.strings.menu.skip}</a>
        ${this.#drawSide()}
        <main id="content" tabindex="-1">${this.#view ?? nothing}</main>
      </div>
      ${this.#drawQuestion()}
      <openhour-toast .office=${office} .toast=${office.toast}></openhour-toast>
    `;
  }

  #drawSide(): TemplateResult {
    const { strings, settings } = this.#office;
    const { menu } = strings;
    return html`
      <header class="side ${this.#isMenuOpen ? "open" : ""}"
        @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.#toggleMenu(false)}>
        <button class="menu-button" type="button" aria-expanded=${this.#isMenuOpen}
          aria-controls="menu" aria-label=${menu.open} @click=${() =>
            this.#toggleMenu(!this.#isMenuOpen)}>${icons.menu}</button>
        <p class="brand">${marks.open} <span>${settings?.name ?? "Openhour"}</span></p>
        <div id="menu" class="menu">
          <nav aria-label=${menu.title}>
            <ul>${this.#views.map((name) =>
              html`<li><a href=${pathTo(name)} aria-current=${
                name === this.#name ? "page" : "false"
              }
          @click=${() => this.#toggleMenu(false)}>${menu.views[name]}<span class="count">${
                this.#countOf(name)
              }</span></a></li>`
            )}</ul>
          </nav>
          <div class="side-foot">
                ${settings ? this.#drawState() : nothing}
                <label class="check side-button"><input type="checkbox"
            .checked=${this.#office.showsInitials} @change=${() =>
              this.#office.showInitials(!this.#office.showsInitials)}> ${strings.week
              .initials}</label>
          <button class="side-button" type="button" lang=${strings.language === "en"
            ? "es"
            : "en"} @click=${() =>
            this.#office.setLanguage(strings.language === "en" ? "es" : "en")}>${strings
            .otherLanguage}</button>
                <button class="side-button" type="button" @click=${() => this.#leave()}>${menu
                  .signOut}</button>
                <button class="side-button" type="button" @click=${() =>
                  this.#signOutEverywhere()}>${menu.signOutEverywhere}</button>
              </div>
        </div>
      </header>
    `;
  }

  #drawState(): TemplateResult {
    const { menu } = this.#office.strings;
    const { self_scheduling: isOn, signed_in } = this.#office.settings!;
    const words = isOn ? menu.isOn : menu.isOff;
    return html`
      <p class="switch-state">${isOn ? marks.open : marks.held} ${this.#office.isTherapist
        ? html`<a href=${pathTo("settings")}>${words}</a>`
        : html`<span>${words}</span>`}</p>
      <p class="signed-in">${signed_in?.name ?? ""}</p>
    `;
  }

  /** What waits in a view, such as requests, once the clients are known. */
  #countOf(name: ViewName): string {
    const { menu } = this.#office.strings;
    const clients = this.#office.knownClients;
    const asking = clients.filter(({ regular_request }) => regular_request?.state === "asked");
    const flagged = clients.filter(({ flagged, flag_seen }) => flagged && !flag_seen);
    if (name === "regulars" && asking.length) return menu.requests(asking.length);
    if (name === "clients" && flagged.length) return menu.flagged(flagged.length);
    return "";
  }

  get #views(): readonly ViewName[] {
    return this.#office.isTherapist ? MENU : OFFICE_MENU;
  }

  #toggleMenu(isOpen: boolean): void {
    if (this.#isMenuOpen === isOpen) return;
    this.#isMenuOpen = isOpen;
    this.requestUpdate();
    if (!isOpen) this.querySelector<HTMLElement>(".menu-button")?.focus();
  }

  // ------------------------------------------------------------------ questions

  #drawQuestion(): TemplateResult | typeof nothing {
    const { question, strings } = this.#office;
    if (!question) {
      this.#questionFailure = "";
      return nothing;
    }
    const notify = question.notify;
    return dialog(
      strings,
      question.title,
      html`
        <p>${question.text}</p>
        ${notify
          ? html`<label class="check"><input type="checkbox" name="notify"
              .checked=${notify.initially}> ${notify.label}</label>`
          : nothing}
        ${this.#questionFailure ? banner("caution", marks.blocked, this.#questionFailure) : nothing}
        <div class="acts">
          <button class="stop-button" type="button" aria-disabled=${this.#isAnswering
            ? "true"
            : "false"}
            @click=${(event: Event) => this.#answer(event)}>${question.act}</button>
          <button class="quiet-button" type="button" @click=${() =>
            this.#office.dismissQuestion()}>${question.keep}</button>
        </div>
      `,
      () => this.#office.dismissQuestion(),
    );
  }

  async #answer(event: Event): Promise<void> {
    const { question } = this.#office;
    if (!question || this.#isAnswering) return;
    const sheet = (event.target as HTMLElement).closest(".sheet");
    const box = sheet?.querySelector<HTMLInputElement>("[name=notify]");
    this.#isAnswering = true;
    this.#questionFailure = "";
    this.requestUpdate();
    try {
      await question.run(box?.checked ?? false);
      this.#office.dismissQuestion();
    } catch (error) {
      this.#questionFailure = this.#office.wordsFor(error);
    }
    this.#isAnswering = false;
    this.requestUpdate();
  }
}

customElements.define("openhour-console", Console);
