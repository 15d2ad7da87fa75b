/** Requests that end in time, and what goes wrong with them. */

/** Nothing was answered, or not in time. Trying again is safe. */
export class NoConnection extends Error {}

/** The server was reached and failed. Trying again is safe. */
export class ServerFailed extends NoConnection {}

const TIMEOUT = 20_000;

/** @throws NoConnection */
export async function fetchInTime(url: string, options: RequestInit): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    return await fetch(url, { ...options, signal: abort.signal });
  } catch {
    throw new NoConnection();
  } finally {
    clearTimeout(timer);
  }
}
