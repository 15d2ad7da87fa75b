/** The client's own sessions, what they ask for, and what was just done. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { readTime } from "../shared/wall_clock.ts";
import { saveEntry } from "./calendar_entry.ts";
import { banner, lengthOf, offline, phoneLine, phoneLink, refused, sessionWords } from "./parts.ts";
import { clock, rail } from "../shared/parts.ts";
import type { Appointment, Page } from "./page.ts";

/** A question that stands in place, in a widget. */
type Under = TemplateResult | typeof nothing;

/** The next session, solid, with what can be done with it. */
export function nextSession(page: Page, under: Under): TemplateResult {
  const { strings, appointments } = page;
  const [next] = appointments;
  return html`<section class="own" aria-labelledby="own-title">
    ${ended(page)}
    <h2 id="own-title" tabindex="-1">${next ? strings.nextSession : strings.yourSessions}</h2>
    ${
    next
      ? html`<div class="session">${html`<div class="session-words">${
        sessionWords(page, next)
      }</div>`}${html`<div class="session-acts">${acts(page, next)}${
        appointments.length > 1 || hasRequest(page)
          ? html`<button class="all" type="button" @click=${() =>
            page.show("sessions")}>${strings.allSessions}</button>`
          : nothing
      }</div>`}</div>`
      : html`<p class="quiet">${strings.noSessions}</p>`
  }
    ${under}
  </section>`;
}

/** All coming sessions, one below the other. */
export function allSessions(page: Page, under: Under): TemplateResult {
  const { strings, appointments } = page;
  return html`<section class="own all-sessions" aria-labelledby="title">
    <h1 id="title" tabindex="-1">${strings.yourSessions}</h1>
    ${notices(page)}
    ${ended(page)}
    ${appointments.length ? nothing : html`<p class="quiet">${strings.noSessions}</p>`}
    ${
    appointments.map((each) =>
      html`<article class="session-row">
      <div class="session-words">${sessionWords(page, each)}</div>
      <div class="session-acts">${acts(page, each)}${add(page, each)}</div>
      ${each.regular ? nothing : repeat(page, each)}
      ${isAskedAbout(page, each) ? under : nothing}
    </article>`
    )
  }
    ${requestState(page)}
    <p><button class="second-button" type="button" @click=${() =>
    page.show("home")}>${strings.seeTimes}</button></p>
  </section>`;
}

/** The sessions without anything to press, for whoever must call. */
export function sessionsToRead(page: Page): TemplateResult {
  const { strings, appointments } = page;
  if (!appointments.length) return html`${nothing}`;
  return html`<section class="own to-read"><h2>${strings.yourSessions}</h2>
    ${
    appointments.map((each) => {
      const { wall } = readTime(each.start);
      return html`
        <div class="session-row">
          <div class="session-words">${rail(page.format, wall)}
              <div class="words"><p class="time">${clock(page.format, wall)}</p>
              <p class="quiet">${lengthOf(page, each)}</p></div></div>
        </div>
      `;
    })
  }
    <p class="quiet">${strings.pleaseCallSessions}</p>
  </section>`;
}

function acts(page: Page, appointment: Appointment): TemplateResult {
  const { strings } = page;
  if (page.closed === "suspended") return html`${nothing}`;
  const when = page.when(appointment.start);
  return html`
    ${page.closed
      ? nothing
      : html`<button type="button" aria-label=${strings.moveSession(when)} @click=${() =>
        page.startMoving(
          appointment,
        )}>${icons.move} ${strings.move}</button>`}<button type="button" aria-label=${strings
      .cancelSession(when)}
      @click=${() => page.ask({ kind: "cancel", appointment })}>${icons.close} ${strings
        .cancel}</button>
  `;
}

/** Offer a session as a file that calendars open. */
function add(page: Page, appointment: Appointment, className = ""): TemplateResult {
  const { strings } = page;
  return html`
    <button class=${className} type="button"
      aria-label=${strings.addSession(page.when(appointment.start))}
      @click=${() => saveEntry(page, appointment)}>${icons.calendar} ${strings
        .addToCalendar}</button>
  `;
}

function isAskedAbout(page: Page, { appointment_id }: Appointment): boolean {
  const { question } = page;
  const isAboutSession = question?.kind === "cancel" || question?.kind === "ask";
  return isAboutSession && question.appointment.appointment_id === appointment_id;
}

function hasRequest(page: Page): boolean {
  return !!page.me?.regular_request;
}

/** Offer to ask that a single session repeat. */
function repeat(page: Page, appointment: Appointment): TemplateResult {
  const { strings, me } = page;
  const asked = me?.regular_request;
  if (page.closed || asked?.state === "asked" || me?.regulars.length) return html`${nothing}`;
  return html`<div class="repeat"><div><p><b>${strings.sameTime}</b></p>
    <p class="quiet">${strings.sameTimeText(page.practiceName)}</p></div>
    <button class="quiet-button" type="button" @click=${() =>
    page.ask({ kind: "ask", appointment })}>${strings.ask}</button></div>`;
}

/** What is to know about the last act. A question over the page says it itself. */
function notices(page: Page): unknown {
  if (page.question) return nothing;
  return html`${refused(page)} ${offline(page, () => page.reload())}`;
}

/** What has become of what the client asked for. */
function requestState(page: Page): TemplateResult {
  const { strings, me } = page;
  const request = me?.regular_request;
  if (!request) return html`${nothing}`;
  const wall = new Date(`${request.first}T${request.start}:00Z`);
  const words = [
    strings.everyWeeks(request.every_weeks),
    page.format.weekday(wall, "long"),
    page.format.time(wall),
  ] as const;
  const declined = request.state === "declined";
  return banner(
    "neutral",
    marks.regular,
    declined ? strings.declined(...words) : strings.asked(...words),
    nothing,
    html`${
      declined ? phoneLine(page) : nothing
    }<button class="quiet-button" type="button" @click=${() => page.withdrawRequest()}>${
      declined ? strings.close : strings.withdraw
    }</button>`,
  );
}

/** Sessions that the practice has cancelled, with what it says. */
function ended(page: Page): unknown {
  const found = (page.me?.ended ?? []).filter((each) => each.ended_by === "therapist");
  return found.map((each) =>
    banner(
      "neutral",
      marks.cancelled,
      page.strings.endedByPractice(page.when(each.start)),
      each.message ?? nothing,
    )
  );
}

/** What was just done. */
export function done(page: Page, under: Under): TemplateResult {
  const { strings, done: last } = page;
  if (!last) return html`${nothing}`;
  const titles = { booked: strings.booked, moved: strings.moved, cancelled: strings.cancelled };
  const title = html`<div class="done-title"><span class="tick">${icons.check}</span>
    <h1 id="title" tabindex="-1">${titles[last.kind]}</h1></div>`;
  if (last.kind === "cancelled") {
    return html`<section class="done">${title} ${notices(page)}
      <p>${page.when(last.appointment.start)}</p>
      ${last.late ? html`<p>${strings.cancelledLate}</p>${phoneLine(page)}` : nothing}
      <p class="buttons">${button(page, strings.seeTimes, "home", "second-button")}
        ${button(page, strings.seeSessions, "sessions", "quiet-button")}</p>
    </section>`;
  }
  const until = last.appointment.cancel_free_until;
  const free = until && !page.isLate(last.appointment) ? strings.freeUntil(page.when(until)) : "";
  const words = last.kind === "moved" && page.isLate(last.appointment) ? strings.thenLate : free;
  return html`<section class="done">${title} ${notices(page)}
    <div class="session"><div class="session-words">${sessionWords(page, last.appointment)}</div>
      <div class="session-acts">${acts(page, last.appointment)}</div></div>
    ${under}
    ${words ? html`<p>${words}</p>` : nothing}
    <p class="buttons">${add(page, last.appointment, "second-button")}
      ${button(page, strings.seeSessions, "sessions", "quiet-button")}</p>
    ${last.appointment.regular ? nothing : repeat(page, last.appointment)}
    ${requestState(page)}
  </section>`;
}

function button(
  page: Page,
  words: string,
  view: "home" | "sessions",
  className: string,
): TemplateResult {
  return html`<button class=${className} type="button" @click=${() =>
    page.show(view)}>${words}</button>`;
}

/** The calm page of a client who has to call. */
export function pleaseCall(page: Page): TemplateResult {
  const { strings, closed, me } = page;
  const keeps = (me?.regulars.length ?? 0) > 0;
  const texts = {
    suspended: `${strings.pleaseCallText}${keeps ? ` ${strings.repeatingKept}` : ""}`,
    "switched-off": strings.switchedOffText,
    gone: strings.goneText,
  };
  return html`<section class="please-call">
    <h1 id="title" tabindex="-1">${strings.pleaseCall}</h1>
    <p>${texts[closed!]}</p>
    ${phoneLink(page, "main")}
    ${page.phoneNote ? html`<p class="quiet">${page.phoneNote}</p>` : nothing}
    ${
    closed === "gone"
      ? html`<p><button class="link" type="button" @click=${() =>
        page.signOut()}>${strings.signOut}</button></p>`
      : nothing
  }
  </section>`;
}
