import type { Connection, ConnectionInput, Connector } from "@/api/types";

/** A connection as it is being filled in. */
export interface Draft {
  name: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
  include: string[];
  exclude: string[];
  startFrom: string;
  proxy: string;
  caCertificate: string;
}

export function newDraft(connector: Connector): Draft {
  return {
    name: connector.label,
    settings: Object.fromEntries(
      connector.form.fields
        .filter((field) => field.type !== "SECRET" && field.type !== "SCOPE")
        .map((field) => [field.name, field.defaultValue ?? ""]),
    ),
    secrets: {},
    include: [],
    exclude: [],
    startFrom: "",
    proxy: "",
    caCertificate: "",
  };
}

export function draftOf(connection: Connection): Draft {
  return {
    name: connection.name,
    settings: { ...connection.settings },
    secrets: {},
    include: connection.scope.include,
    exclude: connection.scope.exclude,
    startFrom: connection.startFrom?.slice(0, 10) ?? "",
    proxy: connection.network.proxy ?? "",
    caCertificate: connection.network.caCertificate ?? "",
  };
}

/** As the engine takes it; what is left empty is left out. */
export function inputOf(connector: string, draft: Draft, version?: number): ConnectionInput {
  const filled = (words: Record<string, string>) =>
    Object.fromEntries(Object.entries(words).filter(([, value]) => value.trim() !== ""));
  const network = { ...(draft.proxy ? { proxy: draft.proxy } : {}), ...(draft.caCertificate ? { caCertificate: draft.caCertificate } : {}) };
  return {
    connector,
    name: draft.name.trim(),
    settings: filled(draft.settings),
    secrets: filled(draft.secrets),
    scope: { include: draft.include, exclude: draft.exclude },
    network,
    ...(draft.startFrom ? { startFrom: draft.startFrom } : {}),
    ...(version === undefined ? {} : { version }),
  };
}

/** Which questions that must be answered are not. */
export function unanswered(connector: Connector, draft: Draft, saved: Readonly<Record<string, boolean>> = {}): string[] {
  const missing = connector.form.fields
    .filter((field) => field.required && field.type !== "SCOPE" && !field.defaultValue)
    .filter((field) =>
      field.type === "SECRET" ? !draft.secrets[field.name] && !saved[field.name] : !draft.settings[field.name]?.trim(),
    )
    .map((field) => field.label);
  return draft.name.trim() ? missing : ["Name", ...missing];
}
