/** What the link of a mail carries in the page's address. */

/** Return the token of a registration's link, and remove it from the address; nothing if none. */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("confirm");
  if (token === null) return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}
