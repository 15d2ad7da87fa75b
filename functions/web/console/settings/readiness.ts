/** The switch of self-scheduling, and what is left before it can be on. */

import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../shared/icons.ts";
import { Actor } from "../actor.ts";
import type { Settings } from "../office.ts";
import { formError, toggle } from "../parts.ts";
import { pathTo, type ViewName } from "../routes.ts";
import { mailWords } from "./mail_state.ts";

interface Requirement {
  readonly isMet: boolean;
  readonly title: string;
  readonly text: string;
  readonly view?: ViewName;
  /** The switch can be on without it. */
  readonly isOptional?: boolean;
}

class Readiness extends Actor {
  static override properties = {
    ...Actor.properties,
    settings: { attribute: false },
    regulars: { attribute: false },
    conflicts: { attribute: false },
    canMail: { attribute: false },
  };
  declare settings: Settings;
  declare regulars: number;
  declare conflicts: number;
  declare canMail: boolean;
  #allEntered = false;

  get #requirements(): readonly Requirement[] {
    const { readiness, times } = this.office.strings;
    const { hours, timezone, office_phone, crisis_line } = this.settings;
    const prime = hours.filter((entry) => entry.prime).length;
    return [
      {
        isMet: hours.length > 0,
        title: readiness.hours,
        text: hours.length ? readiness.countHours(times(hours.length), prime) : readiness.noHours,
        view: "hours",
      },
      { isMet: !!timezone, title: readiness.timezone, text: timezone ?? readiness.noTimezone },
      { isMet: !!office_phone, title: readiness.phone, text: office_phone ?? readiness.noPhone },
      {
        isMet: !!crisis_line,
        title: readiness.crisisLine,
        text: crisis_line ?? readiness.noCrisisLine,
      },
      ...(this.conflicts
        ? [{
          isMet: false,
          title: readiness.conflicts(this.conflicts),
          text: readiness.conflictsText,
          view: "regulars" as const,
        }]
        : []),
      {
        isMet: this.canMail && this.settings.mail_from !== null,
        title: readiness.mail,
        text: mailWords(this.office, this.settings, this.canMail).text,
        isOptional: true,
      },
    ];
  }

  override render(): TemplateResult {
    const { readiness, menu } = this.office.strings;
    const isOn = this.settings.self_scheduling;
    const left =
      this.#requirements.filter(({ isMet, isOptional }) => !isMet && !isOptional).length +
      (this.#allEntered ? 0 : 1);
    return html`<div class="switch-and-needs">
      <div class="switch-side">
        ${
      toggle(isOn ? menu.isOn : menu.isOff, isOn, (wanted) => void this.#set(wanted), "switch-text")
    }
        <div><h2>${isOn ? menu.isOn : menu.isOff}</h2>
          <p id="switch-text">${isOn ? readiness.onText : readiness.offText(left)}</p>
          <p><a href="/book/${this.settings.therapist_id}" target="_blank" rel="noopener">${readiness.see}</a></p>
          ${formError(this)}</div>
      </div>
      ${isOn ? nothing : this.#drawRequirements()}
    </div>`;
  }

  #drawRequirements(): TemplateResult {
    const { readiness } = this.office.strings;
    return html`
      <ul
        class="rows needs">${this.#requirements.map((each) =>
          html`<li>${
            each.isMet
              ? html`${icons.check}<span class="read">${readiness.done}</span>`
              : html`<span class="caution-mark">${icons.flag}</span><span class="read">${readiness.missing}</span>`
          }<span class="grow">${each.isMet ? each.title : html`<b>${each.title}</b>`}<span
          class="second block">${each.text}</span></span>${
            each.view && !each.isMet
              ? html`<a class="second-button" href=${pathTo(each.view)}>${
                this.office.strings.menu.views[each.view]
              }</a>`
              : nothing
          }</li>`
        )}<li><label class="check grow"><input type="checkbox" name="regulars_entered"
              .checked=${this.#allEntered} @change=${(event: Event) => {
                this.#allEntered = (event.target as HTMLInputElement).checked;
                this.requestUpdate();
              }}><span><b>${readiness.allEntered}</b><span class="second block">${readiness
                .countRegulars(
                  this.regulars,
                )}</span></span></label><a class="second-button" href=${pathTo(
                  "regulars",
                )}>${readiness.checkThem}</a></li></ul>
    `;
  }

  async #set(enabled: boolean): Promise<void> {
    const { readiness } = this.office.strings;
    if (enabled && !this.#allEntered) {
      this.errors = { form: readiness.tickFirst };
      return this.requestUpdate();
    }
    const isSet = await this.act(async () => {
      const body = { enabled, regulars_entered: this.#allEntered };
      await this.office.api.request("put", "/practice/self-scheduling", {}, body);
      await this.office.loadSettings();
    });
    if (!isSet) return;
    this.#allEntered = false;
    this.office.say(enabled ? readiness.isOnNow : readiness.isOffNow);
    this.dispatchEvent(new CustomEvent("done"));
  }
}

customElements.define("openhour-readiness", Readiness);
