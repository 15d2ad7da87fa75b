/** What the therapist does with slots and sessions, each with the way back where there is one. */

import { readTime } from "../../shared/wall_clock.ts";
import type { Client, Office, Schemas } from "../office.ts";
import type { Slot } from "./calendar.ts";

type Named = Pick<Client, "client_id" | "name">;
type State = Schemas["SlotRequest"]["state"];

function when(office: Office, slot: { readonly start: string }): string {
  return office.format.dateAndTime(readTime(slot.start).wall);
}

/** Set a free slot by hand. One that is kept as it is, such as a held one, is no longer planned. */
export async function setSlot(office: Office, slot: Slot, state: State): Promise<void> {
  const { slot_id } = slot;
  const path = "/practice/slots/{slot_id}";
  const set = (wanted: State) => office.api.request("put", path, { slot_id }, { state: wanted });
  await set(state);
  const before = slot.state as State;
  const undo = () =>
    before === state ? office.api.request("delete", path, { slot_id }) : set(before);
  office.say(office.strings.week.isNow[state](when(office, slot)), undo);
}

/** Undo what was done with a slot by hand: the hours and time off decide again. */
export async function returnToPlan(office: Office, slot: Slot): Promise<void> {
  await office.api.request("delete", "/practice/slots/{slot_id}", { slot_id: slot.slot_id });
  office.say(office.strings.week.asPlanned(when(office, slot)));
}

export async function book(
  office: Office,
  client: Named,
  slot: { readonly slot_id: string; readonly start: string },
  notify: boolean,
): Promise<void> {
  const body = { client_id: client.client_id, slot_id: slot.slot_id, notify };
  const { appointment_id } = await office.api.request("post", "/practice/appointments", {}, body);
  office.forgetClients();
  const cancel = () =>
    office.api.request("delete", "/practice/appointments/{appointment_id}", {
      appointment_id,
      by: "therapist",
      notify: String(notify),
    });
  office.say(office.strings.week.booked(office.nameOf(client), when(office, slot)), cancel);
}

export async function move(
  office: Office,
  from: Slot,
  to: { readonly slot_id: string; readonly start: string },
  by: "client" | "therapist",
  notify: boolean,
): Promise<void> {
  const path = "/practice/appointments/{appointment_id}/move";
  const moveTo = (appointment_id: string, slot_id: string) =>
    office.api.request("post", path, { appointment_id }, { slot_id, by, notify });
  await moveTo(from.appointment_id!, to.slot_id);
  office.forgetClients();
  const name = office.nameOf(from.client!);
  office.say(office.strings.week.movedTo(name, when(office, to)));
}

/** How a session is cancelled: in whose name, and when the client said so. */
export interface Cancelling {
  readonly by: "client" | "therapist";
  /** An instant with an offset; empty for now. */
  readonly toldAt: string;
  readonly notify: boolean;
}

export async function cancel(office: Office, slot: Slot, how: Cancelling): Promise<void> {
  const told = how.by === "client" && how.toldAt ? { told_at: how.toldAt } : {};
  const { late } = await office.api.request(
    "delete",
    "/practice/appointments/{appointment_id}",
    { appointment_id: slot.appointment_id!, by: how.by, notify: String(how.notify), ...told },
  );
  office.forgetClients();
  const words = office.strings.week;
  const name = office.nameOf(slot.client!);
  office.say(late ? words.wasCancelledLate(name) : words.wasCancelled(name));
}

export async function markMissed(office: Office, slot: Slot, isMissed: boolean): Promise<void> {
  const mark = (outcome: "kept" | "no_show") =>
    office.api.request(
      "put",
      "/practice/appointments/{appointment_id}/outcome",
      { appointment_id: slot.appointment_id! },
      { outcome },
    );
  await mark(isMissed ? "no_show" : "kept");
  office.forgetClients();
  const name = office.nameOf(slot.client!);
  const words = office.strings.week;
  office.say(
    isMissed ? words.wasMissed(name) : words.wasKept(name),
    () => mark(isMissed ? "kept" : "no_show"),
  );
}

export async function declineRequest(office: Office, client: Client): Promise<void> {
  const path = "/practice/clients/{client_id}/regular-request";
  await office.api.request("delete", path, { client_id: client.client_id });
  office.forgetClients();
  office.say(office.strings.week.declined(office.nameOf(client)));
}
