/** The regulars: by weekday, with what clients ask for and what is in conflict. */

import { dateOf } from "../../shared/wall_clock.ts";
import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { clock } from "../../shared/parts.ts";
import { type Conflict, conflictWords } from "../conflicts.ts";
import { WEEKDAYS } from "../weeks.ts";
import type { Client } from "../office.ts";
import { banner } from "../parts.ts";
import { goTo, pathTo } from "../routes.ts";
import { View } from "../view.ts";
import { declineRequest } from "../week/acts.ts";
import { type Regular, sharing } from "./halves.ts";
import "./regular_form.ts";

class RegularsView extends View {
  #regulars: readonly Regular[] = [];
  #conflicts: readonly Conflict[] = [];
  #clients: readonly Client[] = [];

  protected override get subject(): string {
    return this.path[0] ? "form" : "list";
  }

  protected override get isEditing(): boolean {
    return this.path.length > 0;
  }

  protected override async load(): Promise<void> {
    const { api } = this.office;
    const [{ regulars }, { conflicts }, clients] = await Promise.all([
      api.request("get", "/practice/regulars"),
      api.request("get", "/practice/conflicts"),
      this.office.clients(),
    ]);
    this.#regulars = regulars;
    this.#conflicts = conflicts;
    this.#clients = clients;
  }

  protected override draw(): TemplateResult {
    if (this.path.length > 0) return this.#drawForm();
    const { regularsView, menu } = this.office.strings;
    return html`
      <div class="view-head"><h1 tabindex="-1">${menu.views["regulars"]}</h1>
        <span class="second">${this.#regulars.length}</span><span class="spacer"></span>
        <a class="second-button" href=${pathTo("regulars", "new")}>${icons.plus} ${regularsView
          .add}</a>
      </div>
      ${this.errors["form"] ? banner("caution", marks.blocked, this.errors["form"]) : nothing}
      <div class="sections">
        ${this.#drawRequests()}
        ${this.#drawConflicts()}
        ${this.#regulars.length === 0
          ? html`<p class="nothing">${regularsView.none} <a href=${
            pathTo("regulars", "new")
          }>${regularsView.add}</a></p>`
          : WEEKDAYS.map((weekday) => this.#drawWeekday(weekday))}
      </div>
    `;
  }

  #drawForm(): TemplateResult {
    const [id = ""] = this.path;
    const regular = this.#regulars.find(({ regular_id }) => regular_id === id);
    return html`
      <openhour-regular-form .office=${this.office} .regular=${regular}
        .regulars=${this.#regulars} .clients=${this.#clients} .given=${this.path.slice(1)}
        @done=${() => {
          goTo("regulars");
        }}></openhour-regular-form>
    `;
  }

  // ------------------------------------------------------------------ requests and conflicts

  #drawRequests(): TemplateResult | typeof nothing {
    const asking = this.#clients.filter(({ regular_request }) =>
      regular_request?.state === "asked"
    );
    if (asking.length === 0) return nothing;
    const { regularsView } = this.office.strings;
    return html`
      <section aria-labelledby="requests">
        <h2 id="requests">${regularsView.requests(asking.length)}</h2>
        <ul class="rows">${asking.map((client) => this.#drawRequest(client))}</ul>
      </section>
    `;
  }

  #drawRequest(client: Client): TemplateResult {
    const { week, everyWeeks } = this.office.strings;
    const { weekday, start, first, every_weeks } = client.regular_request!;
    const when = new Date(`${first}T${start}:00Z`);
    const { format } = this.office;
    return html`<li><span class="grow"><b>${
      this.office.nameOf(client)
    }</b><span class="second block">${format.weekday(when, "long")}, ${clock(format, when)}, ${
      everyWeeks(every_weeks)
    }</span></span>
      <a class="second-button" href=${
      pathTo("regulars", "new", client.client_id, weekday, start, first, String(every_weeks))
    }>${week.accept}</a>
      <button class="quiet-button" type="button" @click=${() =>
      this.#decline(client)}>${week.decline}</button>
    </li>`;
  }

  async #decline(client: Client): Promise<void> {
    await this.act(() => declineRequest(this.office, client));
    await this.refresh();
  }

  #drawConflicts(): TemplateResult | typeof nothing {
    if (this.#conflicts.length === 0) return nothing;
    const { regularsView } = this.office.strings;
    return html`
      <section aria-labelledby="conflicts">
        <h2 id="conflicts">${regularsView.conflicts(this.#conflicts.length)}</h2>
        <p class="second">${regularsView.conflictsText}</p>
        <ul class="rows">${this.#conflicts.map((conflict) =>
          html`<li><span class="caution-mark">${icons.flag}</span><span class="grow">${
            conflictWords(this.office, conflict)
          }</span>${this.#drawSettling(conflict)}</li>`
        )}</ul>
      </section>
    `;
  }

  /** A session in time off, or at another time than promised, can be kept deliberately. */
  #drawSettling(conflict: Conflict): TemplateResult | typeof nothing {
    const id = conflict.appointment_id;
    const canKeep = conflict.reason === "time-off" || conflict.reason === "clock-change";
    if (!id || !canKeep) return nothing;
    const path = "/practice/appointments/{appointment_id}/confirmation";
    const keep = async () => {
      await this.act(() => this.office.api.request("put", path, { appointment_id: id }));
      await this.refresh();
    };
    return html`<button class="second-button" type="button" @click=${keep}>${this.office.strings.regularsView.keepSession}</button>`;
  }

  // ------------------------------------------------------------------ the list

  #drawWeekday(weekday: Regular["weekday"]): TemplateResult | typeof nothing {
    const own = this.#regulars.filter((regular) => regular.weekday === weekday);
    if (own.length === 0) return nothing;
    const { format } = this.office;
    const date = new Date(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(weekday)));
    return html`
      <section aria-labelledby=${weekday}>
        <h2 id=${weekday}>${format.weekday(date, "long")}</h2>
        <ul class="rows">${own.map((regular) => this.#drawRegular(regular))}</ul>
      </section>
    `;
  }

  #drawRegular(regular: Regular): TemplateResult {
    const { regularsView, everyWeeks } = this.office.strings;
    const { format } = this.office;
    const others = sharing(this.#regulars, regular).filter((each) => each !== regular);
    const date = (day: string) => format.shortDate(dateOf(day));
    const facts = [
      everyWeeks(regular.every_weeks),
      regular.first > this.office.today ? regularsView.from(date(regular.first)) : "",
      regular.until ? regularsView.until(date(regular.until)) : "",
      others.length
        ? regularsView.alternates(others.map(({ client }) => this.office.nameOf(client)).join(", "))
        : "",
    ].filter(Boolean).join(", ");
    const name = this.office.nameOf(regular.client);
    return html`
      <li>
        <span class="regular-time">${clock(
          format,
          new Date(`2024-01-01T${regular.start}:00Z`),
        )}</span>
        <span class="grow"><a href=${pathTo("clients", regular.client_id)}><b>${name}</b></a>
              <span class="second block">${facts}</span></span>
        <span class="row-acts">${others.length === 0 && regular.every_weeks > 1
          ? html`<a class="quiet-button" href=${
            pathTo("regulars", "new", "", regular.weekday, regular.start)
          }>${regularsView.fillOther}</a>`
          : nothing}
            <a class="quiet-button" aria-label=${regularsView.changeOf(name)} href=${pathTo(
              "regulars",
              regular.regular_id,
            )}>${regularsView.change}</a>
            <button class="quiet-button" type="button" aria-label=${regularsView.endOf(name)}
              @click=${() => this.#askToEnd(regular)}>${regularsView.end}</button></span>
      </li>
    `;
  }

  async #askToEnd(regular: Regular): Promise<void> {
    const { regularsView, tellClient, sessions } = this.office.strings;
    const path = "/practice/regulars/{regular_id}";
    const { regular_id } = regular;
    const name = this.office.nameOf(regular.client);
    let count = 0;
    const previewed = await this.act(async () => {
      const { cancelled } = await this.office.api.request("delete", path, {
        regular_id,
        preview: "true",
      });
      count = cancelled.length;
    });
    if (!previewed) return;
    this.office.ask({
      title: regularsView.endTitle(name),
      text: regularsView.endText(sessions(count)),
      act: regularsView.endAct(name),
      keep: regularsView.endKeep,
      notify: { label: tellClient, initially: true },
      run: async (notify) => {
        await this.office.api.request("delete", path, { regular_id, notify: String(notify) });
        this.office.forgetClients();
        this.office.say(regularsView.ended(name));
        await this.refresh();
      },
    });
  }
}

customElements.define("openhour-regulars", RegularsView);
