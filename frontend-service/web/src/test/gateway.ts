import { vi } from "vitest";

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };

/** Stands in for the network: answers by method and path, and keeps what was asked. */
export function gateway(answers: Record<string, Answer | ((request: Request) => Answer | Promise<Answer>)>) {
  const asked: string[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), "http://pulse.test"), init);
    const key = `${request.method} ${new URL(request.url).pathname}`;
    asked.push(key);
    const known = answers[key];
    const { status = 200, body, headers = {} } = typeof known === "function" ? await known(request) : (known ?? { status: 404 });
    const type = status >= 400 ? "application/problem+json" : "application/json";
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { ...(body === undefined ? { "Content-Length": "0" } : { "Content-Type": type }), ...headers },
    });
  };
  vi.stubGlobal("fetch", fetch);
  return { asked };
}
