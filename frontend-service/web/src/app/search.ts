import * as z from "zod/mini";

/** What of a view stands in its address. What makes no sense is left out rather than refused. */
const text = z.catch(z.optional(z.coerce.string()), undefined);
const id = z.catch(z.optional(z.coerce.number()), undefined);
const oneOf = <const T extends readonly string[]>(words: T) => z.catch(z.optional(z.enum(words)), undefined);

const jobStates = ["NOT_STARTED", "PENDING", "RUNNING", "PAUSED", "FINISHED", "FAILED"] as const;
const runStates = ["RUNNING", "WAITING", "FINISHED", "FAILED", "STOPPED"] as const;
const levels = ["ERROR", "WARN", "INFO", "DEBUG", "TRACE"] as const;
export const ranges = ["1d", "7d", "30d", "90d", "all"] as const;

export const entrance = z.object({ redirect: text });
export const jobs = z.object({ state: oneOf(jobStates), source: text, text, sort: text, schedule: id });
export const run = z.object({
  panel: oneOf(["checkpoints", "partitions"]),
  stream: text,
  level: oneOf(levels),
  text,
});
export const history = z.object({
  state: oneOf(runStates),
  job: id,
  range: oneOf(ranges),
  from: text,
  to: text,
  sort: text,
});
export const connections = z.object({ edit: id });
export const quality = z.object({ tab: oneOf(["records", "coverage", "vanished"]), connection: id, entry: id, sort: text });
export const logs = z.object({ level: oneOf(levels), text, run: id });
export const users = z.object({ tab: oneOf(["users", "roles"]), sort: text });
export const audit = z.object({ book: oneOf(["access", "engine"]), text, entry: id, sort: text });
export const settings = z.object({ tab: oneOf(["orchestrator", "alerts", "appearance", "about"]) });
