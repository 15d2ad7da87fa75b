/** What the therapist does about one client, each with the way back where there is one. */

import { Refused } from "../../shared/api.ts";
import type { Office, Schemas } from "../office.ts";
import type { Seen } from "./listing.ts";
import type { Session } from "./sessions.ts";
import { dayWords } from "./words.ts";

type Patch = Schemas["ClientPatch"];
export type DischargeReason = Schemas["DischargeReason"];
type Named = Pick<Seen, "client_id" | "name">;

const CLIENT = "/practice/clients/{client_id}";

export async function change(office: Office, client: Named, patch: Patch): Promise<void> {
  await office.api.request("patch", CLIENT, { client_id: client.client_id }, patch);
  office.forgetClients();
}

export async function suspend(
  office: Office,
  client: Named,
  reason: string,
  notify: boolean,
): Promise<void> {
  const body = { state: "suspended" as const, reason: reason || null, notify };
  const path = `${CLIENT}/privilege` as const;
  const { appointments } = await office.api.request("put", path, {
    client_id: client.client_id,
  }, body);
  office.forgetClients();
  const { clientsView: words } = office.strings;
  office.say(words.isSuspended(office.nameOf(client), appointments.length));
}

/** Ask before somebody may book again, and call `done` once they may. */
export function askToRestore(office: Office, client: Named, done: () => Promise<unknown>): void {
  const { clientsView: words, tellClient } = office.strings;
  office.ask({
    title: words.restoreTitle(office.nameOf(client)),
    text: words.restoreText,
    act: words.restore,
    keep: words.restoreKeep,
    notify: { label: tellClient, initially: false },
    run: async (notify) => {
      await restore(office, client, notify);
      await done();
    },
  });
}

async function restore(office: Office, client: Named, notify: boolean): Promise<void> {
  const body = { state: "active" as const, notify };
  await office.api.request("put", `${CLIENT}/privilege`, { client_id: client.client_id }, body);
  office.forgetClients();
  office.say(office.strings.clientsView.isRestored(office.nameOf(client)));
}

export async function discharge(
  office: Office,
  client: Named,
  reason: DischargeReason,
  notify: boolean,
): Promise<void> {
  await office.api.request("delete", CLIENT, {
    client_id: client.client_id,
    reason,
    notify: String(notify && reason !== "died"),
  });
  office.forgetClients();
  office.say(office.strings.clientsView.isDischarged(office.nameOf(client)));
}

export async function invite(office: Office, client: Named & Pick<Seen, "email">): Promise<void> {
  await office.api.request("post", `${CLIENT}/invitation`, { client_id: client.client_id });
  office.forgetClients();
  const { clientsView: words } = office.strings;
  office.say(words.isInvited(office.nameOf(client)));
}

/** Mail a client again; who is mailed already needs nothing more. */
export async function tryMailAgain(office: Office, client: Named): Promise<void> {
  try {
    await office.api.request("delete", `${CLIENT}/mail-stop`, { client_id: client.client_id });
  } catch (error) {
    if (!(error instanceof Refused) || error.reason !== "mail-not-stopped") throw error;
  }
  office.forgetClients();
  const { mail: words } = office.strings.clientsView;
  office.say(words.isTriedAgain(office.nameOf(client)));
}

/** Ask whether a client is to be mailed how to book. */
export function askToWelcome(
  office: Office,
  client: Named & Pick<Seen, "welcomed_at">,
  done: () => Promise<void>,
): void {
  const { clientsView: words } = office.strings;
  const name = office.nameOf(client);
  const before = client.welcomed_at
    ? ` ${words.welcomedOn(dayWords(office, client.welcomed_at))}`
    : "";
  office.ask({
    title: words.welcomeTitle(name),
    text: `${words.welcomeText}${before}`,
    act: words.welcomeAct,
    keep: words.welcomeKeep,
    run: async () => {
      await office.api.request("post", `${CLIENT}/welcome`, { client_id: client.client_id });
      office.say(words.isWelcomed(name));
      await done();
    },
  });
}

/** Set a late change or a missed session aside. */
export async function waive(office: Office, session: Session): Promise<Session> {
  const waived = await office.api.request(
    "put",
    "/practice/appointments/{appointment_id}/outcome",
    { appointment_id: session.appointment_id },
    { outcome: "waived" },
  );
  office.forgetClients();
  office.say(office.strings.clientsView.isWaived);
  return waived;
}
