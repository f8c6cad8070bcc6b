/** What a service says when it refuses or fails: RFC 9457, with a remedy for the reader. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  readonly requestId: string;
  /** For bad input: what is wrong with which field. */
  readonly fields: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, body: ProblemBody, retryAfterSeconds: number | null = null) {
    super(body.title ?? `The service answered ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? `HTTP_${status}`;
    this.detail = body.detail ?? "";
    this.remedy = body.remedy ?? "Try again; if it stays so, look into the log of the service.";
    this.requestId = body.requestId ?? "";
    this.fields = Object.fromEntries((body.errors ?? []).map((error) => [error.field, error.message]));
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  remedy?: string;
  requestId?: string;
  errors?: { field: string; message: string }[];
}

/** Reads what went wrong; a body that is no problem still gives one, with the status in words. */
export async function problemOf(response: Response): Promise<Problem> {
  const after = Number(response.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  const isProblem = response.headers.get("Content-Type")?.includes("json") ?? false;
  const body: ProblemBody = isProblem ? await response.json().catch(() => ({})) : {};
  body.requestId ??= response.headers.get("X-Request-Id") ?? "";
  return new Problem(response.status, body, retryAfter);
}

/** The service was not reached at all. */
export function unreachable(): Problem {
  return new Problem(0, {
    title: "Pulse does not answer",
    detail: "The request did not get through: the network or the dashboard's server is away.",
    code: "UNREACHABLE",
    remedy: "Check your connection; scripts/pulse status tells what is running.",
  });
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new Problem(0, { title: "This page failed", detail, code: "PAGE", remedy: "Load the page again." });
}
