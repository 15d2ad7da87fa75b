/** The view `audit-log`. */

import { html, type TemplateResult } from "lit";
import { View } from "../view.ts";

class AuditLogView extends View {
  protected override async load(): Promise<void> {}

  protected override draw(): TemplateResult {
    return html`<h1 tabindex="-1">${this.office.strings.menu.views["audit-log"]}</h1>`;
  }
}

customElements.define("openhour-audit-log", AuditLogView);
