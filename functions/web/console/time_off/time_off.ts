/** Time off: whole days, hours, "I'm ill today", who is told, and whom to call. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { clock, telephone } from "../../shared/parts.ts";
import { addDays, dateOf, readTime } from "../../shared/wall_clock.ts";
import { conflictWords } from "../conflicts.ts";
import type { Schemas } from "../office.ts";
import { banner, field, formError } from "../parts.ts";
import { View } from "../view.ts";
import { withOffset } from "../zones.ts";

type TimeOff = Schemas["TimeOff"];
type Result = Schemas["TimeOffResult"];
type Kind = "days" | "hours";

/** A preview is asked for when the hand rests. */
const REST = 400;

const EMPTY = {
  kind: "days" as Kind,
  from: "",
  to: "",
  start: "09:00",
  end: "12:00",
  cancels: false,
  note: "",
  message: "",
  notice: "",
  notify: true,
};

class TimeOffView extends View {
  #all: readonly TimeOff[] = [];
  #draft = { ...EMPTY };
  #isOpen = false;
  #preview: Result | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whom to call, after a span was saved; and who has been called. */
  #calls: Result["call"] = [];
  #called = new Set<string>();

  protected override get isEditing(): boolean {
    return this.#isOpen;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override async load(): Promise<void> {
    this.#all = (await this.office.api.request("get", "/practice/time-off")).time_off;
  }

  // ------------------------------------------------------------------ the draft

  #open(draft: Partial<typeof EMPTY> = {}): void {
    const { today } = this.office;
    this.#draft = { ...EMPTY, from: today, to: today, ...draft };
    this.#isOpen = true;
    this.#change({});
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("#form-title")?.focus());
  }

  #change(change: Partial<typeof EMPTY>): void {
    Object.assign(this.#draft, change);
    this.errors = {};
    this.#preview = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), REST);
    this.requestUpdate();
  }

  /** Return the request, or say which times don't exist. */
  #body(): Schemas["TimeOffRequest"] | undefined {
    const { kind, from, to, start, end, cancels, note, message, notice, notify } = this.#draft;
    const zone = this.office.settings!.timezone ?? "UTC";
    const isDays = kind === "days";
    const first = withOffset(isDays ? `${from}T00:00` : `${from}T${start}`, zone);
    const last = isDays
      ? to && withOffset(`${addDays(to, 1)}T00:00`, zone)
      : withOffset(`${from}T${end}`, zone);
    const { noSuchTime } = this.office.strings.timeOff;
    if (!first) this.errors = { [isDays ? "from" : "start"]: noSuchTime };
    else if (!last) this.errors = { [isDays ? "to" : "end"]: noSuchTime };
    if (!first || !last) return undefined;
    return {
      from: first,
      to: last,
      cancel_booked: cancels,
      notify,
      note: note || null,
      message: message || null,
      notice: notice || null,
    };
  }

  async #ask(): Promise<void> {
    const body = this.#body();
    if (body && this.#isOpen) {
      const asked = JSON.stringify(body);
      try {
        const found = await this.office.api.request(
          "post",
          "/practice/time-off",
          { preview: "true" },
          body,
        );
        if (asked === JSON.stringify(this.#body())) this.#preview = found;
      } catch (error) {
        this.errors = this.errorsOf(error);
      }
    }
    this.requestUpdate();
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const body = this.#body();
    if (!body) return this.requestUpdate();
    // Nobody is told before it was said who.
    if (body.cancel_booked && !this.#preview) await this.#ask();
    if (body.cancel_booked && !this.#preview) return;
    const cancelled = this.#preview?.cancelled ?? [];
    if (!body.cancel_booked || cancelled.length === 0) {
      await this.act(() => this.#takeOff(body));
      return;
    }
    const { timeOff, cantBeUndone } = this.office.strings;
    this.office.ask({
      title: timeOff.cancelTitle(cancelled.length),
      text: `${this.#whoIsTold(this.#preview!, body.notify ?? true)} ${cantBeUndone}`,
      act: timeOff.cancelAct(cancelled.length),
      keep: timeOff.cancelKeep,
      run: async () => {
        await this.#takeOff(body);
      },
    });
  };

  /** Say who will be told by mail, and who won't: whom no mail reaches, or nobody is told. */
  #whoIsTold({ cancelled, call }: Result, notify: boolean): string {
    const { timeOff } = this.office.strings;
    const unreached = new Set(
      call.filter(({ why }) => why !== "soon").map((each) => each.client_id),
    );
    const namesOf = (isTold: boolean) =>
      cancelled.filter(({ client }) => (notify && !unreached.has(client.client_id)) === isTold)
        .map(({ client }) => this.office.nameOf(client)).join(", ");
    const [told, untold] = [namesOf(true), namesOf(false)];
    return [told && timeOff.willBeTold(told), untold && timeOff.wontBeTold(untold)]
      .filter(Boolean).join(" ");
  }

  /** Cancel the rest of today in one act, once it is seen who will be told. */
  async #illToday(): Promise<void> {
    const { timeOff, tellClient } = this.office.strings;
    const zone = this.office.settings!.timezone ?? "UTC";
    const body = {
      from: withOffset(this.office.localNow.slice(0, 16), zone)!,
      to: withOffset(`${addDays(this.office.today, 1)}T00:00`, zone)!,
      cancel_booked: true,
      note: timeOff.ill,
      notify: true,
    };
    let sessions: Result["cancelled"] = [];
    const previewed = await this.act(async () => {
      const preview = { preview: "true" };
      sessions = (await this.office.api.request("post", "/practice/time-off", preview, body))
        .cancelled;
    });
    if (!previewed) return;
    const names = sessions.map(({ client }) => this.office.nameOf(client)).join(", ");
    this.office.ask({
      title: sessions.length ? timeOff.cancelTitle(sessions.length) : timeOff.illTitle,
      text: sessions.length ? timeOff.illText(names) : timeOff.illNobody,
      act: sessions.length ? timeOff.cancelAct(sessions.length) : timeOff.illAct,
      keep: timeOff.cancelKeep,
      ...(sessions.length ? { notify: { label: tellClient, initially: true } } : {}),
      run: async (notify) => {
        await this.#takeOff({ ...body, notify });
      },
    });
  }

  async #takeOff(body: Schemas["TimeOffRequest"]): Promise<void> {
    const result = await this.office.api.request("post", "/practice/time-off", {}, body);
    this.#isOpen = false;
    this.#calls = result.call;
    this.#called = new Set();
    this.office.forgetClients();
    this.office.say(this.office.strings.timeOff.saved);
    await this.refresh();
  }

  // ------------------------------------------------------------------ drawing

  protected override draw(): TemplateResult {
    const { timeOff, menu } = this.office.strings;
    const coming = this.#all.filter(({ to }) => Date.parse(to) > this.office.now);
    const past = this.#all.filter(({ to }) => Date.parse(to) <= this.office.now);
    return html`
      <div class="view-head"><h1 tabindex="-1">${menu
        .views["time-off"]}</h1><span class="spacer"></span>
        <button class="second-button" type="button" @click=${() => this.#illToday()}>${timeOff
          .illToday}</button>
        <button class="second-button" type="button" @click=${() => this.#open()}>${icons
          .plus} ${timeOff.add}</button>
      </div>
      <div class="sections">
        ${this.#isOpen ? this.#drawForm() : nothing}
        ${this.#drawCalls()}
        <section aria-label=${timeOff.coming}>
          ${coming.length === 0 ? html`<p class="nothing">${timeOff.none}</p>` : nothing}
          <ul class="rows">${coming.map((each) => this.#drawTimeOff(each))}</ul>
        </section>
        ${past.length
          ? html`
            <details>
              <summary>${timeOff.past(past.length)}</summary>
              <ul class="rows">${[...past].reverse().map((each) =>
                this.#drawTimeOff(each, true)
              )}</ul>
            </details>
          `
          : nothing}
      </div>
    `;
  }

  #drawTimeOff(span: TimeOff, isPast = false): TemplateResult {
    const { timeOff } = this.office.strings;
    const when = this.#spanWords(span);
    return html`<li>${marks.blocked}<span class="grow"><b>${when}</b>
      ${
      [
        span.note,
        span.notice && timeOff.noticeIs(span.notice),
        span.message && timeOff.messageIs(span.message),
      ]
        .filter(Boolean).map((words) => html`<span class="second block">${words}</span>`)
    }</span>
      ${
      isPast ? nothing : html`
        <button class="quiet-button" type="button"
          aria-label=${timeOff.giveBackOf(when)} @click=${() => this.#askToGiveBack(span)}>${timeOff
            .giveBack}</button>
      `
    }</li>`;
  }

  /** Write a span as people do: whole days without times. */
  #spanWords({ from, to }: TimeOff): string {
    const { format } = this.office;
    const [first, last] = [readTime(from), readTime(to)];
    const isDays = from.slice(11, 16) === "00:00" && to.slice(11, 16) === "00:00";
    if (isDays) {
      const end = dateOf(addDays(last.day, -1));
      const [a, b] = [format.date(first.wall), format.date(end)];
      return a === b ? a : `${a} – ${b}`;
    }
    const sameDay = first.day === last.day;
    const end = sameDay ? format.time(last.wall) : format.dateAndTime(last.wall);
    return `${format.dateAndTime(first.wall)} – ${end}`;
  }

  #askToGiveBack(span: TimeOff): void {
    const { timeOff } = this.office.strings;
    const path = "/practice/time-off/{time_off_id}";
    const { time_off_id } = span;
    this.office.ask({
      title: timeOff.giveBackTitle,
      text: timeOff.giveBackText(this.#spanWords(span)),
      act: timeOff.giveBack,
      keep: timeOff.keepIt,
      run: async () => {
        await this.office.api.request("delete", path, { time_off_id });
        this.office.say(timeOff.givenBack);
        await this.refresh();
      },
    });
  }

  #drawForm(): TemplateResult {
    const { timeOff, cancel, saving, save, tellClient } = this.office.strings;
    const draft = this.#draft;
    const text = (name: "note" | "message" | "notice", label: string, hint: string, most: number) =>
      field(this, name, label, {
        type: "textarea",
        value: draft[name],
        hint,
        maxlength: most,
        changed: (value) => this.#change({ [name]: value }),
      });
    return html`
      <section class="framed" aria-labelledby="form-title">
        <h2 id="form-title" tabindex="-1">${timeOff.formTitle}</h2>
        <form novalidate @submit=${this.#save}>
              ${formError(this)}
              ${this.#drawSpan()}
              <label class="check"><input type="checkbox" name="cancels" .checked=${draft.cancels}
                @change=${(event: Event) =>
                  this.#change({ cancels: (event.target as HTMLInputElement).checked })}>
                <span>${timeOff.cancels}<span class="second block">${timeOff
                  .cancelsHint}</span></span></label>
              ${draft.cancels
                ? html`<label class="check"><input type="checkbox" name="notify" .checked=${draft.notify}
          @change=${(event: Event) =>
                  this.#change({
                    notify: (event.target as HTMLInputElement).checked,
                  })}> ${tellClient}</label>
          ${text("message", timeOff.message, timeOff.messageHint, 500)}`
                : nothing}
              ${text("notice", timeOff.notice, timeOff.noticeHint, 200)}
              ${text("note", timeOff.note, timeOff.noteHint, 500)}
              <div aria-live="polite">${this.#drawPreview()}</div>
              <div class="acts"><button class="main" type="submit" aria-disabled=${this.busy
                ? "true"
                : "false"}>${this.busy ? saving : save}</button>
                <button class="quiet-button" type="button" @click=${() => {
                  this.#isOpen = false;
                  this.requestUpdate();
                }}>${cancel}</button></div>
            </form>
      </section>
    `;
  }

  #drawSpan(): TemplateResult {
    const { timeOff } = this.office.strings;
    const draft = this.#draft;
    const choice = (kind: Kind, words: string) =>
      html`<label class="check"><input type="radio" name="kind" value=${kind}
        .checked=${draft.kind === kind} @change=${() => this.#change({ kind })}> ${words}</label>`;
    const date = (name: "from" | "to", label: string) =>
      field(this, name, label, {
        type: "date",
        value: draft[name],
        changed: (value) => this.#change({ [name]: value }),
      });
    const time = (name: "start" | "end", label: string) =>
      field(this, name, label, {
        type: "time",
        value: draft[name],
        changed: (value) => this.#change({ [name]: value }),
      });
    return html`
      <fieldset>
        <legend class="read">${timeOff.kind}</legend>
        <div class="typed-days">${choice("days", timeOff.days)}${choice(
          "hours",
          timeOff.hours,
        )}</div>
      </fieldset>
      <div class="fields">${draft.kind === "days"
        ? html`${date("from", timeOff.firstDay)}${date("to", timeOff.lastDay)}`
        : html`${date("from", timeOff.day)}${time("start", timeOff.start)}${
          time("end", timeOff.end)
        }`}</div>
    `;
  }

  #drawPreview(): TemplateResult | typeof nothing {
    const found = this.#preview;
    if (!found) return nothing;
    const { timeOff } = this.office.strings;
    if (found.cancelled.length === 0 && found.conflicts.length === 0) {
      return html`<p class="second">${timeOff.nobodyTouched}</p>`;
    }
    const { format } = this.office;
    return html`${
      found.cancelled.length
        ? banner(
          "caution",
          marks.cancelled,
          timeOff.cancelled(found.cancelled.length),
          html`<ul class="plain">${
            found.cancelled.map(({ client, start }) =>
              html`<li>${this.office.nameOf(client)}, ${
                format.dateAndTime(readTime(start).wall)
              }</li>`
            )
          }</ul>${found.call.length ? html`<p>${timeOff.toCall(found.call.length)}</p>` : nothing}`,
        )
        : nothing
    }${
      found.conflicts.length
        ? banner(
          "caution",
          icons.flag,
          timeOff.stay(found.conflicts.length),
          html`<ul class="plain">${
            found.conflicts.map((conflict) =>
              html`<li>${conflictWords(this.office, conflict)}</li>`
            )
          }</ul>`,
        )
        : nothing
    }`;
  }

  /** Whom mail won't reach in time, soonest first, to be ticked off. */
  #drawCalls(): TemplateResult | typeof nothing {
    if (this.#calls.length === 0) return nothing;
    const { timeOff } = this.office.strings;
    return html`
      <section aria-labelledby="calls">
        <h2 id="calls">${timeOff.callTitle}</h2>
        <p class="second">${timeOff.callText}</p>
        <ul class="rows">${this.#calls.map((call) => this.#drawCall(call))}</ul>
      </section>
    `;
  }

  #drawCall(call: Result["call"][number]): TemplateResult {
    const { timeOff } = this.office.strings;
    const { wall } = readTime(call.start);
    const isCalled = this.#called.has(call.client_id);
    const tick = () => {
      if (!this.#called.delete(call.client_id)) this.#called.add(call.client_id);
      this.requestUpdate();
    };
    const digits = call.phone && telephone(call.phone);
    return html`<li class=${isCalled ? "ticked" : ""}>
      <label class="check grow"><input type="checkbox" .checked=${isCalled} @change=${tick}>
        <span><b>${this.office.nameOf(call)}</b><span class="second block">${
      clock(this.office.format, wall)
    }, ${timeOff.why[call.why] ?? call.why}</span></span></label>
      ${
      digits
        ? html`
          <a class="phone" href=${digits}>${icons.phone}<span>${call.phone}</span></a>
          <a class="quiet-button" href=${digits.replace("tel:", "sms:")}>${timeOff.text}</a>
        `
        : html`<span class="second">${timeOff.noPhone}</span>`
    }</li>`;
  }
}

customElements.define("openhour-time-off", TimeOffView);
