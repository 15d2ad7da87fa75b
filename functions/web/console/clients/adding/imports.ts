/** An import under way: it outlives the view, so that looking at something else stops nothing. */

import { Refused } from "../../../shared/api.ts";
import type { Office, Schemas } from "../../office.ts";
import { isBare } from "./faults.ts";
import type { Person } from "./people.ts";
import { NotDone, Series } from "./series.ts";

type Client = Schemas["Client"];

/** A client whom the import added, or who was there before. */
export interface Added {
  readonly client: Client;
  readonly isNew: boolean;
}

/** What a request is refused for that would be refused again. */
const FINAL = [409, 422];

export class Import extends Series<Person, Added> {
  /** Whose list this is: nobody else who signs in here sees it. */
  readonly therapistId: string;
  readonly isInviting: boolean;

  constructor(
    office: Office,
    people: readonly Person[],
    known: readonly Pick<Client, "client_id">[],
    invite: boolean,
  ) {
    const ids = new Set(known.map(({ client_id }) => client_id));
    super(people, (person) => this.#add(office, person, ids), () => undefined);
    this.therapistId = office.settings?.therapist_id ?? "";
    this.isInviting = invite;
  }

  async #add(office: Office, person: Person, known: Set<string>): Promise<Added> {
    const client = await this.#foundAfterFailure(office, person, known) ??
      await this.#post(office, person);
    office.forgetClients();
    const isNew = !known.has(client.client_id);
    known.add(client.client_id);
    return { client, isNew };
  }

  /**
   * Look whether an act whose response was lost has added somebody without address and phone.
   *
   * The API knows everybody else again.
   */
  async #foundAfterFailure(
    office: Office,
    person: Person,
    known: ReadonlySet<string>,
  ): Promise<Client | undefined> {
    if (!this.isRepeating || !isBare(person)) return undefined;
    office.forgetClients();
    const clients = await office.clients();
    return clients.find(({ client_id, name, email, phone }) =>
      name === person.name && !email && !phone && !known.has(client_id)
    );
  }

  async #post(office: Office, { name, email, phone }: Person): Promise<Client> {
    const body = {
      name,
      email: email || null,
      phone: phone || null,
      invite: this.isInviting && Boolean(email),
    };
    try {
      return await office.api.request("post", "/practice/clients", {}, body);
    } catch (error) {
      if (error instanceof Refused && FINAL.includes(error.problem.status)) {
        throw new NotDone(this.#wordsFor(office, error));
      }
      throw error;
    }
  }

  #wordsFor(office: Office, error: Refused): string {
    const { adding } = office.strings;
    return error.reason === "known-client" ? adding.listTaken : office.wordsFor(error);
  }
}

const imports = new WeakMap<Office, Import>();

/** Return the import of whoever is signed in, if there is one. */
export function importOf(office: Office): Import | undefined {
  const found = imports.get(office);
  return found && found.therapistId === office.settings?.therapist_id ? found : undefined;
}

export function setImport(office: Office, current: Import | undefined): void {
  if (current) imports.set(office, current);
  else imports.delete(office);
}
