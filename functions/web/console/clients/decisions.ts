/** What needs a decision about a client, as banners above their record. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../../shared/icons.ts";
import { DAY } from "../../shared/wall_clock.ts";
import type { Office, Schemas } from "../office.ts";
import { banner, type Part } from "../parts.ts";
import { pathTo } from "../routes.ts";
import { declineRequest } from "../week/acts.ts";
import { askToRestore, change, invite } from "./acts.ts";
import type { Seen } from "./listing.ts";
import { drawMailStop } from "./mail.ts";
import { capitalized, dayWords, rhythmWords } from "./words.ts";

/** How long a first password is valid. */
const VALID = 7 * DAY;

/** How the client's view acts. */
export interface Acts {
  readonly isBusy: boolean;
  /** Carry out an act, and load anew. */
  readonly run: (act: () => Promise<unknown>) => void;
  /** Load anew after an act. */
  readonly changed: () => Promise<void>;
  /** Show the form of the client's details. */
  readonly edit: () => void;
  /** Ask before the client is suspended. */
  readonly suspend: () => void;
}

/** Draw what needs a decision: a flag, a suspension, a request, mail, and a missing login. */
export function decisions(office: Office, client: Seen, acts: Acts): TemplateResult {
  return html`
    ${client.flagged && client.strikes && client.privilege === "active"
      ? drawFlag(office, acts, client, client.strikes)
      : nothing}
    ${client.privilege === "suspended" ? drawSuspended(office, acts, client) : nothing}
    ${client.regular_request?.state === "asked" ? drawRequest(office, acts, client) : nothing}
    ${drawMailStop(office, client, acts)} ${drawLogin(office, acts, client)}
  `;
}

function drawFlag(
  office: Office,
  acts: Acts,
  client: Seen,
  strikes: Schemas["Strikes"],
): TemplateResult {
  const { clientsView: words } = office.strings;
  return banner(
    "caution",
    icons.flag,
    words.flagTitle(strikes.count, strikes.window_days),
    words.flagText(strikes.limit, office.nameOf(client)),
    html`
      <div
        class="banner-acts"><button class="second-button" type="button" @click=${() =>
          acts.run(async () => {
            await change(office, client, { flag_seen: true });
            const undo = () =>
              change(office, client, { flag_seen: false })
                .then(() => acts.changed());
            office.say(words.flagIsSeen, undo);
          })}>${words.seen}</button>
              <button class="stop-button" type="button" @click=${() => acts.suspend()}>${words
                .suspend}</button></div>
    `,
  );
}

function drawSuspended(office: Office, acts: Acts, client: Seen): TemplateResult {
  const { clientsView: words } = office.strings;
  const ask = () => askToRestore(office, client, () => acts.changed());
  return banner(
    "caution",
    marks.blocked,
    words.isSuspendedTitle,
    client.privilege_reason ? words.reasonGiven(client.privilege_reason) : words.noReason,
    html`
      <div
        class="banner-acts"><button class="second-button" type="button" @click=${ask}>${words
          .restore}</button></div>
    `,
  );
}

function drawRequest(office: Office, acts: Acts, client: Seen): TemplateResult {
  const { clientsView: words, week } = office.strings;
  const asked = client.regular_request!;
  const { weekday, start, first, every_weeks } = asked;
  const accept = pathTo(
    "regulars",
    "new",
    client.client_id,
    weekday,
    start,
    first,
    String(every_weeks),
  );
  return banner(
    "neutral",
    marks.regular,
    capitalized(words.asksFor(rhythmWords(office, asked))),
    words.askedOn(dayWords(office, asked.asked_at)),
    html`<div class="banner-acts"><a class="second-button" href=${accept}>${week.accept}</a>
      <button class="quiet-button" type="button" @click=${() =>
      acts.run(() => declineRequest(office, client as never))}>${week.decline}</button></div>`,
  );
}

function drawLogin(office: Office, acts: Acts, client: Seen): Part {
  const { clientsView: words } = office.strings;
  if (client.login !== "none" && client.login !== "invited") return nothing;
  const isNew = client.login === "none";
  const text = !client.email ? words.inviteNeedsAddress : client.invited_at
    ? words.invitedOn(
      dayWords(office, client.invited_at),
      office.now - Date.parse(client.invited_at) > VALID,
    )
    : nothing;
  return banner(
    "neutral",
    marks.open,
    isNew ? words.notInvitedTitle : words.notSignedInTitle,
    text,
    client.email
      ? html`<div class="banner-acts">${inviteButton(office, acts, client, isNew)}</div>`
      : nothing,
  );
}

function inviteButton(office: Office, acts: Acts, client: Seen, isNew: boolean): TemplateResult {
  const { clientsView: words } = office.strings;
  return html`
    <button class="second-button" type="button" aria-disabled=${acts.isBusy ? "true" : "false"}
      @click=${() => acts.run(() => invite(office, client))}>${isNew
        ? words.invite
        : words.inviteAgain}</button>
  `;
}
