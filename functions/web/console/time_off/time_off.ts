/** The view `time-off`. */

import { html, type TemplateResult } from "lit";
import { View } from "../view.ts";

class TimeOffView extends View {
  protected override async load(): Promise<void> {}

  protected override draw(): TemplateResult {
    return html`<h1 tabindex="-1">${this.office.strings.menu.views["time-off"]}</h1>`;
  }
}

customElements.define("openhour-time-off", TimeOffView);
