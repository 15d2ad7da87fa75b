/** Registrations of people who were suspended or discharged: the therapist decides. */

import { html, nothing, type TemplateResult } from "lit";
import { marks } from "../../shared/icons.ts";
import { telephone } from "../../shared/parts.ts";
import { askToRestore } from "../clients/acts.ts";
import { setDraft } from "../clients/adding/draft.ts";
import { dayWords } from "../clients/words.ts";
import type { Office, Schemas } from "../office.ts";
import { goTo, pathTo } from "../routes.ts";

export type Registration = Schemas["Registration"];

/** What the view does after an act. */
export interface Acts {
  /** Load anew. */
  readonly refresh: () => Promise<unknown>;
  /** Show those that are left. */
  readonly left: (registrations: readonly Registration[]) => void;
}

/** Draw those who came back, and what can be done about each. */
export function returning(
  office: Office,
  registrations: readonly Registration[],
  acts: Acts,
): TemplateResult {
  const { intakeView: words } = office.strings;
  return html`<section><h2>${words.returning(registrations.length)}</h2>
    <p class="second">${words.returningText}</p>
    ${
    registrations.length
      ? html`<ul class="rows registrations">${
        registrations.map((each) => drawRegistration(office, each, acts))
      }</ul>`
      : html`<p class="nothing">${words.nobodyReturned}</p>`
  }</section>`;
}

function drawRegistration(office: Office, registration: Registration, acts: Acts): TemplateResult {
  const { intakeView: words, clientsView } = office.strings;
  const { email, phone, privilege, discharge_reason: reason } = registration;
  const hidden = office.showsInitials;
  const known = office.nameOf({ name: registration.client_name });
  const state = privilege === "suspended"
    ? words.isSuspended(known)
    : privilege === "ended"
    ? words.wasDischarged(known, reason ? clientsView.reasons[reason] : "")
    : words.isActive(known);
  return html`<li>${marks.held}<span class="grow"><b>${office.nameOf(registration)}</b>
    <span class="second">${words.registeredOn(dayWords(office, registration.at))} ${state}</span>
    ${
    hidden ? nothing : html`<span class="second"><a href="mailto:${email}">${email}</a>
      <a href=${telephone(phone)}>${phone}</a></span>`
  }</span>
    <span class="banner-acts">${drawActs(office, registration, acts)}</span></li>`;
}

function drawActs(office: Office, registration: Registration, acts: Acts): TemplateResult {
  const { intakeView: words, clientsView } = office.strings;
  const { client_id, client_name: name, privilege } = registration;
  const client = { client_id, name };
  return html`
    ${privilege === "ended"
      ? html`<button class="quiet-button" type="button" @click=${() => {
        setDraft(office, registration);
        goTo("clients", "add");
      }}>${words.addAgain}</button>`
      : html`<a class="quiet-button" href=${
        pathTo("clients", client_id)
      }>${words.openClient}</a>`}${privilege === "suspended"
      ? html`<button class="second-button" type="button" @click=${() =>
        askToRestore(office, client, acts.refresh)}>${clientsView.restore}</button>`
      : nothing}<button class="second-button" type="button" aria-label=${words.dismissName(
        office.nameOf(registration),
      )}
      @click=${() => dismiss(office, registration, acts)}>${words.dismiss}</button>
  `;
}

function dismiss(office: Office, registration: Registration, acts: Acts): void {
  const { intakeView: words, cantBeUndone } = office.strings;
  const { registration_id } = registration;
  office.ask({
    title: words.dismissTitle(office.nameOf(registration)),
    text: `${words.dismissText} ${cantBeUndone}`,
    act: words.dismiss,
    keep: words.dismissKeep,
    run: async () => {
      const path = "/practice/registrations/{registration_id}";
      const { registrations } = await office.api.request("delete", path, {
        registration_id,
      });
      acts.left(registrations);
    },
  });
}
