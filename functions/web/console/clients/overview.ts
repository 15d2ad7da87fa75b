/** A client at a glance: figures, and the sessions that are to come. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import type { Office, Schemas } from "../office.ts";
import { pathTo } from "../routes.ts";
import type { Seen } from "./listing.ts";
import { comingOf, type Session } from "./sessions.ts";
import { noticeWords, whenWords } from "./words.ts";

/** As many coming sessions are shown before the rest is counted. */
const COMING = 3;

type History = Seen & { readonly appointments?: readonly Session[] };

/** The figures of a client's conduct. */
export function figuresOf(office: Office, conduct: Schemas["Conduct"]): TemplateResult {
  const { clientsView: words } = office.strings;
  const { figures } = words;
  const median = conduct.median_notice_hours;
  const shown: [string, string | number][] = [
    [figures.booked, conduct.booked],
    [figures.kept, conduct.kept],
    [figures.cancelled, conduct.cancelled],
    [figures.late, conduct.late_cancelled],
    [figures.moved, conduct.moved],
    [figures.missed, conduct.no_shows],
    [words.medianNotice, median === null ? "–" : noticeWords(office, median)],
  ];
  return html`<dl class="figures">${
    shown.map(([label, value]) =>
      html`
        <div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>
      `
    )
  }</dl>`;
}

/** The next sessions of a client. */
export function comingSessions(office: Office, client: History): TemplateResult {
  const { clientsView: words } = office.strings;
  const next = client.next_appointment;
  const coming: readonly (Session | NonNullable<typeof next>)[] = client.appointments
    ? comingOf(client.appointments, office.now)
    : next
    ? [next]
    : [];
  return html`<section class="client-part">
    <h2>${words.coming}</h2>
    ${
    coming.length === 0
      ? html`<p class="second">${words.noneComing} <a href=${
        pathTo("week")
      }>${words.bookOne}</a></p>`
      : html`<ul class="rows">${
        coming.slice(0, COMING).map((session) =>
          html`<li>${session.regular ? marks.regular : marks.booked}<span class="grow">${
            whenWords(office, session.start)
          }</span>${
            session.regular ? html`<span class="second">${words.repeats}</span>` : nothing
          }</li>`
        )
      }</ul>${
        coming.length > COMING
          ? html`<p class="second">${words.moreComing(coming.length - COMING)}</p>`
          : nothing
      }`
  }</section>`;
}
