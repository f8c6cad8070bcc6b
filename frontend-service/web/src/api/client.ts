import createClient, { type Middleware } from "openapi-fetch";
import type { paths as EnginePaths } from "./engine";
import type { paths as GatewayPaths } from "./gateway";
import { Problem, problemOf, unreachable } from "./problem";

type Paths = GatewayPaths & EnginePaths;

let onSessionOver: () => void = () => undefined;

/** Who is told that nobody is signed in any more. */
export function whenSessionIsOver(listener: () => void) {
  onSessionOver = listener;
}

/** The gateway lets nothing change things without this header, which pages of other sites cannot send. */
const ownPage: Middleware = {
  onRequest({ request }) {
    request.headers.set("X-Pulse-Request", "1");
    return request;
  },
};

let renewing: Promise<boolean> | null = null;

/**
 * Lets the session go on. The token for it is used up by use, so of all tabs one asks at a time; whoever comes
 * second is given a fresh one too.
 *
 * @returns whether somebody is still signed in
 */
export function renewSession(): Promise<boolean> {
  const ask = async () => {
    const answer = await fetch("/api/auth/refresh", { method: "POST", headers: { "X-Pulse-Request": "1" } });
    if (answer.ok) return true;
    if (answer.status === 401) return false;
    throw await problemOf(answer);
  };
  const alone = async (): Promise<boolean> => ("locks" in navigator ? navigator.locks.request("pulse.refresh", ask) : ask());
  renewing ??= alone().finally(() => (renewing = null));
  return renewing;
}

const signingIn = /\/api\/auth\/(login|logout|refresh|link)$/;

async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(request).catch((failure: unknown) => {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw unreachable();
  });
  if (answer.status !== 401 || signingIn.test(new URL(request.url).pathname)) return answer;
  if (await renewSession()) return fetch(again);
  onSessionOver();
  return answer;
}

/** Every route of the gateway, typed; {@link sent} takes the answer out. */
export const api = createClient<Paths>({ baseUrl: globalThis.location?.origin ?? "", fetch: send });
api.use(ownPage);

/**
 * The body of an answer.
 *
 * @throws Problem with what the service says, if it refuses
 */
export async function sent<T>(asked: Promise<{ data?: unknown; response: Response; error?: unknown }>): Promise<T> {
  const { data, response, error } = await asked;
  if (response.ok) return data as T;
  const after = Number(response.headers.get("Retry-After"));
  const body = typeof error === "object" && error !== null ? error : {};
  const id = { requestId: response.headers.get("X-Request-Id") ?? "" };
  throw new Problem(response.status, { ...id, ...body }, after > 0 ? after : null);
}
