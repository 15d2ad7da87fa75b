/** The view `week`. */

import { html, type TemplateResult } from "lit";
import { View } from "../view.ts";

class WeekView extends View {
  protected override async load(): Promise<void> {}

  protected override draw(): TemplateResult {
    return html`<h1 tabindex="-1">${this.office.strings.menu.views["week"]}</h1>`;
  }
}

customElements.define("openhour-week", WeekView);
