/** The client's page, as an element: it draws what the page holds, and moves the focus. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { keep, recall } from "../shared/storage.ts";
import { followLook, isEmbedded, reportHeight, reveal } from "./embed.ts";
import { applyLook, type Look } from "./look.ts";
import { Page, type View } from "./page.ts";
import { banner, crisisLine, phoneLine, privacyLink } from "./parts.ts";
import { preferences } from "./preferences.ts";
import { type Picked, question } from "./question.ts";
import { allSessions, done, nextSession, pleaseCall, sessionsToRead } from "./sessions.ts";
import { confirm, confirmed, fullMeanwhile, linkExpired, registered } from "./confirming.ts";
import { takeToken } from "./link.ts";
import { code, firstPassword, help, register, signIn } from "./sign_in.ts";
import { Folds, times } from "./times.ts";
import { unsubscribe, unsubscribed } from "./unsubscribing.ts";

const LANGUAGE = "openhour:language";
/** Skeletons appear only after a while: most answers are faster. */
const PATIENCE = 200;
/** The views from which "back" leaves the page. */
const FIRST_VIEWS: readonly View[] = [
  "loading",
  "failed",
  "sign-in",
  "confirm",
  "unsubscribe",
  "unsubscribed",
  "home",
];

class OpenhourBook extends LitElement {
  readonly #page: Page;
  readonly #folds = new Folds();
  readonly #picked: Picked = { id: "" };
  #isMenuOpen = false;
  #isPatient = true;
  /** What had the focus before a question came. */
  #opener: HTMLElement | undefined;
  #shown: { view: View; question: boolean } = { view: "loading", question: false };
  #isDeep = false;
  #isMoving = false;
  #errors: Page["errors"] = {};

  constructor() {
    super();
    const read = (name: string) => this.getAttribute(name) ?? "";
    this.#page = new Page(read("therapist"), read("name"), read("phone"), read("language"), () => {
      this.requestUpdate();
    });
  }

  override createRenderRoot(): this {
    return this; // labels and descriptions don't reach across shadow roots
  }

  override connectedCallback(): void {
    this.replaceChildren(); // what is shown without a script
    super.connectedCallback();
    followLook((look) => this.#applyLook(look));
    reportHeight(this);
    setTimeout(() => {
      this.#isPatient = false;
      this.requestUpdate();
    }, PATIENCE);
    addEventListener("popstate", () => this.#goBack());
    addEventListener("keydown", (event) => this.#pressed(event));
    addEventListener("click", (event) => this.#clicked(event), true); // before what it changes
    // Another tab may have signed out, also while this page lay in the browser's history.
    addEventListener("storage", () => this.#page.sessionChanged());
    addEventListener("pageshow", (event) => event.persisted && this.#page.sessionChanged());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.#page.freshen();
    });
    if (!isEmbedded && history.state?.deep) history.back(); // what was open before a reload
    addEventListener("hashchange", () => this.#followLink());
    if (!this.#followLink()) void this.#page.start();
  }

  /** Follow the link of a mail, if one led here. Return whether it shows something of its own. */
  #followLink(): boolean {
    const link = takeToken();
    if (link !== undefined) {
      void this.#page.entrance.askAbout(link.purpose, link.token);
      return true;
    }
    if (!isEmbedded && this.#page.follow(location.hash)) {
      history.replaceState(history.state, "", location.pathname);
    }
    return false;
  }

  #applyLook(look: Look): void {
    applyLook(look);
    const chosen = recall(LANGUAGE)?.text;
    if (chosen) this.#page.setChosen(chosen);
    this.#page.setPreferred([look.lang, ...navigator.languages, this.getAttribute("language")]);
  }

  // ------------------------------------------------------------------ drawing

  override render(): TemplateResult {
    const page = this.#page;
    document.documentElement.lang = page.strings.language;
    document.title = `${page.strings.frameTitle}: ${page.practiceName}`;
    const isModal = !isEmbedded && page.asked !== undefined;
    document.body.classList.toggle("still", isModal);
    const asked = page.asked ? question(page, page.asked, this.#picked) : nothing;
    return html`
      ${page.view === "home" && page.me && !page.closed
        ? html`<nav><a class="skip" href="#times-title" @click=${(event: Event) => {
          event.preventDefault(); // no entry of history
          this.#focus("times-title");
        }}>${page.strings.skipToTimes}</a></nav>`
        : nothing}
      <div class="page ${isEmbedded ? "embedded" : ""}" ?inert=${isModal}>
        ${this.#header()}
        <main>${this.#view(isEmbedded && page.asked ? this.#inPlace(asked) : nothing)}</main>
        <footer>${this.#isPhoneAtFoot ? phoneLine(page) : nothing}${page.view === "register"
          ? nothing
          : crisisLine(page)}${privacyLink(page)}</footer>
      </div>
      ${isModal
        ? html`
          <div class="scrim" @click=${(event: Event) => {
            if (event.target === event.currentTarget) page.dismiss();
          }}>
            <div class="sheet" role="dialog" aria-modal="true"
              aria-labelledby="question-title">${asked}</div>
          </div>
        `
        : nothing}
    `;
  }

  #inPlace(asked: unknown): TemplateResult {
    return html`<section class="in-place" aria-labelledby="question-title">${asked}</section>`;
  }

  get #isPhoneAtFoot(): boolean {
    const { view, closed, slots } = this.#page;
    if (closed) return false;
    return (view === "home" && slots.length > 0) || view === "sessions" || view === "done";
  }

  #header(): TemplateResult {
    const page = this.#page;
    const { strings } = page;
    const other = strings.language === "en" ? "es" : "en";
    return html`<header>
      ${
      page.me && !isEmbedded
        ? html`<p class="practice">${page.practiceName}</p>`
        : html`<span></span>`
    }
      <div class="tools">
        <button class="link" type="button" lang=${other} @click=${() =>
      this.#switchLanguage()}>${strings.otherLanguage}</button>
        ${page.me ? this.#menu(page.me.name) : nothing}
      </div>
    </header>`;
  }

  #menu(name: string): TemplateResult {
    const page = this.#page;
    const toggle = () => {
      this.#isMenuOpen = !this.#isMenuOpen;
      this.requestUpdate();
    };
    const [first] = name.split(" ");
    return html`
      <div class="menu">
        <button type="button" aria-expanded=${this.#isMenuOpen} aria-controls="menu"
          aria-label=${page.strings.menu(name)} @click=${toggle}>${first} ${icons.down}</button>
        <div id="menu" class="menu-list" ?hidden=${!this.#isMenuOpen}>
          <button type="button" @click=${() => {
            this.#isMenuOpen = false;
            page.show("sessions");
          }}>${page.strings.allSessions}</button>
          <button type="button" @click=${() => {
            this.#isMenuOpen = false;
            page.show("preferences");
          }}>${page.strings.preferences}</button>
          <button type="button" @click=${() => {
            this.#isMenuOpen = false;
            void page.signOut();
          }}>${page.strings.signOut}</button>
        </div>
      </div>
    `;
  }

  #view(under: TemplateResult | typeof nothing): unknown {
    const page = this.#page;
    switch (page.view) {
      case "loading":
        return this.#isPatient ? nothing : skeleton(page);
      case "failed":
        return banner(
          "neutral",
          marks.blocked,
          page.notice?.kind === "broken"
            ? page.strings.somethingWrong
            : page.strings.noConnectionFirst,
          nothing,
          html`<button class="quiet-button" type="button" @click=${() =>
            page.reload()}>${page.strings.tryAgain}</button>${phoneLine(page)}`,
        );
      case "sign-in":
        return signIn(page);
      case "first-password":
        return firstPassword(page);
      case "help":
        return help(page);
      case "code":
        return code(page);
      case "register":
        return register(page);
      case "registered":
        return registered(page);
      case "confirm":
        return confirm(page);
      case "confirmed":
        return confirmed(page);
      case "full-meanwhile":
        return fullMeanwhile(page);
      case "link-expired":
        return linkExpired(page);
      case "unsubscribe":
        return unsubscribe(page);
      case "unsubscribed":
        return unsubscribed(page);
      case "sessions":
        return page.closed === "suspended" ? this.#closed() : allSessions(page, under);
      case "preferences":
        return preferences(page);
      case "done":
        return done(page, under);
      case "home":
        return page.closed ? this.#closed() : this.#home(under);
    }
  }

  #home(under: TemplateResult | typeof nothing): TemplateResult {
    const page = this.#page;
    const asksForTime = page.question?.kind === "book" || page.question?.kind === "move";
    return html`
      <h1 class="read">${page.strings.frameTitle}</h1>
      <div class="columns">${nextSession(page, asksForTime ? nothing : under)}${times(
        page,
        this.#folds,
        asksForTime ? under : nothing,
      )}</div>
    `;
  }

  #closed(): TemplateResult {
    const page = this.#page;
    const sessions = page.closed === "switched-off"
      ? allSessions(page, nothing)
      : sessionsToRead(page);
    return html`<div class="closed">${pleaseCall(page)}${page.me ? sessions : nothing}</div>`;
  }

  // ------------------------------------------------------------------ focus and history

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const page = this.#page;
    if (page.busy) return; // the focus moves once, when the act is over
    const now = { view: page.view, question: page.asked !== undefined };
    const before = this.#shown;
    this.#shown = now;
    const moving = page.moving !== undefined && !now.question && page.me !== undefined;
    const began = moving && !this.#isMoving;
    const stopped = this.#isMoving && !page.moving && now.view === before.view;
    this.#isMoving = page.moving !== undefined;
    if (now.question && !before.question) this.#focus("question-title", true);
    else if (began) this.#focus("times-title");
    else if (stopped && !now.question) this.#focus("own-title");
    else if (page.errors !== this.#errors && Object.keys(page.errors).length) this.#focusError();
    else if (before.question && !now.question && now.view === before.view) this.#focusOpener();
    else if (now.view !== before.view && before.view !== "loading") this.#focusView(now.view);
    this.#errors = page.errors;
    if (!now.question) this.#opener = undefined;
    this.#keepHistory(now);
  }

  #focusError(): void {
    this.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  #focusView(view: View): void {
    if (view === "home") this.#focus(this.#page.notice ? "notice" : "times-title");
    else this.#focus("title");
  }

  #focus(id: string, isNew = false): void {
    const element = this.querySelector<HTMLElement>(`#${id}`) ?? this.querySelector("#title");
    if (!(element instanceof HTMLElement)) return;
    element.focus({ preventScroll: isEmbedded || isNew });
    const part = element.closest(".in-place") ?? element;
    if (isEmbedded || !isNew) reveal(part);
  }

  #focusOpener(): void {
    const slot = this.#opener?.dataset["slot"];
    const again = slot ? this.querySelector<HTMLElement>(`[data-slot="${slot}"]`) : this.#opener;
    if (this.querySelector("#notice")) this.#focus("notice");
    else if (again?.isConnected) again.focus();
    else this.#focus("times-title");
  }

  /** Keep one entry of history above the first view, so that "back" closes what was opened. */
  #keepHistory({ view, question }: { view: View; question: boolean }): void {
    if (isEmbedded) return; // the history belongs to the site
    const isDeep = question || this.#page.moving !== undefined || !FIRST_VIEWS.includes(view);
    if (isDeep === this.#isDeep) return;
    this.#isDeep = isDeep;
    if (isDeep) history.pushState({ deep: true }, "");
    else if (history.state?.deep) history.back();
  }

  #goBack(): void {
    const page = this.#page;
    if (!this.#isDeep && history.state?.deep && !isEmbedded) history.back(); // nothing is forward
    if (!this.#isDeep || history.state?.deep) return;
    this.#isDeep = false;
    if (page.busy) history.pushState({ deep: this.#isDeep = true }, "");
    else if (page.asked) page.dismiss();
    else if (page.moving) page.stopMoving();
    else page.show(page.me || page.closed ? "home" : "sign-in");
  }

  #clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    if (!this.#page.asked) this.#opener = target.closest("button") ?? undefined;
    if (this.#isMenuOpen && !target.closest(".menu")) {
      this.#isMenuOpen = false;
      this.requestUpdate();
    }
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      if (this.#isMenuOpen) {
        this.#isMenuOpen = false;
        this.querySelector<HTMLElement>(".menu button")?.focus();
        this.requestUpdate();
      } else if (this.#page.asked) this.#page.dismiss();
    } else if (event.key === "Tab") this.#stayInSheet(event);
  }

  /** Keep the focus in an open sheet, also where the browser does not know `inert`. */
  #stayInSheet(event: KeyboardEvent): void {
    const sheet = this.querySelector(".sheet");
    if (!sheet) return;
    const stops = [...sheet.querySelectorAll<HTMLElement>("button, a[href], input")];
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const isOutside = !sheet.contains(document.activeElement);
    if (event.shiftKey && (document.activeElement === first || isOutside)) {
      event.preventDefault();
      last?.focus();
    } else if (!event.shiftKey && (document.activeElement === last || isOutside)) {
      event.preventDefault();
      first?.focus();
    }
  }

  #switchLanguage(): void {
    void this.#page.switchLanguage();
    keep(LANGUAGE, this.#page.strings.language, "device");
  }
}

/** The first view without its words, at its final size. */
function skeleton(page: Page): TemplateResult {
  const day = html`<div class="day"><span class="rail"></span><div class="slots">${
    [1, 2, 3].map(() => html`<span class="slot empty"></span>`)
  }</div></div>`;
  return html`
    <h1 class="read" role="status">${page.strings.loading}</h1>
    <div class="columns" aria-hidden="true">
      <section class="own">
        <h2>${page.strings.nextSession}</h2>
        <div class="session empty"></div>
      </section>
      <section
        class="times"><div class="heading"><h2>${page.strings
          .openTimes}</h2></div>${day}${day}</section>
    </div>
  `;
}

customElements.define("openhour-book", OpenhourBook);
