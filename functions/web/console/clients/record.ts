/** A client's record: notice over time, what became of each session, and both as a file. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { clock } from "../../shared/parts.ts";
import { readTime } from "../../shared/wall_clock.ts";
import { Actor } from "../actor.ts";
import { formError, type Part } from "../parts.ts";
import { waive } from "./acts.ts";
import { write } from "./delimited.ts";
import type { Seen } from "./listing.ts";
import { noticeChart, noticeTable } from "./notice_chart.ts";
import {
  becameOf,
  canWaive,
  isChange,
  lastTen,
  noticesOf,
  pastOf,
  recordsOf,
  type Session,
} from "./sessions.ts";
import { becameMark, dayWords, noticeWords, strip } from "./words.ts";

type History = Seen & {
  readonly appointments: readonly Session[];
  readonly next: string | null;
};

class ClientRecord extends Actor {
  static override properties = { ...Actor.properties, client: { attribute: false } };
  /** The client with the latest page of the history. */
  declare client: History;
  #sessions: readonly Session[] = [];
  #next: string | null = null;
  #showsTable = false;
  #showsAll = false;

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("client")) return;
    const before = changed.get("client") as History | undefined;
    const isSame = before?.client_id === this.client.client_id;
    if (isSame && this.#sessions.length > before.appointments.length) this.#join();
    else {
      this.#sessions = this.client.appointments;
      this.#next = this.client.next;
      if (!isSame) this.#showsTable = this.#showsAll = false;
    }
  }

  /** Keep the older pages that were loaded before. */
  #join(): void {
    const latest = this.client.appointments;
    const ids = new Set(latest.map(({ appointment_id }) => appointment_id));
    const end = Date.parse(latest.at(-1)?.start ?? "");
    const older = this.#sessions.filter(({ appointment_id, start }) =>
      !ids.has(appointment_id) && Date.parse(start) <= end
    );
    this.#sessions = [...latest, ...older];
  }

  override render(): TemplateResult {
    const past = pastOf(this.#sessions, this.office.now);
    const { clientsView: words } = this.office.strings;
    if (past.length === 0) {
      return html`
        <section class="client-part">
          <h2>${words.history}</h2>
          <p class="second">${words.noHistory}</p>
        </section>
      `;
    }
    return html`${formError(this)}${this.#drawNotice()}${this.#drawHistory(past)}`;
  }

  #drawNotice(): Part {
    const { clientsView: words } = this.office.strings;
    if (noticesOf(this.#sessions, this.office.now).length === 0) return nothing;
    return html`<section class="client-part">
      <div class="part-head"><h2>${words.noticeTitle}</h2>
        <button class="quiet-button" type="button" aria-pressed=${
      this.#showsTable ? "true" : "false"
    } @click=${() => {
      this.#showsTable = !this.#showsTable;
      this.requestUpdate();
    }}>${words.asTable}</button></div>
      ${
      this.#showsTable
        ? noticeTable(this.office, this.#sessions)
        : html`${noticeChart(this.office, this.#sessions)}<p class="second">${words.chartHint}</p>`
    }
    </section>`;
  }

  // ------------------------------------------------------------------ history

  #drawHistory(past: readonly Session[]): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const changes = past.filter((session) => isChange(session, this.office.now));
    const shown = this.#showsAll ? past : changes;
    return html`<section class="client-part">
      <div class="part-head"><h2>${words.history}</h2>
        <div class="filters" role="group" aria-label=${words.history}>
          ${this.#choice(words.changes, false)}${this.#choice(words.allSessions, true)}</div></div>
      ${this.#drawLastTen()}
      ${shown.length === 0 ? html`<p class="second">${words.noChanges}</p>` : nothing}
      <ul class="rows history">${shown.map((session) => this.#drawSession(session))}</ul>
      <div class="acts">${
      this.#next
        ? html`<button class="second-button" type="button" @click=${() =>
          this.act(() => this.#loadMore())}>${words.older}</button>`
        : nothing
    }<button class="quiet-button" type="button" @click=${() =>
      this.act(() => this.#download())}>${words.download}</button></div></section>`;
  }

  #choice(label: string, showsAll: boolean): TemplateResult {
    return html`<button type="button" aria-pressed=${
      this.#showsAll === showsAll ? "true" : "false"
    } @click=${() => {
      this.#showsAll = showsAll;
      this.requestUpdate();
    }}>${label}</button>`;
  }

  #drawLastTen(): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const last = lastTen(this.#sessions, this.office.now);
    const became = last.map((session) => becameOf(session, this.office.now));
    return html`<p class="last-ten"><span class="second">${words.lastTen(last.length)}</span> ${
      strip(this.office, became)
    }</p>`;
  }

  #drawSession(session: Session): TemplateResult {
    const { clientsView: words } = this.office.strings;
    const became = becameOf(session, this.office.now);
    const notice = session.notice_hours ?? null;
    const isOwn = session.ended_by === "client";
    const parts = [
      words.became[became],
      isOwn && notice !== null ? noticeWords(this.office, notice) : "",
      session.waived ? words.waived : "",
    ].filter(Boolean);
    const { wall } = readTime(session.start);
    const when = html`${dayWords(this.office, session.start)}, ${clock(this.office.format, wall)}`;
    return html`<li>${becameMark(became)}<span>${when}</span><span
      class="history-what">${parts.join(", ")}</span>${
      canWaive(session)
        ? html`
          <button class="quiet-button" type="button" aria-label=${words.waiveAt(
            this.office.format.dateAndTime(wall),
          )}
            @click=${() => this.#ask(session)}>${words.waive}</button>
        `
        : nothing
    }</li>`;
  }

  #ask(session: Session): void {
    const { clientsView: words, cantBeUndone } = this.office.strings;
    const when = this.office.format.dateAndTime(readTime(session.start).wall);
    this.office.ask({
      title: words.waiveTitle,
      text: `${words.waiveText(when)} ${cantBeUndone}`,
      act: words.waive,
      keep: words.waiveKeep,
      run: async () => {
        const waived = await waive(this.office, session);
        this.#sessions = this.#sessions.map((each) =>
          each.appointment_id === waived.appointment_id ? waived : each
        );
        this.requestUpdate();
        this.dispatchEvent(new CustomEvent("changed"));
      },
    });
  }

  async #loadMore(): Promise<void> {
    const page = await this.office.api.request("get", "/practice/clients/{client_id}", {
      client_id: this.client.client_id,
      cursor: this.#next!,
    });
    this.#sessions = [...this.#sessions, ...page.appointments];
    this.#next = page.next;
  }

  // ------------------------------------------------------------------ the file

  async #download(): Promise<void> {
    while (this.#next) await this.#loadMore();
    const { clientsView: words } = this.office.strings;
    const recordWords = {
      heads: words.fileHeads,
      became: words.became,
      by: words.by,
      yes: words.yes.toLowerCase(),
    };
    const text = write(recordsOf(this.#sessions, recordWords, this.office.now));
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `${words.fileName}-${this.client.client_id}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}

customElements.define("openhour-client-record", ClientRecord);
