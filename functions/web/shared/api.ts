/** The API: typed requests, with a token, retried while the server is busy. */

import type { paths } from "./api.types.ts";
import { fetchInTime, NoConnection, ServerFailed } from "./connection.ts";
import { type Config, type Session, SignedOut } from "./session.ts";

type Method = "get" | "post" | "put" | "patch" | "delete";
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
type Json<Content> = Content extends { content: { "application/json": infer Body } } ? Body : never;
type Answer<Operation> = Operation extends { responses: infer Responses } ? {
    [Status in keyof Responses & (200 | 201 | 202)]: Json<Responses[Status]>;
  }[keyof Responses & (200 | 201 | 202)]
  : never;
type Body<Operation> = Operation extends { requestBody: infer Request } ? Json<Request> : undefined;

/** A refusal, as `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
  readonly office_phone?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly missing?: readonly string[];
  readonly week?: string;
  readonly client?: { readonly client_id: string; readonly name: string };
}

/** The API refused. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  /** The refusal's name, such as `slot-taken`. */
  get reason(): string {
    return this.problem.type.split("/").pop() ?? "";
  }
}

const TRIES = 3;
const LONGEST_PAUSE = 3_000;

export class Api {
  constructor(readonly session: Session) {}

  /**
   * Request as the signed-in user. `parameters` fill the path, and then the query.
   *
   * @throws Refused
   * @throws SignedOut
   * @throws NoConnection
   */
  async request<M extends Method, P extends PathsWith<M>>(
    method: M,
    path: P,
    parameters: Record<string, string> = {},
    body?: Body<paths[P][M]>,
  ): Promise<Answer<paths[P][M]>> {
    return await read(await this.#send(method, path, parameters, body, {}));
  }

  /**
   * Request with an entity tag, and return the answer with its own.
   *
   * A read with the tag of what is known answers nothing where that is still so.
   *
   * @throws Refused
   * @throws SignedOut
   * @throws NoConnection
   */
  async exchange<M extends Method, P extends PathsWith<M>>(
    method: M,
    path: P,
    parameters: Record<string, string>,
    tag: string,
    body?: Body<paths[P][M]>,
  ): Promise<{ tag: string; body: Answer<paths[P][M]> } | undefined> {
    const name = method === "get" ? "if-none-match" : "if-match";
    const headers = tag ? { [name]: tag } : {};
    const response = await this.#send(method, path, parameters, body, headers);
    if (response.status === 304) return undefined;
    return { tag: response.headers.get("etag") ?? "", body: await read(response) };
  }

  async #send(
    method: Method,
    path: string,
    parameters: Record<string, string>,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Response> {
    const token = await this.session.token();
    const authorized = (by: string) => ({ ...headers, authorization: `Bearer ${by}` });
    let response = await send(method, path, parameters, body, authorized(token));
    if (response.status === 401) {
      const fresh = await this.session.token(token);
      response = await send(method, path, parameters, body, authorized(fresh));
      if (response.status === 401) throw new SignedOut();
    }
    return response;
  }
}

/** Load what pages need to sign users in. */
export async function readConfig(): Promise<Config> {
  return await requestPublicly("get", "/config.json") as unknown as Config;
}

/** Request without a login. */
export async function requestPublicly<M extends Method, P extends PathsWith<M>>(
  method: M,
  path: P,
  parameters: Record<string, string> = {},
  body?: Body<paths[P][M]>,
): Promise<Answer<paths[P][M]>> {
  return await read(await send(method, path, parameters, body));
}

/** Send a request, again while the server is busy: repeats have one effect. */
async function send(
  method: string,
  path: string,
  parameters: Record<string, string>,
  body?: unknown,
  given: Record<string, string> = {},
): Promise<Response> {
  const query = new URLSearchParams(parameters);
  const filled = path.replace(/{(.+?)}/g, (_, name: string) => {
    query.delete(name);
    return encodeURIComponent(parameters[name] ?? "");
  });
  const headers = { ...given };
  if (body !== undefined) headers["content-type"] = "application/json";
  for (let tried = 1;; tried++) {
    const response = await fetchInTime(`${filled}${String(query) && `?${query}`}`, {
      method: method.toUpperCase(),
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const isBusy = response.status === 503 || response.status === 429;
    if (!isBusy || tried === TRIES) return response;
    const seconds = Number(response.headers.get("retry-after") ?? 1);
    await new Promise((done) => setTimeout(done, Math.min(seconds * 1000, LONGEST_PAUSE)));
  }
}

async function read<T>(response: Response): Promise<T> {
  if (response.status >= 500 || response.status === 429) throw new ServerFailed();
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    throw new NoConnection();
  }
  if (response.ok) return body as T;
  throw new Refused({
    type: "",
    detail: "",
    ...(body as Partial<Problem>),
    status: response.status,
  });
}
