/**
 * The address of each view.
 *
 * It stands behind the `#`, so that no server and no log reads a client's id.
 */

/** Each view's module, loaded when it is first opened. */
export const VIEWS = {
  week: () => import("./week/week.ts"),
  hours: () => import("./hours/hours.ts"),
  regulars: () => import("./regulars/regulars.ts"),
  friday: () => import("./friday/friday.ts"),
  clients: () => import("./clients/clients.ts"),
  intake: () => import("./intake/intake.ts"),
  "time-off": () => import("./time_off/time_off.ts"),
  settings: () => import("./settings/settings.ts"),
  mails: () => import("./settings/mails.ts"),
  "audit-log": () => import("./audit_log/audit_log.ts"),
} as const;

export type ViewName = keyof typeof VIEWS;

/** Return the view and what follows its name; the week where there is no such view. */
export function parsePath(hash: string): { name: ViewName; path: readonly string[] } {
  const [name = "", ...path] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return name in VIEWS ? { name: name as ViewName, path } : { name: "week", path: [] };
}

/** Return the address of a view. */
export function pathTo(name: ViewName, ...path: readonly string[]): string {
  return `#/${[name, ...path].map(encodeURIComponent).join("/")}`;
}

/** Go to a view. */
export function goTo(name: ViewName, ...path: readonly string[]): void {
  location.hash = pathTo(name, ...path);
}
