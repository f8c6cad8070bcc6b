import type { components as Engine } from "./engine";
import type { components as Gateway } from "./gateway";

type E = Engine["schemas"];
type G = Gateway["schemas"];

/**
 * What the services send: every field of the description, null where nothing is known. The description itself
 * marks no field of an answer as always there; which ones may be null is said here.
 */
type Sent<T, Nullable extends keyof T = never> = {
  [K in keyof T]-?: K extends Nullable ? NonNullable<T[K]> | null : NonNullable<T[K]>;
};
type With<T, Parts> = Omit<T, keyof Parts> & Parts;

export interface List<T> {
  items: T[];
  next: string | null;
}

// Jobs and runs
export type Failure = Sent<E["Failure"], "code">;
export type Eta = Sent<E["Eta"]>;
export type RunWait = Sent<E["RunWait"], "waitsFor" | "reason" | "until">;
export type Standing = Sent<E["Standing"], "upToDateAsOf" | "readUpTo" | "readBackTo">;
export type Job = With<
  Sent<E["JobStatus"], "reason" | "lastSuccess" | "nextDueAt" | "error" | "runId" | "wish">,
  { error: Failure | null }
>;
export type JobState = Job["state"];
export type Run = With<
  Sent<E["RunView"], "reason" | "waitsFor" | "resumesAt" | "wish" | "endedAt" | "error">,
  { error: Failure | null }
>;
export type RunState = Run["state"];
type Unsure = "read" | "expected" | "percent" | "rowsPerSecond" | "eta" | "waits";
interface Outlook {
  eta: Eta | null;
  waits: RunWait | null;
}
export type RunProgress = With<Sent<E["RunProgress"], Unsure>, Outlook>;
export type PartitionProgress = With<
  Sent<E["PartitionProgress"], Unsure | "standing" | "endedAt">,
  Outlook & { standing: Standing | null }
>;
export type StreamProgress = With<
  Sent<E["StreamProgress"], Unsure | "partitions">,
  Outlook & { open: PartitionProgress[] }
>;
export interface RunReport {
  run: Run;
  progress: RunProgress;
  streams: StreamProgress[];
}
export type Checkpoint = With<
  Sent<
    E["CheckpointView"],
    "standing" | "read" | "total" | "watermark" | "completedAt" | "walkStartedAt" | "walkNewest"
  >,
  { standing: Standing | null }
>;
export type RunEvent = Sent<E["RunEvent"]>;
export type RunLogLine = Sent<E["Logged"], "stream" | "code">;
export type ErrorKind = With<Sent<E["ErrorKind"], "stream">, { example: Sent<E["Example"]> }>;
export type Schedule = Sent<E["ScheduleView"], "intervalSeconds" | "cron" | "zone">;
export type ScheduleInput = E["ScheduleInput"];
export type Control = E["Control"];
export type Steered = With<Sent<E["Steered"]>, { job: Job }>;
export type Rewinding = Sent<E["Rewinding"]>;
export type Settings = Sent<E["SettingsView"]>;
export type SettingsInput = E["SettingsInput"];
export type Orchestrator = With<
  Sent<E["OrchestratorView"], "reason" | "activated">,
  { settings: Settings; running: Job[]; queue: Job[] }
>;
export type Budget = Sent<E["State"], "allowance" | "remaining" | "resetsAt" | "blockedUntil" | "reason">;
export interface BudgetGauge {
  jobIds: number[];
  budget: Budget;
}

// Live events
interface Change {
  version: number;
}
export interface Snapshot extends Change {
  jobs: Job[];
  runs: RunReport[];
  budgets: BudgetGauge[];
}
export interface JobChange extends Change {
  jobId: number;
  runId: number | null;
  job: Job | null;
}
export interface RunChange extends Change {
  jobId: number;
  runId: number;
  run: Run;
  progress: RunProgress;
}
export interface StreamChange extends Change {
  jobId: number;
  runId: number;
  stream: StreamProgress;
}
export interface BudgetChange extends Change {
  jobIds: number[];
  budget: Budget;
}

// Connections
export type FormField = Sent<E["Field"], "help" | "defaultValue">;
export type Right = Sent<E["Right"]>;
export interface Connector {
  id: string;
  label: string;
  form: { fields: FormField[]; rights: Right[] };
}
export type ConnectionInput = E["ConnectionInput"];
export type Connection = With<
  Sent<E["ConnectionView"], "startFrom">,
  { scope: { include: string[]; exclude: string[] }; network: { proxy: string | null; caCertificate: string | null } }
>;
export type MissingRight = Sent<E["MissingRight"]>;
export type Check = With<Sent<E["CheckView"], "account" | "product">, { missing: MissingRight[] }>;
export type ScopeElement = With<Sent<E["ScopeElement"]>, { attributes: Record<string, string> }>;
export type Estimate = With<Sent<E["EstimateView"]>, { streams: Sent<E["Expected"]>[] }>;
export type Source = Sent<E["SourceState"], "proxy" | "downSince" | "lastFailure" | "probeAt">;

// What could not be read
export type Quarantined = Sent<E["Entry"], "runId">;
export interface QuarantinedDetail {
  entry: Quarantined;
  raw: string;
}
export type Refused = Sent<E["RefusedView"]>;
export type CoveredElement = With<
  Sent<E["ElementView"]>,
  { unreadable: Refused[]; counts: Sent<E["Count"]>[] }
>;
export interface Coverage {
  items: CoveredElement[];
  streams: Refused[];
}
export type Vanished = Sent<E["Vanished"], "approvedAt">;

// Logs and alerts
export type LogLine = Sent<
  E["LogLine"],
  "at" | "level" | "logger" | "thread" | "run" | "connection" | "stream" | "requestId" | "error"
>;
export interface RecentLog {
  complete: boolean;
  items: LogLine[];
}
export type LogFile = Sent<E["LogFileView"], "from" | "to">;
export type AlertInput = E["AlertInput"];
export type Watched = Sent<E["Watched"], "budgetBelowPercent" | "lateAfter" | "quarantinePerHour">;
export type Alert = With<Sent<E["Alert"], "url">, { watched: Watched }>;
export type Incident = Sent<E["Incident"], "endedAt">;
export interface AlertView {
  alert: Alert;
  incidents: Incident[];
}

// People
export type User = Sent<G["User"], "connections">;
export type RoleName = User["role"];
export interface Profile {
  user: User;
  permissions: string[];
  insecure: boolean;
}
export type RoleView = Sent<G["RoleView"]>;
export type SessionView = Sent<G["SessionView"], "device">;
export type ScriptToken = Sent<G["ScriptToken"], "lastUsedAt">;
export interface MadeToken {
  secret: string;
  token: ScriptToken;
}
export type OneTimeLink = Sent<G["Link"]>;
export interface Invited {
  user: User;
  link: OneTimeLink;
}
export type AuditEvent = Sent<G["TrailEvent"], "before" | "after" | "reason" | "requestId" | "targetId">;
