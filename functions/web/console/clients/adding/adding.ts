/** Adding clients: one by a form, or many from a list that is looked over first. */

import { html, nothing, type TemplateResult } from "lit";
import { Refused } from "../../../shared/api.ts";
import { icons, marks } from "../../../shared/icons.ts";
import { Actor } from "../../actor.ts";
import { banner, field, focusError, formError, mainButton, valuesOf } from "../../parts.ts";
import { goTo, pathTo } from "../../routes.ts";
import { decode } from "../delimited.ts";
import { listOf, setList, takeDraft } from "./draft.ts";
import { faultsOf } from "./faults.ts";
import { Import, importOf, setImport } from "./imports.ts";
import { peopleIn, type Person } from "./people.ts";
import "./progress.ts";
import "./review.ts";
import { Reviewed } from "./reviewed.ts";

/** A file of names is small. What is larger is something else. */
const LARGEST_FILE = 5_000_000;

class Adding extends Actor {
  #text = "";
  #draft: Person | undefined;
  #needsLogin = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#draft = takeDraft(this.office);
  }

  override render(): TemplateResult {
    const { strings } = this.office;
    const { adding } = strings;
    return html`
      <div class="view-head">
        <a class="icon-button" href=${pathTo("clients")} aria-label=${adding.back}>${icons.left}</a>
        <h1 tabindex="-1">${strings.clientsView.add}</h1>
      </div>
      ${this.#drawStep()}
    `;
  }

  #drawStep(): TemplateResult {
    const current = importOf(this.office);
    if (current) {
      return html`
        <openhour-import-progress .office=${this.office} .current=${current}
          @again=${(event: CustomEvent<readonly Person[]>) =>
            this.#restart(event.detail)}></openhour-import-progress>
      `;
    }
    const list = listOf(this.office);
    if (list) {
      return html`
        <openhour-import-review .office=${this.office} .list=${list}
          @closed=${() => this.#restart([])}
          @confirmed=${(event: CustomEvent<{ people: readonly Person[]; invite: boolean }>) =>
            this.#start(list, event.detail.people, event.detail.invite)}></openhour-import-review>
      `;
    }
    return html`<div class="adding">${this.#drawForm()}${this.#drawPaste()}</div>`;
  }

  /** Begin anew: with these people, or with the forms. */
  #restart(people: readonly Person[]): void {
    setImport(this.office, undefined);
    setList(this.office, undefined);
    if (people.length) void this.#look(people);
    this.requestUpdate();
  }

  #start(list: Reviewed, people: readonly Person[], invite: boolean): void {
    const current = new Import(this.office, people, list.known, invite);
    setImport(this.office, current);
    setList(this.office, undefined);
    this.#text = "";
    void current.run();
    this.requestUpdate();
  }

  // ------------------------------------------------------------------ one client

  #drawForm(): TemplateResult {
    const { adding } = this.office.strings;
    const { name = "", email = "", phone = "" } = this.#draft ?? {};
    return html`<form class="add-one" novalidate @submit=${this.#submit}>
      <h2>${adding.one}</h2>
      ${formError(this)}
      ${field(this, "name", adding.name, { value: name, maxlength: 100, required: true })}
      ${
      field(this, "email", adding.email, {
        type: "email",
        value: email,
        maxlength: 254,
        hint: adding.emailHint,
      })
    }
      ${field(this, "phone", adding.phone, { type: "tel", value: phone, maxlength: 40 })}
      <label class="check"><input type="checkbox" name="invite"> ${adding.inviteOne}</label>
      ${
      this.#needsLogin
        ? field(this, "login", adding.login, { hint: adding.loginHint, maxlength: 64 })
        : nothing
    }
      <div class="acts">${mainButton(this, adding.addOne, adding.addingOne)}</div>
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { strings } = this.office;
    const { values } = valuesOf(form, strings.fieldNeeded);
    const { name = "", email = "", phone = "", login = "" } = values;
    const invite = "invite" in values;
    const faults = Object.entries(faultsOf({ name, email, phone }))
      .map(([at, fault]) => [at, strings.adding.faults[fault]] as const);
    if (invite && !email) faults.push(["email", strings.clientsView.inviteNeedsAddress]);
    if (faults.length) this.errors = Object.fromEntries(faults);
    else {
      const body = {
        name,
        email: email || null,
        phone: phone || null,
        login: login && invite ? login : null,
        invite,
      };
      if (await this.act(() => this.#add(body))) return;
    }
    this.requestUpdate();
    await this.updateComplete;
    focusError(this);
  };

  async #add(body: {
    name: string;
    email: string | null;
    phone: string | null;
    login: string | null;
    invite: boolean;
  }): Promise<void> {
    const known = await this.office.clients();
    const client = await this.office.api.request("post", "/practice/clients", {}, body);
    this.office.forgetClients();
    const isKnown = known.some(({ client_id }) => client_id === client.client_id);
    const { adding } = this.office.strings;
    const name = this.office.nameOf(client);
    this.office.say(isKnown ? adding.wasThere(name) : adding.isAdded(name));
    goTo("clients", client.client_id);
  }

  protected override errorsOf(error: unknown): Record<string, string> {
    const isTaken = error instanceof Refused && error.reason === "known-client";
    if (!isTaken) return super.errorsOf(error);
    this.#needsLogin = true;
    return { login: this.office.strings.adding.loginTaken };
  }

  // ------------------------------------------------------------------ many clients

  #drawPaste(): TemplateResult {
    const { adding } = this.office.strings;
    return html`<form class="add-many" novalidate @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      void this.#read(this.#text);
    }}>
      <h2>${adding.many}</h2>
      <p class="second">${adding.manyText}</p>
      ${this.errors["list"] ? banner("caution", marks.blocked, this.errors["list"]) : nothing}
      ${
      field(this, "people", adding.paste, {
        type: "textarea",
        value: this.#text,
        hint: adding.pasteHint,
        changed: (value) => {
          this.#text = value;
        },
      })
    }
      <div class="acts"><button class="second-button" type="submit">${adding.look}</button>
        <label class="second-button file">${adding.chooseFile}<input class="read" type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
          @change=${this.#readFile}></label></div>
    </form>`;
  }

  readonly #readFile = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (!file) return;
    const { adding } = this.office.strings;
    if (file.size > LARGEST_FILE) this.#refuse(adding.fileTooLarge);
    else if (/\.(xlsx?|numbers|ods)$/i.test(file.name)) this.#refuse(adding.notText);
    else await this.#read(decode(new Uint8Array(await file.arrayBuffer())));
    input.value = ""; // the same file can be chosen again
  };

  #refuse(words: string): void {
    this.errors = { list: words };
    this.requestUpdate();
  }

  async #read(text: string): Promise<void> {
    const people = peopleIn(text);
    if (people.length === 0) return this.#refuse(this.office.strings.adding.nobodyInIt);
    await this.#look(people);
  }

  /** Show people to be looked over, beside those who are clients already. */
  async #look(people: readonly Person[]): Promise<void> {
    await this.act(async () => {
      this.office.forgetClients();
      const known = await this.office.clients();
      if (!this.office.settings) await this.office.loadSettings();
      setList(this.office, new Reviewed(people, known));
    });
    if (this.errors["form"]) this.#refuse(this.errors["form"]);
  }
}

customElements.define("openhour-adding", Adding);
