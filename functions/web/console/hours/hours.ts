/** The view `hours`. */

import { html, type TemplateResult } from "lit";
import { View } from "../view.ts";

class HoursView extends View {
  protected override async load(): Promise<void> {}

  protected override draw(): TemplateResult {
    return html`<h1 tabindex="-1">${this.office.strings.menu.views["hours"]}</h1>`;
  }
}

customElements.define("openhour-hours", HoursView);
