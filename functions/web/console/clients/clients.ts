/** Clients: the list, and one of them beside it; on a narrow screen in its place. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { icons } from "../../shared/icons.ts";
import { MINUTE } from "../../shared/wall_clock.ts";
import type { Schemas } from "../office.ts";
import { goTo, pathTo } from "../routes.ts";
import { View } from "../view.ts";
import "./adding/adding.ts";
import "./client.ts";
import { countOf, type Filter, FILTERS, found, type Line, linesOf, type Seen } from "./listing.ts";
import { dischargedRow, heads, legend, row } from "./rows.ts";

/** From here on a client stands beside the list. */
const WIDE = matchMedia("(min-width: 1200px)");
/** As many are shown at first, and with each "Show more". */
const SLICE = 50;
const ADD = "add";
/** So long the list is shown before it is loaded anew in the background: it may be long. */
const FRESH = 5 * MINUTE;

class ClientsView extends View {
  #lines: readonly Line[] = [];
  #discharged: readonly Line[] | undefined;
  #regulars: readonly Schemas["Regular"][] = [];
  #filter: Filter = "all";
  #search = "";
  #shown = SLICE;
  /** Where the list was scrolled to when a client replaced it. */
  #scrolled = 0;
  #returnsTo: string | undefined;
  #takesFocus = false;
  #loadedAt = 0;
  #shownAs = "";

  override connectedCallback(): void {
    super.connectedCallback();
    WIDE.addEventListener("change", this.#redraw);
    this.addEventListener("keydown", this.#pressed);
    this.#recall();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    WIDE.removeEventListener("change", this.#redraw);
    this.removeEventListener("keydown", this.#pressed);
  }

  readonly #redraw = (): void => this.requestUpdate();

  get #clientId(): string | undefined {
    return this.path[0] === ADD ? undefined : this.path[0];
  }

  get #isAdding(): boolean {
    return this.path[0] === ADD;
  }

  protected override async load(): Promise<void> {
    this.office.forgetClients();
    const [clients, regulars] = await Promise.all([
      this.office.clients(),
      this.office.api.request("get", "/practice/regulars")
        .then(({ regulars }) => regulars, () => []), // the list is there without them
    ]);
    this.#regulars = regulars.filter(({ until }) => !until || until >= this.office.today);
    this.#lines = linesOf(clients as readonly Seen[], this.#regulars, this.office.strings.language);
    this.#loadedAt = this.office.now;
    if (this.#filter === "discharged") await this.#loadDischarged();
  }

  async #loadDischarged(): Promise<void> {
    const { clients } = await this.office.api.request("get", "/practice/clients", {
      discharged: "true",
    });
    this.#discharged = linesOf(clients as readonly Seen[], [], this.office.strings.language);
  }

  override async freshen(): Promise<void> {
    if (this.#isAdding) return;
    const isOld = this.office.now - this.#loadedAt > FRESH;
    await Promise.all([isOld ? super.freshen() : undefined, this.#pane?.freshen()]);
  }

  get #pane(): View | null {
    return this.querySelector<View>("openhour-client");
  }

  // ------------------------------------------------------------------ going and coming back

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const before = changed.get("path") as readonly string[] | undefined;
    if (!changed.has("path") || !before || before[0] === this.path[0]) return;
    this.#takesFocus = this.#clientId !== undefined;
    if (before.length === 0 && !WIDE.matches) this.#scrolled = scrollY;
    if (this.path.length === 0) this.#returnsTo = before[0];
    if (before[0] === ADD) void this.refresh();
  }

  /** What is drawn inside follows the language and the initials, which are nobody's properties. */
  #redrawInside(): void {
    const { strings, showsInitials } = this.office;
    const shown = `${strings.language} ${showsInitials}`;
    if (this.#shownAs && shown !== this.#shownAs) {
      for (const each of this.querySelectorAll("*")) {
        if (each instanceof LitElement) each.requestUpdate();
      }
    }
    this.#shownAs = shown;
  }

  override updated(): void {
    this.#redrawInside();
    const isReplaced = !WIDE.matches || this.#isAdding;
    if (this.path.length && isReplaced && this.#takesFocus) scrollTo(0, 0);
    if (!this.path.length && this.#returnsTo) {
      const link = this.querySelector<HTMLElement>(
        `[data-client="${CSS.escape(this.#returnsTo)}"]`,
      );
      if (!link && !this.querySelector(".client-rows, .nothing")) return; // still loading
      if (!WIDE.matches) scrollTo(0, this.#scrolled);
      (link ?? this.querySelector<HTMLElement>("h1"))?.focus({ preventScroll: !WIDE.matches });
      this.#returnsTo = undefined;
    }
    this.#takesFocus = false;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.#clientId && !event.defaultPrevented) goTo("clients");
  };

  /** A reload shows the same part of the list. */
  #recall(): void {
    const { filter, shown } = (history.state?.clients ?? {}) as { filter?: Filter; shown?: number };
    if (filter && FILTERS.includes(filter)) this.#filter = filter;
    if (shown) this.#shown = shown;
  }

  #remember(): void {
    const clients = { filter: this.#filter, shown: this.#shown };
    history.replaceState({ ...history.state, clients }, "");
    this.requestUpdate();
  }

  // ------------------------------------------------------------------ drawing

  override render(): TemplateResult {
    if (this.#isAdding) {
      return html`<openhour-adding .office=${this.office}></openhour-adding>`;
    }
    const id = this.#clientId;
    const isAlone = id !== undefined && !WIDE.matches;
    return html`<div class="clients ${id ? "with-client" : ""}">
      ${isAlone ? nothing : html`<div class="client-list">${super.render()}</div>`}
      ${
      id
        ? html`
          <openhour-client .office=${this.office} .path=${[id]} .isAlone=${isAlone}
            .takesFocus=${this.#takesFocus} .regulars=${this.#regulars}
            @changed=${() => this.refresh()}></openhour-client>
        `
        : nothing
    }
    </div>`;
  }

  protected override draw(): TemplateResult {
    const { clientsView: words, menu } = this.office.strings;
    return html`
      <div class="view-head">
        <h1 tabindex="-1">${menu.views["clients"]}</h1>
        <span class="second">${this.#all.length}</span>
        <span class="spacer"></span>
        <a class="second-button" href=${pathTo("clients", ADD)}>${icons.plus} ${words.add}</a>
      </div>
      ${this.#lines.length || this.#filter === "discharged" ? this.#drawList() : this.#drawNobody()}
    `;
  }

  get #all(): readonly Line[] {
    return this.#filter === "discharged" ? this.#discharged ?? [] : this.#lines;
  }

  #drawNobody(): TemplateResult {
    const { clientsView: words } = this.office.strings;
    return html`<p class="nothing">${words.nobody} <a href=${
      pathTo("clients", ADD)
    }>${words.nobodyNext}</a></p>`;
  }

  #drawList(): TemplateResult {
    const isDischarged = this.#filter === "discharged";
    const lines = found(this.#all, this.#filter, this.#search);
    const hasConduct = lines.some(({ client }) => client.conduct);
    const { clientsView: words } = this.office.strings;
    return html`
      ${this.#drawTools()}
      <p class="read" role="status">${this.#search ? words.found(lines.length) : ""}</p>
      ${lines.length && !isDischarged ? heads(this.office, hasConduct) : nothing}
      ${lines.length ? nothing : html`<p class="nothing">${words.nobodyFound[this.#filter]}</p>`}
      <ul class="client-rows">${lines.slice(0, this.#shown).map((line) =>
        isDischarged ? dischargedRow(this.office, line) : row(this.office, line, {
          isCurrent: line.client.client_id === this.#clientId,
          showsLogin: this.#filter === "not-signed-in",
        })
      )}</ul>
      ${this.#drawMore(lines.length)}
      ${lines.length && hasConduct && !isDischarged ? legend(this.office) : nothing}
    `;
  }

  #drawTools(): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const count = (filter: Filter) =>
      filter === "flagged" || filter === "not-signed-in" ? ` ${countOf(this.#lines, filter)}` : "";
    return html`
      <div class="client-tools">
        <div class="client-search">${icons.search}<input type="search" aria-label=${words.search}
              placeholder=${words.search} autocomplete="off" .value=${this.#search}
              @input=${(event: Event) => {
                this.#search = (event.target as HTMLInputElement).value;
                this.#shown = SLICE;
                this.requestUpdate();
              }}></div>
        <div class="filters" role="group" aria-label=${words.filter}>${this.#filters.map((filter) =>
          html`
            <button type="button" aria-pressed=${filter === this.#filter ? "true" : "false"}
              @click=${() => this.#choose(filter)}>${words.filters[filter]}${count(filter)}</button>
          `
        )}</div>
      </div>
            ${this.errors["form"]
              ? html`<p class="error" role="alert">${this.errors["form"]}</p>`
              : nothing}
    `;
  }

  /** Only what this login is told about can be chosen. */
  get #filters(): readonly Filter[] {
    const knows = (name: keyof Seen) =>
      this.#lines.some(({ client }) => client[name] !== undefined);
    return FILTERS.filter((filter) =>
      filter === "flagged" ? knows("flagged") : filter === "not-signed-in" ? knows("login") : true
    );
  }

  async #choose(filter: Filter): Promise<void> {
    if (filter === "discharged" && !await this.act(() => this.#loadDischarged())) return;
    this.#filter = filter;
    this.#shown = SLICE;
    this.#remember();
  }

  #drawMore(count: number): TemplateResult | typeof nothing {
    const { clientsView: words } = this.office.strings;
    const left = count - this.#shown;
    if (left <= 0) return nothing;
    return html`<button class="second-button more" type="button" @click=${() => {
      this.#shown += SLICE;
      this.#remember();
    }}>${words.showMore(Math.min(SLICE, left), left)}</button>`;
  }
}

customElements.define("openhour-clients", ClientsView);
