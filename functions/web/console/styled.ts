/** Sets style properties from script: the policy of the pages forbids them in markup. */

import { noChange } from "lit";
import { Directive, directive, type PartInfo, PartType } from "lit/directive.js";
import type { ElementPart } from "lit";

class Styled extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("it belongs to an element");
  }

  render(_properties: Readonly<Record<string, string>>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return noChange;
  }
}

/** Set style properties of an element, such as `top`. */
export const styled = directive(Styled);
