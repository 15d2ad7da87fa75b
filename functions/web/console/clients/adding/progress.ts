/** How far an import is, what it did, and what comes next. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons, marks } from "../../../shared/icons.ts";
import { SignedOut } from "../../../shared/session.ts";
import { Actor } from "../../actor.ts";
import { banner } from "../../parts.ts";
import { pathTo } from "../../routes.ts";
import type { Added, Import } from "./imports.ts";
import "./inviting.ts";
import type { Person } from "./people.ts";

class ImportProgress extends Actor {
  static override properties = { ...Actor.properties, current: { attribute: false } };
  declare current: Import;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("beforeunload", this.#warn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeunload", this.#warn);
    if (this.current) this.current.changed = () => undefined;
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("current")) return;
    this.current.changed = () => {
      if (this.current.failure instanceof SignedOut) this.signedOut();
      this.requestUpdate();
    };
  }

  override firstUpdated(): void {
    this.querySelector<HTMLElement>("h2")?.focus();
  }

  /** Leaving the page now would leave the list half added. */
  readonly #warn = (event: BeforeUnloadEvent): void => {
    if (this.current.isRunning) event.preventDefault();
  };

  override render(): TemplateResult {
    const { adding } = this.office.strings;
    const { current } = this;
    const [done, all] = [current.outcomes.length, current.items.length];
    const title = current.isDone
      ? adding.allDone
      : current.isRunning
      ? adding.under(done, all)
      : adding.stopped(done, all);
    return html`<section class="import">
      <h2 tabindex="-1">${title}</h2>
      <progress max=${all} value=${done} aria-label=${adding.progress}></progress>
      <p role=${current.isRunning ? nothing : "status"}>${this.#counts()}</p>
      ${
      current.failure && !current.isRunning
        ? banner("caution", marks.blocked, this.office.wordsFor(current.failure), adding.goOnText)
        : nothing
    }
      ${this.#drawRefused()}
      ${current.isDone ? this.#drawNext() : this.#drawActs()}
    </section>`;
  }

  #counts(): string {
    const { adding } = this.office.strings;
    const { results } = this.current;
    const added = results.filter(({ isNew }) => isNew).length;
    const refused = this.current.outcomes.length - results.length;
    return adding.counts(added, results.length - added, refused);
  }

  #drawActs(): TemplateResult {
    const { adding } = this.office.strings;
    const { current } = this;
    return html`
      <div class="acts">${current.isRunning
        ? html`
          <button class="second-button" type="button" aria-disabled=${current.isStopping
            ? "true"
            : "false"}
            @click=${() => current.stop()}>${current.isStopping
              ? adding.stopping
              : adding.stop}</button>
        `
        : html`
          <button class="main" type="button" @click=${() => void current.run()}>${adding.goOn(
            current.items.length - current.outcomes.length,
          )}</button><button
            class="quiet-button" type="button" @click=${() =>
              this.#again(current.items.slice(current.outcomes.length))}>${adding
              .lookAgain}</button>
        `}</div>
      <p class="second">${adding.safe}</p>
    `;
  }

  #again(people: readonly Person[]): void {
    this.dispatchEvent(new CustomEvent("again", { detail: people }));
  }

  get #refused(): readonly { person: Person; words: string }[] {
    return this.current.outcomes.flatMap(({ refused }, index) =>
      refused === undefined ? [] : [{ person: this.current.items[index]!, words: refused }]
    );
  }

  #drawRefused(): TemplateResult | typeof nothing {
    const refused = this.#refused;
    if (refused.length === 0) return nothing;
    const { adding } = this.office.strings;
    return html`<h3>${adding.refusedTitle}</h3><ul class="rows">${
      refused.map(({ person, words }) =>
        html`<li><span class="grow"><b>${person.name}</b> <span class="second">${person.email}</span>
          <span class="error">${marks.missed} ${words}</span></span></li>`
      )
    }</ul>${
      this.current.isDone
        ? html`<button class="second-button" type="button" @click=${() =>
          this.#again(refused.map(({ person }) => person))}>${adding.correct}</button>`
        : nothing
    }`;
  }

  // ------------------------------------------------------------------ afterwards

  #drawNext(): TemplateResult {
    const { adding, clientsView } = this.office.strings;
    const { settings } = this.office;
    const invitable = this.current.isInviting ? [] : this.current.results
      .map(({ client }: Added) => client)
      .filter(({ email, privilege }) => email && privilege === "active");
    return html`
      <h3>${adding.next}</h3><ul class="rows next-steps">
        <li>${marks.regular}<span class="grow"><a href=${pathTo("regulars")}>${adding
          .placeRegulars}</a><span class="second">${adding.placeRegularsText}</span></span></li>
        <li>${marks.open}<span class="grow"><a href="/book/${settings?.therapist_id ??
          ""}" target="_blank" rel="noopener">${adding.seeAsClient}</a><span class="second">${adding
          .seeAsClientText}</span></span></li>
        <li>${icons.check}<span class="grow"><a href=${pathTo("clients")}>${adding
          .toList}</a></span></li>
      </ul>
            ${invitable.length
              ? html`<openhour-inviting .office=${this.office} .clients=${invitable}></openhour-inviting>`
              : nothing}
            <div
        class="acts"><button class="quiet-button" type="button" @click=${() =>
          this.#again([])}>${clientsView.addMore}</button></div>
    `;
  }
}

customElements.define("openhour-import-progress", ImportProgress);
