/** Storage that forgets at the end of the page where the browser blocks it. */

/** Where something is kept: in this tab, or on this device. */
export type Place = "tab" | "device";

const blocked = new Map<string, string>();

function storage(place: Place): Storage {
  return place === "tab" ? sessionStorage : localStorage;
}

/** Read what is kept in the tab, or else on the device, and where. */
export function recall(key: string): { place: Place; text: string } | undefined {
  for (const place of ["tab", "device"] as const) {
    try {
      const text = storage(place).getItem(key);
      if (text !== null) return { place, text };
    } catch {
      // A private window or a frame may have no storage.
    }
  }
  const text = blocked.get(key);
  return text === undefined ? undefined : { place: "tab", text };
}

export function keep(key: string, text: string, place: Place): void {
  blocked.delete(key);
  try {
    storage(place).setItem(key, text);
  } catch {
    blocked.set(key, text);
  }
}

export function forget(key: string): void {
  blocked.delete(key);
  for (const place of ["tab", "device"] as const) {
    try {
      storage(place).removeItem(key);
    } catch {
      // Nothing is kept there.
    }
  }
}
