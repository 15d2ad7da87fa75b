/** The rows of the list of clients. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import type { Office } from "../office.ts";
import type { Part } from "../parts.ts";
import { pathTo } from "../routes.ts";
import type { Line, Seen } from "./listing.ts";
import type { Became } from "./sessions.ts";
import {
  becameMark,
  capitalized,
  dayWords,
  noticeWords,
  rhythmWords,
  strip,
  whenWords,
} from "./words.ts";

/** The heads of the columns, which each row says for itself to those who listen. */
export function heads(office: Office, hasConduct: boolean): TemplateResult {
  const { clientsView: words } = office.strings;
  return html`
    <div class="client-heads"
      aria-hidden="true"><span>${words.client}</span><span>${words.next}</span>${hasConduct
        ? html`<span>${words.record}</span><span>${words.notice}</span>`
        : nothing}</div>
  `;
}

export function legend(office: Office): TemplateResult {
  const { became } = office.strings.clientsView;
  return html`<ul class="legend">${
    (["cancelled", "late", "moved", "missed"] as const).map((each) =>
      html`<li>${becameMark(each)} ${became[each]}</li>`
    )
  }</ul>`;
}

/** A row: one link to the client. */
export function row(
  office: Office,
  line: Line,
  { isCurrent, showsLogin }: { readonly isCurrent: boolean; readonly showsLogin: boolean },
): TemplateResult {
  const { client } = line;
  const { next_appointment: next, conduct } = client;
  return html`<li><a class="client-row" href=${pathTo("clients", client.client_id)}
    data-client=${client.client_id} aria-current=${isCurrent ? "true" : "false"}>
    <span class="client-name"><b>${office.nameOf(client)}</b>${
    client.flagged ? html`<span class="flag">${icons.flag}</span>` : nothing
  }<span class="second">${about(office, line, showsLogin)}</span></span>
    ${next === undefined ? nothing : drawNext(office, next)}${
    conduct ? drawConduct(office, conduct, client.recent ?? []) : nothing
  }</a></li>`;
}

function drawNext(office: Office, next: Seen["next_appointment"]): TemplateResult {
  const { clientsView: words } = office.strings;
  return html`<span class="client-next"><span class="read">${words.next}: </span>${
    next ? whenWords(office, next.start) : html`<span class="none">${words.none}</span>`
  }</span>`;
}

/** What the API calls what became of a session. */
const BECAME: Readonly<Record<NonNullable<Seen["recent"]>[number], Became>> = {
  kept: "kept",
  cancelled: "cancelled",
  late_cancelled: "late",
  moved: "moved",
  no_show: "missed",
};

function drawConduct(
  office: Office,
  conduct: NonNullable<Seen["conduct"]>,
  recent: NonNullable<Seen["recent"]>,
): TemplateResult {
  const { clientsView: words } = office.strings;
  const median = conduct.median_notice_hours;
  return html`
    <span class="client-record"><span class="read">${words.record}: </span>${recent.length
      ? strip(office, recent.map((each) => BECAME[each]))
      : html`<span class="none">–</span>`}</span>
    <span class="client-notice"><span class="read">${words.medianNotice}: </span>${median === null
      ? html`<span class="none">–</span>`
      : noticeWords(office, median)}</span>
  `;
}

/** What is particular about a client, in a few words. */
function about(office: Office, { client, regulars }: Line, showsLogin: boolean): Part {
  const { clientsView: words } = office.strings;
  const isSuspended = client.privilege === "suspended";
  const asked = client.regular_request?.state === "asked" ? client.regular_request : undefined;
  const rhythms = regulars.map((each) => rhythmWords(office, each));
  const kind = client.regular ? words.repeats : client.usual ? words.usual : "";
  const login = client.login === "none"
    ? words.notInvited
    : client.login === "invited"
    ? words.notSignedIn
    : "";
  const parts = [
    client.flagged ? words.flagged : "",
    isSuspended ? words.suspended : "",
    client.mail_stopped ? words.mail.short[client.mail_stopped.why] : "",
    asked ? words.asksFor(rhythmWords(office, asked)) : "",
    rhythms.join(", ") || kind,
    showsLogin ? login : "",
  ].filter(Boolean);
  if (parts.length === 0) return nothing;
  return html`${isSuspended || client.mail_stopped ? marks.blocked : nothing} ${
    capitalized(parts.join(", "))
  }`;
}

/** A discharged client: there is nothing more to open. */
export function dischargedRow(office: Office, { client }: Line): TemplateResult {
  const { clientsView: words } = office.strings;
  const reason = client.discharge_reason;
  const when = client.discharged_at;
  return html`
    <li
      class="client-row gone"><span class="client-name"><b>${office.nameOf(
        client,
      )}</b></span><span>${when
        ? words.dischargedOn(dayWords(office, when))
        : words.discharged}</span><span class="second">${reason
        ? words.reasons[reason]
        : nothing}</span></li>
  `;
}
