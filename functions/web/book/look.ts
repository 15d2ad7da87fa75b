/** How the page looks, as the therapist's site asks for it. */

/** What the site may choose. */
export interface Look {
  readonly lang?: string;
  readonly theme?: string;
  readonly accent?: string;
}

/** Apply theme and accent to the document. A colour gives nothing but its hue. */
export function applyLook({ theme, accent }: Look): void {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") root.dataset["theme"] = theme;
  else delete root.dataset["theme"];
  const hue = hueOf(accent ?? "");
  if (hue === undefined) root.style.removeProperty("--hue");
  else root.style.setProperty("--hue", String(hue));
}

/**
 * Return the hue of a number of degrees, or of a hex colour; nothing for a grey or another text.
 *
 * The conversion to Oklab is Björn Ottosson's ("A perceptual color space for image processing").
 */
export function hueOf(text: string): number | undefined {
  if (/^\d{1,3}(\.\d+)?$/.test(text)) return Number(text) % 360;
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (!digits) return undefined;
  const size = digits.length / 3;
  const [r, g, b] = [0, 1, 2].map((index) => {
    const part = digits.slice(index * size, (index + 1) * size).padStart(2, digits[index * size]);
    const value = parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const greenRed = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const blueYellow = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  if (Math.hypot(greenRed, blueYellow) < 0.02) return undefined;
  return Math.round(Math.atan2(blueYellow, greenRed) * 180 / Math.PI + 360) % 360;
}
