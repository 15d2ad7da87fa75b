/** A QR code as a drawing. */

import { html, svg, type TemplateResult } from "lit";
import { encode } from "uqr";

/** Draw a text as a QR code, dark on light in every theme, since cameras read that best. */
export function qrCode(text: string, label: string): TemplateResult {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) =>
    row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))
  ).join("");
  return html`
    <svg class="qr-code" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}"
      shape-rendering="crispEdges">${svg`<path d=${path} />`}</svg>
  `;
}

/** Return what an authenticator app reads from the picture. */
export function appAddress(secret: string, login: string): string {
  return `otpauth://totp/${
    encodeURIComponent(`Openhour:${login}`)
  }?secret=${secret}&issuer=Openhour`;
}
