/** What the link of a mail carries in the page's address. */

const PURPOSES = ["confirm", "unsubscribe"] as const;

/** Return the token of a mail's link and what it is for, and remove it from the address, if any. */
export function takeToken(): { purpose: (typeof PURPOSES)[number]; token: string } | undefined {
  const found = new URLSearchParams(location.hash.slice(1));
  for (const purpose of PURPOSES) {
    const token = found.get(purpose);
    if (token === null) continue;
    history.replaceState(history.state, "", location.pathname + location.search);
    return { purpose, token };
  }
  return undefined;
}
