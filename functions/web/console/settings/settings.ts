/** The view `settings`. */

import { html, type TemplateResult } from "lit";
import { View } from "../view.ts";

class SettingsView extends View {
  protected override async load(): Promise<void> {}

  protected override draw(): TemplateResult {
    return html`<h1 tabindex="-1">${this.office.strings.menu.views["settings"]}</h1>`;
  }
}

customElements.define("openhour-settings", SettingsView);
